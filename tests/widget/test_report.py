"""The report of the evals in a real Chromium: readable on a telephone, no axe fault."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser

from evals.measures import Answers
from evals.recording import read_runs, write_run
from evals.reporting import write_report
from evals.running import run
from tests.evals.replies import case, citation, page_text, reply
from tests.widget.test_accessibility import faults


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A report with one right and one failed question, without baselines."""
    folder = tmp_path_factory.mktemp("report")
    cases = [case(), case(id="c-2", turns=[{"message": "and my heels?", "page": "squat"}])]
    told = iter([reply(citation()), reply(citation("Keep your heels down.", "squat"))])
    write_run(folder, "mine", [Answers("assistant", run(cases, lambda *_: next(told), page_text))])
    return write_report(read_runs(folder), folder / "report.html").read_text("utf-8")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_has_no_fault_and_its_plots_can_be_read(
    browser: Browser, report: str, scheme: Literal["light", "dark"], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.set_content(report)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = (
        "[...document.querySelectorAll('svg .name')].map((n) => n.getBoundingClientRect().height)"
    )
    names = page.evaluate(heights)
    assert names
    assert min(names) >= 10
    page.close()


def test_a_run_without_baselines_speaks_of_none(report: str) -> None:
    assert "Beside the targets" in report
    assert "Open rings" not in report
