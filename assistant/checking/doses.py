"""Doses in a sentence: repetitions, sets, seconds of holding, days a week."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from assistant.checking.policy import phrase_pattern
from assistant.checking.spoken import spoken
from assistant.pages.characters import plain
from assistant.pages.policy import read_policy, words_of

DoseKind = Literal["reps", "sets", "hold", "days", "time", "count"]
EVERY_DAY = re.compile(
    r"\b(?:every (?:single )?day|each day|daily|once a day|twice a day|day to day)\b"
)
COUNTED: tuple[DoseKind, ...] = ("reps", "sets", "days", "count")
SECONDS = {"s": 1, "m": 60, "b": 4}
"""Seconds of a second, a minute, a breath (about)."""


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of something a sentence says: ``low`` to ``high`` reps, sets, seconds or days."""

    kind: DoseKind
    low: float
    high: float
    words: str

    def meets(self, other: Dose) -> bool:
        """Return whether two ranges of the same kind share a number."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class DoseWords:
    """The compiled table ``doses`` of the policy."""

    numbers: Mapping[str, int]
    amount: re.Pattern[str]
    exceptions: re.Pattern[str]
    holds: re.Pattern[str]
    untimed: re.Pattern[str]
    compared_holds: re.Pattern[str]
    affirming: re.Pattern[str]


@cache
def dose_words() -> DoseWords:
    """Return the table, compiled once."""
    data = cast("dict[str, object]", read_policy("checks")["doses"])
    numbers = {str(k): int(v) for k, v in cast("dict[str, int]", data["numbers"]).items()}
    number = r"(?:\d+(?:[.,]\d+)?|" + "|".join(numbers) + ")"
    filler = "|".join(re.escape(word) for word in words_of(data["filler"]))
    unit = (
        rf"(?P<reps>(?:{'|'.join(words_of(data['reps']))})\b)"
        rf"|(?P<sets>(?:{'|'.join(words_of(data['sets']))})\b)"
        r"|(?P<days>(?:days?|times?|sessions?|workouts?)\s+(?:a|per|each|every)\s+week\b"
        r"|(?:times|days) weekly\b)"
        r"|(?P<seconds>(?:s|secs?|seconds?)\b)|(?P<minutes>(?:mins?|minutes?)\b)"
        r"|(?P<breaths>breaths?\b)"
        r"|(?P<count>times?\b|(?:\w+\s+){0,2}(?:per|on each|on either|each|for each) "
        r"(?:side|leg|arm|foot|hand|direction)\b)"
    )
    amount = (
        rf"(?<![\w.,/])(?P<low>{number})(?:\s*(?:to|-|or|and)\s*(?P<high>{number}))?[\s-]+"
        rf"(?:(?:{filler}),?\s+){{0,3}}(?:{unit})"
    )
    return DoseWords(
        numbers,
        re.compile(amount),
        phrase_pattern(words_of(data["exceptions"])),
        phrase_pattern(words_of(data["holds"])),
        phrase_pattern(words_of(data["untimed"])),
        phrase_pattern(words_of(data["compared_holds"])),
        phrase_pattern(words_of(data["affirming"])),
    )


def doses_in(sentence: str) -> tuple[Dose, ...]:
    """Return the doses that a sentence states, in order.

    >>> [(d.kind, d.low, d.high) for d in doses_in("Do 8 to 12 slow reps, twice a week.")]
    [('reps', 8.0, 12.0), ('days', 2.0, 2.0)]
    """
    text = re.sub(r"\b(once|twice)(?= (?:a|per|each|every|weekly)\b)", times_of, plain(sentence))
    return tuple(dose_of(match, text) for match in dose_words().amount.finditer(text))


def times_of(match: re.Match[str]) -> str:
    """Return "once" and "twice" with a number."""
    return "1 times" if match[1] == "once" else "2 times"


def dose_of(match: re.Match[str], text: str) -> Dose:
    """Return the dose of one place in a folded sentence."""
    low = number_of(match["low"])
    high = number_of(match["high"]) if match["high"] else low
    low, high = min(low, high), max(low, high)
    said = match[0].strip()
    for kind in COUNTED:
        if match[kind]:
            return Dose(kind, low, high, said)
    unit = SECONDS["s" if match["seconds"] else "m" if match["minutes"] else "b"]
    held = dose_words().holds.search(spoken(text))
    return Dose("hold" if held else "time", low * unit, high * unit, said)


def number_of(word: str) -> float:
    """Return a number in digits or as a word."""
    known = dose_words().numbers.get(word)
    return float(known) if known is not None else float(word.replace(",", "."))


def is_exceptional(sentence: str) -> bool:
    """Return whether a sentence speaks of a special case: a version, a beginner, a later week."""
    return bool(dose_words().exceptions.search(spoken(sentence)))


def is_compared_hold(context: str) -> bool:
    """Return whether a sentence (with its question) speaks of the main hold, not of a pause."""
    return bool(dose_words().compared_holds.search(spoken(context)))


def every_day(question: str, answer: str) -> Iterator[Dose]:
    """Yield seven days a week where the question asks for every day and the answer says yes."""
    asked = EVERY_DAY.search(plain(question))
    if asked and dose_words().affirming.match(spoken(answer)):
        yield Dose("days", 7, 7, "yes, every day")
