"""Each level is found in plain words, and harmless talk stays harmless."""

from __future__ import annotations

import pytest

from assistant.safety import RANK, assess
from tests.safety.phrasebook import phrases, textbook


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


def test_plain_textbook_statements_of_red_flags_have_their_level() -> None:
    lower = [
        (level, text)
        for level, text in textbook()
        if RANK[assess(text).level] < RANK[level]  # type: ignore[index]
    ]
    assert not lower


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


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("im 39 and my back hurts, can i plank", "caution"),
        ("my wife is 40 and has a stiff neck", "caution"),
        ("i am 41, what is a burpee, i have no idea what it is", "none"),
        ("40 squats left me hot", "none"),
        ("temperature of 39 and my back is killing me", "stop"),
        ("ive a temp of 39 and a stiff neck", "stop"),
        ("fever, a stiff neck and the light hurts", "emergency"),
        ("high temperature, stiff neck and purple spots on his legs", "emergency"),
    ],
)
def test_a_number_alone_is_no_fever_and_a_fever_with_a_stiff_neck_is_urgent(
    said: str, level: str
) -> None:
    assert assess(said).level == level


@pytest.mark.parametrize(
    "said",
    [
        "one of my pupils is bigger than the other and headache",
        "his foot is facing the wrong way",
        "like a belt squeezes my chest when i climb stairs",
        "i said goodbye to my class they wont see me again",
        "it sounds weird when i talk since this morning",
        "they talk nonsense since the fall",
        "seeing double under the lights",
        "cant feel my bum working on the toilet, leaking",
        "cant stand on one foot since i landed",
        "he looks a funny blue colour",
        "looks very blue round lips",
        "mum has no idea what month it is suddenly",
        "he has no idea what hes doing, came off the bike on his head",
        "forgot how old i am after the bang on my head",
        "104 after the race, dry skin, staggering",
        "i think hes having a hart attack",
        "he started to hallucinate after the race in the heat",
        "stiff neck, 39.8, rash that wont fade",
        "rash wont fade with a glass and fever",
    ],
)
def test_no_idiom_and_no_age_hides_an_emergency_or_a_crisis(said: str) -> None:
    assert RANK[assess(said).level] >= RANK["crisis"]


@pytest.mark.parametrize(
    "said",
    [
        "the sky is blue and i want to run",
        "my yoga mat looks quite blue",
        "he is wearing a blue shirt, how do i do the plank",
        "i got jump rope and a mat",
        "my dads hair has gone grey, is he too old to lift",
        "my neck is stiff from hot yoga, it was 40 degrees",
        "fever pitch at the match, stiff neck now",
        "i forgot how to do a squat",
        "does that sound weird",
        "the caravan life of a grey nomad",
    ],
)
def test_colours_ropes_and_warm_rooms_are_no_red_flags(said: str) -> None:
    assert RANK[assess(said).level] < RANK["stop"]
