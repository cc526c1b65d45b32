"""Whoever states a condition that a page restricts gets one of its bullets before anything else."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from assistant.citations import Quote
from assistant.pages import read_sources
from assistant.passages import passages_of
from assistant.restrictions import applying
from assistant.safety import assess
from assistant.safety.records import RANK

# What a bullet says of a condition, read without the safety policy: the words of the pages.
LAY = {
    r"pregnan": ("im 20 weeks pregnant", "5 months gone", "im expecting, due in 10 weeks"),
    r"osteoporosis": ("my bones are thin", "got osteopenia", "low bone density here"),
    r"glaucoma": ("i have glaucoma", "my eye pressure is high", "glacoma in both eyes"),
    r"hernia": ("i have a hernia", "umbilical hernia here", "waiting for my hernia op"),
    r"disc problem": ("slipped disc in my back", "got a bulging disc", "my l5 s1 is herniated"),
    r"blood pressure": ("i have high bp", "im hypertensive", "on blood pressure tablets"),
    r"hip replacement": ("had my hip done", "i have a new hip", "hip replaced in spring"),
    r"knee replacement": ("i have a new knee", "had my knee replaced", "total knee in may"),
    r"pelvic floor": ("i leak when i cough", "my pelvic floor is weak", "i wee when i sneeze"),
    r"elbow": ("tennis elbow", "i've got golfers elbow", "my elbow is sore"),
    r"latex": (
        "allergic to latex",
        "i have a latex allergy",
        "latex gives me a rash",
    ),
    r"\bfalls\b|recent fall|a fall\b": (
        "i fell twice this year",
        "had a few falls lately",
        "i keep falling over",
    ),
    r"vertigo|dizz|balance": ("i get the spins", "i have bppv", "the room spins when i lie down"),
    r"groin strain|groin or \w+ (thigh|flexor)|hip flexor strain": (
        "pulled my groin",
        "i strained my groin on saturday",
        "groin strain last week",
    ),
    r"hamstring (strain|tear)": ("pulled my hamstring", "tweaked a hammy", "hamstring tear"),
    r"wrist|carpal tunnel": ("carpal tunnel", "my wrists hurt", "i have a dodgy wrist"),
    r"(numb|feeling in the) feet|numbness in the feet": (
        "diabetic with numb feet",
        "numb feet from diabetes",
        "i have neuropathy",
    ),
    r"shoulder|[Pp]revious dislocation|cuff": (
        "i dislocated my shoulder",
        "my shoulder pops out",
        "bad shoulder",
    ),
}

INNOCENT = (
    "back pops up off the mat when i do dead bugs why",
    "is my back flat in this",
    "shoulder blade pinch back or down?",
    "how high do i lift my heels",
    "is it normal my shoulders burn",
    "my wrists keep bending back, fix?",
    "seated cat cow from my wheelchair?",
    "how many calories do seated heel and toe lifts burn",
)


HARMLESS = (
    "hands elevated press ups - does chest touch the edge",
    "one leg deadlift knee locked or bent",
    "scared of landing on my head lol",
    "can you write my cv",
    "how do i check my hips arent moving",
    "bracing my core makes me go red in the face, am i doing it wrong",
    "does my knee angle change in tabletop toe taps",
    "wobbly hips when i bridge, why",
)

ALARMS = (
    ("i cant write properly, my hands are clumsy", "stop"),
    ("landed on my head and my neck hurts", "emergency"),
    ("he is not moving", "emergency"),
    ("i can tell my hips are not moving and my legs are numb", "stop"),
    ("his face went droopy", "emergency"),
    ("my knee locked and wont bend", "stop"),
    ("should i change my tablets before training", "support"),
    ("red in the face and confused after running in the heat", "emergency"),
    ("chest pain when my chest touches the floor", "stop"),
    ("scared of landing on my head again, i landed on my neck and my arms are numb", "emergency"),
)

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture(scope="module")
def bullets() -> dict[str, list[Quote]]:
    """Return the restriction bullets of every corpus page, by slug."""
    pages = [page for result in read_sources([CORPUS]) for page in result.pages]
    found: dict[str, list[Quote]] = {page.slug: [] for page in pages}
    for page in pages:
        for passage in passages_of(page):
            if passage.kind == "restrictions":
                found[page.slug] += [
                    Quote(page, passage.kind, passage.heading, unit.start, unit.end)
                    for unit in passage.units
                ]
    return found


def _nowhere(_text: str) -> np.ndarray:
    return np.zeros(3, dtype=np.float32)


def _first(bullets: list[Quote], said: str) -> str:
    """Return the bullet that leads the reply to a statement, or nothing; by words alone."""
    held = assess(said).conditions
    pairs = [(bullet, _nowhere("")) for bullet in bullets]
    for condition in held:
        found = applying(pairs, condition, held, said, _nowhere)
        if found:
            return found[0][0].text
    return ""


@pytest.mark.parametrize(
    ("pattern", "said"), [(pattern, said) for pattern, lay in LAY.items() for said in lay]
)
def test_a_lay_statement_gets_a_bullet_of_its_condition_first(
    bullets: dict[str, list[Quote]], pattern: str, said: str
) -> None:
    naming = re.compile(pattern, re.IGNORECASE)
    restricting = {
        slug: quotes
        for slug, quotes in bullets.items()
        if any(naming.search(quote.text.partition(" (")[0]) for quote in quotes)
    }
    assert restricting
    firsts = {slug: _first(quotes, said) for slug, quotes in restricting.items()}
    wrong = {slug: first for slug, first in firsts.items() if not naming.search(first)}
    assert wrong == {}


@pytest.mark.parametrize("asked", INNOCENT)
def test_innocent_words_state_no_condition(asked: str) -> None:
    found = assess(asked)
    assert found.conditions == ()
    assert found.level == "none"


@pytest.mark.parametrize("asked", HARMLESS)
def test_ordinary_questions_about_form_raise_no_alarm(asked: str) -> None:
    assert assess(asked).level == "none"


@pytest.mark.parametrize(("said", "least"), ALARMS)
def test_the_same_words_in_earnest_still_raise_it(said: str, least: str) -> None:
    assert RANK[assess(said).level] >= RANK[least]
