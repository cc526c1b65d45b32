"""One page in four formats gives the same sections with the same words."""

from __future__ import annotations

import html
import json
import textwrap
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Page
from assistant.pages.parsing import parse_page, parse_record
from assistant.passages import passages_of

HEADINGS = {
    "instructions": ["Instructions", "How to do it", "Step by step"],
    "tips": ["Technical tips", "Form cues", "Common mistakes"],
    "breathing": ["Breathing tips", "Breathing"],
    "restrictions": ["Medical restrictions", "Contraindications", "Safety"],
    "description": ["Description", "About this exercise", "Overview"],
}
QUESTIONS = [
    "How many reps should I do?",
    "Is it safe for my lower back?",
    "Can I do it every day?",
    "What muscles does it work?",
]
WORDS = [
    "knee",
    "hips",
    "shoulder",
    "slowly",
    "2½",
    "10–12",
    "90°",
    "floor",
    "lift",
    "lower",
    "“soft”",
    "don’t",
    "breath",
    "hold",
    "turn",
    "mat",
    "left",
    "right",
    "back",
    "spine",
    "doctor",
    "e.g.",
    "(gently)",
    "café",
    "5",
    "kg",
    "&",
    "<3",
    "press",
    "reach",
]


@dataclass(frozen=True)
class Spec:
    """A page to be written in each format: (kind, heading, lines) of lists or paragraphs."""

    title: str
    lists: list[tuple[str, str, list[str]]]
    description: tuple[str, list[str]]
    faq: list[tuple[str, str]]

    @property
    def expected(self) -> list[tuple[str, str, list[str]]]:
        heading, paragraphs = self.description
        return [
            *self.lists,
            ("description", heading, paragraphs),
            *(("faq", question, [answer]) for question, answer in self.faq),
        ]


def sentences(most: int) -> st.SearchStrategy[str]:
    sentence = st.lists(st.sampled_from(WORDS), min_size=3, max_size=14).map(
        lambda words: "Keep " + " ".join(words) + " knee."
    )
    return st.lists(sentence, min_size=1, max_size=most).map(" ".join)


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    kinds = draw(st.permutations(["instructions", "tips", "breathing", "restrictions"]))
    lists = [
        (
            kind,
            draw(st.sampled_from(HEADINGS[kind])),
            draw(st.lists(sentences(2), min_size=2, max_size=5, unique=True)),
        )
        for kind in kinds[: draw(st.integers(1, 4))]
    ]
    about = draw(st.lists(sentences(4), min_size=1, max_size=3, unique=True))
    asked = draw(st.lists(st.sampled_from(QUESTIONS), max_size=3, unique=True))
    return Spec(
        draw(
            st.sampled_from(
                ["Lying knee rolls", "Cat-cow", "90/90 hip switch", "Étirement du psoas"]
            )
        ),
        lists,
        (draw(st.sampled_from(HEADINGS["description"])), about),
        [(question, draw(sentences(3))) for question in asked],
    )


def as_text(spec: Spec, bullet: str, width: int) -> bytes:
    lines = [spec.title, "", "Videos", "", "Recommended by our experts", ""]
    for _, heading, items in spec.lists:
        lines += [heading, ""]
        for item in items:
            lines += textwrap.wrap(
                item,
                width,
                initial_indent=f"  {bullet} ",
                subsequent_indent="    ",
                break_on_hyphens=False,
            )
        lines.append("")
    heading, paragraphs = spec.description
    lines += [heading, ""]
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph, width, break_on_hyphens=False), ""]
    for question, answer in spec.faq:
        lines += [question, "", *textwrap.wrap(answer, width, break_on_hyphens=False), ""]
    return "\r\n".join([*lines, "Found errors? Tell us!", "Loading...", "", "Learn more"]).encode(
        "utf-8-sig"
    )


def as_markdown(spec: Spec, bullet: str, width: int) -> bytes:
    def escaped(line: str) -> str:
        return line.replace("<", "\\<").replace("&", "\\&")

    lines = ["---", f"title: {json.dumps(spec.title)}", "position: supine", "---", ""]
    for _, heading, items in spec.lists:
        lines += [f"## {heading}", ""]
        for item in items:
            lines += textwrap.wrap(
                escaped(item),
                width,
                initial_indent=f"{bullet} ",
                subsequent_indent="  ",
                break_on_hyphens=False,
            )
        lines.append("")
    heading, paragraphs = spec.description
    lines += [f"## {heading}", ""]
    for paragraph in paragraphs:
        lines += [escaped(paragraph), ""]
    lines += ["## FAQ", ""]
    for question, answer in spec.faq:
        lines += [f"### {question}", "", escaped(answer), ""]
    return "\n".join(lines).encode()


