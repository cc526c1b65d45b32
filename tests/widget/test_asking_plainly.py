"""Asking without JavaScript in a real Chromium: every kind of answer, scheme and width.

Axe is a script itself, so for it the site's scripts are refused instead of all scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.widget.test_accessibility import faults

Scheme = Literal["light", "dark"]
QUESTIONS = {
    "answered": "how many reps should I do?",
    "steps": "how do I do it?",
    "caution": "I have osteoporosis, can I do it?",
    "abstain": "how heavy should the weight be?",
    "urgent": "my chest feels tight and my left arm hurts",
    "refused": " ",
}
HEADINGS = {"urgent": "Important: please read this now", "refused": "Ask the assistant"}


@contextmanager
def asked(
    browser: Browser,
    site: str,
    state: str,
    scheme: Scheme = "light",
    width: int = 1280,
    *,
    for_axe: bool = False,
) -> Iterator[Page]:
    """Ask the question of a state from a page's form, and open the answer."""
    context = browser.new_context(
        java_script_enabled=for_axe,
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )
    context.set_default_timeout(5000)
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(site + "/ask?page=lying-knee-rolls")
    page.get_by_label("Your question").fill(QUESTIONS[state])
    page.get_by_role("button", name="Ask", exact=True).click()
    # The form and the page that refuses a question have the same heading, but not the same address.
    page.wait_for_url(site + "/ask")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(HEADINGS.get(state, "Your answer"))
    yield page
    context.close()


@pytest.mark.parametrize("state", QUESTIONS)
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_answer_and_nothing_scrolls_sideways(
    browser: Browser, site: str, scheme: Scheme, width: int, state: str
) -> None:
    with asked(browser, site, state, scheme, width, for_axe=True) as page:
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_does_find_a_fault_where_scripts_are_off(browser: Browser, site: str) -> None:
    with asked(browser, site, "answered", for_axe=True) as page:
        page.evaluate("document.querySelector('.plain label').replaceWith('Your question')")
        page.evaluate("document.querySelector('.plain').append(document.createElement('input'))")
        assert any(found.startswith("label:") for found in faults(page))


def test_what_is_urgent_is_read_first_and_stands_in_view(browser: Browser, site: str) -> None:
    with asked(browser, site, "urgent", width=320) as page:
        expect(page.get_by_role("alert")).to_contain_text("emergency number")
        expect(page.get_by_role("alert")).to_be_in_viewport(ratio=1)
        expect(page.locator(".sources")).to_have_count(0)


def test_a_restriction_is_marked_off_and_an_answer_without_sources_is_not_grey(
    browser: Browser, site: str
) -> None:
    with asked(browser, site, "caution") as page:
        expect(page.locator(".restrictions li")).to_contain_text("Osteoporosis")
    with asked(browser, site, "abstain") as page:
        ink = page.evaluate("getComputedStyle(document.body).color")
        expect(page.locator(".said .frame").first).to_have_css("color", ink)
    with asked(browser, site, "steps") as page:
        assert page.evaluate("getComputedStyle(document.querySelector('.frame')).color") != ink
