"""The floating widget behind its launcher."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.widget.driving import answered, field, place, reach
from tests.widget.stub import Stub

LAUNCH = "Ask about exercises"


def test_the_launcher_opens_by_keyboard_and_escape_gives_the_focus_back(
    page: Page, stub: Stub
) -> None:
    place(page, stub, mode="floating")
    expect(field(page)).to_be_hidden()
    reach(page, LAUNCH)
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=LAUNCH)).to_be_focused()
    expect(field(page)).to_be_hidden()


def test_escape_closes_the_source_first_and_then_the_widget(page: Page, stub: Stub) -> None:
    place(page, stub, mode="floating")
    page.get_by_role("button", name=LAUNCH).click()
    answered(page, "reps").get_by_role("button", name="Source 1").click()
    page.keyboard.press("Escape")
    expect(page.locator("exercise-chat .source")).to_be_hidden()
    expect(field(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(field(page)).to_be_hidden()


def test_closing_keeps_the_conversation(page: Page, stub: Stub) -> None:
    place(page, stub, mode="floating")
    page.get_by_role("button", name=LAUNCH).click()
    answered(page, "reps")
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_role("button", name=LAUNCH).click()
    expect(page.get_by_role("button", name="Source 1")).to_be_visible()


def test_an_urgent_reply_opens_a_widget_that_was_closed(page: Page, stub: Stub) -> None:
    chat = place(page, stub, mode="floating")
    chat.evaluate("chat => chat.ask('chest')")
    expect(page.get_by_role("alert")).to_contain_text("call 112")
    expect(page.get_by_role("alert")).to_be_in_viewport()


def test_it_fits_a_narrow_screen_and_stays_where_the_page_scrolls(page: Page, stub: Stub) -> None:
    page.set_viewport_size({"width": 320, "height": 480})
    place(page, stub, mode="floating")
    page.evaluate("document.querySelector('main').style.height = '3000px'; scrollTo(0, 900)")
    page.get_by_role("button", name=LAUNCH).click()
    box = page.locator("exercise-chat .root").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] + box["height"] <= 480


def test_the_host_page_hears_of_answers_and_failures_without_their_words(
    page: Page, stub: Stub
) -> None:
    place(page, stub, mode="floating")
    page.evaluate(
        """() => { window.told = [];
        for (const name of ['chat-answer', 'chat-error', 'chat-toggle'])
          document.addEventListener(name, (event) => told.push([name, event.detail])); }"""
    )
    page.get_by_role("button", name=LAUNCH).click()
    answered(page, "reps")
    answered(page, "many")
    assert page.evaluate("told") == [
        ["chat-toggle", {"open": True}],
        ["chat-answer", {"kind": "answer", "sources": 2}],
        ["chat-error", {"code": "many"}],
    ]
