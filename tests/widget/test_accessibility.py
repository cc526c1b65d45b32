"""Axe finds nothing in any state, scheme and width; sizes and contrast modes hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.widget import documents
from tests.widget.driving import answered, field, place, send
from tests.widget.stub import Stub

Scheme = Literal["light", "dark"]
Forced = Literal["none", "active"]


def source_open(page: Page) -> None:
    """Open a source."""
    answered(page, "reps")
    page.get_by_role("button", name="Source 2").last.click()
    expect(page.locator("exercise-chat mark")).to_be_visible()


def too_long(page: Page) -> None:
    """Type more than is allowed."""
    field(page).fill("x" * 1001)
    field(page).press("Enter")


STATES: dict[str, Callable[[Page], Any]] = {
    "empty": lambda page: expect(field(page)).to_be_visible(),
    "streaming": lambda page: expect(send(page, "slow")).to_contain_text("Sentence 0."),
    "answered": lambda page: answered(page, "how"),
    "source open": source_open,
    "caution": lambda page: answered(page, "surgery"),
    "urgent": lambda page: answered(page, "chest"),
    "error": lambda page: answered(page, "many"),
    "too long": too_long,
}


def faults(page: Page, within: str | None = None) -> list[str]:
    """Return what axe finds in the page or within an element, best practices included."""
    results = Axe().run(page, within, {"resultTypes": ["violations"]}).response
    return [
        f"{found['id']}: {node['html'][:120]}"
        for found in results["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    ("scheme", "forced"), [("light", "none"), ("dark", "none"), ("light", "active")]
)
def test_axe_finds_nothing_in_any_state(
    browser: Browser, stub: Stub, scheme: Scheme, forced: Forced, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 720},
        color_scheme=scheme,
        forced_colors=forced,
        reduced_motion="reduce",
    )
    context.set_default_timeout(5000)
    page = context.new_page()
    found = {}
    page.goto(stub.url + "/exercises/knee-rolls")
    for state, reach in STATES.items():
        reach(page)
        found[state] = faults(page, None if state == "empty" else "exercise-chat")
        page.locator("exercise-chat").evaluate("chat => chat.restart()")
        field(page).fill("")
    for path in ("/", "/exercises"):
        page.goto(stub.url + path)
        found[path] = faults(page)
    place(page, stub, mode="floating")
    found["closed"] = faults(page)
    page.get_by_role("button", name="Ask about exercises").click()
    found["floating"] = faults(page, "exercise-chat")
    context.close()
    assert {state: said for state, said in found.items() if said} == {}


def test_axe_does_find_a_fault_inside_the_widget(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/exercises/knee-rolls")
    page.locator("exercise-chat label").evaluate("label => label.remove()")
    page.locator("exercise-chat textarea").evaluate("field => field.placeholder = ''")
    assert any(found.startswith("label:") for found in faults(page, "exercise-chat"))


def test_nothing_is_cut_off_or_scrolls_sideways_at_320_pixels(
    context: BrowserContext, stub: Stub
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/", "/exercises", "/exercises/knee-rolls"):
        page.goto(stub.url + path)
        answered(page, "surgery")
        source_open(page)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0


def test_nothing_covers_the_field_below_a_long_urgent_reply_at_320_pixels(
    context: BrowserContext, stub: Stub
) -> None:
    long = [documents.segment("Stop now and call your local emergency number. " * 12)]
    stub.answers["collapse"] = lambda: documents.reply("urgent", long, [])
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(stub.url + "/exercises/knee-rolls")
    answered(page, "collapse " + "and more words of a long question " * 4)
    body = page.locator("exercise-chat .body")
    expect(body).to_have_css("overflow", "hidden")
    above, below = body.bounding_box(), page.locator("exercise-chat .composer").bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"] + 1
    frame = page.locator("exercise-chat .root").bounding_box()
    assert frame is not None
    assert below["y"] + below["height"] <= frame["y"] + frame["height"]


def test_an_answer_that_quotes_nothing_is_not_grey(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/exercises/knee-rolls")
    ink = page.locator("exercise-chat .root").evaluate("node => getComputedStyle(node).color")
    frame = answered(page, "heavy").locator(".frame")
    expect(frame).to_have_css("color", ink)
    beside = answered(page, "how").locator(".frame").first
    expect(beside).not_to_have_css("color", ink)


def test_the_cited_words_begin_where_the_lines_below_them_begin(page: Page, stub: Stub) -> None:
    page.set_viewport_size({"width": 320, "height": 720})
    page.goto(stub.url + "/exercises/knee-rolls")
    source_open(page)
    lefts = page.locator("exercise-chat mark").evaluate(
        """mark => {
          const range = document.createRange();
          range.selectNodeContents(mark.firstChild);
          return [...range.getClientRects()].map((line) => line.left);
        }"""
    )
    within = page.locator("exercise-chat .passage p").first.bounding_box()
    assert within is not None
    assert len(lefts) > 1
    assert max(lefts[1:]) - within["x"] < 1


def test_every_target_is_at_least_24_pixels_and_the_field_16_pixels_high(
    page: Page, stub: Stub
) -> None:
    page.goto(stub.url + "/exercises/knee-rolls")
    source_open(page)
    for button in page.locator("exercise-chat button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, button.inner_text()
    expect(field(page)).to_have_css("font-size", "16px")


def test_the_transcript_is_a_silent_log_and_the_announcer_is_there_before_use(
    page: Page, stub: Stub
) -> None:
    page.goto(stub.url + "/loose")
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "off")
    expect(page.locator("exercise-chat [role=log] > ol")).to_have_count(1)
    expect(page.locator("exercise-chat [role=status]")).to_have_count(1)


def test_marks_stay_visible_in_forced_colours(context: BrowserContext, stub: Stub) -> None:
    page = context.new_page()
    page.emulate_media(forced_colors="active")
    page.goto(stub.url + "/exercises/knee-rolls")
    source_open(page)
    colours = """node => [getComputedStyle(node), getComputedStyle(node.parentElement)]
      .map((style) => style.backgroundColor)"""
    mark, around = page.locator("exercise-chat mark").evaluate(colours)
    assert mark != around


def test_nothing_moves_when_the_reader_wants_less_motion(
    context: BrowserContext, stub: Stub
) -> None:
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(stub.url + "/loose")
    send(page, "silent")
    name = "node => getComputedStyle(node).animationName"
    assert page.locator("exercise-chat .waiting").evaluate(name) == "none"
