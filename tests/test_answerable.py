"""How likely a page answers a question at all."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answerable import FEATURES, answerable, signs, states
from assistant.domain import Passage, Span
from assistant.intents import intent, intents_of
from assistant.questions import Question
from assistant.ranking import RankedPassage, RankedUnit

TEXT = "Rest 60 seconds between sets."


def ranked(share: float, cosine: float = 0.3, text: str = TEXT) -> list[RankedPassage]:
    """Return one passage of one sentence that has this share and likeness to the question."""
    span = Span(0, len(text))
    passage = Passage("p#0", "p", "P", "faq", "Rest?", text, 0, len(text), (span,))
    unit = RankedUnit(passage, span, 0.0, share, cosine)
    return [RankedPassage(passage, cosine, (), (unit,))]


def asking(text: str) -> Question:
    return Question(text, text, text, intents=intents_of(text))


@pytest.mark.parametrize("text", ["how long do i rest between sets", "how many reps", "my tail"])
def test_the_surer_the_ranking_the_likelier_the_page_answers(text: str) -> None:
    question = asking(text)
    kind = next(iter(question.intents), None)
    odds = [answerable(question, kind, ranked(share)) for share in (0.1, 0.5, 0.9)]
    assert odds == sorted(odds)
    assert odds[0] < odds[-1]


def test_a_fact_that_no_sentence_states_is_less_likely_than_one_that_is_stated() -> None:
    question = asking("how long do i rest between sets")
    kind = intent("rest")
    silent = ranked(0.5, text="Keep your elbows in and your chest up.")
    assert states(kind, ranked(0.5))
    assert not states(kind, silent)
    assert answerable(question, kind, silent) < answerable(question, kind, ranked(0.5))


def test_a_page_without_sentences_answers_nothing() -> None:
    assert answerable(asking("how many reps"), intent("reps"), []) < -3


def test_the_signs_stand_in_the_order_of_their_names() -> None:
    found = signs(asking("how long do i rest"), intent("rest"), ranked(0.5, 0.25))
    named = dict(zip(FEATURES, found.tolist(), strict=True))
    assert named["nearest"] == pytest.approx(0.25)
    assert named["stated"] == named["stated_first"] == 1.0
    assert named["unstated"] == 0.0
    assert named["odds"] == pytest.approx(0.0, abs=1e-6)


def test_odds_beyond_what_the_ranking_can_tell_say_nothing_more() -> None:
    sure, surer = (signs(asking("how"), None, ranked(s)) for s in (0.9999, 0.9999999))
    assert np.array_equal(sure, surer)


def test_a_story_around_a_question_makes_no_page_answer_it() -> None:
    story = "my neighbour took the ferry on sunday and told me all about it. " * 4
    asked, told = asking("is it sold in blue"), asking(f"{story}is it sold in blue")
    odds = [answerable(each, None, ranked(0.3)) for each in (asked, told)]
    assert odds[1] <= odds[0]
