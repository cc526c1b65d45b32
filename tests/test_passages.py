"""Passages and their quotable units."""

from __future__ import annotations

import pytest

from assistant.domain import Page, Section, SectionKind
from assistant.pages.parsing import parse_page
from assistant.pages.sentences import sentence_spans
from assistant.passages import embedding_text, passages_of, unit_texts


def page_of(body: str, kind: SectionKind = "tips", heading: str = "Tips") -> Page:
    text = f"Plank\n\n{heading}\n{body}\n"
    start = text.index(body, len(f"Plank\n\n{heading}"))
    section = Section(kind, heading, start, start + len(body))
    return Page("plank", "Plank", text, (section,), aliases=("front plank", "hover", "elbow plank"))


def units_of(page: Page) -> list[list[str]]:
    return [[passage.words(u) for u in passage.units] for passage in passages_of(page)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hold still. Breathe out.", ["Hold still.", "Breathe out."]),
        ("Use 2.5 kg, e.g. a small plate. Rest.", ["Use 2.5 kg, e.g. a small plate. Rest."]),
        (
            "Use 2.5 kg, e.g. a small plate. Then rest for a bit.",
            ["Use 2.5 kg, e.g. a small plate.", "Then rest for a bit."],
        ),
        (
            "Do 8 reps vs. 12 for beginners. Stop there please.",
            ["Do 8 reps vs. 12 for beginners.", "Stop there please."],
        ),
        (
            "Hold for approx. 30 sec. Then switch sides now.",
            ["Hold for approx. 30 sec.", "Then switch sides now."],
        ),
        ("Do 10 reps. 2 sets are fine for you.", ["Do 10 reps. 2 sets are fine for you."]),
        ("Start with 1–2 sets. Add more later on.", ["Start with 1–2 sets.", "Add more later on."]),
        ("Ask Dr. Roe first. She knows your knee.", ["Ask Dr. Roe first.", "She knows your knee."]),
        (
            "Do not bounce. Unless your coach says so.",
            ["Do not bounce. Unless your coach says so."],
        ),
        (
            "It is safe for most. However, stop if it hurts.",
            ["It is safe for most. However, stop if it hurts."],
        ),
        (
            "It is fine for most. But not with a hernia.",
            ["It is fine for most. But not with a hernia."],
        ),
        ("No. You should ask your midwife.", ["No. You should ask your midwife."]),
        ("Do not! Ever lift your hips up.", ["Do not! Ever lift your hips up."]),
        ("Do not… Drop the knees fast.", ["Do not… Drop the knees fast."]),
        ("Do not ... Drop the knees fast.", ["Do not ... Drop the knees fast."]),
        ("He said “Go slow.” Then he left us.", ["He said “Go slow.”", "Then he left us."]),
        ("It works (mostly.) Try it out today.", ["It works (mostly.)", "Try it out today."]),
        (
            "Rest for a day. (Unless you feel fresh.) Go on then now.",
            ["Rest for a day. (Unless you feel fresh.)", "Go on then now."],
        ),
        ("Is it hard? It is not hard.", ["Is it hard?", "It is not hard."]),
        ("Steps: 1. Lie down. 2. Bend the knees.", ["Steps: 1. Lie down.", "2. Bend the knees."]),
        ("Wait until 5 p.m. today to train.", ["Wait until 5 p.m. today to train."]),
        ("One line without an end", ["One line without an end"]),
        ("Not yet. Wait for six weeks after that.", ["Not yet. Wait for six weeks after that."]),
        ("Great work!!! Now rest a little.", ["Great work!!!", "Now rest a little."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


def test_a_list_is_one_passage_and_each_bullet_a_unit_even_with_two_sentences() -> None:
    page = page_of("Keep the hips level. Do not let them sag.\nBreathe.\nLook down.")
    assert units_of(page) == [
        ["Keep the hips level. Do not let them sag.", "Breathe.", "Look down."]
    ]


def test_a_long_list_is_split_at_whole_bullets_of_about_equal_length() -> None:
    items = [f"Bullet number {n} says something about the knees and hips." for n in range(60)]
    page = page_of("\n".join(items))
    windows = units_of(page)
    assert [unit for window in windows for unit in window] == items
    lengths = [passage.end - passage.start for passage in passages_of(page)]
    assert max(lengths) <= 1200
    assert min(lengths) > 0.6 * max(lengths)


def test_prose_becomes_windows_of_whole_sentences_and_nothing_is_lost() -> None:
    sentences = [
        f"Sentence number {n} is about the plank and how it trains your trunk." for n in range(23)
    ]
    page = page_of(" ".join(sentences), "description", "Description")
    windows = units_of(page)
    assert [unit for window in windows for unit in window] == sentences
    assert all(passage.end - passage.start <= 600 for passage in passages_of(page))
    assert all(len(window) >= 3 for window in windows)


def test_an_answer_is_one_passage_with_its_sentences_and_its_question() -> None:
    page = page_of("Twenty seconds. Then rest for a minute.", "faq", "How long?")
    (passage,) = passages_of(page)
    assert passage.kind == "faq"
    assert passage.heading == "How long?"
    assert units_of(page) == [["Twenty seconds.", "Then rest for a minute."]]
    assert [text[-15:] for text in unit_texts(page, passage)] == [
        "Twenty seconds.",
        "t for a minute.",
    ]


@pytest.mark.parametrize(
    ("lead", "bound"),
    [
        ("Do not do this if:", True),
        ("Avoid it when you have", True),
        ("Don't", True),
        ("Common mistakes:", True),
        ("For beginners:", True),
        ("Talk to a doctor if:", True),
        ("Follow these steps:", False),
        ("The benefits include:", False),
    ],
)
def test_items_are_never_quoted_without_a_line_that_they_need(lead: str, bound: bool) -> None:
    page = page_of(f"Keep still.\nBreathe.\n\n{lead}\nyou are dizzy\nyou are in pain\n\nStay calm.")
    units = [unit for window in units_of(page) for unit in window]
    joined = f"{lead}\nyou are dizzy\nyou are in pain"
    assert (joined in units) == bound
    assert ("you are dizzy" in units) != bound


def test_nested_lists_keep_their_lead_in_in_every_format() -> None:
    markdown = (
        "# Plank\n\n## Safety\n\n- Keep breathing.\n- Do not plank if:\n  - you had "
        "surgery\n  - you are dizzy\n- Stop when tired.\n"
    )
    html = (
        "<h1>Plank</h1><h2>Safety</h2><ul><li>Keep breathing.</li><li>Do not plank "
        "if:<ul><li>you had surgery</li><li>you are dizzy</li></ul></li><li>Stop "
        "when tired.</li></ul>"
    )
    text = (
        "Plank\n\nSafety\n• Keep breathing.\n• Do not plank if:\n    ◦ you had "
        "surgery\n    ◦ you are dizzy\n• Stop when tired.\n"
    )
    for name, content in (("plank.md", markdown), ("plank.html", html), ("plank.txt", text)):
        page = parse_page(content.encode(), name, "x")
        units = [unit for window in units_of(page) for unit in window]
        assert units == [
            "Keep breathing.",
            "Do not plank if:\nyou had surgery\nyou are dizzy",
            "Stop when tired.",
        ], name


def test_ids_count_the_passages_of_a_page() -> None:
    page = parse_page(
        b"# Plank\n\n## Tips\n- Breathe.\n- Rest.\n\n## FAQ\n### How long?\nA minute of holding.\n",
        "plank.md",
        "x",
    )
    assert [passage.id for passage in passages_of(page)] == ["plank#0", "plank#1"]


def test_what_is_embedded_names_the_page_two_aliases_and_the_heading() -> None:
    page = page_of("Breathe.\nRest.")
    (passage,) = passages_of(page)
    assert embedding_text(page, passage) == "Plank (front plank, hover). Tips. Breathe.\nRest."
