"""What is said: short, plain, with the number early, and never an exercise."""

from __future__ import annotations

import re

import pytest

from assistant.embedding import LazyEmbeddings
from assistant.errors import SettingError
from assistant.exported_model import MODEL_ID
from assistant.safety import (
    Assessment,
    SafetyLayer,
    assess,
    conditional_line,
    regions,
    support_lines,
    urgent_reply,
)
from assistant.safety.policy import document

COACHING = re.compile(
    r"\b(reps?|sets?|squats?|planks?|lunges?|stretches|workout|push-ups?)\b", re.I
)
NUMBERS = {"GB": "999", "US": "911", "IE": "112", "AU": "000", "CA": "911", "NZ": "111"}
NUMBERS |= {"DE": "112", "IN": "112", "EU": "112", "INT": "112"}


def _all(level: str) -> list[Assessment]:
    categories = document("wording")[level]
    return [Assessment(level, (category,)) for category in categories]  # type: ignore[arg-type]


def _syllables(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))))


def _grade(text: str) -> float:
    """Return the Flesch-Kincaid grade level."""
    sentences = [part for part in re.split(r"[.!?:]+(?:\s|$)", text) if part.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize("region", regions())
def test_an_emergency_names_the_number_in_the_first_two_sentences(region: str) -> None:
    for found in _all("emergency"):
        assert NUMBERS[region] in "".join(urgent_reply(found, region)[:2])


@pytest.mark.parametrize("region", regions())
def test_crisis_and_stop_name_help_early_and_nothing_is_left_unfilled(region: str) -> None:
    for level in ("crisis", "stop", "support"):
        for found in _all(level):
            lines = urgent_reply(found, region) or support_lines(found, region)
            assert lines
            assert "{" not in "".join(lines)
            if level != "support":
                assert NUMBERS[region] in "".join(lines[:2])


@pytest.mark.parametrize("level", ["emergency", "stop", "crisis", "support"])
def test_the_words_are_easy_and_coach_nothing(level: str) -> None:
    for found in _all(level):
        text = "".join(urgent_reply(found, "US") or support_lines(found, "US"))
        assert not COACHING.search(text.replace("stretch or massage", ""))
        assert _grade(text) <= 8.0, text


def test_no_urgent_words_for_a_harmless_message() -> None:
    assert urgent_reply(assess("how many reps?")) == ()
    assert support_lines(assess("how many reps?")) == ()


def test_an_eating_disorder_reply_has_no_numbers_on_food() -> None:
    text = "".join(urgent_reply(assess("i eat 500 calories a day"), "GB"))
    assert "Beat" in text
    assert "500" not in text


def test_the_conditional_line_says_what_to_do() -> None:
    assert "999" in conditional_line("GB")[0]


def test_an_unknown_region_says_which_there_are() -> None:
    with pytest.raises(SettingError, match="GB"):
        conditional_line("XX")


def test_a_failure_inside_gives_the_general_stop(embeddings: LazyEmbeddings) -> None:
    found = SafetyLayer(embeddings.embed_documents, MODEL_ID)(None)  # type: ignore[arg-type]
    assert found.level == "stop"
    assert "999" in "".join(urgent_reply(found, "GB"))


@pytest.mark.parametrize(
    ("message", "category"),
    [
        ("i feel numb between my legs and can't pee since this morning", "cauda_equina"),
        ("my baby is not moving since i did squats", "pregnancy"),
        ("crushing chest pain and then i passed out", "heart"),
    ],
)
def test_the_words_are_those_of_the_kind_that_most_rules_tell(message: str, category: str) -> None:
    assert assess(message).categories[0] == category
