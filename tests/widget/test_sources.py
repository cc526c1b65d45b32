"""The source of a citation: opened, marked, verified, linked, closed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.widget import documents
from tests.widget.driving import answered, field, focused, reach
from tests.widget.stub import Stub


def test_a_source_opens_with_its_whole_section_and_the_exact_words_marked(
    page: Page, stub: Stub
) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    page.get_by_role("button", name="Source 2").click()
    source = page.get_by_role("region", name="Source 2 Lying knee rolls")
    expect(source.locator("mark")).to_have_text("One or two sets are plenty for most people.")
    expect(source).to_contain_text("Start with 6–12 slow reps per side.")
    expect(source.get_by_role("heading", name="How many reps should I do?")).to_be_visible()


def test_words_behind_an_emoji_are_marked_in_code_points(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "how")
    page.get_by_role("button", name="Source 3").click()
    source = page.get_by_role("region", name="Source 3")
    expect(source.locator("mark")).to_have_text(documents.LINES["Instructions"][1][2])
    expect(source.locator("ol > li")).to_have_count(3)


def test_words_that_moved_are_said_to_have_moved_and_quoted(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "moved")
    page.get_by_role("button", name="Source 1").click()
    source = page.get_by_role("region", name="Source 1")
    expect(source).to_contain_text("These words are not at their place on the page any more")
    expect(source.locator("blockquote")).to_have_text("Start with 6–12 slow reps per side.")
    expect(source.locator("mark")).to_have_count(0)


def test_a_page_that_cannot_be_opened_still_shows_the_quote_and_is_tried_again(
    page: Page, stub: Stub
) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    page.route("**/v1/exercises/*", lambda route: route.abort())
    page.get_by_role("button", name="Source 1").click()
    source = page.get_by_role("region", name="Source 1")
    expect(source).to_contain_text("The page could not be opened.")
    expect(source.locator("blockquote")).to_have_text("Start with 6–12 slow reps per side.")
    page.unroute("**/v1/exercises/*")
    page.get_by_role("button", name="Source 1").click()
    expect(source.locator("mark")).to_have_text("Start with 6–12 slow reps per side.")


def test_the_links_lead_to_the_marked_page_and_to_the_original(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    page.get_by_role("button", name="Source 1").click()
    source = documents.answer()["citations"][0]
    own = f"{stub.url}/exercises/knee-rolls?start={source['start']}&end={source['end']}#cited"
    expect(page.get_by_role("link", name="Open the page")).to_have_attribute("href", own)
    expect(page.get_by_role("link", name="original")).to_have_attribute(
        "href", source["source_url"]
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "", "http://"])
def test_an_address_that_is_not_http_gives_no_link(page: Page, stub: Stub, address: str) -> None:
    def reply() -> documents.Document:
        whole = documents.answer()
        whole["citations"][0] |= {"url": address or "javascript:1", "source_url": address}
        return whole

    stub.answers["reps"] = reply
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    page.get_by_role("button", name="Source 1").click()
    source = page.get_by_role("region", name="Source 1")
    expect(source.locator("mark")).to_be_visible()
    expect(source.get_by_role("link")).to_have_count(0)


def test_escape_closes_and_the_focus_returns_to_the_number(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    number = page.get_by_role("button", name="Source 2")
    number.focus()
    page.keyboard.press("Enter")
    expect(page.locator("exercise-chat mark")).to_be_visible()
    expect(number).to_have_attribute("aria-expanded", "true")
    assert focused(page) == "Source 2 Lying knee rolls"
    page.keyboard.press("Escape")
    expect(page.locator("exercise-chat .source")).to_be_hidden()
    expect(number).to_be_focused()
    expect(number).to_have_attribute("aria-expanded", "false")


def test_a_question_can_be_asked_with_the_keyboard_alone(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    reach(page, "Your question", "field")
    page.keyboard.type("reps")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Source 2")).to_be_visible()
    reach(page, "Source 2: Lying knee rolls, How many reps should I do?", backwards=True)
    page.keyboard.press("Enter")
    expect(page.locator("exercise-chat mark")).to_be_visible()
    reach(page, "Close the source")
    page.keyboard.press("Space")
    assert focused(page).startswith("Source 2")
    reach(page, "Is it safe for my back?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You asked: Is it safe for my back?")).to_be_visible()
    reach(page, "Your question", "field")
    expect(field(page)).to_be_focused()


def test_the_number_that_was_pressed_stays_in_view_beside_its_source(
    page: Page, stub: Stub
) -> None:
    said = [documents.segment("One sentence more. " * 12), documents.segment("Rest.", 1)]
    source = documents.citation(1, documents.LINES["Instructions"][1][0])
    stub.answers["long"] = lambda: documents.reply("answer", said, [source])
    page.set_viewport_size({"width": 400, "height": 600})
    page.goto(stub.url + "/exercises/knee-rolls")
    number = answered(page, "long").get_by_role("button", name="Source 1")
    number.click()
    expect(page.locator("exercise-chat mark")).to_be_in_viewport()
    expect(number).to_be_in_viewport(ratio=1)


def test_the_source_shows_which_sentences_of_the_answer_rest_on_it(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    answered(page, "reps")
    page.get_by_role("button", name="Source 2").click()
    resting = page.locator("exercise-chat .resting")
    expect(resting).to_contain_text("One or two sets are plenty for most people.")
    expect(resting).to_have_count(1)
    page.get_by_role("button", name="One or two sets are plenty", exact=False).click()
    expect(page.get_by_role("button", name="Source 2")).to_be_focused()
    page.get_by_role("button", name="Source 1").click()
    expect(resting).to_contain_text("Start with 6–12 slow reps per side.")
    expect(resting).to_have_count(1)
    page.keyboard.press("Escape")
    expect(resting).to_have_count(0)


def test_every_sentence_that_rests_on_the_same_words_is_named(page: Page, stub: Stub) -> None:
    source = documents.citation(1, "Start with 6–12 slow reps per side.")
    said = [documents.segment("First sentence. ", 1), documents.segment("Second sentence.", 1)]
    stub.answers["twice"] = lambda: documents.reply("answer", said, [source])
    page.goto(stub.url + "/loose")
    answered(page, "twice").get_by_role("button", name="Source 1").first.click()
    expect(page.locator("exercise-chat .back")).to_have_text(
        ["First sentence.", "Second sentence."]
    )


def test_a_conversation_of_ten_turns_goes_by_the_keyboard_alone(page: Page, stub: Stub) -> None:
    page.goto(stub.url + "/loose")
    reach(page, "Your question", "field")
    for turn in range(10):
        page.keyboard.type(f"reps {turn}")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Source 2")).to_have_count(turn + 1)
        reach(page, "Source 2: Lying knee rolls, How many reps should I do?", backwards=True)
        page.keyboard.press("Enter")
        expect(page.locator("exercise-chat mark")).to_be_visible()
        page.keyboard.press("Escape")
        assert focused(page).startswith("Source 2")
        reach(page, "Your question", "field")
    assert [asked["message"] for asked in stub.asked] == [f"reps {turn}" for turn in range(10)]
