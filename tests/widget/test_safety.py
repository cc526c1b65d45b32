"""No script runs, no policy is broken, no other host is asked, whatever the server says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from server.joining import joined_script
from tests.widget import documents
from tests.widget.driving import answered, field
from tests.widget.payloads import PAYLOADS
from tests.widget.stub import SERVER, Stub

SAFE_TAGS = {"a", "blockquote", "button", "div", "h2", "h3", "h4", "label", "li", "mark", "ol", "p"}
SAFE_TAGS |= {"section", "small", "span", "textarea", "ul"}
FOUND = """() => {
  const all = [...document.querySelector('exercise-chat').shadowRoot.querySelectorAll('*')];
  const names = all.flatMap((node) => [...node.attributes].map((attribute) => attribute.name));
  return {
    tags: [...new Set(all.map((node) => node.localName))],
    handlers: names.filter((name) => name.startsWith('on') || name === 'style' || name === 'src'),
    links: all.filter((node) => node.href).map((node) => node.protocol),
    executed, violations,
  };
}"""
"""What stands in the widget: its tags, attributes that could run, schemes of its links."""


OPEN = """async (question) => {
  const root = document.querySelector('exercise-chat').shadowRoot;
  const soon = async (find) => {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const field = root.querySelector('textarea');
  field.value = question;
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
  await soon(() => root.querySelector('.log > ol > li:last-child .suggestion'));
  root.querySelector('.log > ol > li:last-child .cite').click();
  const mark = await soon(() => root.querySelector('.source mark'));
  root.querySelector('.close').click();
  root.querySelector('.passage').replaceChildren();
  return mark.textContent;
}"""
"""Asks, opens the source, and returns the first line of what is marked there."""


def groups(size: int) -> Iterator[list[str]]:
    """Yield the payloads in groups, so that a page is loaded once for several."""
    for start in range(0, len(PAYLOADS), size):
        yield list(PAYLOADS[start : start + size])


def poisoned(payload: str) -> documents.Document:
    """Return an answer with the payload in every string field that is shown or followed."""
    text = payload + "\n"
    fields = ("title", "heading", "quote", "prefix", "suffix", "url", "source_url", "content_hash")
    source = documents.citation(1, "Start with") | dict.fromkeys(fields, payload)
    source |= {"start": 0, "end": len(payload)}
    said = [documents.segment(text, role="frame"), documents.segment(text, 1)]
    ids = {"conversation_id": payload, "id": payload, "mode": payload}
    return documents.reply("caution", said, [source], suggestions=[payload], **ids)


def poisoned_page(payload: str) -> documents.Document:
    """Return a page with the payload as title, alias, heading, text and address."""
    section = {"kind": "tips", "heading": payload, "start": 0, "end": 2 * len(payload) + 1}
    names = {"slug": payload, "title": payload, "aliases": [payload], "url": payload}
    text = f"{payload}\n{payload}"
    return {**names, "text": text, "content_hash": payload, "sections": [section]}


def test_no_payload_runs_in_any_field_of_an_answer(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    for payload in PAYLOADS:
        stub.answers["go"] = lambda payload=payload: poisoned(payload)
        stub.page = lambda payload=payload: poisoned_page(payload)
        assert page.evaluate(OPEN, "go " + payload) == payload.split("\n")[0]
    found = page.evaluate(FOUND)
    assert set(found["tags"]) <= SAFE_TAGS
    assert found["handlers"] == found["executed"] == found["violations"] == []
    assert set(found["links"]) <= {"http:", "https:"}


def test_there_are_at_least_150_different_payloads() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 150


def test_the_payloads_do_run_where_text_becomes_markup(page: Page, stub: Stub) -> None:
    careless = joined_script(SERVER / "widget").decode()
    careless = careless.replace(
        "node.append(...children.filter(Boolean));",
        "for (const child of children.filter(Boolean)) child.nodeType || Array.isArray(child)"
        " ? node.append(child) : node.insertAdjacentHTML('beforeend', child);",
    )
    kind = "text/javascript"
    page.route("**/exercise-chat.js", lambda route: route.fulfill(body=careless, content_type=kind))
    page.goto(stub.url + "/loose")
    stub.answers["go"] = lambda: documents.reply("answer", [documents.segment("Hello.")], [])
    for payload in PAYLOADS[14:17]:
        answered(page, "go " + payload)
    page.wait_for_function("executed.length >= 3")


def test_no_payload_runs_in_an_error_a_suggestion_or_an_attribute(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    now: list[str] = []
    page.route("**/v1/chat", lambda route: route.fulfill(status=404, json=error(now[-1])))
    for some in groups(8):
        now += some[:1]
        page.evaluate(
            """(payloads) => {
              const chat = document.createElement('exercise-chat');
              chat.setAttribute('starters', payloads.join('|'));
              for (const name of ['page', 'lang', 'timeout']) chat.setAttribute(name, payloads[0]);
              document.querySelector('exercise-chat').replaceWith(chat);
            }""",
            some,
        )
        page.locator("exercise-chat .suggestion").first.click()
        expect(page.get_by_role("alert")).to_be_visible()
    found = page.evaluate(FOUND)
    assert set(found["tags"]) <= SAFE_TAGS
    assert found["handlers"] == found["executed"] == found["violations"] == []


def error(payload: str) -> dict[str, Any]:
    """Return a problem document with the payload in every field."""
    return dict.fromkeys(("type", "title", "detail", "code", "advice", "instance"), payload)


@pytest.mark.parametrize("path", ["/", "/exercises", "/exercises/x"])
def test_no_payload_runs_in_the_pages_of_the_site(page: Page, stub: Stub, path: str) -> None:
    for some in groups(12):
        joined = " ".join(some)
        stub.page = lambda joined=joined: poisoned_page(joined)
        page.goto(f"{stub.url}{path}?{quote(joined)}")
        page.locator("exercise-chat").wait_for()
        assert page.evaluate("[executed, violations]") == [[], []]
        tags = page.locator(
            "main iframe, main img, main svg, main object, main embed, "
            "main form:not([action='/exercises']):not([action='/ask'])"
        )
        assert tags.count() == 0
        links = page.locator("a").evaluate_all("links => links.map((link) => link.protocol)")
        assert set(links) <= {"http:", "https:"}


def test_the_widget_works_under_the_strict_policy_without_a_violation(
    page: Page, stub: Stub
) -> None:
    page.goto(stub.url + "/strict")
    for question in ("reps", "how", "surgery", "chest", "heavy", "moved", "cut", "many"):
        answered(page, question)
    page.get_by_role("button", name="Source 1").first.click()
    expect(page.locator("exercise-chat mark")).to_be_visible()
    height = page.locator("exercise-chat textarea").bounding_box()
    assert height is not None
    assert height["height"] >= 40, "the sheet is not applied"
    assert page.evaluate("violations") == []


def test_a_hostile_host_page_does_not_break_it(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    page.evaluate(
        """() => {
          const style = document.createElement('style');
          style.textContent = '* { all: unset !important; display: none !important }'
            + 'html, body, main { display: block !important }';
          const base = document.createElement('base');
          base.href = 'https://elsewhere.example/';
          document.head.append(style, base);
        }"""
    )
    answered(page, "reps")
    page.get_by_role("button", name="Source 1").click()
    expect(page.locator("exercise-chat mark")).to_be_visible()
    expect(field(page)).to_have_css("font-size", "16px")
    box = page.locator("exercise-chat").bounding_box()
    assert box is not None
    assert box["height"] > 400


def test_the_endpoint_alone_is_asked_and_may_have_a_path(page: Page, stub: Stub) -> None:
    asked: list[str] = []
    page.route(
        "**/behind/a/proxy/**", lambda route: (asked.append(route.request.url), route.abort())
    )
    page.goto(stub.url + "/loose")
    page.locator("exercise-chat").evaluate(
        "chat => chat.setAttribute('endpoint', location.origin + '/behind/a/proxy')"
    )
    answered(page, "reps")
    assert asked == [stub.url + "/behind/a/proxy/v1/chat"]


def test_taking_the_element_away_stops_its_answer(
    page: Page, stub: Stub, context: BrowserContext
) -> None:
    page.goto(stub.url + "/loose")
    field(page).fill("slow")
    field(page).press("Enter")
    expect(page.locator("exercise-chat .answer")).to_contain_text("Sentence 0.")
    with page.expect_event("requestfailed"):
        page.evaluate("document.querySelector('exercise-chat').remove()")
