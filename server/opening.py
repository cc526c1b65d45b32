"""From settings to an open assistant: builds the first index from the corpus when there is none."""

from __future__ import annotations

import logging
import sys
import time
from typing import TYPE_CHECKING

from assistant.errors import SourceError, StorageError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

_log = logging.getLogger(__name__)
_SECONDS_BETWEEN_LINES = 2.0


def has_index(settings: Settings) -> bool:
    """Return whether the data folder has a generation, whole or not; raises StorageError."""
    from assistant.index import Generations

    try:
        return bool(Generations.of(settings.data).candidates())
    except OSError as error:
        raise StorageError(
            f"The data folder {settings.data} cannot be read: {error.strerror}.",
            "Make it readable, or name another with --data.",
        ) from error


def build_first_index(settings: Settings) -> None:
    """Index the corpus, with progress on stderr; raises what an ingest raises."""
    from assistant.bootstrap import ingest

    if not settings.corpus.exists():
        raise SourceError(
            f"There is no index in {settings.data} and no corpus folder {settings.corpus}.",
            "Run `python -m assistant ingest PATH…`, or set ASSISTANT_CORPUS to a folder of pages.",
        )
    _log.info("No index in %s: building it from %s.", settings.data, settings.corpus)
    report = ingest([settings.corpus], settings, progress=_Lines().show)
    for held in report.quarantined:
        _log.warning("%s is left out: %s. %s", held.source, held.reason, held.advice)
    _log.info("Indexed %d pages in %d passages.", report.pages, report.passages)


def open_assistant(settings: Settings) -> Assistant:
    """Return the assistant with index and model open, so that the first question is fast."""
    from assistant.bootstrap import build

    assistant = build(settings)
    assistant.warm()
    return assistant


class _Lines:
    """Progress as lines on stderr: one a stage, and one every few seconds within it."""

    def __init__(self) -> None:
        self._stage = ""
        self._next = 0.0

    def show(self, stage: str, done: int, total: int) -> None:
        """Print a line when the stage changed or the last line is old."""
        now = time.monotonic()
        if stage == self._stage and now < self._next:
            return
        self._stage, self._next = stage, now + _SECONDS_BETWEEN_LINES
        count = f" {done} of {total}" if total else ""
        print(f"  {stage}{count}", file=sys.stderr, flush=True)
