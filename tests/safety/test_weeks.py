"""Weeks, units and trimesters: one table for what is said and for what a page restricts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assistant.restricted_weeks import limit_of
from assistant.safety import assess
from assistant.safety.weeks import TERM, TRIMESTERS, WEEKS, trimester_of


def test_each_trimester_begins_where_the_one_before_ends_and_term_is_in_the_last() -> None:
    assert all(before[1] == after[0] for before, after in pairwise(TRIMESTERS))
    assert TRIMESTERS[0][0] == 0
    assert TRIMESTERS[-1][0] < TERM < TRIMESTERS[-1][1]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_week_is_in_the_trimester_that_its_bounds_say(number: int) -> None:
    start, end = TRIMESTERS[number - 1]
    assert trimester_of(start) == trimester_of(end - 0.1) == number


def test_a_year_has_twelve_months_and_a_week_seven_days() -> None:
    assert WEEKS["month"] * 12 == pytest.approx(WEEKS["year"])
    assert WEEKS["day"] * 7 == pytest.approx(WEEKS["week"])


@pytest.mark.parametrize(("said", "number"), [("12", 1), ("13", 2), ("27", 2), ("28", 3)])
def test_what_a_person_says_and_what_a_page_says_mean_the_same_trimester(
    said: str, number: int
) -> None:
    (condition,) = assess(f"i'm {said} weeks pregnant").conditions
    assert condition.trimester == number
    ordinal = ("first", "second", "third")[number - 1]
    start = limit_of(f"Pregnancy from the {ordinal} trimester on")
    assert start is not None
    assert start <= float(said)
