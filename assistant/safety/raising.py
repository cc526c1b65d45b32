"""The second stage: a learned judge that may raise the level which the rules gave, never lower it.

It looks at each stretch of a message, at most ``MOST_WORDS`` words of them through the embedding
model, those first that look most alarming by their words.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.domain import SafetyLevel
from assistant.safety.assessing import EARLIER, FAILED, assess, read_message
from assistant.safety.learned import LEVELS, Floats, Learned, load_learned
from assistant.safety.records import RANK, Assessment, highest
from assistant.safety.windows import Window, joined, windows

logger = logging.getLogger(__name__)

MOST_WORDS = 45
LOOKED_BACK = 3
NONE, SUPPORT, STOP, CRISIS, EMERGENCY = range(len(LEVELS))
Embed = Callable[[list[str]], Sequence[Sequence[float]]]


class SafetyLayer:
    """The whole layer: rules first, then the learned judge; safe for several threads."""

    def __init__(self, embed: Embed, model_id: str) -> None:
        """Take how texts are embedded; a model that the judge was not trained for is not asked."""
        self._embed = embed
        self._learned = load_learned()
        self._knows_model = model_id == self._learned.model_id

    @property
    def degraded(self) -> tuple[str, ...]:
        """Return what is not as it should be: nothing, or the judge without embeddings."""
        if self._knows_model:
            return ()
        return ("The safety layer judges by words alone: its weights are for another model.",)

    def __call__(self, message: str, earlier: Sequence[str] = ()) -> Assessment:
        """Return how urgent a message is; never raises, and no failure passes silently."""
        try:
            found = assess(message, earlier)
        except Exception:
            logger.exception("the safety rules failed; the general stop stands in")
            return FAILED
        if RANK[found.level] >= RANK["crisis"]:
            return found
        try:
            return raised(found, self._judge(message, earlier))
        except Exception:
            logger.exception("the learned safety stage failed; the general stop stands in")
            return raised(found, "stop") if RANK[found.level] >= RANK["stop"] else FAILED

    def _judge(self, message: str, earlier: Sequence[str]) -> SafetyLevel:
        seen = stretches(message, earlier, self._learned)
        if not self._knows_model:
            return highest([by_words(self._learned, likely) for _, likely in seen])
        return judge(self._learned, seen, self._embed)


def raised(found: Assessment, level: SafetyLevel) -> Assessment:
    """Return the assessment at the higher of two levels, with the reason for it."""
    if RANK[level] <= RANK[found.level]:
        return found
    categories = found.categories or (("crisis",) if level == "crisis" else ())
    return replace(
        found, level=level, categories=categories, reasons=(*found.reasons, f"learned.{level}")
    )


def stretches(
    message: str, earlier: Sequence[str], learned: Learned
) -> list[tuple[Window, Floats]]:
    """Return the windows of a message with their likelihoods by words, most alarming first.

    A short message is also joined with each of the last few that the person sent, unless that
    one was alarming by itself: then it had its reply already.
    """
    own = list(seen_by_words(message, learned))
    now = max(own, key=_alarm, default=None)
    if now is not None:
        for text in earlier[-EARLIER:][-LOOKED_BACK:]:
            before = seen_by_words(text, learned)
            most = max(before, key=_alarm, default=None)
            if most is not None and alarm(most[1]) < learned.thresholds.alarm:
                both = joined(most[0], now[0])
                own.append((both, learned.alone(both)))
    return sorted(own, key=_alarm, reverse=True)


@lru_cache(maxsize=512)
def seen_by_words(message: str, learned: Learned) -> tuple[tuple[Window, Floats], ...]:
    """Return the windows of one message with their likelihoods; the latest are kept in memory."""
    own = windows(read_message(message))
    return tuple(zip(own, learned.each_alone(own), strict=True))


def judge(learned: Learned, seen: Sequence[tuple[Window, Floats]], embed: Embed) -> SafetyLevel:
    """Return the highest level of the windows that are worth an embedding and fit the budget."""
    levels: list[SafetyLevel] = [by_words(learned, likely) for _, likely in seen]
    chosen = worth_embedding(learned, seen)
    vectors = embed([window.text for window in chosen]) if chosen else ()
    for window, vector in zip(chosen, vectors, strict=True):
        level = decide(learned.beside(window, vector), learned)
        if not (window.over_turns and level == "support"):  # small talk before a food question
            levels.append(level)
    return highest(levels)


def worth_embedding(learned: Learned, seen: Sequence[tuple[Window, Floats]]) -> list[Window]:
    """Return the windows, of some in order of alarm, that are embedded within the budget."""
    chosen: list[Window] = []
    words = 0
    for window, likely in seen:
        worth = 1 - float(likely[NONE]) >= learned.thresholds.unseen
        if worth and window.text and (not words or words + window.words <= MOST_WORDS):
            words += window.words
            chosen.append(window)
    return chosen


def by_words(learned: Learned, likely: Floats) -> SafetyLevel:
    """Return the level of likelihoods by words alone, from a higher threshold."""
    return decide(likely, learned, learned.thresholds.words)


def decide(likely: Floats, learned: Learned, threshold: float | None = None) -> SafetyLevel:
    """Return the level that some likelihoods ask for."""
    limits = learned.thresholds
    together = alarm(likely)
    if threshold is None and likely[CRISIS] >= limits.crisis:
        return "crisis"
    if together >= (limits.alarm if threshold is None else threshold):
        if likely[CRISIS] >= together / 2:
            return "crisis"
        return "emergency" if likely[EMERGENCY] >= limits.emergency * together else "stop"
    return "support" if likely[SUPPORT] >= limits.support else "none"


def alarm(likely: Floats) -> float:
    """Return the likelihood of stop, crisis and emergency together."""
    return float(likely[STOP] + likely[CRISIS] + likely[EMERGENCY])


def _alarm(pair: tuple[Window, Floats]) -> float:
    return alarm(pair[1])
