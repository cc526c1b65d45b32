from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.intents import all_intents, compile_cue, cue_text, intent, intents_of, unasked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("how many reps should I do?", "reps"),
        ("how many sets?", "sets"),
        ("how often should I do xx?", "frequency"),
        ("can I do xx every day", "frequency"),
        ("how long should I hold xx?", "hold"),
        ("how long do I rest between sets?", "rest"),
        ("how heavy should the weight be?", "load"),
        ("what are common mistakes with xx?", "mistakes"),
        ("how should I breathe during xx?", "breathing"),
        ("how do I do xx?", "how_to"),
        ("which muscles does xx work?", "muscles"),
        ("do I need a mat?", "equipment"),
        ("who should avoid xx?", "restrictions"),
        ("is xx safe?", "safety"),
        ("is xx bad for my back?", "safety"),
        ("what are the benefits of xx?", "benefits"),
        ("when will I see results?", "results"),
        ("should I wear shoes?", "clothing"),
        ("what else is xx called?", "names"),
        ("has this got another name", "names"),
        ("how much room do i need", "space"),
        ("how much time does xx eat out of my day", "duration"),
        ("xx stopped challenging me, whats next", "harder"),
        ("when do i go up", "harder"),
        ("is there another way of doing xx", "easier"),
        ("is xx an opener or something for later", "timing"),
        ("where does it fit in my routine, start or end", "timing"),
        ("walk me thru xx start to finish", "how_to"),
        ("how do i spice it up", "harder"),
        ("xx is getting too comfy", "harder"),
        ("whats the most common cock up", "mistakes"),
        ("can i do it mon to sun", "frequency"),
    ],
)
def test_an_everyday_question_is_understood(question: str, kind: str) -> None:
    assert kind in [found.id for found in intents_of(question)]


def test_everyday_life_asks_for_no_frequency() -> None:
    assert "frequency" not in [found.id for found in intents_of("the use of xx in everyday life")]
    assert "frequency" in [found.id for found in intents_of("is xx ok everyday")]


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Two sessions a week are enough for most.", True),
        ("Train it on Mondays and Thursdays.", True),
        ("My Tuesday class calls it the boat.", False),
        ("Add two minutes a week until you reach 40.", False),
    ],
)
def test_a_sentence_that_says_how_often_is_known(sentence: str, says: bool) -> None:
    assert intent("frequency").answered_by(sentence) is says


def test_two_questions_in_one_message_are_two_kinds() -> None:
    found = {each.id for each in intents_of("how many reps, and how should I breathe?")}
    assert {"reps", "breathing"} <= found


@pytest.mark.parametrize("text", ["", "xx", "the capital of France", "lorem ipsum dolor"])
def test_a_text_that_asks_nothing_known_has_no_kind(text: str) -> None:
    assert intents_of(text) == ()


def test_a_sentence_with_the_fact_answers_and_another_does_not() -> None:
    reps = intent("reps")
    assert reps.answered_by("Repeat 8–10 times on each side.")
    assert not reps.answered_by("Keep your shoulders on the floor.")


def test_every_kind_of_the_policy_has_a_name_cues_and_sections() -> None:
    kinds = all_intents()
    assert len({each.id for each in kinds}) == len(kinds)
    for each in kinds:
        assert each.name, each.id
        assert each.cues, each.id
        assert each.sections, each.id
        assert all(intent(other) for other in each.instead), each.id
        assert not each.fact or each.says is not None, f"{each.id} is a fact without `says`"


def test_the_policy_gives_a_clear_error_for_a_kind_that_it_lacks() -> None:
    with pytest.raises(KeyError, match="handstands"):
        intent("handstands")


def test_a_gap_in_a_cue_is_at_most_five_words() -> None:
    cue = compile_cue("how many ... sets")
    assert cue.search("how many one two three four five sets")
    assert not cue.search("how many one two three four five six sets")


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error_and_what_is_left_is_part_of_it(text: str) -> None:
    left = unasked(text).split()
    said = iter(cue_text(text).split())
    assert all(any(word == other for other in said) for word in left)
    found = intents_of(text)
    assert found == tuple(each for each in all_intents() if each in found)
