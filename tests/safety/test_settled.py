"""Numb feet of a long-known nerve illness are a condition; any change or anything new is not."""

from __future__ import annotations

import pytest

from assistant.safety import RANK, assess

SETTLED = (
    "diabetic with numb feet",
    "numb feet from diabetes, are step ups ok",
    "i have numb feet because of my diabetes",
    "neuropathy, my feet are numb",
)


@pytest.mark.parametrize("said", SETTLED)
def test_numb_feet_put_down_to_a_known_illness_are_a_condition(said: str) -> None:
    found = assess(said)
    assert found.level == "caution"
    assert "numb_feet" in {condition.name for condition in found.conditions}


@pytest.mark.parametrize("said", SETTLED)
@pytest.mark.parametrize(
    "more",
    [
        " since yesterday",
        " that started last week",
        ", getting worse",
        " and weak legs",
        " and numb hands",
        " and back pain",
        " for 2 days",
        " and a wound that smells",
        ". It came on suddenly.",
    ],
)
def test_a_word_of_change_or_of_more_makes_them_a_red_flag_again(said: str, more: str) -> None:
    assert RANK[assess(said + more).level] >= RANK["stop"]


@pytest.mark.parametrize(
    "said",
    [
        "my feet are numb",
        "numb feet",
        "my feet are numb for years",
        "diabetic, my feet went numb",
        "diabetic with suddenly numb feet",
        "I have diabetes. My feet are numb.",
    ],
)
def test_numb_feet_without_a_known_cause_in_the_same_breath_stop(said: str) -> None:
    assert RANK[assess(said).level] >= RANK["stop"]


def test_settled_numbness_still_counts_beside_a_bladder_that_fails() -> None:
    earlier = ["diabetic with numb feet"]
    assert assess("and i can't hold my wee any more", earlier).level == "emergency"
