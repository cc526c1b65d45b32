"""The real server in a process of its own: its pages, its answers, their sources."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.widget.driving import answered, field
from tests.widget.stub import Stub

KNEES = "/exercises/lying-knee-rolls"


def test_a_question_is_answered_cited_opened_and_closed(page: Page, site: str) -> None:
    page.goto(site + KNEES)
    item = answered(page, "how many reps should I do?")
    number = item.get_by_role("button", name="Source 1: Lying knee rolls, How many")
    number.click()
    marked = page.locator("exercise-chat mark")
    expect(marked).to_be_visible()
    assert marked.inner_text() in item.locator(".answer").inner_text()
    page.keyboard.press("Escape")
    expect(marked).to_be_hidden()
    expect(number).to_be_focused()
    assert page.evaluate("violations") == []


def test_every_source_of_a_long_answer_is_found_at_its_place(page: Page, site: str) -> None:
    page.goto(site + KNEES)
    numbers = answered(page, "how do I do it?").locator(".cite")
    assert numbers.count() >= 5
    for number in numbers.all():
        number.click()
        heading = page.locator("exercise-chat .source h3")
        expect(heading).to_contain_text(f"Source {number.inner_text()}")
        expect(page.locator("exercise-chat .source ol mark")).to_be_visible()


def test_the_link_of_a_source_leads_to_the_marked_words_in_view(page: Page, site: str) -> None:
    page.goto(site + "/exercises/plank")
    answered(page, "how do I breathe?").locator(".cite").first.click()
    quoted = page.locator("exercise-chat mark").inner_text()
    page.goto(page.get_by_role("link", name="Open the page").get_attribute("href") or "")
    cited = page.locator("main #cited")
    expect(cited).to_have_text(quoted)
    expect(cited).to_be_in_viewport()


def test_a_page_without_a_name_in_the_question_is_the_context(page: Page, site: str) -> None:
    for slug, title in (("plank", "Plank"), ("lying-knee-rolls", "Lying knee rolls")):
        page.goto(f"{site}/exercises/{slug}")
        answered(page, "who should avoid it?").locator(".cite").first.click()
        expect(page.locator("exercise-chat .source h3")).to_contain_text(title)


def test_a_follow_up_is_understood(page: Page, site: str) -> None:
    page.goto(site + "/")
    answered(page, "how do I do the plank?")
    answered(page, "and how should I breathe?").locator(".cite").first.click()
    expect(page.locator("exercise-chat .source h3")).to_contain_text("Plank")


def test_a_red_flag_is_an_alert_and_a_condition_is_a_caution(page: Page, site: str) -> None:
    page.goto(site + KNEES)
    answered(page, "I have osteoporosis, can I do it?")
    expect(page.locator("exercise-chat .caution .label")).to_have_text("Please read this first")
    answered(page, "my chest feels tight and my left arm hurts")
    expect(page.get_by_role("alert")).to_contain_text("emergency number")
    expect(page.get_by_role("alert")).to_be_in_viewport()


def test_the_list_is_filtered_by_names_and_other_names(page: Page, site: str) -> None:
    page.goto(site + "/exercises")
    shown = page.locator(".exercises > li:visible")
    everything = shown.count()
    page.get_by_label("Find an exercise").fill("Trunk ROTÁTION lower")
    expect(shown).to_have_count(1)
    expect(page.locator("#found")).to_have_text("1 exercise")
    page.get_by_label("Find an exercise").fill("zzz")
    expect(page.locator("#found")).to_contain_text("No exercise has this name.")
    page.get_by_label("Find an exercise").fill("")
    expect(shown).to_have_count(everything)
    shown.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_list_is_narrowed_as_one_chooses_and_is_the_same_after_going_back(
    page: Page, site: str
) -> None:
    page.goto(site + "/exercises")
    shown = page.locator(".exercises > li:visible")
    expect(page.get_by_text("Show all")).to_be_hidden()
    page.get_by_label("Works").select_option("glutes")
    expect(page.locator("#found")).to_have_text("2 exercises")
    page.get_by_label("Find an exercise").fill("plank")
    expect(shown).to_have_count(1)
    shown.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plank")
    page.go_back()
    expect(shown).to_have_count(1)
    expect(page.get_by_label("Works")).to_have_value("glutes")
    page.get_by_label("Find an exercise").fill("knee rolls")
    expect(page.locator("#found")).to_contain_text("No exercise fits all of this.")
    page.get_by_text("Show all").click()
    expect(page.locator("#found")).to_have_text("3 exercises")


def test_a_telephone_shows_the_whole_choice_and_the_way_to_the_assistant(
    page: Page, site: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site + "/exercises")
    box = page.get_by_label("Works").bounding_box()
    assert box is not None
    assert box["width"] >= 240
    page.get_by_role("link", name="Ask the assistant").click()
    expect(field(page)).to_be_in_viewport()


def test_the_list_is_narrowed_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/")
    page.get_by_label("Works").select_option(label="Deep abdominals (2)")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("#found")).to_have_text("2 exercises")
    expect(page.locator(".exercises > li:visible")).to_have_count(2)
    expect(page.get_by_label("Works")).to_have_value("deep abdominals")
    context.close()


def test_the_pages_read_well_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/")
    page.get_by_label("Find an exercise").fill("Trunk ROTÁTION lower")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".exercises > li:visible")).to_have_count(1)
    expect(page.locator("#found")).to_have_text("1 exercise")
    page.get_by_role("link", name="Lying knee rolls").click()
    expect(page.locator(".instructions ol > li").first).to_be_visible()
    context.close()


def test_a_question_without_javascript_leads_to_the_marked_words(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + KNEES)
    page.get_by_label("Your question").fill("how many reps should I do?")
    page.get_by_role("button", name="Ask", exact=True).click()
    assert page.url == site + "/ask"
    page.get_by_role("link", name="Source 1").first.click()
    quoted = page.locator("#source-1 blockquote").inner_text()
    page.locator("#source-1 a").click()
    expect(page.locator("#cited")).to_have_text(quoted)
    expect(page.locator("#cited")).to_be_in_viewport()
    context.close()


def test_a_section_asks_the_assistant_beside_it(page: Page, site: str) -> None:
    page.goto(site + KNEES)
    page.locator(".restrictions").get_by_role("button", name="Ask about this").click()
    question = page.locator("exercise-chat .question")
    expect(question).to_contain_text("Who should avoid it?")
    expect(page.locator("exercise-chat .cite").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", ["/", "/exercises", KNEES, "/ask", "/embed", "/exercises/planks"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Page, site: str, path: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(site + path)
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_exercise_is_typeset_by_its_sections(page: Page, site: str) -> None:
    page.goto(site + KNEES)
    assert page.locator(".instructions ol > li").count() >= 4
    assert page.locator(".restrictions ul > li").count() >= 4
    assert page.locator(".faq h3").count() >= 5
    expect(page.locator(".facts")).to_contain_text("Beginner", ignore_case=True)
    expect(page.get_by_role("heading", name="Level", exact=True)).to_have_count(0)


def test_the_widget_and_the_navigation_are_not_printed(page: Page, site: str) -> None:
    page.goto(site + KNEES)
    page.emulate_media(media="print")
    expect(page.locator("exercise-chat")).to_be_hidden()
    expect(page.locator("nav")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_page_on_another_origin_embeds_it_by_its_tag(page: Page, site: str, stub: Stub) -> None:
    page.goto(stub.url + "/bare")
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.evaluate(
        """([source]) => {
          const script = Object.assign(document.createElement('script'), { type: 'module' });
          script.src = source;
          document.head.append(script);
        }""",
        [site + "/widget/1/exercise-chat.js"],
    )
    answered(page, "how many reps?").locator(".cite").first.click()
    expect(page.locator("exercise-chat mark")).to_be_visible()
    link = page.get_by_role("link", name="Open the page").get_attribute("href") or ""
    assert link.startswith(site + KNEES)
    assert asked == {urlsplit(site).netloc}


@pytest.mark.parametrize("path", ["/", "/exercises", KNEES])
def test_the_keyboard_reaches_the_field_and_shows_where_it_is(
    page: Page, site: str, path: str
) -> None:
    page.goto(site + path)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    field(page).focus()
    expect(field(page)).to_have_css("outline-style", "solid")
