"""What a generation says of itself: its counts, its model, and every file's size and sha256."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from assistant.domain import Page
from assistant.errors import IndexDamaged
from assistant.index.durable import sync_file, sync_folder

SCHEMA = 1
NAME = "manifest.json"
STORE = "store.sqlite"
VECTORS = "vectors.npy"
UNITS = "units.npy"
CANONICAL = (STORE, VECTORS, UNITS)

_ADVICE = "Run ingest again to build a new generation."


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description of one generation; ``files`` maps a relative path to (size, sha256)."""

    schema: int
    generation: int
    created: str
    model: str
    dimensions: int
    pages: int
    passages: int
    units: int
    corpus: str
    reader: str
    files: Mapping[str, tuple[int, str]]


def corpus_hash(pages: Iterable[Page]) -> str:
    """Return ``sha256:…`` over the slugs and content hashes, the same in any order of pages."""
    lines = sorted(f"{page.slug}\n{page.content_hash}\n" for page in pages)
    return "sha256:" + sha256("".join(lines).encode()).hexdigest()


def describe_files(folder: Path) -> dict[str, tuple[int, str]]:
    """Return size and sha256 of every file below a folder, except the manifest itself."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    names = [path.relative_to(folder).as_posix() for path in paths]
    with ThreadPoolExecutor(4) as pool:
        digests = list(pool.map(_digest, paths))
    return {
        name: (path.stat().st_size, digest)
        for name, path, digest in zip(names, paths, digests, strict=True)
    }


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, sealed by a checksum of its own, and sync it. The last file written."""
    content = asdict(manifest)
    path = folder / NAME
    path.write_text(json.dumps({**content, "seal": _seal(content)}, indent=1), encoding="utf-8")
    sync_file(path)
    sync_folder(folder)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a generation; raises IndexDamaged when it is not as written."""
    try:
        content = json.loads((folder / NAME).read_bytes())
        seal = content.pop("seal")
        schema = content["schema"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{folder / NAME} cannot be read.", _ADVICE) from error
    if seal != _seal(content):
        raise IndexDamaged(f"{folder / NAME} was changed after it was written.", _ADVICE)
    if schema != SCHEMA:
        raise IndexDamaged(f"{folder} has layout {schema}, this version reads {SCHEMA}.", _ADVICE)
    files = {name: (int(size), str(digest)) for name, (size, digest) in content["files"].items()}
    return Manifest(**{**content, "files": files})


def verify(folder: Path, only: Iterable[str] | None = None) -> Manifest:
    """Return the manifest after every file (or ``only`` these) was found exactly as written.

    Sizes are compared first, as that finds most damage without reading a byte. Raises
    IndexDamaged naming the first file that is missing or differs.
    """
    manifest = read_manifest(folder)
    if folder.name.isdigit() and int(folder.name) != manifest.generation:
        raise IndexDamaged(f"{folder} holds generation {manifest.generation}.", _ADVICE)
    names = sorted(manifest.files if only is None else only)
    if missing := sorted(set(CANONICAL) - set(manifest.files)):
        raise IndexDamaged(f"{folder} does not list {missing[0]}.", _ADVICE)
    for name in names:
        _check_size(folder / name, manifest.files[name][0])
    with ThreadPoolExecutor(4) as pool:
        for name, digest in zip(names, pool.map(_digest, [folder / n for n in names]), strict=True):
            if digest != manifest.files[name][1]:
                raise IndexDamaged(f"{folder / name} has other bytes than were written.", _ADVICE)
    return manifest


def _check_size(path: Path, size: int) -> None:
    try:
        found = os.stat(path).st_size
    except OSError as error:
        raise IndexDamaged(f"{path} is missing.", _ADVICE) from error
    if found != size:
        raise IndexDamaged(f"{path} has {found:,} bytes, {size:,} were written.", _ADVICE)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise IndexDamaged(f"{path} cannot be read ({error.strerror}).", _ADVICE) from error


def _seal(content: Mapping[str, object]) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
