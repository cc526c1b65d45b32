"""The real assistant over a few real pages, and the real server in a process of its own."""

import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
SLUGS = ("wall-sit", "plank", "dead-bug")


def copy_pages(folder: Path, *slugs: str) -> Path:
    """Copy pages of the corpus into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for slug in slugs:
        shutil.copy(CHECKOUT / "corpus" / f"{slug}.md", folder)
    return folder


class ServerProcess:
    """``python -m server`` on a free port; ``lines`` has what it printed on stdout."""

    def __init__(self, data: Path, *options: str, **variables: str) -> None:
        command = [sys.executable, "-m", "server", "--data", str(data), "--port", "0", *options]
        environment = {**os.environ, **variables}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(command, cwd=CHECKOUT, env=environment, **pipes)
        self.lines: list[str] = []
        self.log: list[str] = []
        self._printed: queue.Queue[str] = queue.Queue()
        self._readers = [
            threading.Thread(target=self._read_stdout),
            threading.Thread(target=lambda: self.log.extend(self.process.stderr)),
        ]
        for reader in self._readers:
            reader.start()

    def url(self, seconds: float = 60) -> str:
        """Return the URL of the line that the server prints, once it has printed it."""
        line = self._printed.get(timeout=seconds)
        assert line.startswith("Exercise assistant at http://127.0.0.1:"), (line, self.log)
        return line.split()[-1]

    def stop(self, signal_number: int) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(signal_number)
        return self.wait()

    def wait(self, seconds: float = 30) -> int:
        """Return the exit code once the process has ended and all its output is read."""
        code = self.process.wait(seconds)
        for reader in self._readers:
            reader.join(5)
        return code

    def _read_stdout(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line)
            self._printed.put(line)
        self._printed.put("")

    def close(self) -> None:
        """End the process, however it is."""
        if self.process.poll() is None:
            self.process.kill()
        self.wait()
        self.process.stdout.close()
        self.process.stderr.close()


@contextmanager
def server_process(data: Path, *options: str, **variables: str) -> Iterator[ServerProcess]:
    """Run the server for the length of a block."""
    started = ServerProcess(data, *options, **variables)
    try:
        yield started
    finally:
        started.close()
