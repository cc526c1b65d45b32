"""Forms that sites give to plain text: fact boxes, "Step 1 –", bold questions, lines that part."""

from __future__ import annotations

import pytest

from assistant.pages.parsing import parse_page
from tests.pages.test_headings import sections_of

STEPS = ["Kneel on the mat.", "Reach one arm out.", "Hold it for two breaths."]
TIPS = "Tips\n\n- Keep the back flat.\n- Look at the floor.\n\n"
AVOID = "Restrictions\n\n- A slipped disc with pain in the leg\n- A recent shoulder operation\n\n"


def read(body: str) -> list[tuple[str, str, str]]:
    return sections_of(
        parse_page(f"Cup reach\n\n{body}".encode(), "cup-reach.txt", "cup-reach.txt")
    )


@pytest.mark.parametrize("between", [" | ", "\t", "    ", ": "])
def test_the_rows_of_a_fact_box_are_lines_that_can_be_cited(between: str) -> None:
    rows = [("Sets", "3 per side"), ("Rest between sets", "60 seconds"), ("Room", "one metre")]
    box = "".join(f"{label}{between}{value}\n" for label, value in rows)
    found = read(f"Quick facts\n{box}\n{TIPS}")
    lines = "Sets: 3 per side\nRest between sets: 60 seconds\nRoom: one metre"
    assert ("other", "Quick facts", lines) in found


def test_the_rows_of_a_menu_are_no_fact_box() -> None:
    menu = "Start | here\nJoin | our 1,200 readers\nShop | gifts and more\n"
    assert [kind for kind, _, _ in read(f"{menu}\n{TIPS}")] == ["tips"]


@pytest.mark.parametrize("step", ["Step {} - ", "Step {}: ", "Move {}. ", "STEP {} – "])
def test_numbered_words_open_steps(step: str) -> None:
    steps = "".join(step.format(at) + line + "\n" for at, line in enumerate(STEPS, 1))
    assert ("instructions", "Instructions", "\n".join(STEPS)) in read(f"Instructions\n\n{steps}")


@pytest.mark.parametrize("heading", ["Let's go", "The whole thing in pieces"])
def test_the_only_numbered_list_is_the_instructions_whatever_its_heading(heading: str) -> None:
    steps = "".join(f"{at}. {line}\n" for at, line in enumerate(STEPS, 1))
    found = read(f"What's the point?\n\nIt trains the back.\n\n{heading}\n\n{steps}\n{TIPS}")
    assert ("instructions", heading, "\n".join(STEPS)) in found


def test_numbered_tips_stay_what_they_are_beside_instructions() -> None:
    steps = "".join(f"{at}. {line}\n" for at, line in enumerate(STEPS, 1))
    found = read(f"Instructions\n\n{steps}\nOur favourites\n\n{steps}")
    assert [kind for kind, _, _ in found] == ["instructions", "other"]


def test_a_short_line_between_a_list_and_prose_ends_the_list() -> None:
    prose = "How heavy should it be? Women often begin with a weight of 8 kg. Add reps before load."
    found = read(f"{AVOID}Nice to know\n\n{prose}\n")
    assert [(kind, heading) for kind, heading, _ in found] == [
        ("restrictions", "Restrictions"),
        ("other", "Nice to know"),
    ]


def test_bold_questions_are_entries_and_lose_their_stars() -> None:
    found = read(
        f"{AVOID}Students ask, Ilse answers\n\n**How long do I stay?** Three minutes.\n\n"
        "**My knees hang. Am I wrong?** No. The hip decides, and **nobody** should push.\n"
    )
    assert found[1:] == [
        ("faq", "How long do I stay?", "Three minutes."),
        ("faq", "My knees hang. Am I wrong?", "No. The hip decides, and nobody should push."),
    ]


def test_two_questions_in_a_line_are_one_entry() -> None:
    asked = "Why the wall? Could I not just swing my arms?"
    answer = "Swinging skips what you need, and the wall keeps the path of the arm honest."
    assert read(f"{TIPS}FAQ\n\n{asked}\n{answer}\n")[1:] == [("faq", asked, answer)]


def test_a_question_above_conditions_opens_restrictions_outside_a_list_of_questions() -> None:
    conditions = (
        "Do not do it within 12 weeks of a dislocation.\n"
        "After a rotator cuff repair ask your surgeon first.\n"
        "A broken collarbone must have healed before you begin.\n"
    )
    asked = f"When should I leave it alone?\n{conditions}"
    assert read(f"{TIPS}{asked}")[1][0] == "restrictions"
    assert read(f"{TIPS}FAQ\n\n{asked}")[1][0] == "faq"


@pytest.mark.parametrize("heading", ["What it is and why we like it", "Why you might love it"])
def test_a_heading_with_its_subject_first_asks_nothing(heading: str) -> None:
    prose = "It opens the front of the hip. It is a calm way to end a day at the desk."
    assert (("description", heading, prose)) in read(f"{heading}\n\n{prose}\n\n{TIPS}")
