"""Child processes of the benchmark: workers that are spoken to, and commands that are timed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import psutil

MEGABYTE = 1024 * 1024


class Worker:
    """One side in a process of its own; a context manager."""

    def __init__(self, side: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "evals.bench.worker", side, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._read()

    def call(self, do: str, value: object) -> tuple[float, Any]:
        """Return the seconds that the child took, and what it found."""
        stream = _pipe(self._process.stdin)
        stream.write(json.dumps({"do": do, "with": value}) + "\n")
        stream.flush()
        answer = self._read()
        return float(answer["seconds"]), answer["result"]

    def memory(self) -> float:
        """Return the memory of the child now, in MB; see ``memory_of``."""
        return memory_of(self._process.pid)

    def _read(self) -> dict[str, Any]:
        line = _pipe(self._process.stdout).readline()
        if not line:
            command = " ".join(str(part) for part in self._process.args[3:])  # type: ignore[index]
            raise RuntimeError(f"A process of the benchmark ended early; run: python {command}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        _pipe(self._process.stdin).close()
        self._process.wait(timeout=60)
        _pipe(self._process.stdout).close()


def memory_of(pid: int) -> float:
    """Return the proportional set size of a process and its children, in MB (RSS elsewhere)."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return sum(_memory(member) for member in family) / MEGABYTE


def timed_command(*arguments: str) -> float:
    """Return the wall seconds of a whole process; raises when it fails."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - started


def _memory(process: psutil.Process) -> int:
    full = process.memory_full_info()
    return int(getattr(full, "pss", full.rss))


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
