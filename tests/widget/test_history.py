"""What the browser remembers: nothing, until the tab closes, or until erased."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.widget.driving import answered, heard, listen, place
from tests.widget.stub import Stub

STORED = "[sessionStorage.length, localStorage.length]"
TURNS = "exercise-chat .log > ol > li"


def test_nothing_is_remembered_by_default(page: Page, stub: Stub) -> None:
    place(page, stub)
    answered(page, "reps")
    assert page.evaluate(STORED) == [0, 0]
    assert page.context.cookies() == []


def test_a_session_outlives_a_reload_and_goes_on(page: Page, stub: Stub) -> None:
    place(page, stub, history="session")
    answered(page, "reps")
    assert page.evaluate(STORED) == [1, 0]
    place(page, stub, history="session")
    expect(page.locator(TURNS)).to_have_count(1)
    page.get_by_role("button", name="Source 2").click()
    expect(page.locator("exercise-chat mark")).to_be_visible()
    answered(page, "how")
    assert [asked["conversation_id"] for asked in stub.asked] == [None, "cnv_1"]
    place(page, stub, history="session")
    expect(page.locator(TURNS)).to_have_count(2)


def test_a_local_history_is_there_in_another_tab_and_a_session_is_not(
    context: BrowserContext, stub: Stub
) -> None:
    for kind, turns in (("local", 1), ("session", 0)):
        first, second = context.new_page(), context.new_page()
        place(first, stub, history=kind)
        answered(first, "reps")
        place(second, stub, history=kind)
        expect(second.locator(TURNS)).to_have_count(turns)


def test_erasing_forgets_in_the_browser_and_on_the_server(page: Page, stub: Stub) -> None:
    place(page, stub, history="local")
    answered(page, "reps")
    with page.expect_response("**/v1/conversations/*"):
        page.get_by_role("button", name="Erase chat").click()
    assert stub.deleted == ["/v1/conversations/cnv_1"]
    assert page.evaluate(STORED) == [0, 0]
    place(page, stub, history="local")
    expect(page.locator(TURNS)).to_have_count(0)


def test_an_urgent_reply_is_still_first_after_a_reload(page: Page, stub: Stub) -> None:
    place(page, stub, history="session")
    answered(page, "chest")
    place(page, stub, history="session")
    expect(page.get_by_role("alert")).to_contain_text("call 112")


def test_a_damaged_or_full_storage_does_not_stop_the_conversation(page: Page, stub: Stub) -> None:
    key = f"exercise-chat {stub.url}/"
    for damaged in ("{", "[1]", "{}", '[{"question": "x", "reply": {}}]'):
        page.goto(stub.url + "/bare")
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, damaged])
        place(page, stub, history="local")
        page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
        expect(answered(page, "reps").get_by_role("button", name="Source 2")).to_be_visible()


def test_what_is_remembered_is_not_read_aloud(page: Page, stub: Stub) -> None:
    place(page, stub, history="session")
    answered(page, "reps")
    place(page, stub, history="session")
    expect(page.locator(TURNS)).to_have_count(1)
    expect(page.locator("exercise-chat [role=status]")).to_have_text("")
    listen(page)
    assert heard(page) == []
