"""Comparisons agree with figures worked out elsewhere, and only real losses are significant."""

from __future__ import annotations

from math import comb
from pathlib import Path

import numpy as np
import pytest

from evals.cases import BadCase
from evals.comparing import bootstrap, by_suite, compare, compare_runs, exact, significant_losses
from evals.measures import Answers
from evals.recording import read_runs, write_run
from evals.running import run
from tests.evals.replies import case, citation, page_text, reply


def outcomes(passed: int, failed: int) -> dict[str, bool]:
    return {f"c-{at:03}": at < passed for at in range(passed + failed)}


@pytest.mark.parametrize(("lost", "won"), [(0, 5), (6, 0), (7, 2), (4, 4)])
def test_the_exact_test_is_the_binomial_sum(lost: int, won: int) -> None:
    total = lost + won
    tail = sum(comb(total, each) for each in range(min(lost, won) + 1)) / 2**total
    assert exact(lost, won) == pytest.approx(min(1.0, 2 * tail))


def test_without_disagreement_there_is_no_evidence() -> None:
    assert exact(0, 0) == 1.0


def test_the_bootstrap_is_near_the_normal_interval_and_repeats() -> None:
    differences = np.array([1.0] * 30 + [0.0] * 150 + [-1.0] * 20)
    low, high = bootstrap(differences)
    half = 1.96 * differences.std() / len(differences) ** 0.5
    assert low == pytest.approx(differences.mean() - half, abs=0.01)
    assert high == pytest.approx(differences.mean() + half, abs=0.01)
    assert bootstrap(differences) == (low, high)


def test_a_constant_difference_has_no_width() -> None:
    assert bootstrap(np.array([-1.0] * 5)) == (-1.0, -1.0)


def test_only_shared_cases_are_compared() -> None:
    found = compare("all", {"1": True, "2": True, "3": False}, {"2": False, "3": True, "9": True})
    assert (found.cases, found.lost, found.won) == (2, ("2",), ("3",))


def test_six_lost_of_six_are_significant_and_five_are_not() -> None:
    suites = dict.fromkeys(outcomes(50, 0), "everyday")
    for lost, significant in ((5, False), (6, True)):
        found = by_suite(outcomes(50, 0), outcomes(50 - lost, lost), suites)
        assert bool(significant_losses(found)) is significant


def test_a_gain_is_never_a_loss() -> None:
    suites = dict.fromkeys(outcomes(50, 0), "everyday")
    assert significant_losses(by_suite(outcomes(30, 20), outcomes(50, 0), suites)) == []


def test_a_loss_in_one_suite_is_found_under_gains_in_another() -> None:
    suites = {f"c-{at:03}": "everyday" if at < 20 else "missing" for at in range(40)}
    before = {name: at < 20 for at, name in enumerate(suites)}
    after = {name: not passed for name, passed in before.items()}
    assert [each.name for each in significant_losses(by_suite(before, after, suites))] == [
        "everyday"
    ]


def test_runs_without_a_common_case_cannot_be_compared() -> None:
    with pytest.raises(BadCase, match="no case in common"):
        compare_runs([], [])


def test_a_recorded_run_comes_back_with_its_outcomes(tmp_path: Path) -> None:
    answers = iter([reply(citation()), reply(kind="abstain")])
    cases = [case(), case(id="c-2", suite="followup")]
    results = run(cases, lambda *_: next(answers), page_text)
    write_run(tmp_path, "mine", [Answers("assistant", results)])
    (read,) = read_runs(tmp_path)
    assert read.passed == {"c-1": True, "c-2": False}
    assert read.suites == {"c-1": "everyday", "c-2": "followup"}


def test_a_file_that_is_no_run_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(BadCase, match="run --out DIR"):
        read_runs(tmp_path)
