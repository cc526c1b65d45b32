"""A child process for work in which a crash must not take us down: deriving and the canary.

It is started early, so that it loads Chroma while we embed, and is then told what to do, one
line a task: ``derive FOLDER``, ``check FOLDER``. It answers each with one line of JSON. It ends
when its input closes, so that it never outlives us, even when we are killed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from assistant.errors import AssistantError, IndexDamaged, StorageError

Task = Callable[[Path], None]

_KINDS: Mapping[str, type[AssistantError]] = {"damaged": IndexDamaged, "storage": StorageError}


class Child:
    """The parent's side; use it in a ``with`` block, which ends the process."""

    def __init__(self) -> None:
        root = str(Path(__file__).parents[2])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant.index.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            text=True,
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


def serve(tasks: Mapping[str, Task], lines: Iterator[str]) -> None:
    """Do the tasks of the input until it ends; each answer is ``[kind, message]``."""
    for line in lines:
        task, folder = json.loads(line)
        print(json.dumps(_outcome(tasks[task], Path(folder))), flush=True)


def _outcome(task: Task, folder: Path) -> tuple[str, str]:
    try:
        task(folder)
    except StorageError as error:
        return "storage", str(error)
    except OSError as error:
        return "storage", f"{folder} cannot be written or read ({error})."
    except AssistantError as error:
        return "damaged", str(error)
    return "done", ""


def _lines() -> Iterator[str]:
    """Give the lines of the input; a closed input ends the process in the middle of a task."""
    waiting: SimpleQueue[str] = SimpleQueue()

    def read() -> None:
        for line in sys.stdin:
            waiting.put(line)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield waiting.get()


if __name__ == "__main__":
    from assistant.index.canary import check
    from assistant.index.deriving import derive

    serve({"derive": derive, "check": check}, _lines())
