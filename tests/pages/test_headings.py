"""Headings in other words, and how sections are cut below them."""

from __future__ import annotations

import pytest

from assistant.domain import Page
from assistant.pages.headings import exact_tag, is_question, kind_of, loose_tag
from assistant.pages.parsing import parse_page


def sections_of(page: Page) -> list[tuple[str, str, str]]:
    return [(s.kind, s.heading, page.text[s.start : s.end]) for s in page.sections]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Instructions", "instructions"),
        ("HOW TO DO IT", "instructions"),
        ("How to do the Lying knee rolls", "instructions"),
        ("Lying Knee Roll: step by step", "instructions"),
        ("2) Step-by-step guide", "instructions"),
        ("Execution", "instructions"),
        ("🎯 Technical tips:", "tips"),
        ("Form cues", "tips"),
        ("Common mistakes (and how to fix them)", "tips"),
        ("Mistakes people make with lying knee rolls", "tips"),
        ("Do’s & Don’ts", "tips"),
        ("Breathing", "breathing"),
        ("How to breathe during lying knee rolls", "breathing"),
        ("Breathing tips", "breathing"),
        ("Contraindications", "restrictions"),
        ("Contra-indications and cautions", "restrictions"),
        ("⚠️ Safety", "restrictions"),
        ("Who should avoid this exercise", "restrictions"),
        ("Who shouldn’t do this?", "restrictions"),
        ("Medical restrictions", "restrictions"),
        ("Lying knee rolls contraindications", "restrictions"),
        ("When not to do it", "restrictions"),
        ("About this exercise", "description"),
        ("Overview", "description"),
        ("Benefits of lying knee rolls", "description"),
        ("Why it works", "description"),
        ("FAQ", "faq"),
        ("FAQs about lying knee rolls", "faq"),
        ("Q&A", "faq"),
        ("Frequently Asked Questions", "faq"),
        ("You will need", "equipment"),
        ("Equipment", "equipment"),
        ("What you’ll need", "equipment"),
        ("Muscles worked", "other"),
        ("Variations", "other"),
        ("Our favourite playlist", "other"),
    ],
)
def test_the_kind_is_told_by_the_heading_in_other_words_too(heading: str, kind: str) -> None:
    assert kind_of(loose_tag(heading, ("Lying knee rolls",))) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Keep breathing evenly",
        "Safety first means a dry floor",
        "Bend your knees step by step",
        "Avoid dropping the knees",
        "Recent surgery of the hip",
    ],
)
def test_a_bullet_with_a_word_of_a_heading_is_no_heading(line: str) -> None:
    assert exact_tag(line) is None


@pytest.mark.parametrize(
    ("heading", "asks"),
    [
        ("Is it safe?", True),
        ("How many reps should I do", True),
        ("What are the benefits", True),
        ("Can I do it daily", True),
        ("How to do it", False),
        ("What to avoid", False),
        ("Why", False),
        ("Doing it right", False),
    ],
)
def test_a_question_is_told_by_its_mark_or_its_first_words(heading: str, asks: bool) -> None:
    assert is_question(heading) == asks


def test_a_question_about_who_should_not_is_a_restriction_when_a_list_answers_it() -> None:
    listed = "# Plank\n\n## Who should avoid this?\n\n- Hernia\n- Pregnancy\n"
    assert parse_page(listed.encode(), "a.md", "x").sections[0].kind == "restrictions"
    asked = "# Plank\n\n## FAQ\n\n### Who should avoid this?\n\nPeople with a hernia.\n"
    assert parse_page(asked.encode(), "a.md", "x").sections[0].kind == "faq"


def test_a_subheading_takes_the_kind_of_the_heading_above_it_unless_its_own_words_say() -> None:
    text = (
        "# Plank\n\n## Instructions\n\n### Hand position\n\n- Palms down.\n- Flat.\n\n"
        "### Common mistakes\n\n- Sagging.\n- Rushing.\n\n## FAQ\n\n### The wrists\n\nUse fists.\n"
    )
    assert sections_of(parse_page(text.encode(), "plank.md", "x")) == [
        ("instructions", "Hand position", "Palms down.\nFlat."),
        ("tips", "Common mistakes", "Sagging.\nRushing."),
        ("faq", "The wrists", "Use fists."),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Please skip or change this pose if",
        "A word to the wise",
        "GENTLY DOES IT",
        "For some of you",
    ],
)
@pytest.mark.parametrize("name", ["pose.txt", "pose.md"])
def test_a_list_of_conditions_is_restrictions_whatever_its_heading(heading: str, name: str) -> None:
    mark = "## " if name.endswith(".md") else ""
    text = (
        f"{'# ' if mark else ''}Crow pose\n\n{mark}Instructions\n\n- Squat low.\n- Lean on.\n\n"
        f"{mark}{heading}\n\n- You have a torn wrist ligament: stay on your feet.\n"
        "- You are in the second trimester: choose another pose.\n- You had eye surgery: wait.\n"
    )
    kinds = {kind for kind, _, _ in sections_of(parse_page(text.encode(), name, "x"))}
    assert kinds == {"instructions", "restrictions"}


