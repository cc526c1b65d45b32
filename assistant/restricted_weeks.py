"""The weeks that a restriction names, beside how far a person is: pregnant, or since a birth."""

from __future__ import annotations

import re

from assistant.safety.records import Condition
from assistant.safety.weeks import TRIMESTERS, WEEKS
from assistant.wording import say

ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
FROM = re.compile(r"\b(from|since|onwards|on)\b", re.IGNORECASE)
AFTER = re.compile(r"\b(after|beyond|past|over)\b", re.IGNORECASE)
NEAR = 24  # characters before and after a time in which such a word belongs to it
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)[ -](week|month|year)s?\b", re.IGNORECASE)
_TRIMESTER = re.compile(r"\b(first|second|third|1st|2nd|3rd) trimester", re.IGNORECASE)


def limit_of(bullet: str) -> float | None:
    """Return the weeks from which a restriction on pregnancy holds, or None.

    >>> limit_of("Pregnancy after the first trimester (about 13 weeks)")
    13.0
    >>> limit_of("Pregnancy from the second trimester on (use a chair)")
    13.0
    >>> limit_of("Pregnancy (use a chair)") is None
    True
    """
    number = _NUMBER.search(bullet)
    if number:
        around = _before(bullet, number) + bullet[number.end() : number.end() + NEAR]
        if AFTER.search(around) or FROM.search(around):
            return _weeks(number)
    trimester = _TRIMESTER.search(bullet)
    if trimester is None:
        return None
    start, end = TRIMESTERS[ORDINALS[trimester[1].lower()] - 1]
    return end if AFTER.search(_before(bullet, trimester)) else start


def _before(bullet: str, match: re.Match[str]) -> str:
    return bullet[max(0, match.start() - NEAR) : match.start()]


def check_of(bullet: str) -> float | None:
    """Return the weeks until which a restriction after a birth or operation holds, or None.

    >>> check_of("Recent birth (not before the postnatal check at about 6 weeks)")
    6.0
    """
    number = _NUMBER.search(bullet)
    return _weeks(number) if number else None


def compared(bullet: str, condition: Condition) -> str | None:
    """Return how the time that a person gave stands to the one of a bullet, in words.

    A number is never an all-clear: below the limit of a pregnancy, or past the weeks after a
    birth, the sentence says to ask.
    """
    if condition.name == "pregnant":
        limit, span = limit_of(bullet), _reached(condition)
        if limit is None or limit == 0 or span is None or span[0] < limit < span[1]:
            return None
        key = "limit_reached" if span[0] >= limit else "limit_ahead"
    elif condition.weeks is not None and condition.name in ("postnatal", "recent_surgery"):
        limit = check_of(bullet)
        if limit is None:
            return None
        key = "wait_within" if condition.weeks < limit else "wait_over"
    else:
        return None
    return say(key, said=_said(condition), limit=_shown(limit))


def _reached(condition: Condition) -> tuple[float, float] | None:
    """Return between which weeks a pregnancy is."""
    if condition.weeks is not None:
        return condition.weeks, condition.weeks
    return TRIMESTERS[condition.trimester - 1] if condition.trimester else None


def _said(condition: Condition) -> str:
    if condition.weeks is not None:
        return f"about {_shown(condition.weeks)}"
    return f"the {('first', 'second', 'third')[(condition.trimester or 1) - 1]} trimester"


def _shown(weeks: float) -> str:
    return f"{weeks:.0f} week{'' if round(weeks) == 1 else 's'}"


def _weeks(match: re.Match[str]) -> float:
    return float(match[1]) * WEEKS[match[2].lower()]
