"""The folder of an exported embedding model: found, checked, or exported by a child process.

``<data>/models/<model id>/`` holds ``model.onnx``, ``tokens.onnx``, ``tokenizer.json`` and
``manifest.json`` with their sizes, checksums, and the versions that made them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

from assistant.errors import MissingPart, StorageError

BUNDLED = "all-minilm-l6-v2"
# The first hex digits of the original weights' sha256 and of what was learned on top of them.
MODEL_ID = f"{BUNDLED}-53aa5117-47686443-int8"
MANIFEST = "manifest.json"
GRAPH = "model.onnx"
STATES_GRAPH = "tokens.onnx"  # of the first layers, by which ingest finds names of exercises
ADVICE = "Run `make setup`, which exports the model once."
EXPORTER = "assistant.adapters.sentence_transformers"
CHECKOUT = Path(__file__).resolve().parents[1]


def exported_model(data: Path) -> Path:
    """Return the folder of the bundled model under ``data``, exporting it when it is not there.

    Exporting imports torch, which the serving process must not; so a child process does it. An
    export that stands in the checkout's own data folder is taken instead of making another.

    Raises:
        MissingPart: there is no export and the packages that make one are not installed.
        StorageError: the data folder cannot be written.
    """
    folder = data / "models" / MODEL_ID
    if _is_there(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f".{MODEL_ID}.obtain.lock")):
            if not _is_there(folder):
                _obtain(folder)
    except OSError as error:
        raise StorageError(
            f"The embedding model cannot be written to {folder.parent}: {error}.",
            "Make the data folder writable, or name another with --data.",
        ) from error
    return folder


def _is_there(folder: Path) -> bool:
    """Return whether an export stands there, and not one of an earlier release."""
    return (folder / MANIFEST).exists() and (folder / STATES_GRAPH).exists()


def _obtain(folder: Path) -> None:
    existing = CHECKOUT / "var" / "models" / MODEL_ID
    if existing.resolve() != folder.resolve() and is_sound(existing):
        partial = folder.with_name(f".{folder.name}.copy")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(existing, partial)
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
        return
    command = [sys.executable, "-m", EXPORTER, str(folder.absolute())]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip() or "no reason given").splitlines()[-1]
        raise MissingPart(f"The embedding model could not be exported: {reason}", ADVICE)


def read_manifest(folder: Path) -> dict[str, object]:
    """Return the manifest of an export whose files have the sizes that it says.

    Raises:
        MissingPart: the folder is absent, incomplete or cut short.
    """
    try:
        manifest: dict[str, object] = json.loads((folder / MANIFEST).read_text("utf-8"))
        for name, entry in _files(manifest).items():
            if (folder / name).stat().st_size != entry["bytes"]:
                raise MissingPart(f"The exported model {folder / name} is damaged.", ADVICE)
    except (OSError, ValueError, KeyError) as error:
        raise MissingPart(f"There is no exported embedding model in {folder}.", ADVICE) from error
    return manifest


def is_sound(folder: Path) -> bool:
    """Return whether every file of the export has the checksum that its manifest says."""
    try:
        entries = _files(read_manifest(folder))
        return all(digest(folder / name) == entry["sha256"] for name, entry in entries.items())
    except (MissingPart, OSError):
        return False


def digest(path: Path) -> str:
    """Return the sha256 of a file as 64 hex digits."""
    with path.open("rb") as stream:
        state = sha256()
        while block := stream.read(1 << 20):
            state.update(block)
    return state.hexdigest()


def _files(manifest: dict[str, object]) -> dict[str, dict[str, object]]:
    files = manifest["files"]
    if not isinstance(files, dict) or not {GRAPH, STATES_GRAPH} <= files.keys():
        raise ValueError("the manifest does not list the graphs")
    return files
