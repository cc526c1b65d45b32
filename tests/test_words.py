from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.words import clean, fold, stem, stems, words

ENDINGS = ("ions", "ing", "ingly", "ations", "fulness", "ability", "ement", "icates")
UNSEEN = ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\U000e0041"]


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_every_word_stands_where_it_says_in_reading_order_and_apart(text: str) -> None:
    end = 0
    for word in words(text):
        assert end <= word.start < word.end <= len(text)
        assert word.folded == text[word.start : word.end].lower().replace("’", "'")
        end = word.end


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz-' ", max_size=60))
def test_capitals_make_no_other_words(text: str) -> None:
    assert stems(text.upper()) == stems(text)


@pytest.mark.parametrize("unseen", UNSEEN)
def test_a_character_that_nobody_sees_does_not_hide_a_word(unseen: str) -> None:
    assert clean(f"pla{unseen}nk") == "plank"


def test_compatible_forms_of_a_letter_become_the_letter() -> None:
    assert clean("ﬁve ｐｌａｎｋｓ") == "five planks"


def test_hyphens_dashes_and_curly_apostrophes_fold_to_what_is_typed() -> None:
    assert fold("Push‑Ups–don’t") == fold("push ups don't")


def test_a_possessive_has_the_stem_of_its_owner() -> None:
    assert stems("the plank’s plank's planks") == (stem("the"), *[stem("plank")] * 3)


def test_stems_are_the_same_in_many_threads_at_once() -> None:
    made = [f"{one}{other}" for one in ("rotat", "exercis", "breath", "hold") for other in ENDINGS]
    alone = [stem.__wrapped__(word) for word in made]
    with ThreadPoolExecutor(8) as pool:
        runs = pool.map(lambda _: [stem.__wrapped__(word) for word in made], range(60))
        assert all(run == alone for run in runs)
