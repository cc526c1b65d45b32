"""What people say about themselves: named, with numbers, kept, and taken back."""

from __future__ import annotations

import pytest

from assistant.safety import Assessment, assess


def _names(found: Assessment) -> set[str]:
    return {condition.name for condition in found.conditions}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("i'm 5 months gone, can i do this", "pregnant"),
        ("got a slipped disc, is this ok", "disc"),
        ("i have osteo, can i twist", "osteoporosis"),
        ("had my hip done last month", "hip_replacement"),
        ("i've got high bp", "high_blood_pressure"),
        ("is it safe with glaucoma", "glaucoma"),
        ("i'm on beta blockers", "beta_blocker"),
        ("i use insulin", "insulin"),
        ("spinal fusion in may, can i roll", "spinal_fusion"),
        ("my knees hurt, can i squat", "knee_pain"),
        ("i have asthma", "asthma"),
        ("i have vertigo when i lie down", "vertigo"),
        ("torn rotator cuff, which presses", "shoulder"),
        ("i have a hernia, can i plank", "hernia"),
        ("had my appendix out 10 days ago", "recent_surgery"),
    ],
)
def test_lay_words_name_a_condition(said: str, name: str) -> None:
    found = assess(said)
    assert name in _names(found)
    assert found.level in ("caution", "support")


@pytest.mark.parametrize(
    ("said", "young"),
    [
        ("that was in year 8, i'm 30 now", False),
        ("as a teen i hated running, how do i start", False),
        ("i'm in year 8, how do i start", True),
        ("my son is 12, i'm 40, can he lift", True),
    ],
)
def test_an_age_of_long_ago_makes_no_child(said: str, young: bool) -> None:
    assert bool(_names(assess(said)) & {"child", "under_18"}) == young


def test_tri_is_no_trimester_by_itself() -> None:
    assert _names(assess("overhead tri stretch, which part works")) == set()
    assert _names(assess("i am in my third tri")) == {"pregnant"}


@pytest.mark.parametrize(
    ("said", "name", "weeks"),
    [
        ("i'm 20 weeks pregnant", "pregnant", 20),
        ("i had knee surgery two weeks ago", "recent_surgery", 2),
        ("my c section was 3 months ago", "postnatal", 13),
    ],
)
def test_times_are_numbers_of_weeks(said: str, name: str, weeks: float) -> None:
    condition = next(c for c in assess(said).conditions if c.name == name)
    assert condition.weeks == pytest.approx(weeks, abs=0.5)


@pytest.mark.parametrize(
    ("said", "trimester"),
    [("i'm 8 weeks pregnant", 1), ("5 months pregnant", 2), ("in my third trimester", 3)],
)
def test_a_trimester_is_said_or_follows_from_the_weeks(said: str, trimester: int) -> None:
    assert assess(said).conditions[0].trimester == trimester


def test_a_condition_is_kept_for_the_conversation() -> None:
    found = assess("and the next one?", ["i'm 20 weeks pregnant", "ok", "thanks", "how many?"])
    assert found.level == "caution"
    assert _names(found) == {"pregnant"}
    assert found.conditions[0].weeks == 20
    assert found.conditions[0].turn == 0


def test_a_condition_can_be_taken_back() -> None:
    found = assess("i'm not pregnant any more", ["i'm 20 weeks pregnant"])
    assert "pregnant" not in _names(found)
    after = assess("how many reps?", ["i'm 20 weeks pregnant", "i'm not pregnant any more"])
    assert after.conditions == ()


@pytest.mark.parametrize(
    ("told", "later", "held"),
    [
        ("i have a knee problem", "my knee is fine now, how many squats", False),
        ("i've got a bad back", "my back doesn't hurt any more", False),
        ("sprained my ankle", "ankle is fully healed, can i jump", False),
        ("my shoulder hurts a bit", "my knee is fine now", True),
        ("my shoulder hurts a bit", "my shoulder is fine now but hurts when i lift", True),
        ("my shoulder hurts a bit", "is my shoulder fine now", True),
        ("my shoulder hurts a bit", "my shoulder is not fine now", True),
        ("i've got a bad back", "my back is getting better", True),
        ("i have osteoporosis", "my bones are fine now", True),
        ("my left knee hurts", "my left knee is fine now. my right knee hurts", True),
        ("my left knee hurts", "my right knee is fine now", True),
        ("i've got a bad back", "my back is fine now. my back hurts again today", True),
        ("i've got a bad back", "my back is fine now, then i bent over and it hurts", True),
        ("i have a stiff neck", "knee is fine now can i do neck rolls", True),
        ("i have a knee problem", "the knee stretch feels great now", True),
        ("i have a knee problem", "my knee is okay now and then", True),
        ("i have a knee problem", "knee is good now on ibuprofen, plan please", True),
        ("i have a knee problem", "people say my knee is fine now, i doubt it", True),
    ],
)
def test_a_trouble_that_mended_is_taken_back_and_no_other(
    told: str, later: str, held: bool
) -> None:
    assert bool(assess(later, [told]).conditions) is held
    assert bool(assess("how many reps?", [told, later]).conditions) is held


def test_a_denied_condition_is_not_held() -> None:
    assert assess("i don't have osteoporosis").conditions == ()


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("my mum has osteoporosis, can she do this?", {"osteoporosis"}),
        ("my mum once had glaucoma, how many planks should i do", set()),
        ("my mum had glaucoma once, can she do planks?", {"glaucoma"}),
        ("i had glaucoma once", {"glaucoma"}),
    ],
)
def test_someone_elses_past_condition_holds_only_when_they_are_asked_for(
    said: str, names: set[str]
) -> None:
    assert _names(assess(said)) == names


def test_a_young_person_and_a_child_are_supported() -> None:
    assert assess("i'm 13, can i do planks").level == "support"
    assert assess("is it ok for my 6 year old").level == "support"
    assert assess("i'm 40, can i do planks").level == "none"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("i have polymyositis", "polymyositis"),
        ("my dad has hyperparathyroidism", "hyperparathyroidism"),
        ("sjogren syndrome here, which stretch", "sjogren syndrome"),
    ],
)
def test_an_illness_of_no_list_is_told_by_the_ending_of_its_name(said: str, words: str) -> None:
    (condition,) = assess(said).conditions
    assert (condition.name, condition.label) == ("unlisted", words)


@pytest.mark.parametrize("said", ["i don't have polymyositis", "no diagnosis yet", "osteopathy"])
def test_a_denied_illness_and_words_that_end_so_are_none(said: str) -> None:
    assert assess(said).conditions == ()


def test_what_is_fresh_was_told_in_this_message() -> None:
    assert assess("i have asthma").fresh == ("asthma or a lung condition",)
    assert assess("how many reps?", ["i have asthma"]).fresh == ()


def test_weeks_with_a_second_child_are_not_of_the_past() -> None:
    (condition,) = assess("16 weeks with my second").conditions
    assert (condition.name, condition.weeks) == ("pregnant", 16)
