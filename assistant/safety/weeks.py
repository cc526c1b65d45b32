"""Times in weeks: units of time, and the trimesters of a pregnancy."""

from __future__ import annotations

WEEKS = {"day": 1 / 7, "week": 1.0, "month": 52 / 12, "year": 52.0}
# From which week of a pregnancy to which each trimester goes, the last week not in it.
TRIMESTERS = ((0.0, 13.0), (13.0, 28.0), (28.0, 42.0))
TERM = 40.0  # the week of the day that a birth is due


def trimester_of(weeks: float) -> int:
    """Return the trimester of a week of pregnancy; whatever comes after the third is the third.

    >>> [trimester_of(weeks) for weeks in (0, 12.9, 13, 28, 43)]
    [1, 1, 2, 3, 3]
    """
    return 1 + sum(weeks >= end for _, end in TRIMESTERS[:-1])
