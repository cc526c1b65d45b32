"""The safety layer as the pipeline asks it: whatever fails in it gives a reply, and shows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from assistant.library import Library
from assistant.safety.assessing import FAILED
from assistant.safety.records import Assessment
from assistant.stated_conditions import apart_from_names

Assess = Callable[[str, Sequence[str]], Assessment]
Apart = Callable[[Assessment, Library], Assessment]

_log = logging.getLogger(__name__)


class Guarded:
    """An assessment of every message; safe to call from several threads.

    When the layer fails, it is the general stop. When only the names of exercises cannot be told
    from conditions, the layer's own stands: it is never milder, and no reason to send away
    everybody who asks a question.
    """

    def __init__(self, assess: Assess, apart: Apart = apart_from_names) -> None:
        self._assess = assess
        self._apart = apart
        self._trouble: tuple[str, ...] = ()

    def trouble(self) -> tuple[str, ...]:
        """Return what failed on the latest message and what to do; it goes with the next one."""
        return self._trouble

    def __call__(self, message: str, earlier: Sequence[str], library: Library) -> Assessment:
        """Return how urgent a message is; never raises."""
        try:
            assessment = self._assess(message, earlier)
        except Exception as error:
            self._failed("Safety layer", "which got the general stop", error)
            return FAILED
        try:
            told = self._apart(assessment, library)
        except Exception as error:
            outcome = "of which a condition may stand that is only part of an exercise's name"
            self._failed("Names beside conditions", outcome, error)
            return assessment
        self._trouble = ()
        return told

    def _failed(self, part: str, outcome: str, error: Exception) -> None:
        _log.exception("%s failed", part)
        self._trouble = (
            f"{part}, failing: the latest message, {outcome}, met {type(error).__name__}. "
            "The log has the cause; mend it and start again.",
        )
