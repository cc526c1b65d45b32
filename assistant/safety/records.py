"""What the safety layer hands on: one assessment of a message and of what was said before."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain import SafetyLevel, Triage

RANK: dict[SafetyLevel, int] = {
    "none": 0,
    "caution": 1,
    "support": 2,
    "stop": 3,
    "crisis": 4,
    "emergency": 5,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that a person said about their own body, or about the one they ask for.

    ``weeks`` is how far a pregnancy is, or how long ago an operation, injury or birth was.
    ``broad`` tells that the name is a family of illnesses with nothing else in common.
    ``turn`` counts the person's messages from 0; ``words`` are the person's own, and ``context``
    is the whole message in which they stand.
    """

    name: str
    label: str
    words: str
    turn: int
    weeks: float | None = None
    trimester: int | None = None
    past: bool = False
    context: str = ""
    broad: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """The level of a message, why, and the conditions that hold now.

    ``conditional`` means that a red flag was only asked about ("is chest pain dangerous?"), so
    the reply opens with the conditional line. ``standing`` names urgent categories of earlier
    messages, ``fresh`` has the labels of the conditions told in this one. ``relieved`` tells that
    this message took back what held.
    """

    level: SafetyLevel = "none"
    categories: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    conditional: bool = False
    standing: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    relieved: bool = False

    @property
    def triage(self) -> Triage:
        """Return the level and reasons in the shape of a reply."""
        return Triage(self.level, self.reasons)

    @property
    def urgent(self) -> bool:
        """Return whether the reply must be urgent and carry no exercise content."""
        return RANK[self.level] >= RANK["stop"] or "eating_disorder" in self.categories


def highest(levels: list[SafetyLevel]) -> SafetyLevel:
    """Return the most urgent of some levels; ``none`` for an empty list.

    >>> highest(["caution", "stop", "none"])
    'stop'
    """
    return max(levels, key=RANK.__getitem__, default="none")
