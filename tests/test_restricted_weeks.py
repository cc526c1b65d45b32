"""Weeks, months and trimesters are compared as numbers; no number is an all-clear."""

from __future__ import annotations

import pytest

from assistant.restricted_weeks import check_of, compared, limit_of
from assistant.safety import assess

AFTER_13 = "Pregnancy after the first trimester, about 13 weeks (train upright)"
BIRTH = "Recent birth (not before the postnatal check at about 6 weeks)"


@pytest.mark.parametrize(
    ("bullet", "weeks"),
    [
        (AFTER_13, 13),
        ("Pregnancy beyond roughly 13 weeks, when the first trimester ends (sit)", 13),
        ("Pregnancy from about 13 weeks onwards (sit)", 13),
        ("Pregnancy from the third trimester on (sit)", 28),
        ("Pregnancy, past the second trimester (sit)", 28),
        ("Pregnancy after 4 months (sit)", pytest.approx(17.3, abs=0.1)),
        ("Pregnancy (sit)", None),
        ("Pregnancy with pelvic pain (sit)", None),
    ],
)
def test_the_weeks_from_which_a_pregnancy_is_restricted(bullet: str, weeks: float | None) -> None:
    assert limit_of(bullet) == weeks


def test_the_weeks_until_a_check_are_read() -> None:
    assert check_of(BIRTH) == 6
    assert check_of("Recent birth (ask your midwife)") is None


@pytest.mark.parametrize(
    ("said", "bullet", "words"),
    [
        ("i'm 24 weeks pregnant", AFTER_13, "so this is about you now"),
        ("5 months gone", AFTER_13, "so this is about you now"),
        ("i'm in my third trimester", AFTER_13, "so this is about you now"),
        ("i'm 8 weeks pregnant", AFTER_13, "does not make it safe"),
        ("i'm in my first trimester", AFTER_13, "does not make it safe"),
        ("gave birth 3 weeks ago", BIRTH, "not over yet"),
        ("gave birth 4 months ago", BIRTH, "does not make it safe"),
    ],
)
def test_a_time_is_put_beside_the_one_of_the_page(said: str, bullet: str, words: str) -> None:
    line = compared(bullet, assess(said).conditions[0])
    assert line is not None
    assert words in line


@pytest.mark.parametrize("said", ["i'm pregnant", "i have glaucoma"])
def test_nothing_is_compared_where_no_time_was_said(said: str) -> None:
    assert compared(AFTER_13, assess(said).conditions[0]) is None


def test_nothing_is_compared_where_the_page_names_no_time() -> None:
    assert compared("Pregnancy (sit)", assess("i'm 24 weeks pregnant").conditions[0]) is None
