"""Sections that no heading tells: by what their lines are."""

from __future__ import annotations

import json

import pytest

from assistant.pages.line_kinds import line_kinds
from assistant.pages.parsing import parse_page
from assistant.pages.telling import kind_likely
from evals.tuning.lines import LABELLED
from tests.pages.test_headings import sections_of

STEPS = (
    "Lie on your belly with your forehead on the mat.",
    "Lift your chest and both arms away from the floor.",
    "Lower them slowly and turn your head to one side.",
)
CARE = (
    "A hernia that has not been operated on",
    "The first six weeks after giving birth",
    "High blood pressure that is not under control",
)


def read(body: str, name: str = "cup-reach.txt") -> list[tuple[str, str, str]]:
    return sections_of(parse_page(f"Cup reach\n\n{body}".encode(), name, name))


def kinds_of(found: list[tuple[str, str, str]], line: str) -> set[str]:
    return {kind for kind, _, body in found if line in body}


@pytest.mark.parametrize("heading", ["Into the wave", "The long way down", "Act one"])
def test_steps_below_an_unknown_heading_are_instructions(heading: str) -> None:
    listed = "".join(f"- {step}\n" for step in STEPS)
    found = read(f"## {heading}\n\n{listed}\n## Tips\n\n- Keep the back flat.\n", "cup-reach.md")
    assert kinds_of(found, STEPS[0]) == {"instructions"}


@pytest.mark.parametrize("heading", ["The small print", "Red cards", "Talk to Marion"])
def test_conditions_below_an_unknown_heading_are_restrictions(heading: str) -> None:
    listed = "".join(f"- {each}\n" for each in CARE)
    found = read(f"## {heading}\n\n{listed}\n## Tips\n\n- Keep the back flat.\n", "cup-reach.md")
    assert kinds_of(found, CARE[0]) == {"restrictions"}


def test_a_paragraph_of_steps_within_the_prose_is_instructions() -> None:
    prose = "It is a small drill from the pool deck that swimmers have loved for years."
    found = read(f"{prose}\n\n{' '.join(STEPS)}\n\n## Tips\n\n- Be calm.\n", "cup-reach.md")
    assert kinds_of(found, STEPS[1]) == {"instructions"}
    assert kinds_of(found, prose) == {"description"}


def test_corrections_in_a_table_are_no_restrictions() -> None:
    rows = ["We see: The chin pokes forward | Try this: Lean on a wall", "We see: A loose grip"]
    assert kind_likely(rows) != "restrictions"


def test_a_dose_without_a_full_stop_below_a_known_heading_is_content() -> None:
    dose = "3 to 4 carries of 20 metres per hand\n60–90 seconds rest\n2 to 3 sessions per week\n"
    found = read(f"Programming\n{dose}Start light.\n\nTechnical tips\n\n- Keep the back flat.\n")
    assert kinds_of(found, "2 to 3 sessions per week") == {"other"}


def test_numbered_steps_below_technique_are_the_instructions() -> None:
    steps = "".join(f"{at}. {step}\n" for at, step in enumerate(STEPS, 1))
    found = read(f"## Technique\n\n{steps}\n## Breathing\n\nBreathe out slowly.\n", "cup-reach.md")
    assert kinds_of(found, STEPS[2]) == {"instructions"}


def test_likelihoods_add_up_and_labelled_lines_are_told() -> None:
    cases = [json.loads(line) for line in LABELLED.read_text("utf-8").splitlines()]
    told = [case for case in cases if case["kind"] in ("restrictions", "breathing")]
    right = 0
    for case in told:
        kinds = line_kinds(case["text"])
        assert sum(kinds.values()) == pytest.approx(1.0)
        right += max(kinds, key=lambda kind: kinds[kind]) == case["kind"]
    assert len(told) > 150
    assert right / len(told) > 0.9