def as_html(spec: Spec) -> bytes:
    parts = ["<!doctype html><meta charset=utf-8><title>x</title><nav><a href=/>Home</a></nav>"]
    parts.append(f"<main><h1>{html.escape(spec.title)}</h1>")
    for _, heading, items in spec.lists:
        parts.append(f"<h2>{heading}</h2><ul>")
        parts += [f"<li>{html.escape(item).replace(' ', '&nbsp; ', 1)}</li>" for item in items]
        parts.append("</ul>")
    heading, paragraphs = spec.description
    parts.append(f"<h2>{heading}</h2>")
    parts += [f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs]
    if spec.faq:
        parts.append("<h2>Frequently asked questions</h2>")
    for question, answer in spec.faq:
        parts.append(
            f"<details><summary>{question}</summary><p>{html.escape(answer)}</p></details>"
        )
    return "\n".join([*parts, "</main><footer>© 2024 Site</footer>"]).encode()


def as_record(spec: Spec) -> bytes:
    heading, paragraphs = spec.description
    sections: list[dict[str, object]] = [
        {"heading": head, "items": items} for _, head, items in spec.lists
    ]
    sections.append({"heading": heading, "body": "\n\n".join(paragraphs)})
    faq = [{"question": question, "answer": answer} for question, answer in spec.faq]
    return json.dumps({"title": spec.title, "sections": sections, "faq": faq}).encode()


def found(page: Page) -> list[tuple[str, str, list[str]]]:
    return [
        (
            section.kind,
            section.heading,
            [line for line in page.text[section.start : section.end].split("\n") if line],
        )
        for section in page.sections
    ]


def check_offsets(page: Page) -> None:
    quoted: set[int] = set()
    for section in page.sections:
        assert (
            page.text[section.start : section.end].strip() == page.text[section.start : section.end]
        )
    for passage in passages_of(page):
        assert page.text[passage.start : passage.end] == passage.text
        for unit in passage.units:
            assert passage.start <= unit.start < unit.end <= passage.end
            assert page.text[unit.start : unit.end].strip() == page.text[unit.start : unit.end]
            quoted.update(range(unit.start, unit.end))
    for section in page.sections:
        for at in range(section.start, section.end):
            assert at in quoted or page.text[at].isspace()


@settings(max_examples=60, deadline=None)
@given(specs(), st.sampled_from("•-*–"), st.sampled_from([60, 76, 2000]))
def test_a_page_reads_the_same_in_every_format(spec: Spec, bullet: str, width: int) -> None:
    marker = "-" if bullet == "–" else bullet
    pages = [
        parse_page(as_text(spec, bullet, width), "page-of-the-day.txt", "a"),
        parse_page(as_markdown(spec, marker, width), "page.md", "b"),
        parse_page(as_html(spec), "page.html", "c"),
        parse_record(as_record(spec), "d"),
    ]
    for page in pages:
        assert found(page) == spec.expected, page.source
        assert page.title == spec.title
        check_offsets(page)


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="ab .?!:-•*#\n\t1)Q<>&½\u00a0\u200b\U000e0041", max_size=300),
    st.sampled_from([".txt", ".md", ".html"]),
)
def test_any_text_is_read_with_exact_offsets_or_refused(text: str, suffix: str) -> None:
    from assistant.pages.blocks import Rejected

    try:
        page = parse_page(f"Plank\n\n{text}".encode(), "plank" + suffix, "a")
    except Rejected:
        return
    check_offsets(page)


def test_a_record_keeps_text_under_keys_that_nothing_knows_and_drops_identifiers() -> None:
    record = {
        "id": 4417,
        "type": "exercise",
        "name": "Burpee",
        "alsoKnownAs": ["up-down"],
        "steps": ["Squat down.", "Jump up."],
        "fromTheFloor": [
            "Land softly on the balls of the feet.",
            "Brace before the legs fly back.",
        ],
        "tags": ["legs", "heart"],
        "updated": "2024-05-01",
    }
    page = parse_record(json.dumps(record).encode(), "burpee.json")
    assert page.slug == "burpee"
    assert [section.heading for section in page.sections] == ["Steps", "From the floor"]
    assert "Brace before the legs fly back." in page.text
    assert "2024" not in page.text


@pytest.mark.parametrize(
    ("key", "slug"),
    [({"id": "up-down"}, "up-down"), ({"slug": "77"}, "77"), ({"key": "12"}, "crow")],
)
def test_an_identifier_that_a_person_can_read_is_the_slug(key: dict[str, str], slug: str) -> None:
    record = {"name": "Crow", **key, "steps": ["Squat down low.", "Lean forwards."]}
    assert parse_record(json.dumps(record).encode(), "x").slug == slug
