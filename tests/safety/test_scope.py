"""How far a frame reaches: denied, past, only asked about, told of others; and where it ends."""

from __future__ import annotations

import pytest

from assistant.safety import assess
from assistant.safety.assessing import read_message
from assistant.safety.scope import REACH

DENIED = [
    ("no chest pain", "chest", "no idea why my chest hurts"),
    ("i have never fainted", "fainted", "never mind, i fainted"),
    ("not dizzy, faint or numb", "numb", "not dizzy, my arm is numb"),
    ("i am not dizzy and not numb", "numb", "i am not dizzy but numb"),
    ("i can squat without chest pain", "chest", "i can not squat without chest pain"),
    ("any fever? no", "fever", "has the fever gone? no"),
    ("any fever no, any cough no", "cough", "no, any fever and a cough"),
    ("no fever. fine", "fever", "no. fever"),
    ("no, no fever", "fever", "no, fever"),
    ("no pain, i am numb nowhere, no fever", "fever", "not only a fever"),
]
PAST = [
    ("i fainted two years ago", "fainted", "i fainted two minutes ago"),
    ("two years ago, i fainted", "fainted", "two years ago i moved and today i fainted"),
    ("i fainted in 2016", "fainted", "i fainted in 16 squats"),
    ("i fainted once as a kid", "fainted", "i fainted and my kid saw it"),
    ("years ago i fainted, i am fine", "fainted", "years ago i ran marathons, i fainted"),
    ("last week i fainted, the doctor cleared me", "fainted", "last week i fainted"),
    ("i fainted last year", "fainted", "i fainted again like last year"),
]
ASKED = [
    ("is chest pain dangerous", "chest", "is my chest pain dangerous"),
    ("what if i get chest pain", "chest", "chest pain, what if i stop"),
    ("signs of a stroke", "stroke", "my mum has signs of a stroke"),
    ("scared of fainting in class", "fainting", "scared, i keep fainting"),
    ("can squats cause chest pain", "chest", "can squats cause chest pain, mine is bad, i have it"),
]
STORY = [
    ("i read about a runner who collapsed", "collapsed", "a runner has collapsed"),
    ("in that film he collapsed", "collapsed", "in that class he collapsed"),
    ("i read about one who collapsed", "collapsed", "i read about it. he collapsed"),
    ("in a book she fainted", "fainted", "in a book. she fainted"),
]
CASES = [
    *(("denied", *case) for case in DENIED),
    *(("past", *case) for case in PAST),
    *(("asked", *case) for case in ASKED),
    *(("story", *case) for case in STORY),
]


def frame(text: str, word: str) -> str:
    """Return which frame covers a word, the last time that it is said."""
    reading = read_message(text)
    at = max(at for at, token in enumerate(reading.tokens) if token.word == word)
    return reading.scopes.of(at)


@pytest.mark.parametrize(("name", "covered", "word", "free"), CASES)
def test_a_frame_covers_a_word_in_one_text_and_not_in_the_other(
    name: str, covered: str, word: str, free: str
) -> None:
    assert frame(covered, word) == name
    assert frame(free, word) != name


def test_a_denial_reaches_so_many_words_and_no_further() -> None:
    for between, name in ((REACH - 1, "denied"), (REACH, "")):
        assert frame(f"no {'very ' * between}fever", "fever") == name


@pytest.mark.parametrize(
    ("others", "own"),
    [
        ("my dad had a stroke years ago", "i had a stroke years ago"),
        ("my mum had osteoporosis for years, years ago", "i had osteoporosis years ago"),
        ("no osteoporosis", "osteoporosis, no reason known"),
        ("i read about osteoporosis in a book", "i have osteoporosis"),
    ],
)
def test_a_condition_of_others_of_a_story_or_denied_is_not_the_persons_own(
    others: str, own: str
) -> None:
    assert assess(others).conditions == ()
    assert assess(own).conditions


def test_a_condition_that_another_person_has_now_counts_as_the_one_asked_about() -> None:
    (condition,) = assess("my mum has osteoporosis, can she do this").conditions
    assert condition.name == "osteoporosis"


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("my dad had a heart attack years ago", "none"),
        ("my dad is having a heart attack", "emergency"),
    ],
)
def test_what_happens_to_another_person_now_is_as_urgent_as_ones_own(said: str, level: str) -> None:
    assert assess(said).level == level
