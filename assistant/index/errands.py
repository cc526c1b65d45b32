"""The side of the child process: ``python -m assistant.index.errands``.

Each line of its input is an errand, ``["derive", FOLDER]`` or ``["check", FOLDER]``, and gets
one line of answer, ``[kind, message]``. It ends when its input closes, even in the middle of an
errand, so that it never outlives the ingest that started it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from queue import SimpleQueue

from assistant.errors import StorageError
from assistant.index.canary import check
from assistant.index.deriving import derive

ERRANDS: Mapping[str, Callable[[Path], None]] = {"derive": derive, "check": check}


def serve(lines: Iterator[str]) -> None:
    """Run the errands of the input until it ends."""
    for line in lines:
        errand, folder = json.loads(line)
        print(json.dumps(_outcome(errand, Path(folder))), flush=True)


def _outcome(errand: str, folder: Path) -> tuple[str, str]:
    try:
        ERRANDS[errand](folder)
    except StorageError as error:
        return "storage", str(error)
    except OSError as error:
        return "storage", f"{folder} cannot be written or read ({error})."
    except Exception as error:
        return "damaged", str(error) or type(error).__name__
    return "done", ""


def _lines() -> Iterator[str]:
    waiting: SimpleQueue[str] = SimpleQueue()

    def read() -> None:
        for line in sys.stdin:
            waiting.put(line)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield waiting.get()


if __name__ == "__main__":
    serve(_lines())
