"""The figures of the owner's view: what was asked, by day and kind, how fast, and what was voted.

Pure functions from the questions of a period; every day is a day in UTC.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.asked import Asked, Feedback

KINDS = {
    "answer": "Answered",
    "caution": "Answered with care",
    "clarify": "Asked which exercise",
    "abstain": "Not in the pages",
    "urgent": "Told to get help",
    "smalltalk": "Small talk",
}
HIDDEN = "(a message about a warning sign; its words are not shown)"
MOST_SLOW = 10
MOST_VOTES = 50


@dataclass(frozen=True, slots=True)
class Day:
    """One day: questions by kind, and the median and 95th percentile of seconds to a reply."""

    date: date
    kinds: Counter[str]
    p50: float | None
    p95: float | None

    @property
    def total(self) -> int:
        """Return how many questions were asked."""
        return self.kinds.total()

    @property
    def name(self) -> str:
        """Return the day as people write it."""
        return f"{self.date.day} {self.date:%b}"


@dataclass(frozen=True, slots=True)
class Slow:
    """One of the slowest replies."""

    question: str
    kind: str
    seconds: float
    date: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote against a reply, or against one of its citations."""

    question: str
    feedback: Feedback
    kind: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the page shows of one period but the gaps."""

    days: tuple[Day, ...]
    kinds: dict[str, int]
    total: int
    p50: float | None
    p95: float | None
    slow: tuple[Slow, ...]
    up: int
    down: int
    votes: tuple[Vote, ...]

    def share(self, *kinds: str) -> int:
        """Return how many of 100 questions got replies of these kinds."""
        return round(100 * sum(self.kinds[kind] for kind in kinds) / max(1, self.total))

    @property
    def busiest(self) -> Day:
        """Return the day with the most questions; the first of equals."""
        return max(self.days, key=lambda day: day.total)

    @property
    def slowest_p95(self) -> float:
        """Return the highest 95th percentile of a day, 0 when no time is known."""
        return max((day.p95 or 0.0 for day in self.days), default=0.0)


def figures_of(asked: Sequence[Asked], today: date, days: int) -> Figures:
    """Return the figures of the last ``days`` days, today included."""
    dates = [today - timedelta(days=back) for back in reversed(range(days))]
    first = dates[0].isoformat()
    asked = [each for each in asked if each.created_at[:10] >= first]
    by_day: dict[str, list[Asked]] = {each.isoformat(): [] for each in dates}
    for each in asked:
        by_day.setdefault(each.created_at[:10], []).append(each)
    counts: Counter[str] = Counter(each.kind for each in asked)
    seconds = _seconds(asked)
    feedback = [vote for each in asked for vote in each.feedback]
    return Figures(
        days=tuple(_day(each, by_day[each.isoformat()]) for each in dates),
        kinds={kind: counts[kind] for kind in KINDS},
        total=len(asked),
        p50=percentile(seconds, 50),
        p95=percentile(seconds, 95),
        slow=_slowest(asked),
        up=sum(vote.rating == "up" for vote in feedback),
        down=sum(vote.rating == "down" for vote in feedback),
        votes=_votes_against(asked),
    )


def percentile(values: Sequence[float], percent: int) -> float | None:
    """Return the nearest-rank percentile, None for no values.

    >>> percentile([15, 20, 35, 40, 50], 40), percentile([3], 95), percentile([], 50)
    (20, 3, None)
    """
    if not values:
        return None
    return sorted(values)[max(1, math.ceil(len(values) * percent / 100)) - 1]


def _day(day: date, asked: Sequence[Asked]) -> Day:
    seconds = _seconds(asked)
    kinds: Counter[str] = Counter(each.kind for each in asked)
    return Day(day, kinds, percentile(seconds, 50), percentile(seconds, 95))


def _seconds(asked: Sequence[Asked]) -> list[float]:
    return [each.note.seconds for each in asked if each.note is not None]


def _slowest(asked: Sequence[Asked]) -> tuple[Slow, ...]:
    timed = [(each.note.seconds, each) for each in asked if each.note is not None]
    timed.sort(key=lambda pair: -pair[0])
    return tuple(
        Slow(_shown(each), KINDS[each.kind], seconds, each.created_at[:10])
        for seconds, each in timed[:MOST_SLOW]
    )


def _votes_against(asked: Sequence[Asked]) -> tuple[Vote, ...]:
    votes = [
        Vote(_shown(each), vote, KINDS[each.kind])
        for each in asked
        for vote in each.feedback
        if vote.rating == "down"
    ]
    votes.sort(key=lambda vote: vote.feedback.created_at, reverse=True)
    return tuple(votes[:MOST_VOTES])


def _shown(asked: Asked) -> str:
    return HIDDEN if asked.is_private else asked.message
