"""Each level is found in plain words, and harmless talk stays harmless."""

from __future__ import annotations

import pytest

from assistant.safety import RANK, assess
from tests.safety.phrasebook import phrases


@pytest.mark.parametrize("text", phrases("emergency"))
def test_an_emergency_is_an_emergency(text: str) -> None:
    assert assess(text).level == "emergency"


@pytest.mark.parametrize("text", phrases("stop"))
def test_a_red_flag_is_at_least_stop(text: str) -> None:
    assert RANK[assess(text).level] >= RANK["stop"]


@pytest.mark.parametrize("text", phrases("crisis"))
def test_a_crisis_is_a_crisis(text: str) -> None:
    assert assess(text).level == "crisis"


@pytest.mark.parametrize("text", phrases("support"))
def test_a_need_for_support_is_seen(text: str) -> None:
    assert assess(text).level == "support"


@pytest.mark.parametrize("text", phrases("harmless"))
def test_harmless_talk_is_below_stop(text: str) -> None:
    assert RANK[assess(text).level] < RANK["stop"]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("heavy pressure in my chest and my jaw aches", "heart"),
        ("she collapsed and is not waking up", "collapse"),
        ("his face is drooping and his speech is slurred", "stroke"),
        ("worst headache of my life", "head"),
        ("my back hurts and my groin is numb", "cauda_equina"),
        ("i am coughing up blood", "lungs"),
        ("my wee is the colour of cola after the workout", "heat"),
        ("my arm is bent the wrong way and i can see bone", "trauma"),
        ("i am 30 weeks pregnant and bleeding", "pregnancy"),
        ("he is having a seizure", "other"),
        ("my calf is hot, red and swollen", "clot"),
        ("my foot drags and i can not lift my toes", "nerve"),
        ("i want to end my life", "crisis"),
        ("i make myself sick after meals", "eating_disorder"),
        ("should i skip my insulin before training", "medication"),
    ],
)
def test_the_category_chooses_the_wording(text: str, category: str) -> None:
    assert category in assess(text).categories
