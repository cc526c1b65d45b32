"""Child processes for work in which a crash must not take us down.

A child is started early, so that it loads its libraries while we do other work, and is told the
folder on its standard input. It ends when that input closes, so it never outlives us.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from assistant.errors import AssistantError, IndexDamaged, StorageError

_CODES: dict[int, type[AssistantError]] = {3: IndexDamaged, 4: StorageError}


class Child:
    """``python -m MODULE -``, waiting for its folder."""

    def __init__(self, module: str) -> None:
        root = str(Path(__file__).parents[2])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._module = module
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            text=True,
            errors="replace",
        )

    def __enter__(self) -> Child:
        """Return itself; it is ended when the block is left."""
        return self

    def __exit__(self, *error: object) -> None:
        """End it."""
        self.close()

    def run(self, folder: Path, seconds: float) -> None:
        """Let it work on a folder; raises IndexDamaged or StorageError with what it said."""
        stdin, stderr = self._process.stdin, self._process.stderr
        assert stdin is not None
        assert stderr is not None
        said: list[str] = []
        listener = threading.Thread(target=lambda: said.append(stderr.read()), daemon=True)
        listener.start()
        try:
            stdin.write(f"{folder}\n")
            stdin.flush()
            code: int | None = self._process.wait(seconds)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            code = self._process.poll()
        if code is None:
            self._process.kill()
        listener.join(5)
        self.close()
        if code != 0:
            raise self._failure(code, folder, seconds, "".join(said))

    def close(self) -> None:
        """End it, whatever it does."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stderr):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    def _failure(self, code: int | None, folder: Path, seconds: float, said: str) -> AssistantError:
        last = (said.strip().splitlines() or ["it said nothing"])[-1]
        if code in _CODES:
            return _CODES[code](last)
        if code is None:
            happened = f"did not finish in {seconds:.0f} s"
        elif code < 0:
            happened = f"was killed by signal {-code}"
        else:
            happened = f"failed: {last}"
        return IndexDamaged(
            f"{self._module} {happened} on {folder}, so nothing was published.",
            "The generation before it still serves; run ingest again.",
        )


def serve_child(work: Callable[[Path], None]) -> int:
    """Run a child's side: take the folder from the command line or the input, do the work."""
    argument = sys.argv[1] if len(sys.argv) > 1 else "-"
    folder = Path(sys.stdin.readline().rstrip("\n") if argument == "-" else argument)
    if not folder.name:
        return 2
    if argument == "-":
        threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work(folder)
    except (IndexDamaged, StorageError) as error:
        print(error, file=sys.stderr)
        return 4 if isinstance(error, StorageError) else 3
    except OSError as error:
        print(f"{folder}: {error}", file=sys.stderr)
        return 4
    return 0


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)
