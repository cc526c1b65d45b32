"""The page that a site owner copies from, in a real browser; what is copied works elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.widget.driving import answered, field
from tests.widget.stub import Stub
from tests.widget.test_accessibility import faults

STAGE = "#stage exercise-chat"
LAUNCH = "Ask about exercises"
GOOD = "Contrast is good"
LABELS = {
    "page": "The page that it stands on",
    "lang": "Language of its own words",
    "history": "What the browser keeps",
}


@pytest.fixture
def embed(page: Page, site: str) -> Iterator[Page]:
    """Open the page with a clipboard; at its end no content policy was violated."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(site + "/embed")
    expect(page.locator(STAGE)).to_be_visible()
    yield page
    assert page.evaluate("window.violations") == []


def copied(page: Page, what: str) -> str:
    """Press a copy button and return what the clipboard then has."""
    page.get_by_role("button", name=f"Copy the {what}").click()
    expect(page.get_by_text("Copied.").last).to_be_visible()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def shown(page: Page, block: str) -> str:
    """Return the text of a code block."""
    return page.locator(f"#{block}").inner_text()


def colour(page: Page, name: str, value: str) -> None:
    """Choose a colour, for example ``accent-light``."""
    page.locator(f"input[name={name}]").fill(value)


def test_what_is_copied_works_on_another_origin_under_the_policy_that_is_shown(
    embed: Page, site: str, stub: Stub
) -> None:
    embed.get_by_label(LABELS["page"]).select_option("lying-knee-rolls")
    colour(embed, "accent-light", "#7a1f5c")
    snippet, css = copied(embed, "snippet"), copied(embed, "CSS")
    name, _, policy = copied(embed, "header").partition(": ")
    assert name == "Content-Security-Policy"
    stub.bare_policy = policy
    stub.bare = (
        "<!doctype html><html lang='en'><title>Another site</title>"
        f"<style>{css}</style>{snippet}</html>"
    )
    asked: list[str] = []
    embed.on("request", lambda request: asked.append(request.url))
    embed.goto(stub.url + "/bare")
    answered(embed, "how many reps?").locator(".cite").first.click()
    expect(embed.locator("exercise-chat .source h3")).to_contain_text("Lying knee rolls")
    expect(embed.locator("exercise-chat mark")).to_be_visible()
    send = embed.get_by_role("button", name="Send")
    expect(send).to_have_css("background-color", "rgb(122, 31, 92)")
    assert {urlsplit(url).netloc for url in asked[1:]} == {urlsplit(site).netloc}


def test_the_policy_that_is_shown_is_needed(embed: Page, stub: Stub) -> None:
    stub.bare_policy = shown(embed, "policy").partition(": ")[2].partition(";")[0]
    stub.bare_policy += "; connect-src 'self'"
    stub.bare = shown(embed, "snippet")
    embed.goto(stub.url + "/bare")
    answered(embed, "how many reps?")
    expect(embed.get_by_role("alert")).to_contain_text("cannot be reached")
    assert [text.split()[0] for text in embed.evaluate("violations")] == ["connect-src"]
    embed.evaluate("violations.length = 0")


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"page": "plank"},
        {"mode": "floating"},
        {"history": "local", "lang": "de"},
        {"page": "glute-bridge", "mode": "floating", "lang": "en", "history": "session"},
    ],
)
def test_the_script_writes_the_snippet_that_the_server_writes(
    embed: Page, site: str, chosen: dict[str, str]
) -> None:
    for name, value in chosen.items():
        if name == "mode":
            embed.get_by_label("In the corner, behind a button").check()
        else:
            embed.get_by_label(LABELS[name]).select_option(value)
    made = shown(embed, "snippet")
    assert all(f'{name}="{value}"' in made for name, value in chosen.items())
    embed.goto(site + "/embed?" + "&".join(f"{name}={value}" for name, value in chosen.items()))
    assert shown(embed, "snippet") == made


