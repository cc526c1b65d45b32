"""The second stage: a learned judge that may raise the level which the rules gave, never lower it.

It looks at each stretch of a message, at most ``MOST_WORDS`` words of them through the embedding
model, those first that look most alarming by their words.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from assistant.domain import SafetyLevel
from assistant.errors import SettingError
from assistant.safety.assessing import FAILED, assess_alone, forget, read_message
from assistant.safety.holding import counted_from, hold, takes_back
from assistant.safety.learned import FOLDER, LEVELS, Floats, Learned, load_learned
from assistant.safety.records import RANK, Assessment, highest
from assistant.safety.windows import Window, joined, windows

logger = logging.getLogger(__name__)

MOST_WORDS = 45  # of a message that are embedded: more would take longer than 5 ms
LOOKED_BACK = 3  # earlier messages that a short one is joined with
MINDS: tuple[SafetyLevel, ...] = ("crisis", "support")
KEPT = 512  # verdicts that are kept in memory
# From which likelihood a category is believed; there are no general words for support.
SURE: dict[SafetyLevel, float] = {"emergency": 0.5, "support": 0.0}
NONE, SUPPORT, STOP, CRISIS, EMERGENCY = range(len(LEVELS))
Embed = Callable[[list[str]], Sequence[Sequence[float]]]


Mode = Literal["whole", "words alone", "rules alone", "failing"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of a message: the level, and of which category when it can tell."""

    level: SafetyLevel
    category: str | None = None


class SafetyLayer:
    """The whole layer: rules first, then the learned judge; safe for several threads.

    ``mode`` names how it works, ``trouble`` says in words what is not as it should be:

    - ``whole``: rules and judge.
    - ``words alone``: the judge sees no embeddings, as its weights are for another model.
    - ``rules alone``: the judge's weights are missing or damaged.
    - ``failing``: a part failed on the latest message, which got the general stop. It lasts until
      a message is judged again.
    """

    def __init__(self, embed: Embed, model_id: str, weights: Path = FOLDER) -> None:
        """Take how texts are embedded, by which model, and the folder of the judge's weights."""
        self._embed = embed
        self._learned: Learned | None = None
        self._failure = ""
        try:
            self._learned = load_learned(weights)
        except SettingError as error:
            self._lasting: tuple[Mode, str] = ("rules alone", str(error))
        else:
            self._lasting = _fitness(self._learned.model_id, model_id)
        # An earlier message is judged again for each later one, and most often stands here.
        self._verdict = lru_cache(maxsize=KEPT)(self._judge)
        if self._lasting[1]:
            logger.warning("Safety layer, %s: %s", *self._lasting)

    @property
    def mode(self) -> Mode:
        """Return how the layer works now."""
        return "failing" if self._failure else self._lasting[0]

    def trouble(self) -> tuple[str, ...]:
        """Return what is not as it should be and what to do, a sentence or two each."""
        lasting, trouble = self._lasting
        lines = [f"Safety layer, {lasting}: {trouble}"] if trouble else []
        if self._failure:
            lines.append(f"Safety layer, failing: {self._failure}")
        return tuple(lines)

    def forget(self) -> None:
        """Forget what is kept in memory, so that messages are judged anew."""
        forget()
        seen_by_words.cache_clear()
        self._verdict.cache_clear()

    def __call__(self, message: str, earlier: Sequence[str] = ()) -> Assessment:
        """Return how urgent a message is; never raises, and no failure passes silently.

        What earlier messages said holds until it is taken back (see ``holding``).
        """
        try:
            return hold(message, earlier, self._alone, read_message)
        except Exception as error:
            self._failed("the rules", error)
            return FAILED

    def _alone(self, message: str, earlier: Sequence[str]) -> Assessment:
        """Return the level of one message by itself, in the light of those before it."""
        found = assess_alone(message, earlier)
        if RANK[found.level] >= RANK["crisis"] or (earlier and takes_back(read_message(message))):
            return found
        try:
            verdict = self._verdict(message, tuple(earlier[-LOOKED_BACK:]))
        except Exception as error:
            self._failed("the learned judge", error)
            return raised(found, "stop") if RANK[found.level] >= RANK["stop"] else FAILED
        return raised(found, verdict.level, verdict.category)

    def _judge(self, message: str, earlier: Sequence[str]) -> Verdict:
        if self._learned is None:
            return Verdict("none")
        seen = stretches(message, earlier, self._learned)
        if self._lasting[0] == "words alone":
            verdict = Verdict(highest([by_words(self._learned, likely) for _, likely in seen]))
        else:
            verdict = judge(self._learned, seen, self._embed)
        self._failure = ""
        return verdict

    def _failed(self, part: str, error: Exception) -> None:
        logger.exception("%s of the safety layer failed; the general stop stands in", part)
        self._failure = (
            f"{part} failed on the latest message ({type(error).__name__}), which got the general "
            "stop. The log has the cause; mend it and start again."
        )


