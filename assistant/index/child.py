"""The child process that derives and checks, where a crash must not take us down.

It is started early, so that it loads Chroma while we embed, and is then given its errands.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from assistant.errors import AssistantError, IndexDamaged, StorageError

_KINDS: Mapping[str, type[AssistantError]] = {"damaged": IndexDamaged, "storage": StorageError}


class Child:
    """The parent's side; use it in a ``with`` block, which ends the process."""

    def __init__(self) -> None:
        root = str(Path(__file__).parents[2])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant.index.errands"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            text=True,
            # An interrupt at the terminal is ours to handle; we end it.
            start_new_session=True,
        )
        self._answers: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Child:
        """Return itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError, ValueError):
                    stream.close()

    def run(self, task: str, folder: Path, seconds: float) -> None:
        """Have a task done; raises IndexDamaged or StorageError when it fails, dies or hangs."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps([task, str(folder)]) + "\n")
            self._process.stdin.flush()
            answer = self._answers.get(timeout=seconds)
        except (BrokenPipeError, Empty):
            answer = ""
        if not answer:
            raise self._death(task, folder, seconds)
        kind, message = json.loads(answer)
        if kind != "done":
            raise _KINDS[kind](message)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with suppress(ValueError):
            for line in self._process.stdout:
                self._answers.put(line)
        self._answers.put("")

    def _death(self, task: str, folder: Path, seconds: float) -> IndexDamaged:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        code = self._process.poll()
        if code is None:
            how = f"took longer than {seconds:.0f} s"
        else:
            how = f"died of signal {-code}" if code < 0 else f"ended with code {code}"
        return IndexDamaged(
            f"The child process that should {task} {folder} {how}, so nothing was published.",
            "The generation before it still serves; run ingest again.",
        )