def test_the_preview_is_the_widget_with_what_is_chosen(embed: Page) -> None:
    expect(embed.get_by_role("button", name="Who should avoid it?")).to_have_count(0)
    embed.get_by_label(LABELS["page"]).select_option("plank")
    expect(embed.get_by_role("button", name="Who should avoid it?")).to_be_visible()
    answered(embed, "who should avoid it?").locator(".cite").first.click()
    expect(embed.locator(f"{STAGE} .source h3")).to_contain_text("Plank")
    embed.get_by_label(LABELS["lang"]).select_option("de")
    expect(embed.get_by_role("button", name="Senden")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_floating_preview_stays_in_its_corner_of_the_stage(embed: Page, width: int) -> None:
    embed.set_viewport_size({"width": width, "height": 700})
    embed.get_by_label("In the corner, behind a button").check()
    launcher = embed.get_by_role("button", name=LAUNCH)
    stage = embed.locator("#stage")
    for control, value in (("inset", "2"), ("width", "18"), ("width", "28")):
        embed.locator(f"#s-{control}").fill(value)
        launcher.click()
        outer = stage.bounding_box()
        inner = embed.locator(f"{STAGE} .root").bounding_box()
        assert outer is not None
        assert inner is not None
        assert outer["x"] - 1 <= inner["x"] + (16 if width == 320 else 0)
        assert outer["y"] <= inner["y"]
        right = outer["x"] + outer["width"] - inner["x"] - inner["width"]
        below = outer["y"] + outer["height"] - inner["y"] - inner["height"]
        assert right == pytest.approx(32, abs=2)
        assert below == pytest.approx(32, abs=2)
        embed.get_by_role("button", name="Close", exact=True).click()
    expect(launcher).to_be_visible()


def test_the_look_shows_on_the_preview_and_in_the_css(embed: Page) -> None:
    assert "--chat-" not in shown(embed, "css")
    colour(embed, "accent-dark", "#ffd166")
    colour(embed, "on-accent-light", "#fefefe")
    embed.locator("#s-radius").fill("0.25")
    embed.locator("#s-height").fill("30")
    embed.get_by_label("Font of the text").fill("Georgia,serif")
    assert shown(embed, "css") == (
        "exercise-chat {\n"
        "  --chat-accent: light-dark(#0b6650, #ffd166);\n"
        "  --chat-on-accent: light-dark(#fefefe, #0d1f19);\n"
        "  --chat-radius: 0.25rem;\n"
        "  --chat-height: 30rem;\n"
        "  --chat-font: Georgia, serif;\n"
        "}"
    )
    send, frame = embed.get_by_role("button", name="Send"), embed.locator(f"{STAGE} .root")
    expect(send).to_have_css("background-color", "rgb(11, 102, 80)")
    embed.get_by_label("dark", exact=True).check()
    expect(send).to_have_css("background-color", "rgb(255, 209, 102)")
    expect(frame).to_have_css("border-radius", "4px")
    expect(frame).to_have_css("height", "480px")
    expect(frame).to_have_css("font-family", "Georgia, serif")
    embed.get_by_role("button", name="Back to its own look").click()
    expect(embed.locator("#css")).not_to_contain_text("--chat-")
    expect(frame).to_have_css("border-radius", "16px")


def test_the_question_follows_the_source_until_it_is_chosen(embed: Page) -> None:
    question = embed.locator("input[name=question-light]")
    colour(embed, "tint-light", "#e0f0ff")
    expect(question).to_have_value("#e0f0ff")
    assert "--chat-question" not in shown(embed, "css")
    colour(embed, "question-light", "#ffe0f0")
    colour(embed, "tint-light", "#ffffff")
    assert "--chat-question: light-dark(#ffe0f0, #232724)" in shown(embed, "css")


def test_a_contrast_below_four_and_a_half_is_said_in_words(embed: Page) -> None:
    """On white, #767676 has 4.54:1 and #777777 has 4.48:1, as every checker says."""
    told = embed.locator("#contrast")
    expect(told).to_contain_text(GOOD)
    colour(embed, "accent-light", "#767676")
    expect(told).not_to_contain_text("the text on the send button")
    colour(embed, "accent-light", "#777777")
    expect(told).to_contain_text("Light, the text on the send button: 4.47:1, and 4.5:1 is needed.")
    expect(told).to_have_role("status")
    colour(embed, "accent-light", "#0b6650")
    expect(told).to_contain_text(GOOD)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("soft-dark", "#555555", "Dark, the quieter text on the background"),
        ("mark-light", "#3a3a3a", "Light, the cited words"),
        ("caution-light", "#8a5a20", "Light, the line “Please read this first”"),
        ("paper-light", "#cccccc", "Light, the edge of the field on the background"),
        ("tint-dark", "#f3f1ea", "Dark, the reader's question"),
    ],
)
def test_each_colour_is_checked_against_what_it_meets(
    embed: Page, name: str, value: str, said: str
) -> None:
    colour(embed, name, value)
    expect(embed.locator("#contrast")).to_contain_text(said)


@pytest.mark.parametrize(
    "typed", ["x; } body { display: none", "Georgia; color: red", "inherit", "url(x)", "}"]
)
def test_what_is_no_font_is_said_and_left_out(embed: Page, typed: str) -> None:
    embed.get_by_label("Font of the text").fill(typed)
    typed_in = embed.get_by_label("Font of the text")
    expect(typed_in).to_have_attribute("aria-invalid", "true")
    expect(typed_in).to_have_accessible_description(re.compile("not font families"))
    expect(embed.locator("#contrast")).to_contain_text(GOOD)
    assert "--chat-" not in shown(embed, "css")


