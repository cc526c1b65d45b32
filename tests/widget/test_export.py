"""An answer copied and printed, with its numbered sources."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.widget import documents
from tests.widget.driving import answered
from tests.widget.stub import Stub

REPS = "Start with 6–12 slow reps per side."
SETS = "One or two sets are plenty for most people."
WHERE = "Lying knee rolls, How many reps should I do?"


def test_the_copy_has_the_answer_and_its_numbered_sources(
    context: BrowserContext, page: Page, stub: Stub
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(stub.url + "/loose")
    item = answered(page, "reps")
    item.get_by_role("button", name="Copy").click()
    expect(item).to_contain_text("Copied, with its sources.")
    link = documents.answer()["citations"][0]["source_url"]
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"{REPS} [1] {SETS} [2]\n\nSources\n"
        f"[1] {WHERE}: “{REPS}” {link}\n[2] {WHERE}: “{SETS}” {link}"
    )


def test_a_copy_that_the_browser_refuses_is_said(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
    item = answered(page, "reps")
    item.get_by_role("button", name="Copy").click()
    expect(item).to_contain_text("That did not work.")


def test_the_print_sheet_is_the_answer_with_its_quotes_and_nothing_else(
    page: Page, stub: Stub
) -> None:
    page.goto(stub.url + "/strict")
    page.evaluate("window.print = () => { window.printed = true }")
    answered(page, "reps").get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    assert page.evaluate("printed")
    expect(page.locator("h1")).to_be_hidden()
    expect(page.locator("exercise-chat")).to_be_hidden()
    sheet = page.locator("body > div .root")
    text = " ".join(sheet.inner_text().split())
    assert f"Sources {WHERE}: “{REPS}” {WHERE}: “{SETS}”" in text
    assert "Was this helpful?" not in text
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("body > div")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("violations") == []


def test_on_paper_the_ink_is_dark_whatever_the_page_around_it(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    page.evaluate("document.documentElement.style.colorScheme = 'dark'")
    item = answered(page, "reps")
    ink = item.locator(".answer p")
    expect(ink).to_have_css("color", "rgb(233, 231, 224)")
    page.emulate_media(media="print")
    expect(ink).to_have_css("color", "rgb(32, 36, 31)")


def test_a_page_that_is_printed_with_the_widget_has_the_sources_in_full(
    page: Page, stub: Stub
) -> None:
    page.goto(stub.url + "/loose")
    for _ in range(3):
        item = answered(page, "reps")
    expect(item.locator(".sheet")).to_be_hidden()
    page.emulate_media(media="print")
    expect(item.locator(".sheet")).to_be_visible()
    expect(page.get_by_label("Your question")).to_be_hidden()
