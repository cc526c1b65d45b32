"""Asking, streaming, stopping, asking again, beginning anew."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.widget.driving import answered, field, focused, heard, listen, send
from tests.widget.stub import Stub


def test_an_answer_streams_and_its_sources_are_buttons_with_names(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    item = answered(page, "reps please?")
    expect(item).to_contain_text("Start with 6–12 slow reps per side.")
    name = "Source 2: Lying knee rolls, How many reps should I do?"
    expect(item.get_by_role("button", name=name)).to_have_text("2")
    assert stub.asked == [
        {"message": "reps please?", "conversation_id": None, "page": "knee-rolls", "stream": True}
    ]


def test_segments_show_while_the_answer_is_still_coming(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    item = send(page, "slow")
    expect(item).to_contain_text("Sentence 1.")
    assert "Sentence 29." not in item.inner_text()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()


def test_a_conversation_goes_on_under_the_id_that_the_server_gave(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    answered(page, "reps again")
    assert [asked["conversation_id"] for asked in stub.asked] == [None, "cnv_1"]


def test_stop_works_again_and_again_and_keeps_what_has_arrived(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    for _ in range(3):
        item = send(page, "slow")
        expect(item).to_contain_text("Sentence 1.")
        page.get_by_role("button", name="Stop").click()
        expect(item).to_contain_text("Stopped.")
        expect(item).to_contain_text("Sentence 0.")
    answered(page, "reps")
    expect(page.get_by_role("button", name="Source 1")).to_be_visible()


def test_shift_enter_makes_a_line_and_enter_does_nothing_while_answering(
    page: Page, stub: Stub
) -> None:
    page.goto(stub.url + "/loose")
    field(page).press_sequentially("slow one")
    field(page).press("Shift+Enter")
    field(page).press_sequentially("two")
    field(page).press("Enter")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    for _ in range(100):  # the stub hears of the question a moment after the browser sends it
        if stub.asked:
            break
        page.wait_for_timeout(50)
    field(page).press_sequentially("next")
    field(page).press("Enter")
    expect(field(page)).to_have_value("next")
    assert [asked["message"] for asked in stub.asked] == ["slow one\ntwo"]


def test_an_enter_that_ends_a_composition_does_not_send(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    field(page).fill("reps")
    field(page).dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(field(page)).to_have_value("reps")
    assert stub.asked == []


def test_a_double_click_on_send_asks_once_and_does_not_stop(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    field(page).fill("slow")
    page.get_by_role("button", name="Send").dblclick()
    expect(page.locator("exercise-chat .answer")).to_contain_text("Sentence 2.")
    assert len(stub.asked) == 1


def test_a_suggestion_asks_itself(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    page.get_by_role("button", name="How do I breathe?").click()
    expect(page.get_by_text("You asked: How do I breathe?")).to_be_visible()
    assert focused(page) != ""


def test_a_new_chat_forgets_the_conversation_and_keeps_what_is_typed(
    page: Page, stub: Stub
) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "chest")
    send(page, "slow")
    field(page).fill("half a question")
    page.get_by_role("button", name="New chat").click()
    expect(page.locator("exercise-chat .log > ol > li")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(field(page)).to_have_value("half a question")
    expect(field(page)).to_be_focused()
    answered(page, "reps")
    assert stub.asked[-1]["conversation_id"] is None


def test_the_announcer_speaks_at_the_boundaries_only(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    listen(page)
    answered(page, "reps")
    answered(page, "heavy")
    send(page, "slow")
    page.get_by_role("button", name="Stop").click()
    answered(page, "cut")
    answered(page, "busy")
    text = "Start with 6–12 slow reps per side. One or two sets are plenty for most people."
    lacks = "The page does not say how heavy a weight to use. It covers reps and safety."
    assert heard(page) == [
        "Answering…",
        f"Answer complete, 2 sources. {text}",
        "Answering…",
        f"Answer complete, 0 sources. {lacks}",
        "Answering…",
        "Stopped.",
        "Answering…",
        "The connection broke before the answer was complete. Please ask again.",
        "Answering…",
    ]


def test_focus_stays_in_the_field_when_an_answer_arrives(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    expect(field(page)).to_be_focused()


def test_the_newest_question_is_at_the_top_of_the_transcript(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    for question in ("how", "surgery", "reps", "how"):
        item = answered(page, question)
    log = page.get_by_role("log").bounding_box()
    box = item.bounding_box()
    assert log is not None
    assert box is not None
    assert abs(box["y"] - log["y"]) < 30


def test_steps_are_a_numbered_list(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    item = answered(page, "how")
    steps = item.locator(".answer ol > li")
    expect(steps).to_have_count(3)
    expect(steps.nth(2)).to_contain_text("Pause for ½ a breath")


def test_keys_typed_in_the_field_do_not_reach_the_host(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    page.evaluate(
        """() => { window.keys = [];
        for (const type of ['keydown', 'keypress', 'keyup'])
          document.addEventListener(type, (event) => keys.push(event.key)); }"""
    )
    field(page).press_sequentially("s/?")
    field(page).press("Enter")
    assert page.evaluate("keys") == []