def test_a_quote_or_comment_that_is_left_open_is_closed(embed: Page) -> None:
    for typed, written in (('"Open Sans', '"Open Sans"'), ("Georgia /* old", "Georgia")):
        embed.get_by_label("Font of the title").fill(typed)
        assert f"--chat-heading-font: {written};\n" in shown(embed, "css")
        expect(embed.get_by_label("Font of the title")).to_have_accessible_description("")


def test_without_a_clipboard_the_text_is_selected_and_said(page: Page, site: str) -> None:
    page.add_init_script("delete Navigator.prototype.clipboard")  # as on an address on http
    page.goto(site + "/embed")
    page.get_by_role("button", name="Copy the snippet").click()
    expect(page.get_by_text("It is selected: press Ctrl+C")).to_be_visible()
    assert page.evaluate("getSelection().toString()").strip() == shown(page, "snippet")


def test_without_javascript_the_form_gives_the_snippet(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/embed")
    page.get_by_label("In the corner, behind a button").check()
    page.get_by_label(LABELS["page"]).select_option("plank")
    page.get_by_role("button", name="Show the snippet").click()
    assert 'page="plank" mode="floating"></exercise-chat>' in shown(page, "snippet")
    assert "--chat-accent: light-dark(" in shown(page, "css")
    expect(page.locator("button:visible")).to_have_count(1)
    expect(page.locator("#theme")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    ("scheme", "forced"), [("light", "none"), ("dark", "none"), ("light", "active")]
)
def test_axe_finds_nothing_with_a_warning_and_the_corner_open(
    embed: Page, width: int, scheme: Literal["light", "dark"], forced: Literal["none", "active"]
) -> None:
    embed.set_viewport_size({"width": width, "height": 800})
    embed.emulate_media(color_scheme=scheme, forced_colors=forced, reduced_motion="reduce")
    assert faults(embed) == []
    embed.get_by_label("Font of the text").fill("}")
    colour(embed, "line-light", "#ff0000")
    embed.get_by_label("In the corner, behind a button").check()
    embed.get_by_role("button", name=LAUNCH).click()
    answered(embed, "how do I do the plank?").locator(".cite").first.click()
    embed.get_by_role("button", name="Copy the CSS").click()
    assert faults(embed) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert embed.evaluate(wide) == 0


def test_every_target_is_at_least_24_pixels(embed: Page) -> None:
    embed.set_viewport_size({"width": 320, "height": 800})
    targets = embed.locator("main :is(button, select, input, .radio):visible")
    assert targets.count() > 30
    for target in targets.all():
        box = target.bounding_box()
        assert box is not None
        if "radio" in (target.get_attribute("type") or ""):
            continue  # its label, which is checked too, is the target
        assert min(box["width"], box["height"]) >= 24, target.evaluate("node => node.outerHTML")


def test_the_controls_are_reached_by_keyboard_in_the_order_that_is_seen(embed: Page) -> None:
    seen = []
    embed.get_by_label("In the page, at its tag").focus()
    for _ in range(40):
        seen.append(embed.evaluate("document.activeElement.id || document.activeElement.name"))
        embed.keyboard.press("Tab")
    wanted = [
        "mode",
        "page",
        "lang",
        "history",
        "accent-light",
        "accent-dark",
        "s-radius",
        "f-font",
    ]
    assert [name for name in seen if name in wanted] == wanted


def test_a_dark_browser_sees_the_dark_look_first(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(site + "/embed")
    expect(page.get_by_label("dark", exact=True)).to_be_checked()
    expect(page.locator(f"{STAGE} .root")).to_have_css("background-color", "rgb(25, 28, 26)")
    page.get_by_label("light", exact=True).check()
    expect(page.locator(f"{STAGE} .root")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(field(page)).to_be_visible()


def test_on_paper_stand_the_blocks_and_tables_without_controls(embed: Page) -> None:
    embed.emulate_media(media="print")
    for block in ("snippet", "css", "policy", "setting"):
        expect(embed.locator(f"#{block}")).to_be_visible()
    expect(embed.locator(".facts-table").first).to_be_visible()
    for control in ("#choices", "#theme", ".copying"):
        expect(embed.locator(control).first).to_be_hidden()


def test_the_first_page_leads_to_it(page: Page, site: str) -> None:
    page.goto(site + "/")
    page.get_by_role("link", name="Put it on your own site").click()
    expect(page).to_have_title(re.compile("Put it on your site"))