def _fitness(trained: str, model_id: str) -> tuple[Mode, str]:
    """Return how the judge can work with an embedding model, and the trouble with it, if any."""
    if trained == model_id:
        return "whole", ""
    return "words alone", (
        f"the judge's weights are for the embedding model {trained!r}, the settings name "
        f"{model_id!r}. Unset ASSISTANT_EMBEDDINGS; if it is unset, restore learned.npz and "
        "learned.json from the repository. Then start again."
    )


def raised(found: Assessment, level: SafetyLevel, category: str | None = None) -> Assessment:
    """Return the assessment at the higher of two levels, with the reason for it.

    What the rules know of the category goes before what the judge says of it.
    """
    if RANK[level] <= RANK[found.level]:
        return found
    told = "crisis" if level == "crisis" else category
    categories = found.categories or ((told,) if told else ())
    return replace(
        found, level=level, categories=categories, reasons=(*found.reasons, f"learned.{level}")
    )


def stretches(
    message: str, earlier: Sequence[str], learned: Learned
) -> list[tuple[Window, Floats]]:
    """Return the windows of a message with their likelihoods by words, most alarming first.

    Single parts go before two neighbours: a sentence that is alarming by itself must not lose its
    place in the budget to pairs which are so because they hold it.

    A short message is also joined with each of the last few that the person sent, unless that
    one was alarming by itself: then it had its reply already.
    """
    own = list(seen_by_words(message, learned))
    now = max(own, key=_alarm, default=None)
    if now is not None:
        recent = earlier[-LOOKED_BACK:]
        for text in recent[counted_from([*map(read_message, recent), read_message(message)]) :]:
            before = seen_by_words(text, learned)
            most = max(before, key=_alarm, default=None)
            if most is not None and alarm(most[1]) < learned.thresholds.alarm:
                both = joined(most[0], now[0])
                own.append((both, learned.alone(both)))
    return sorted(own, key=lambda pair: (pair[0].neighbours, -_alarm(pair)))


@lru_cache(maxsize=512)
def seen_by_words(message: str, learned: Learned) -> tuple[tuple[Window, Floats], ...]:
    """Return the windows of one message with their likelihoods; the latest are kept in memory."""
    own = windows(read_message(message))
    return tuple(zip(own, learned.each_alone(own), strict=True))


def judge(learned: Learned, seen: Sequence[tuple[Window, Floats]], embed: Embed) -> Verdict:
    """Return the highest level of some windows, and the category of the one that tells it."""
    chosen = worth_embedding(learned, seen)
    vectors = embed([window.text for window in chosen]) if chosen else ()
    told: list[tuple[SafetyLevel, Window, Sequence[float] | None]] = [
        (decide(learned.beside(window, vector), learned), window, vector)
        for window, vector in zip(chosen, vectors, strict=True)
    ]
    told += [(by_words(learned, likely), window, None) for window, likely in seen]
    # Thanks after thanks are no crisis, and small talk before a question of food is no need of
    # support: what only two messages together seem to say counts for red flags of the body alone.
    told = [each for each in told if each[0] not in MINDS or not each[1].over_turns]
    if not told:
        return Verdict("none")
    level, window, known = max(told, key=lambda each: RANK[each[0]])
    if level not in learned.categories:
        return Verdict(level)
    vector = embed([window.text])[0] if known is None else known
    return Verdict(level, _sure(level, learned.category(level, window, vector)))


def _sure(level: SafetyLevel, told: tuple[str, float] | None) -> str | None:
    """Return a category that is likely enough to choose the wording by."""
    if told is None or told[1] < SURE.get(level, 1.0):
        return None
    return told[0]


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
