"""Every sentence comes from a table, and every table is whole."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.joining import joined_script
from tests.widget.driving import place
from tests.widget.stub import SERVER, Stub

TABLES = "customElements.get('exercise-chat').strings"
SHOWN = """() => {
  const root = document.querySelector('exercise-chat').shadowRoot;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const said = [];
  while (walker.nextNode()) said.push(walker.currentNode.data);
  for (const node of root.querySelectorAll('*'))
    for (const name of ['aria-label', 'title', 'placeholder'])
      if (node.hasAttribute(name)) said.push(node.getAttribute(name));
  return said.filter((text) => /\\p{L}/u.test(text));
}"""
PSEUDO = f"""() => {{
  const pseudo = (entry) => typeof entry === 'string' ? '⟦' + entry + '⟧'
    : Object.fromEntries(Object.entries(entry).map(([form, text]) => [form, pseudo(text)]));
  const pairs = Object.entries({TABLES}.en).map(([key, entry]) => [key, pseudo(entry)]);
  {TABLES}.xx = Object.fromEntries(pairs);
}}"""


def tables(page: Page, stub: Stub) -> dict[str, dict[str, Any]]:
    """Return the tables of the running widget."""
    page.goto(stub.url + "/loose")
    found: dict[str, dict[str, Any]] = page.evaluate(TABLES)
    return found


def test_german_has_every_sentence_with_the_same_values(page: Page, stub: Stub) -> None:
    found = tables(page, stub)
    assert set(found) == {"en", "de"}
    assert found["en"].keys() == found["de"].keys()
    for key, english in found["en"].items():
        german = found["de"][key]
        assert german != english or key in ("title",), key
        assert re.findall(r"\{\w+\}", str(german)) == re.findall(r"\{\w+\}", str(english)), key


def test_joining_changes_no_sentence(page: Page, stub: Stub) -> None:
    text = (SERVER / "widget" / "strings.js").read_text("utf-8")
    script = joined_script(SERVER / "widget").decode()
    sentences = re.findall(r'"([^"\n]+)"', text)
    assert len(sentences) > 90
    assert [one for one in sentences if one not in script] == []


def test_every_key_is_used_and_every_key_that_is_used_exists(page: Page, stub: Stub) -> None:
    keys = set(tables(page, stub)["en"])
    code = "".join(
        path.read_text("utf-8")
        for path in (SERVER / "widget").glob("*.js")
        if path.name != "strings.js"
    )
    assert {key for key in keys if not re.search(rf'"{key}"|\b{key}: "|: "{key}"', code)} == set()
    assert set(re.findall(r'say\("(\w+)"', code)) <= keys


@pytest.mark.parametrize("tag", ["de", "de-AT", "DE"])
def test_the_language_of_the_page_is_spoken(page: Page, stub: Stub, tag: str) -> None:
    place(page, stub, lang=tag)
    field = page.get_by_label("Ihre Frage")
    field.fill("reps")
    field.press("Enter")
    expect(page.get_by_role("button", name="Quelle 2: Lying knee rolls")).to_be_visible()
    status = page.locator("exercise-chat [role=status]")
    expect(status).to_contain_text("Antwort vollständig, 2 Quellen.")
    expect(page.locator("exercise-chat .root")).to_have_attribute("lang", "de")


def test_a_language_without_a_table_is_answered_in_one_that_the_browser_prefers(
    page: Page, stub: Stub
) -> None:
    place(page, stub, lang="tlh")
    expect(page.get_by_label("Your question")).to_be_visible()


def test_no_sentence_of_the_widget_stands_outside_its_table(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    page.evaluate(PSEUDO)
    page.evaluate(
        "document.querySelector('exercise-chat').replaceWith(Object.assign("
        "document.createElement('exercise-chat'), {lang: 'xx'}))"
    )
    field = page.locator("exercise-chat textarea")
    known = ("reps", "many", "chest", "surgery", "moved", "How do I breathe?", "Is it safe")
    shown: set[str] = set(page.evaluate(SHOWN))
    for word in ("reps", "surgery", "many", "chest", "moved"):
        field.fill(word)
        field.press("Enter")
        expect(page.locator("exercise-chat .send")).to_have_text("⟦Send⟧")
        shown |= set(page.evaluate(SHOWN))
    page.locator("exercise-chat .cite").last.click()
    expect(page.locator("exercise-chat .links")).to_be_visible()
    shown |= set(page.evaluate(SHOWN))
    own = {text for text in shown if "⟦" not in text and not text.startswith(known)}
    served = set(re.findall(r"\w{3,}", " ".join(CANNED)))
    assert {text for text in own if not set(re.findall(r"\w{3,}", text)) <= served} == set()


CANNED = (
    "Start with 6–12 slow reps per side. One or two sets are plenty for most people.",
    "Recent spinal surgery: ask your surgical team before you start. Lying knee rolls",
    "You mentioned surgery. The page says about that: How many reps should I do?",
    "Stop exercising and call 112 or your local emergency number now. Medical restrictions",
    "Chest pressure that spreads to the arm can be an emergency.",
)