def test_a_list_with_an_unknown_heading_that_names_no_conditions_stays_unknown() -> None:
    text = "# Plank\n\n## A word to the wise\n\n- Keep the hips level.\n- Look at the floor.\n"
    assert sections_of(parse_page(text.encode(), "plank.md", "x"))[0][0] == "other"


def test_text_before_the_first_heading_is_the_description() -> None:
    text = "# Plank\n\nThe plank is a still hold.\n\n## Tips\n\n- Breathe.\n- Squeeze.\n"
    assert sections_of(parse_page(text.encode(), "plank.md", "x"))[0] == (
        "description",
        "Plank",
        "The plank is a still hold.",
    )


def test_a_page_without_any_heading_is_a_description() -> None:
    text = "Plank\n\nThe plank is a still hold for the trunk. Keep your hips level.\n"
    assert [kind for kind, _, _ in sections_of(parse_page(text.encode(), "plank.txt", "x"))] == [
        "description"
    ]


def test_the_line_faq_itself_and_its_introduction_are_no_section() -> None:
    text = "# Plank\n\n## FAQ\n\nHere is what people ask.\n\n### How long?\n\nTwenty seconds.\n"
    page = parse_page(text.encode(), "plank.md", "x")
    assert sections_of(page) == [("faq", "How long?", "Twenty seconds.")]


def test_a_question_without_an_answer_is_left_out() -> None:
    text = "# Plank\n\n## FAQ\n\n### How long?\n\n### Is it safe?\n\nYes, mostly.\n\n### Why?\n"
    page = parse_page(text.encode(), "plank.md", "x")
    assert sections_of(page) == [("faq", "Is it safe?", "Yes, mostly.")]


def test_facts_of_the_front_matter_become_lines_that_can_be_cited() -> None:
    text = (
        "---\ntitle: Plank\nequipment: [yoga mat, towel]\nmuscles: abs, glutes\nlevel: Beginner\n"
        "url: https://a.example/plank\nslug: front-plank\ngoals: [x]\n---\n## Tips\n"
        "- Breathe.\n- Rest.\n"
    )
    page = parse_page(text.encode(), "plank.md", "x")
    assert sections_of(page)[1:] == [
        ("equipment", "Equipment", "Equipment: yoga mat, towel"),
        ("other", "Muscles", "Muscles: abs, glutes"),
        ("other", "Level", "Level: Beginner"),
    ]
    assert (page.slug, page.url, page.level) == (
        "front-plank",
        "https://a.example/plank",
        "Beginner",
    )
    assert page.equipment == ("yoga mat", "towel")
    assert page.muscles == ("abs", "glutes")


def test_facts_that_the_body_has_are_not_said_twice() -> None:
    text = "---\ntitle: Plank\nequipment: mat\n---\n## You will need\n\nA mat.\n"
    page = parse_page(text.encode(), "plank.md", "x")
    assert sections_of(page) == [("equipment", "You will need", "A mat.")]


def test_a_labelled_line_interrupts_a_section_and_the_section_goes_on() -> None:
    text = "# Plank\n\nThe plank is a hold.\n\nLevel: Beginner\n\nIt trains the trunk.\n"
    assert sections_of(parse_page(text.encode(), "plank.md", "x")) == [
        ("description", "Plank", "The plank is a hold."),
        ("other", "Level", "Level: Beginner"),
        ("description", "Plank", "It trains the trunk."),
    ]


@pytest.mark.parametrize("bullet", ["•", "-", ">"])
@pytest.mark.parametrize("heading", ["Who should leave it out", "Who should skip this move"])
def test_who_should_above_a_list_is_the_heading_of_restrictions(heading: str, bullet: str) -> None:
    text = (
        f"Wall float\n\nBreathing\n\n{bullet} Breathe out as you rise.\n\n{heading}\n\n"
        f"{bullet} Broken or bruised ribs\n{bullet} Pregnancy beyond week 20\n"
    )
    kinds = [section.kind for section in parse_page(text.encode(), "wall-float.txt", "x").sections]
    assert kinds == ["breathing", "restrictions"]


def test_a_heading_about_the_move_opens_its_description() -> None:
    text = (
        "Wall float\n\nSteps\n\n- Stand tall.\n- Lift both arms.\n\nAbout this move\n\n"
        "Swing an axe at a log and you have the idea. Rowers use it to pass force to the hands.\n"
    )
    kinds = [section.kind for section in parse_page(text.encode(), "wall-float.txt", "x").sections]
    assert kinds == ["instructions", "description"]
