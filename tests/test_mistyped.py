from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.mistyped import spelt


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("which muscels does it hit", "which muscles does it hit"),
        ("ok for a begginer?", "ok for a beginner?"),
        ("what excercise equipmnt", "what exercise equipment"),
        ("what does the empty bar wiegh", "what does the empty bar weigh"),
        ("my sholder clicks", "my shoulder clicks"),
    ],
)
def test_a_word_that_tells_what_is_asked_is_mended(typed: str, meant: str) -> None:
    assert spelt(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "how do I breathe?",
        "is the pigeon pose ok",
        "xx for Björn",
        "zzzzqq",
        "",
        "thats a colour",
        "scaption",
    ],
)
def test_english_words_names_and_noise_stay(text: str) -> None:
    assert spelt(text) == text


@given(st.text(max_size=60))
def test_any_text_comes_back_and_mending_twice_changes_nothing(text: str) -> None:
    assert spelt(spelt(text)) == spelt(text)
