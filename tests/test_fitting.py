"""Which restriction fits what was said, by what the words mean."""

from __future__ import annotations

import pytest

from assistant.fitting import conflict, fit, head
from assistant.safety.ailments import ailments, load_ailments
from assistant.safety.policy import load_policy

BULLETS = (
    "Hip replacement (ask the surgical team)",
    "Knee replacement, ligament repair or meniscus surgery (follow the plan)",
    "Recent abdominal surgery or an unrepaired hernia (ask your surgeon)",
    "Frozen shoulder, or a shoulder that has dislocated (get clearance)",
    "Fracture or operation of the foot or ankle (wait)",
    "Osteoporosis or an earlier vertebral fracture (no rounding)",
    "Pregnancy with pain in the lower back (use a chair)",
    "High blood pressure that is not controlled (ask)",
    "Dizziness or low blood pressure (hold on)",
    "Heart surgery through the breastbone (wait for the cardiac team)",
    "Glaucoma or recent eye surgery (keep the head up)",
)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("had my hip done in june", "Hip replacement"),
        ("they rebuilt my acl", "Knee replacement"),
        ("appendix out three weeks ago", "Recent abdominal"),
        ("dodgy shoulder", "Frozen shoulder"),
        ("screws in my ankle after an op", "Fracture or operation"),
        ("cracked a vertebra", "Osteoporosis"),
        ("brittle bones", "Osteoporosis"),
        ("my bp is high", "High blood pressure"),
        ("my blood pressure drops when i stand", "Dizziness or low"),
        ("triple bypass in may", "Heart surgery"),
        ("my eye pressure is too high", "Glaucoma"),
        ("cataracts done last week", "Glaucoma"),
    ],
)
def test_the_bullet_that_fits_best_is_the_one_that_is_meant(said: str, first: str) -> None:
    best = max(BULLETS, key=lambda bullet: fit(ailments(said), bullet))
    assert best.startswith(first)
    assert fit(ailments(said), best) >= 1.5


def test_what_holds_of_the_whole_person_is_needed_for_a_bullet_about_it() -> None:
    assert fit(ailments("my lower back hurts"), BULLETS[6]) == 0
    assert fit(ailments("pregnant and my lower back hurts"), BULLETS[6]) > 3


def test_another_part_of_the_body_does_not_fit() -> None:
    assert fit(ailments("knee operation"), BULLETS[0]) == 0
    assert conflict(ailments("knee operation"), BULLETS[0])
    assert not conflict(ailments("kneecap operation"), BULLETS[1])


@pytest.mark.parametrize(
    ("said", "bullet"),
    [
        ("my pinky keeps going to sleep", "Numbness or tingling in the little finger"),
        ("i get plantar fasciitis", "Pain under the heel or sole"),
        ("had the runs yesterday", "An upset stomach in the last two days"),
        ("got an ear infection", "Grommets, or an infected ear"),
        ("my toenail is ingrown", "An ingrowing nail"),
    ],
)
def test_lay_names_of_lesser_troubles_fit(said: str, bullet: str) -> None:
    assert fit(ailments(said), bullet) >= 1.0
    assert fit(ailments("had my hip done"), bullet) < 1.0


def test_nothing_said_fits_nothing() -> None:
    assert {fit(ailments("how many reps"), bullet) for bullet in BULLETS} == {0}


def test_the_head_of_a_restriction_leaves_out_reasons_and_advice() -> None:
    assert head("Glaucoma, as straining raises the pressure (ask)") == "Glaucoma"
    assert head("Take care: a new hip does not like this") != "Take care"


def test_every_named_condition_of_the_vocabulary_is_one_of_the_policy() -> None:
    assert set(load_ailments().named) <= {named.name for named in load_policy().named}


def test_what_follows_from_a_concept_holds_for_the_narrower_one_too() -> None:
    known = load_ailments()
    assert {"knee", "leg"} <= known.closure(ailments("torn meniscus"))
    assert "surgery" in known.closure(ailments("new hip"))
    assert "leg" not in ailments("sciatica, leg symptoms")


def test_one_item_of_a_list_that_hangs_on_a_line_is_enough() -> None:
    listed = "Not for you if you have\nGlaucoma (ask first)\nA hip replacement, until cleared"
    assert fit(ailments("had my hip done"), listed) >= 2.0
    assert fit(ailments("had my wrist done"), listed) < 1.5
    assert not conflict(ailments("had my hip done"), listed)
