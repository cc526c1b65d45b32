"""A real Chromium, the real server, the stub, and a page that notes what it must not do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assistant.bootstrap import ingest
from assistant.settings import read_settings
from tests.server.real import copy_pages, server_process
from tests.widget.stub import Stub

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WATCH = """
window.violations = [];
window.executed = [];
document.addEventListener('securitypolicyviolation',
  (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
"""


# A package's scope: Playwright's loop must not outlive these tests into those that run their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium; without one, fail with the line that installs it."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("No Chromium found. Install it: sudo apt-get install --yes chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def stub() -> Iterator[Stub]:
    """Serve canned answers and faults on a free port of loopback."""
    stub = Stub()
    yield stub
    stub.close()


@pytest.fixture(scope="package")
def site(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the real server over three pages of the corpus, and give its address."""
    folder = tmp_path_factory.mktemp("site")
    pages = copy_pages(folder / "pages", "lying-knee-rolls", "plank", "glute-bridge")
    ingest([pages], read_settings(data=folder / "data"))
    with server_process(folder / "data") as server:
        yield server.url()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a browser profile that is empty and forgotten afterwards."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(5000)
    context.add_init_script(WATCH)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Open a tab; at its end it has asked no other host, and no script error was thrown."""
    page = context.new_page()
    hosts: set[str | None] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert hosts <= {"127.0.0.1"}
    assert errors == []
