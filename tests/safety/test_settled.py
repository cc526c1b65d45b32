"""What a person has long known is a condition; any change or anything new beside it is not."""

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


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("i get dizzy spells from my inner ear, is it ok", "vertigo"),
        ("i get dizzy when i put my head down", "vertigo"),
        ("i get lightheaded when i stand up", "vertigo"),
        ("room spins sometimes when i turn my head", "vertigo"),
        ("my finger gets stuck bent and clicks when i straighten it", "wrist"),
        ("had a blood clot in my leg last month, can i use the leg curl", "clot"),
        ("i have a history of dvt", "clot"),
    ],
)
def test_giddiness_by_position_and_a_clot_of_the_past_are_conditions(said: str, name: str) -> None:
    found = assess(said)
    assert found.level == "caution"
    assert name in {condition.name for condition in found.conditions}


@pytest.mark.parametrize(
    "said",
    [
        "i get dizzy when i squat",
        "i get giddy easily",
        "12 weeks pregnant and had a clot run down my leg",
        "i get dizzy easily and my heart races",
        "i get dizzy easily, 24 weeks pregnant",
        "i suddenly get dizzy when i turn my head",
        "i think i have a blood clot in my leg",
        "had a clot in my leg and now the calf is hot",
        "I have vertigo. I feel dizzy.",
    ],
)
def test_giddiness_in_effort_and_a_clot_of_now_stop(said: str) -> None:
    assert RANK[assess(said).level] >= RANK["stop"]


@pytest.mark.parametrize(
    "said", ["i had a shoulder dislocation in spring", "knee dislocation 2 years ago"]
)
def test_a_dislocation_of_the_past_told_as_a_thing_is_a_condition(said: str) -> None:
    assert assess(said).level == "caution"


def test_a_dislocation_of_now_is_a_red_flag() -> None:
    assert assess("shoulder dislocation, happened just now").level == "emergency"


@pytest.mark.parametrize(
    ("calm", "alarming"),
    [
        (
            "any chest pain? no. any dizziness? no",
            "any chest pain? no, but my left arm and jaw ache and i am sweating",
        ),
        ("do i have chest pain? no. how many planks?", "has the chest pain eased? no"),
        ("any blood in urine no, any fever no", "there is blood in my urine, no fever"),
        ("epilepsy, seizure free for nine years", "seizure free until today, then had one"),
        ("afib, stable and told to exercise", "afib, it was stable, racing and dizzy now"),
        ("nobody fainted, great bootcamp", "nobody saw it but i fainted"),
        ("dislocated my shoulder at age 19, all fine", "dislocated my shoulder just now"),
    ],
)
def test_what_is_denied_or_settled_is_calm_and_its_opposite_is_not(
    calm: str, alarming: str
) -> None:
    assert RANK[assess(calm).level] < RANK["stop"]
    assert RANK[assess(alarming).level] >= RANK["stop"]


# In the words of what is denied, settled or a saying, and none of these.
REAL = (
    "I dislocated my shoulder at judo, can I do legs?",
    "dislocated shoulder at 50kg press, what do I do",
    "Have I called an ambulance for the crushing chest pain? No. Should I?",
    "Has he woken since he collapsed? No.",
    "Do I remember passing out? No.",
    "Any chance this crushing chest pain is just a pulled muscle? No?",
    "numb on my left side, stepping is hard",
    "I do not feel anything working below my waist",
    "Failed my concussion test and I'm vomiting",
    "my calf has been cramping since a 14 hour flight",
    "My lips going blue is ok or not",
    "I'd rather die than eat",
    "nobody else fainted, only me",
    "seizure free for 2 years and it came back in spin class",
    "I'm in afib and waiting for the cardiologist to ring",
    "heart races at my desk and settles after 30 minutes",
    "DVT, can it be treated with exercise?",
    "left arm is just a lot weaker, more reps?",
    "I overdone it with pills on purpose",
    "face gone grey one is ok",
)


@pytest.mark.parametrize("said", REAL)
def test_trouble_in_the_words_of_what_is_calm_is_trouble(said: str) -> None:
    assert RANK[assess(said).level] >= RANK["stop"]


@pytest.mark.parametrize(
    "said",
    [
        "gasping halfway through a set, what now",
        "burpees leave me gasping, what is easier",
        "gasping between hard sets, do i slow down",
        "do i just leave my feet floppy",
        "feet go numb while kneeling",
    ],
)
def test_hard_work_and_technique_in_loaded_words_are_harmless(said: str) -> None:
    assert assess(said).level == "none"


# In the words of giddiness on standing up, of pace and of feet that fall asleep, and none of these.
NOT_SETTLED = (
    "left arm aches and i feel dizzy when i stand up",
    "i feel dizzy when i get over 150 bpm",
    "get dizzy when i stand up, bled right through a pad an hour ago",
    "get dizzy spells on the elliptical",
    "i flew home yesterday and im gasping between sets, do i slow down",
    "gasping between sets and my fingers tingle",
    "finger gets stuck bent after i slammed it",
    "nodding makes me dizzy, had a car accident on friday",
    "gasping between sets, cold and clammy",
    "my mate is gasping halfway through a set and has gone blue",
    "bloke at the gym on the floor breathing in little gasps",
    "feet going numb when i sit, creeping up to my knees",
    "dog got me and now my finger gets stuck bent",
    "she let her hand go floppy and will not talk",
)


@pytest.mark.parametrize("said", NOT_SETTLED)
def test_a_red_flag_in_such_words_is_one(said: str) -> None:
    assert RANK[assess(said).level] >= RANK["stop"]


def test_settled_giddiness_counts_beside_a_pregnancy_told_later() -> None:
    earlier = ["i get dizzy when i stand up"]
    assert assess(earlier[0]).level == "caution"
    assert assess("im 14 weeks pregnant", earlier).level == "stop"
