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
    mark = between if "|" in between else ": "
    lines = "\n".join(f"{label}{mark}{value}" for label, value in rows)
    assert ("other", "Quick facts", lines) in found


def test_a_level_in_a_fact_box_is_the_pages_level() -> None:
    box = "Quick facts\nLevel | Beginner\nSets | 3 per side\nRest | 60 seconds\n"
    page = parse_page(f"Cup reach\n\n{box}\n{TIPS}".encode(), "cup-reach.txt", "cup-reach.txt")
    assert page.level == "Beginner"
    assert "Level | Beginner" in page.text


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


def test_a_numbered_heading_stays_a_heading() -> None:
    found = read(
        "Part 1: How to do it\n\nKneel on the mat and reach one arm out in front.\n\n"
        "Part 2: Who should avoid it\n\nAnyone with a slipped disc or a recent operation.\n\n"
    )
    assert [kind for kind, _, _ in found] == ["instructions", "restrictions"]


def test_a_numbered_list_of_conditions_or_of_other_pages_is_no_instructions() -> None:
    conditions = (
        "1. Not after a rotator cuff repair.\n2. Pregnant women ask first.\n3. A slipped disc."
    )
    assert read(f"A word before we begin\n\n{conditions}\n")[0][0] == "restrictions"
    others = "1. How to squat\n2. Ten ways to love your lunge\n3. The plank\n"
    assert [kind for kind, _, _ in read(f"Related posts\n\n{others}\n{TIPS}")] == ["tips"]


def test_a_condition_below_a_list_of_restrictions_stays_with_them() -> None:
    rest = "Do not do it in the first 12 weeks after the operation. Ask your surgeon first."
    (found,) = read(f"{AVOID}Recent hip replacement\n\n{rest}\n")
    assert found[0] == "restrictions"
    assert rest in found[2]


@pytest.mark.parametrize(
    "line",
    [
        "Hands off (or rather, feet up) when",
        "Please do not do this, or speak to us first, if the following applies to you",
    ],
)
@pytest.mark.parametrize("dash", ["*", "–", "-"])
def test_conditions_right_below_the_line_that_leads_them_in_are_restrictions(
    line: str, dash: str
) -> None:
    listed = f"{dash} You have a new hip.\n{dash} A slipped disc hurts in the leg.\n"
    found = read(f"Breathing\n\n- Breathe out as you reach.\n\n{line}\n{listed}")
    assert [kind for kind, _, _ in found] == ["breathing", "restrictions"]


@pytest.mark.parametrize("heading", ["How it goes:", "How do I do it?"])
def test_steps_in_prose_or_below_a_colon_are_instructions(heading: str) -> None:
    steps = "".join(f"Step {at} - {line}\n" for at, line in enumerate(STEPS, 1))
    assert ("instructions", heading.rstrip(":"), "\n".join(STEPS)) in read(f"{heading}\n\n{steps}")


def test_how_do_i_do_it_is_an_entry_beside_instructions() -> None:
    prose = "Kneel on the mat. Reach one arm out and hold it for two breaths."
    asked = f"How do I do it?\n\n{prose}\n\n"
    assert read(f"{asked}{TIPS}")[0][0] == "instructions"
    assert read(f"Instructions\n\n- Kneel on the mat.\n\n{asked}{TIPS}")[1][0] == "faq"


def test_a_label_in_a_fact_box_opens_its_section_and_a_wrapped_row_is_whole() -> None:
    found = read(
        "Quick facts\nSets: 3\nContraindications: slipped disc, pregnancy after week 12\n"
        "Rest: 60 seconds between sets when you are\nnew to the exercise\n\n" + TIPS
    )
    assert ("restrictions", "Contraindications", "slipped disc, pregnancy after week 12") in found
    assert "Rest: 60 seconds between sets when you are new to the exercise" in found[-2][2]


def test_a_remark_before_the_questions_is_none_of_them() -> None:
    found = read(f"{TIPS}FAQ\n\nWe get these often. Yours is not here?\n\nHow long? Two breaths.\n")
    assert found[1:] == [("faq", "How long?", "Two breaths.")]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("(Anjaneyasana, also taught as the crescent lunge)", {"Anjaneyasana", "crescent lunge"}),
        ("(Also known as the cup stretch; 10 minutes, no equipment)", {"cup stretch"}),
        ("(Note: this move, also known as the cup stretch, is not for bad knees)", {"cup stretch"}),
    ],
)
def test_a_line_in_brackets_tells_other_names(line: str, names: set[str]) -> None:
    page = parse_page(f"Cup reach\n\n{line}\n\n{TIPS}".encode(), "cup-reach.txt", "cup-reach.txt")
    assert set(page.aliases) == names


def test_the_line_of_the_files_name_is_the_title_below_a_menu_of_heading_words() -> None:
    menu = "Trailhead Runner\nLog in\nGear\nTraining\n\nBy Marta, coach\n\n"
    text = f"{menu}Short foot doming\n\n{TIPS}{AVOID}"
    page = parse_page(text.encode(), "short-foot-doming.txt", "x")
    assert page.title == "Short foot doming"


def test_the_name_of_a_yoga_pose_below_the_title_is_another_name() -> None:
    text = (
        f"Lime Tree Yoga\nClasses\n\nGate pose\nParighasana\n\nAdd to my sequence\n\n{TIPS}{AVOID}"
    )
    page = parse_page(text.encode(), "gate-pose.txt", "x")
    assert page.title == "Gate pose"
    assert "Parighasana" in page.aliases
