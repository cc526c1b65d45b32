from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.spelling import Spelling

NAMES = ["plank", "bridge", "rotation", "clamshell", "squat", "lunge", "stretch"]
SPELLING = Spelling(NAMES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("plnak", "plank"),
        ("brigde", "bridge"),
        ("clamshel", "clamshell"),
        ("rotatoin", "rotation"),
        ("sqaut", "squat"),
        ("strech", "stretch"),
    ],
)
def test_a_typing_error_is_read_as_the_name_that_it_is_near(typed: str, meant: str) -> None:
    assert SPELLING.correct(typed) == meant


@pytest.mark.parametrize("word", ["plan", "blank", "station", "squad", "lunch"])
def test_a_common_english_word_is_left_alone(word: str) -> None:
    assert SPELLING.correct(word) is None


def test_a_name_itself_and_a_short_word_need_no_correction() -> None:
    assert [SPELLING.correct(word) for word in ("plank", "sit", "rw")] == [None, None, None]


def test_words_far_from_every_name_are_left_alone() -> None:
    assert SPELLING.correct("xylophonist") is None


@given(st.text(max_size=20))
def test_a_correction_is_always_a_word_of_the_vocabulary(word: str) -> None:
    assert SPELLING.correct(word) in {None, *NAMES}
    assert SPELLING.correct(word) == SPELLING.correct(word)


def test_an_empty_vocabulary_corrects_nothing() -> None:
    assert Spelling([]).correct("plnak") is None
