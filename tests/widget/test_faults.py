"""Each thing that can go wrong is said in words, and nothing typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.widget import documents
from tests.widget.driving import answered, field, heard, listen
from tests.widget.stub import Stub

SAID = {
    "silent": "The assistant took too long. Please ask again.",
    "many": "Too many questions at once. Please wait 7 seconds, then ask again.",
    "busy": "The assistant is not ready just now. Please wait 1 second, then ask again.",
    "garbage": "The assistant had a problem.",
    "crash": "The assistant had a problem.",
    "expired": "This conversation has expired. Asking again starts a new one.",
    "refused": "The assistant could not take this question.",
}


@pytest.mark.parametrize("fault", SAID)
def test_a_fault_without_an_answer_is_an_alert_that_says_what_to_do(
    page: Page, stub: Stub, fault: str
) -> None:
    page.goto(stub.url + "/loose")
    item = answered(page, f"{fault} is my question")
    expect(item.get_by_role("alert")).to_contain_text(SAID[fault])
    expect(item).to_contain_text(f"{fault} is my question")
    expect(item.get_by_role("button", name="Ask again")).to_be_visible()


@pytest.mark.parametrize("fault", ["cut", "broken", "failing"])
def test_an_answer_that_breaks_off_keeps_what_arrived(page: Page, stub: Stub, fault: str) -> None:
    page.goto(stub.url + "/loose")
    listen(page)
    item = answered(page, fault)
    expect(item).to_contain_text("Sentence 0.")
    expect(item.get_by_role("alert")).to_have_count(0)
    said = SAID["busy"].split(".")[0] if fault == "failing" else "The connection broke"
    expect(item).to_contain_text(said)
    assert heard(page)[-1].startswith(said)


def test_asking_again_replaces_the_failure_by_the_answer(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    page.route("**/v1/chat", lambda route: route.abort("connectionrefused"))
    item = answered(page, "reps")
    expect(item.get_by_role("alert")).to_contain_text("The assistant cannot be reached.")
    page.unroute("**/v1/chat")
    item.get_by_role("button", name="Ask again").click()
    expect(item.get_by_role("button", name="Source 2")).to_be_visible()
    expect(item.get_by_role("alert")).to_have_count(0)
    expect(page.locator("exercise-chat .log > ol > li")).to_have_count(1)


def test_being_offline_is_said_and_the_question_survives(
    page: Page, stub: Stub, context: BrowserContext
) -> None:
    page.goto(stub.url + "/loose")
    context.set_offline(True)
    item = answered(page, "reps")
    expect(item.get_by_role("alert")).to_contain_text("You are offline.")
    context.set_offline(False)
    item.get_by_role("button", name="Ask again").click()
    expect(item.get_by_role("button", name="Source 2")).to_be_visible()


def test_a_refused_question_is_back_in_the_field(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "refused text of mine")
    expect(field(page)).to_have_value("refused text of mine")


def test_an_expired_conversation_starts_anew_when_asked_again(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    answered(page, "expired")
    answered(page, "reps")
    assert [asked["conversation_id"] for asked in stub.asked] == [None, "cnv_1", None]


def test_a_question_that_is_too_long_stays_in_the_field_uncut(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    field(page).fill("½" * 334)  # NFKC makes three characters of each
    field(page).press("Enter")
    alert = page.get_by_role("alert").filter(has_text="shorten")
    expect(alert).to_have_text("Please shorten your question by 2 characters.")
    expect(field(page)).to_have_attribute("aria-invalid", "true")
    expect(field(page)).to_have_value("½" * 334)
    assert stub.asked == []
    field(page).fill("reps")
    expect(alert).to_have_count(0)
    expect(field(page)).to_have_attribute("aria-invalid", "false")


def test_a_page_that_the_server_does_not_know_is_left_out_and_said(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    page.locator("exercise-chat").evaluate("chat => chat.setAttribute('page', 'nowhere')")
    item = answered(page, "reps")
    expect(item.get_by_role("button", name="Source 1")).to_be_visible()
    expect(item).to_contain_text("The assistant does not know this page")
    assert [asked["page"] for asked in stub.asked] == ["nowhere", None]


def test_an_urgent_reply_stands_first_as_an_alert_and_stays(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    listen(page)
    answered(page, "chest")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("call 112")
    first = "chat => chat.shadowRoot.querySelector('section').innerText.trim()"
    assert page.locator("exercise-chat").evaluate(first).startswith("Important: please read")
    assert heard(page) == ["Answering…"]
    answered(page, "heavy")
    expect(alert).to_contain_text("call 112")


def test_a_second_urgent_reply_leaves_the_first_in_the_transcript(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "chest")
    first = page.locator("exercise-chat .log > ol > li").first
    expect(first).to_contain_text("Please read the message at the top first.")
    stub.answers["other"] = lambda: documents.reply("urgent", [documents.segment("Stop.")], [])
    answered(page, "other")
    expect(page.get_by_role("alert")).to_contain_text("Stop.")
    expect(first).to_contain_text("call 112")


def test_a_caution_is_labelled_and_looks_unlike_an_answer(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    answered(page, "surgery")
    plain = page.locator("exercise-chat .answer").first.locator("..")
    careful = page.locator("exercise-chat .answer").last.locator("..")
    expect(careful).to_contain_text("Please read this first")
    colour = "node => getComputedStyle(node).backgroundColor"
    assert plain.evaluate(colour) != careful.evaluate(colour)
