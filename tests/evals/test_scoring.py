"""A reply passes its case for the right reasons only, and each fault is named."""

from __future__ import annotations

import doctest
from typing import Any

import pytest

from evals import comparing, reporting, retrieving, scoring
from evals.safety import bounds, measuring
from evals.scoring import score
from tests.evals.replies import QUOTE, case, citation, page_text, reply


@pytest.mark.parametrize("module", [bounds, comparing, measuring, reporting, retrieving, scoring])
def test_the_examples_of_a_module_hold(module: Any) -> None:
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


def test_a_right_answer_passes_without_a_reason() -> None:
    found = score(case(), reply(citation()), page_text)
    assert found.passed
    assert found.reasons == ()
    assert (found.statements, found.supported, found.citations, found.supporting) == (1, 1, 1, 1)
    assert (found.right_page, found.verified, found.first_right) == (1, 1, True)


@pytest.mark.parametrize(
    ("answer", "changes", "reason"),
    [
        (reply(citation(), kind="abstain"), {}, "kind abstain"),
        (reply(citation("Do not hold your breath.")), {}, "no '20 to 40 seconds'"),
        (reply(citation()), {"forbidden": ["hold for"]}, "says 'hold for'"),
        (reply(citation("Do not hold your breath.")), {}, "no citation overlaps a right passage"),
        (reply(citation(), citation("Keep your heels down.", "squat", 2)), {}, "cites squat"),
        (reply(citation() | {"start": 3}), {}, "a quote is not in its page"),
    ],
)
def test_each_fault_fails_and_is_named(
    answer: dict[str, Any], changes: dict[str, Any], reason: str
) -> None:
    found = score(case(**changes), answer, page_text)
    assert not found.passed
    assert reason in found.reasons


def test_a_fact_is_found_as_a_whole_phrase_only() -> None:
    wanted = case(facts=[["5 reps"]], sources=[])
    assert not score(wanted, reply(text="do 15 reps"), page_text).passed
    assert score(wanted, reply(text="do 5 reps."), page_text).passed


def test_dashes_and_case_do_not_matter_to_a_fact() -> None:
    assert score(case(sources=[]), reply(text="HOLD 20–40 seconds"), page_text).passed


def test_another_fitting_page_is_right_only_in_an_open_list() -> None:
    both = reply(citation(), citation("Keep your heels down.", "squat", 2))
    assert not score(case(), both, page_text).passed
    assert score(case(note="open list: any hold"), both, page_text).passed


def test_a_statement_without_its_words_in_the_quote_is_not_supported() -> None:
    answer = reply(citation())
    answer["segments"].append({"text": "Twice a day.", "role": "claim", "citations": [1]})
    answer["segments"].append({"text": "The page says:", "role": "frame", "citations": []})
    found = score(case(), answer, page_text)
    assert (found.statements, found.supported) == (2, 1)
    assert (found.citations, found.supporting) == (2, 1)


def test_words_are_counted_over_the_whole_text() -> None:
    assert score(case(), reply(citation()), page_text).words == len(QUOTE.split())
