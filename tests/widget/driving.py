"""What a person does with the widget, in the words of the tests."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.widget.stub import Stub

CHAT = "exercise-chat"


def field(page: Page) -> Locator:
    """Return the field in which questions are typed."""
    return page.get_by_label("Your question")


def send(page: Page, question: str) -> Locator:
    """Type a question, press Enter and return the transcript's newest item."""
    field(page).fill(question)
    field(page).press("Enter")
    return page.locator(f"{CHAT} .log > ol > li").last


def answered(page: Page, question: str) -> Locator:
    """Ask and wait until the answer is complete or has failed."""
    item = send(page, question)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    expect(item.locator(".waiting")).to_have_count(0)
    return item


def heard(page: Page) -> list[str]:
    """Return what the announcer has said since ``listen``."""
    said: list[str] = page.evaluate("heard")
    return said


def listen(page: Page) -> None:
    """Note everything that the announcer says from now on."""
    page.evaluate(
        """() => {
          window.heard = [];
          const status = document.querySelector('exercise-chat').shadowRoot
            .querySelector('[role=status]');
          new MutationObserver(() => status.textContent && heard.push(status.textContent))
            .observe(status, { childList: true, characterData: true, subtree: true });
        }"""
    )


def focused(page: Page) -> str:
    """Return the name, text or label of what has the focus, inside the widget too."""
    name: str = page.evaluate(
        """() => {
          let at = document.activeElement;
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          return at.getAttribute('aria-label') || at.textContent || at.id;
        }"""
    )
    return name


def place(page: Page, stub: Stub, **attributes: str) -> Locator:
    """Open the loose host page and give its widget these attributes instead of its own."""
    page.goto(stub.url + "/loose")
    page.evaluate(
        """(attributes) => {
          const chat = document.createElement('exercise-chat');
          for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
          document.querySelector('exercise-chat').replaceWith(chat);
        }""",
        {"endpoint": "/", "page": "knee-rolls", **attributes},
    )
    return page.locator(CHAT)


def reach(page: Page, *names: str, backwards: bool = False) -> None:
    """Press Tab until one of these has the focus; fails after 30 presses."""
    for _ in range(30):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if focused(page) in names:
            return
    raise AssertionError(f"The keyboard does not reach {names[0]!r}.")
