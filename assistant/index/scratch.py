"""Private folders for readers, and the record of who reads which generation.

A reader makes ``open/<generation>-<pid>-<random>/`` and holds the lock file in it for as long
as it lives. That keeps the generation from being removed, and gives the reader a place for
copies of files that opening changes. A folder whose lock nobody holds belongs to the dead.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import uuid
import weakref
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

_NEWBORN_SECONDS = 60.0


class Scratch:
    """A private folder of this process, gone at ``close`` or when the process ends."""

    def __init__(self, root: Path, generation: int) -> None:
        """Make the folder below ``root``/open, or in the system's temporary folder.

        The second place serves a data folder that cannot be written; nobody can ingest there
        either, so that the generation needs no protection.
        """
        self._name = f"{generation:06d}-{os.getpid()}-{uuid.uuid4().hex[:12]}"
        self._folders: list[Path] = []
        self._locks: list[FileLock] = []
        self._finalizer = weakref.finalize(self, _give_up, self._folders, self._locks)
        try:
            self._register(root / "open" / self._name)
        except OSError:
            self._elsewhere()

    @property
    def path(self) -> Path:
        """Return the folder that copies go to."""
        return self._folders[-1]

    def copy(self, folder: Path, names: Iterable[str]) -> Path:
        """Copy these files of a generation, at their relative paths; returns where they are.

        When the disk of the data folder is full, they go to the system's temporary folder.
        """
        names = list(names)
        try:
            return self._copy(folder, names)
        except OSError:
            self._elsewhere()
            return self._copy(folder, names)

    def _copy(self, folder: Path, names: list[str]) -> Path:
        for name in names:
            target = self.path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, target)
        return self.path

    def _register(self, path: Path) -> None:
        path.mkdir(parents=True)
        self._folders.append(path)
        lock = FileLock(path / "lock", timeout=0, thread_local=False)
        lock.acquire()
        self._locks.append(lock)

    def _elsewhere(self) -> None:
        self._folders.append(Path(tempfile.mkdtemp(prefix=f"exercise-assistant-{self._name}-")))

    def close(self) -> None:
        """Remove the folder and give up the lock."""
        self._finalizer()


def used_generations(root: Path) -> frozenset[int]:
    """Return the generations that living processes read, and clear up after dead ones."""
    return frozenset(_sweep(root / "open"))


def _sweep(folder: Path) -> Iterator[int]:
    try:
        paths = list(folder.iterdir())
    except OSError:
        return
    for path in paths:
        number = path.name.split("-")[0]
        if number.isdigit() and _alive(path):
            yield int(number)


def _alive(path: Path) -> bool:
    try:
        # Between making the folder and locking it, a reader lives without holding the lock.
        if time.time() - path.stat().st_mtime < _NEWBORN_SECONDS and _runs(path):
            return True
        lock = FileLock(path / "lock", timeout=0)
        lock.acquire()
    except Timeout:
        return True
    except OSError:
        return False
    _give_up([path], [lock])
    return False


def _runs(path: Path) -> bool:
    pid = path.name.split("-")[1:2]
    try:
        os.kill(int("".join(pid)), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _give_up(folders: list[Path], locks: list[FileLock]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    for lock in locks:
        with suppress(OSError):
            lock.release()
