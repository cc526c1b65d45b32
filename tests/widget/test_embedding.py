"""A page on a second origin embeds the widget of the real server by the documented snippet."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from server.joining import integrity, joined_script
from tests.widget.driving import answered
from tests.widget.stub import SERVER, Stub

DOCUMENT = (Path(__file__).parents[2] / "docs" / "widget.md").read_text("utf-8")


def snippet(site: str) -> str:
    """Return the documented snippet for a server, its ``integrity`` filled in."""
    found = re.search(r"```html\n(.*?)```", DOCUMENT, re.S)
    assert found is not None
    hashed = integrity(joined_script(SERVER / "widget"))
    return found[1].replace("https://HOST", site).replace("sha384-…", hashed)


def test_the_snippet_works_on_another_origin(page: Page, site: str, stub: Stub) -> None:
    stub.bare = f"<!doctype html><html lang='en'><title>Another site</title>{snippet(site)}"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(stub.url + "/bare")
    answered(page, "how many reps?").locator(".cite").first.click()
    expect(page.locator("exercise-chat mark")).to_be_visible()
    assert {urlsplit(url).netloc for url in asked[1:]} == {urlsplit(site).netloc}
    scripts = [url for url in asked if "/widget/" in url]
    assert scripts == [site + "/widget/1/exercise-chat.js"]


def test_a_script_that_was_changed_on_the_way_does_not_run(
    page: Page, site: str, stub: Stub
) -> None:
    stub.bare = snippet(site).replace("sha384-", "sha384-AAAA")
    with page.expect_console_message(lambda message: "integrity" in message.text):
        page.goto(stub.url + "/bare")
    assert page.evaluate("customElements.get('exercise-chat') === undefined")


def test_the_etag_is_the_integrity_and_answers_304(page: Page, site: str) -> None:
    address = site + "/widget/1/exercise-chat.js"
    first = page.request.get(address)
    script = first.body()
    assert first.headers["etag"] == f'"{integrity(script)}"'
    assert script == joined_script(SERVER / "widget")
    again = page.request.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status == 304
