"""The report shows what fails and why, carries no script, and lets nothing of a reply act."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals.measures import Answers
from evals.plotting import Line, bars, dots
from evals.recording import read_runs, write_run
from evals.reporting import explained, write_report
from evals.running import run
from tests.evals.replies import case, citation, page_text, reply

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def page(tmp_path: Path) -> str:
    cases = [
        case(),
        case(id="c-2", turns=[{"message": f"heels {HOSTILE}", "page": "squat"}]),
    ]
    answers = [reply(citation()), reply(citation("Keep your heels down.", "squat"))]
    answers[1]["text"] = HOSTILE
    told = iter(answers)
    ours = Answers("assistant", run(cases, lambda *_: next(told), page_text))
    other = Answers("tutorial", run(cases, lambda *_: answers[0], page_text))
    write_run(tmp_path, "mine", [ours, other])
    return write_report(read_runs(tmp_path), tmp_path / "report.html").read_text("utf-8")


def test_it_says_how_many_were_right(page: str) -> None:
    assert "1 of 2</strong>" in page
    assert "Open rings are simpler ways" in page


def test_a_failure_shows_question_reasons_quotes_and_what_was_wanted(page: str) -> None:
    failure = page.split("<details", 1)[1].split("</details>")[0]
    assert "heels" in failure
    assert "while reading squat" in failure
    assert "It quotes another page: squat." in failure
    assert "Keep your heels down." in failure
    assert "… 20 to 40 seconds …" in failure
    assert "Answered rightly by: tutorial." in failure


def test_nothing_in_it_can_run_or_load(page: str) -> None:
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"(?:src|href)=|@import|url\(", page)


def test_a_page_without_failures_has_no_list_of_them(tmp_path: Path) -> None:
    ours = Answers("assistant", run([case()], lambda *_: reply(citation()), page_text))
    write_run(tmp_path, "mine", [ours])
    page = write_report(read_runs(tmp_path), tmp_path / "report.html").read_text("utf-8")
    assert "<details" not in page
    assert "1 of 1</strong>" in page


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("no citation overlaps a right passage", "None of its quotes is a passage that answers."),
        ("no '20 seconds'", "The reply does not contain '20 seconds'."),
        ("a quote is not in its page", "A quote is not in its page."),
    ],
)
def test_reasons_are_told_in_plain_words(reason: str, said: str) -> None:
    assert explained(reason) == said


def test_a_dot_stands_at_its_share_of_the_scale() -> None:
    def place(share: float) -> float:
        drawn = dots([Line("x", share, "")], "plot")
        return float(re.search(r'class="ours good" cx="([\d.]+)"', drawn)[1])

    assert place(0.5) == pytest.approx((place(0) + place(1)) / 2)


def test_a_bar_is_as_long_as_its_count() -> None:
    drawn = bars([("x", 1, 4)], "plot")
    passed, failed = (float(w) for w in re.findall(r'width="([\d.]+)"', drawn))
    assert failed == pytest.approx(3 * passed, abs=0.2)


def test_names_in_a_plot_are_escaped() -> None:
    assert HOSTILE not in dots([Line(HOSTILE, 1, HOSTILE)], HOSTILE) + bars([(HOSTILE, 1, 1)], "x")
