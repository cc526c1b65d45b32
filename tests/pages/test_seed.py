"""The scraped page that the project started from."""

from pathlib import Path

import pytest

from assistant.domain import Page
from assistant.pages import read_sources
from assistant.pages.parsing import parse_page

SEED = Path(__file__).parent / "lying-knee-rolls.txt"


@pytest.fixture(scope="module")
def page() -> Page:
    (result,) = read_sources([SEED])
    assert result.quarantined == ()
    (found,) = result.pages
    return found


def body(page: Page, kind: str) -> list[str]:
    return [
        line
        for section in page.sections
        if section.kind == kind
        for line in page.text[section.start : section.end].split("\n")
    ]


def test_the_title_and_the_name_that_the_text_uses_are_both_known(page: Page) -> None:
    assert page.slug == "lying-knee-rolls"
    assert page.title == "Lying knee rolls"
    assert page.aliases == ("Lower Trunk Rotation",)


def test_every_section_and_question_is_there_in_order(page: Page) -> None:
    kinds = [section.kind for section in page.sections]
    assert kinds == [
        *["instructions", "tips", "breathing", "restrictions", "description"],
        *["faq"] * 5,
    ]
    assert page.sections[8].heading == "How many reps should I do for lower trunk rotations?"


def test_every_bullet_is_one_line(page: Page) -> None:
    for kind in ("instructions", "tips", "breathing", "restrictions"):
        assert len(body(page, kind)) == 6
    assert body(page, "restrictions")[1] == "Recent spinal surgery or unresolved spinal instability"


def test_nothing_of_the_content_is_lost_and_no_furniture_is_left(page: Page) -> None:
    furniture = {
        "Videos", "Programs", "Recommended by our experts", "Get your personalized program! 🎯",
        "Stop wasting time with random exercises", "Let's go", "Learn more", "Secure", "Guaranteed",
        "Personalized", "Found errors? Tell us!", "Loading...",
    }  # fmt: skip
    lines = [line.strip(" •") for line in SEED.read_text(encoding="utf-8").split("\n")]
    content = [line for line in lines if line and line not in furniture]
    content = [line for line in content if not line.startswith("Our AI creates")]
    assert [line for line in page.text.split("\n") if line] == content


PROMOTION = """<div class="css-9a"><p>Recommended by our experts</p>
<{tag}>Get your personalized program! 🎯</{tag}><p>Stop wasting time with random exercises</p>
<div>Our AI creates a custom training program adapted to your goals, level, and available
equipment. Get results faster with a structured plan designed just for you.</div>
<a href="/q">Let's go</a><a href="/l">Learn more</a>
<div><span>Secure</span><span>Guaranteed</span><span>Personalized</span></div></div>"""


@pytest.mark.parametrize("promoted", ["h2", "h3", "h5", "div"])
@pytest.mark.parametrize("tag", ["h2", "h4"])
def test_the_same_page_in_html_without_telling_markup_reads_the_same(
    page: Page, promoted: str, tag: str
) -> None:
    promotion = PROMOTION.format(tag=promoted)
    parts = [f"<h1>{page.title}</h1><div><a href=/v>Videos</a><a href=/p>Programs</a></div>"]
    for section in page.sections:
        lines = page.text[section.start : section.end].split("\n")
        items = "".join(f"<li>{line}</li>" for line in lines)
        parts.append(promotion if section.kind in ("instructions", "breathing") else "")
        parts.append(f"<{tag}>{section.heading}</{tag}>")
        parts.append(f"<ul>{items}</ul>" if len(lines) > 1 else f"<p>{lines[0]}</p>")
    parts.append("<p>Found errors? <a href=x>Tell us!</a></p><div>Loading...</div>" + promotion)
    parts.append("<h3><a href=/plank>Plank</a></h3><p>A core exercise for the trunk.</p>")
    html = f"<body><div id=root>{''.join(parts)}</div></body>"
    found = parse_page(html.encode(), "lying-knee-rolls.html", "x")
    assert found.text == page.text
    assert found.sections == page.sections
    assert found.aliases == page.aliases
