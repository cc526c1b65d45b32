"""A site's look reaches everything but what is urgent."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.widget.driving import answered, field
from tests.widget.stub import Stub


def style(page: Page, text: str) -> None:
    """Add a style sheet to the host page."""
    page.evaluate(
        "(text) => document.head.append(Object.assign("
        "document.createElement('style'), {textContent: text}))",
        text,
    )


def test_properties_and_parts_of_the_host_page_are_followed(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    style(page, "exercise-chat { --chat-accent: rgb(1, 2, 3); --chat-height: 500px }")
    style(page, "exercise-chat::part(send) { border-radius: 1px }")
    send = page.get_by_role("button", name="Send")
    expect(send).to_have_css("background-color", "rgb(1, 2, 3)")
    expect(send).to_have_css("border-radius", "1px")
    expect(page.locator("exercise-chat")).to_have_css("height", "500px")


def test_what_is_urgent_cannot_be_styled_away(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    names = "launcher bar log question answer cite suggestion source passage mark composer field"
    for part in [*names.split(), "send", "tools", "caution", "pinned", "root"]:
        style(page, f"exercise-chat::part({part}) {{ display: none !important }}")
    style(page, "exercise-chat { --chat-ink: #fff; --chat-size: 1px; --chat-height: 0 }")
    page.locator("exercise-chat").evaluate("chat => { chat.ask('chest') }")
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible()
    expect(alert.locator(".answer")).to_be_visible()
    expect(alert.locator(".answer")).to_have_css("font-size", "16px")
    expect(alert).to_have_css("color", "rgb(74, 8, 8)")
    expect(alert).to_be_in_viewport()


def test_right_to_left_turns_the_layout(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    page.evaluate("document.documentElement.dir = 'rtl'")
    item = answered(page, "reps")
    frame, question = page.locator("exercise-chat .log").bounding_box(), None
    question = item.locator(".question").bounding_box()
    assert frame is not None
    assert question is not None
    assert question["x"] - frame["x"] < 30
    send, typed = page.get_by_role("button", name="Send").bounding_box(), field(page).bounding_box()
    assert send is not None
    assert typed is not None
    assert send["x"] < typed["x"]
