"""The smoke suite holds against its baseline, and each planted fault turns it red."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals.asking import Opened, opened
from evals.baselines import always_answer
from evals.cases import BadCase
from evals.smoking import (
    Smoke,
    development_cases,
    judge_smoke,
    read_baseline,
    smoke,
    smoke_cases,
    write_baseline,
)
from tests.evals.faults import Fault, FaultyIndexes, HalfQuotes, NoExerciseBias, NoLexicalHalf

pytestmark = pytest.mark.xdist_group("smoke")


@pytest.fixture(scope="module")
def found(parts: Opened) -> Smoke:
    return smoke(parts)


def test_answers_are_not_worse_than_the_committed_baseline(found: Smoke) -> None:
    verdict = judge_smoke(read_baseline(), found)
    assert not verdict.red, f"\n{verdict}"


def test_a_second_run_finds_exactly_the_same(found: Smoke, parts: Opened) -> None:
    assert smoke(parts) == found


@pytest.mark.parametrize("fault", [NoExerciseBias, NoLexicalHalf, HalfQuotes])
def test_a_planted_fault_turns_the_suite_red(
    fault: type[Fault], found: Smoke, parts: Opened, corpus_settings: Settings
) -> None:
    indexes = FaultyIndexes(parts.indexes, fault)
    with opened(corpus_settings, indexes=indexes, embeddings=parts.embeddings) as faulty:
        verdict = judge_smoke(found, smoke(faulty))
    assert verdict.red, f"\n{verdict}"


def test_an_index_wrapped_without_a_fault_stays_green(
    found: Smoke, parts: Opened, corpus_settings: Settings
) -> None:
    indexes = FaultyIndexes(parts.indexes, Fault)
    with opened(corpus_settings, indexes=indexes, embeddings=parts.embeddings) as same:
        assert smoke(same) == found


def test_always_answering_turns_the_suite_red(found: Smoke, parts: Opened) -> None:
    door = replace(parts.door(), ask=always_answer(parts.door()))
    assert judge_smoke(found, smoke(parts, door)).red


def test_the_smoke_cases_are_development_cases_of_every_suite() -> None:
    cases = smoke_cases()
    assert 70 <= len(cases) <= 100
    assert {case.suite for case in cases} == {case.suite for case in development_cases()}
    assert all(case.id.startswith("dev") for case in cases)


def test_the_verdict_names_what_got_lost_and_how_to_renew() -> None:
    before = Smoke({f"dev-{n}": True for n in range(9)}, {}, 0.5)
    after = Smoke({case: case > "dev-4" for case in before.passed}, {"dev-0": "kind abstain"}, 0.5)
    verdict = judge_smoke(before, after)
    assert verdict.red
    assert "lost dev-0: kind abstain" in str(verdict)
    assert "python -m evals baseline" in str(verdict)


def test_a_trade_of_few_cases_stays_green_and_one_case_more_is_red() -> None:
    names = [f"dev-{n}" for n in range(9)]
    before = Smoke(dict.fromkeys(names, True), {}, 0.5)

    def losing(count: int) -> Smoke:
        return Smoke({name: at >= count for at, name in enumerate(names)}, {}, 0.5)

    assert not judge_smoke(before, losing(3)).red
    assert judge_smoke(before, losing(4)).red


def test_a_search_that_got_worse_is_red() -> None:
    before = Smoke({"dev-0": True}, {}, 0.50)
    assert judge_smoke(before, replace(before, ndcg=0.48)).red
    assert not judge_smoke(before, replace(before, ndcg=0.495)).red


def test_other_cases_than_the_baselines_are_red() -> None:
    assert judge_smoke(Smoke({"dev-0": True}, {}, 0), Smoke({"dev-1": True}, {}, 0)).red


def test_a_baseline_comes_back_as_it_was_written(tmp_path: Path) -> None:
    found = Smoke({"dev-1": True, "dev-0": False}, {}, 0.25)
    write_baseline(found, tmp_path / "baseline.json")
    assert read_baseline(tmp_path / "baseline.json") == found


def test_a_missing_baseline_says_which_command_makes_one(tmp_path: Path) -> None:
    with pytest.raises(BadCase, match="python -m evals baseline"):
        read_baseline(tmp_path / "none.json")
