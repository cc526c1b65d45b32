"""What readers think of an answer, and of one citation."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.widget.driving import answered, heard, listen
from tests.widget.stub import Stub


def test_an_answer_is_rated_and_the_last_rating_shows(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    listen(page)
    item = answered(page, "reps")
    yes, no = (item.get_by_role("button", name=name, exact=True) for name in ("Yes", "No"))
    yes.click()
    expect(yes).to_have_attribute("aria-pressed", "true")
    no.click()
    expect(no).to_have_attribute("aria-pressed", "true")
    expect(yes).to_have_attribute("aria-pressed", "false")
    assert stub.rated == [
        {"message_id": "msg_1", "rating": "up"},
        {"message_id": "msg_1", "rating": "down"},
    ]
    assert heard(page)[-1] == "Thank you, noted."


def test_one_citation_is_said_not_to_fit(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps").get_by_role("button", name="Source 2").click()
    page.get_by_role("button", name="This source does not fit").click()
    expect(page.get_by_role("region", name="Source 2")).to_contain_text("Thank you, noted.")
    assert stub.rated == [{"message_id": "msg_1", "rating": "down", "citation": 2}]


def test_feedback_that_is_not_taken_is_said_and_not_shown_as_given(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    page.route("**/v1/feedback", lambda route: route.fulfill(status=503, json={}))
    item = answered(page, "reps")
    yes = item.get_by_role("button", name="Yes", exact=True)
    yes.click()
    expect(item).to_contain_text("That did not work. Please try again.")
    expect(yes).to_have_attribute("aria-pressed", "false")


def test_an_urgent_reply_asks_for_no_rating(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "chest")
    expect(page.locator("exercise-chat .tools")).to_have_count(0)
