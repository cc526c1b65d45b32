"""Where generations live, which number is next, which one is published.

index/
  current              {"generation": 7}: the published one, swapped atomically
  next                 8: the next number to give; a number is never given twice
  lock, lock.holder    held by the one process that ingests, and its process id
  generations/000007/  complete and never changed again
  building-000008/     being built; left over when its builder was killed
  open/                private copies of processes that read (see scratch)
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import IngestBusy
from assistant.index.durable import replace_file, sync_folder

LOCK_SECONDS = 5.0

_BUILDING = re.compile(r"(?:building|removing)-(\d+)")


@dataclass(frozen=True, slots=True)
class Pointer:
    """What ``current`` says: a number, or none with the trouble in words (empty: no file)."""

    generation: int | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Generations:
    """The index folder of one data folder."""

    root: Path

    @classmethod
    def of(cls, data: Path) -> Generations:
        """Return the generations of a data folder; creates nothing."""
        return cls(Path(data) / "index")

    @property
    def pointer_file(self) -> Path:
        """Return the file that names the published generation."""
        return self.root / "current"

    def folder(self, number: int) -> Path:
        """Return where a complete generation stands."""
        return self.root / "generations" / f"{number:06d}"

    def building(self, number: int) -> Path:
        """Return where a generation is built."""
        return self.root / f"building-{number:06d}"

    def numbers(self) -> list[int]:
        """Return the numbers of all complete generations, newest first."""
        try:
            names = os.listdir(self.root / "generations")
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted((int(name) for name in names if name.isdigit()), reverse=True)

    def pointer(self) -> Pointer:
        """Return the published number as the pointer file has it."""
        try:
            content = json.loads(self.pointer_file.read_bytes())
            number = content["generation"]
        except (FileNotFoundError, NotADirectoryError):
            return Pointer(None)
        except (OSError, ValueError, KeyError, TypeError):
            return Pointer(None, f"{self.pointer_file} cannot be read")
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            return Pointer(None, f"{self.pointer_file} names no generation")
        return Pointer(number)

    def candidates(self) -> list[int]:
        """Return the numbers that may serve, best first: the published one, then older ones.

        A newer number than the published one was never published, so it may not. Without a
        readable pointer every complete generation may.
        """
        pointer = self.pointer()
        numbers = self.numbers()
        if pointer.generation is None:
            return numbers
        return [pointer.generation, *(n for n in numbers if n < pointer.generation)]

    def publish(self, number: int) -> None:
        """Make a complete generation the one that serves."""
        replace_file(self.pointer_file, json.dumps({"generation": number}).encode() + b"\n")

    def prepare(self) -> None:
        """Create the folders."""
        (self.root / "generations").mkdir(parents=True, exist_ok=True)

    def reserve(self) -> int:
        """Return a number that was never given before, and remember that it is given."""
        number = max(self._next(), 1 + max(self._seen(), default=0))
        replace_file(self.root / "next", f"{number + 1}\n".encode())
        return number

    def complete(self, number: int) -> None:
        """Move a finished building to its final place."""
        self.building(number).rename(self.folder(number))
        sync_folder(self.folder(number).parent)
        sync_folder(self.root)

    def sweep(self) -> None:
        """Remove what killed ingests left; only for the holder of the lock."""
        for path in self.root.iterdir():
            if _BUILDING.fullmatch(path.name):
                shutil.rmtree(path, ignore_errors=True)
        published = self.pointer().generation
        if published is not None:
            for number in self.numbers():
                if number > published:
                    self.remove(number)

    def prune(self, keep: int, used: frozenset[int]) -> None:
        """Remove all but the published generation, ``keep`` older ones, and those in use."""
        for number in self.candidates()[keep + 1 :]:
            if number not in used:
                self.remove(number)

    def remove(self, number: int) -> None:
        """Remove a generation; its number is taken away first, so nobody opens half of it."""
        going = self.root / f"removing-{number:06d}"
        try:
            self.folder(number).rename(going)
        except OSError:
            return
        shutil.rmtree(going, ignore_errors=True)

    @contextmanager
    def lock(self, seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """Hold the right to ingest; raises IngestBusy when another keeps it for ``seconds``."""
        holder = self.root / "lock.holder"
        lock = FileLock(self.root / "lock", timeout=seconds)
        try:
            lock.acquire()
        except Timeout as error:
            raise _busy(self.root, holder) from error
        try:
            holder.write_text(f"{os.getpid()}\n")
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def _next(self) -> int:
        try:
            return int((self.root / "next").read_text())
        except (OSError, ValueError):
            return 1

    def _seen(self) -> Iterator[int]:
        yield from self.numbers()
        yield self.pointer().generation or 0
        for path in self.root.iterdir():
            if match := _BUILDING.fullmatch(path.name):
                yield int(match[1])


def _busy(root: Path, holder: Path) -> IngestBusy:
    try:
        who = f"process {int(holder.read_text())}"
    except (OSError, ValueError):
        who = "another process"
    return IngestBusy(
        f"{who.capitalize()} is ingesting into {root} now.",
        "Wait until it is done, or end it, and try again.",
    )
