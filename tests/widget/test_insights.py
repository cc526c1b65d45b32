"""The owner's view in a real Chromium: no axe fault, no policy violation, nothing cut off."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.bootstrap import ingest
from assistant.settings import read_settings
from tests.server.real import copy_pages, server_process
from tests.visiting import fill
from tests.widget.conftest import WATCH
from tests.widget.test_accessibility import faults

KEY = "a key for the owner alone"
PAGES = ("lying-knee-rolls", "plank", "glute-bridge", "cat-cow", "dead-bug", "bird-dog")


@pytest.fixture(scope="module")
def folder(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which 150 questions were asked over four weeks."""
    root = tmp_path_factory.mktemp("insights")
    data = root / "data"
    ingest([copy_pages(root / "pages", *PAGES)], read_settings(data=data))
    assert fill(data) == 150
    return data


@pytest.fixture(scope="module")
def owned(folder: Path) -> Iterator[str]:
    with server_process(folder, ASSISTANT_INSIGHTS_KEY=KEY) as server:
        yield server.url()


@pytest.fixture(scope="module")
def unasked(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that nobody has asked anything yet."""
    ignored = shutil.ignore_patterns("conversations*", "open")
    copy = tmp_path_factory.mktemp("unasked") / "data"
    shutil.copytree(folder, copy, ignore=ignored)
    with server_process(copy, ASSISTANT_INSIGHTS_KEY=KEY) as server:
        yield server.url()


def opened(browser: Browser, scheme: Literal["light", "dark"], width: int) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        http_credentials={"username": "owner", "password": KEY},
    )
    context.set_default_timeout(5000)
    context.add_init_script(WATCH)
    return context.new_page()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_view_has_no_fault_and_violates_no_policy(
    browser: Browser, owned: str, unasked: str, scheme: Literal["light", "dark"], width: int
) -> None:
    page = opened(browser, scheme, width)
    for address in (f"{owned}/insights?days=90", f"{unasked}/insights"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert faults(page) == []
        assert page.evaluate("violations") == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0
    page.context.close()


def test_no_date_is_broken_in_the_middle_on_a_telephone(browser: Browser, owned: str) -> None:
    page = opened(browser, "light", 320)
    page.goto(owned + "/insights?days=90")
    lines = "[...document.querySelectorAll('time')].map((time) => time.getClientRects().length)"
    dates = page.evaluate(lines)
    assert len(dates) > 10
    assert set(dates) == {1}
    assert page.locator(".slow time").count() > 0
    page.context.close()


def test_every_bar_is_drawn_in_a_colour_within_its_plot(browser: Browser, owned: str) -> None:
    page = opened(browser, "light", 1280)
    page.goto(owned + "/insights?days=30")
    plots = page.locator(".plot svg")
    assert plots.count() == 2
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.plot rect')].map((bar) => {
          const [own, plot] = [bar, bar.ownerSVGElement].map((n) => n.getBoundingClientRect());
          const inside = own.left >= plot.left - 1 && own.right <= plot.right + 1
            && own.top >= plot.top - 1 && own.bottom <= plot.bottom + 1;
          return [inside, own.height > 0, getComputedStyle(bar).fill];
        })"""
    )
    assert len(boxes) > 40
    assert all(inside and high for inside, high, _ in boxes)
    assert "rgb(0, 0, 0)" not in {fill for _, _, fill in boxes}
    page.context.close()


def test_the_period_is_switched_by_links(browser: Browser, owned: str) -> None:
    page = opened(browser, "light", 1280)
    page.goto(owned + "/insights")
    page.get_by_role("link", name="7 days").click()
    expect(page).to_have_title("Insights · last 7 days")
    expect(page.locator("nav [aria-current]")).to_have_text("7 days")
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    page.context.close()
