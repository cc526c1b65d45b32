"""How likely a page answers a question at all: a logistic regression over a few signs.

Fitted on questions about pages that the embedding's factors did not learn from
(``python -m evals.tuning.answerable``); the weights stand in ``policy/answerable.json``. How long a
question is must not be a sign: a story around it would answer anything.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.intents import Intent
from assistant.ports import Vectors
from assistant.questions import Question
from assistant.ranking import RankedPassage, answered, likeliest
from assistant.shares import Weights, read_weights

FEATURES = (
    "odds",  # log odds, by the ranking, that any sentence answers
    "nearest",  # highest cosine of a sentence
    "alone",  # nothing but a kind of fact is asked for
    "stated",  # a sentence states that kind of fact
    "stated_first",  # the likeliest sentence does
    "unstated",  # a kind of fact is asked for that no sentence states
)
LEAST, MOST = -6.0, 8.0  # log odds beyond which the ranking is no surer
# Where facts may stand; "other" holds sections such as "Sets and reps".
TELLING = ("faq", "instructions", "tips", "breathing", "description", "other")


def answerable(question: Question, intent: Intent | None, ranked: Sequence[RankedPassage]) -> float:
    """Return the log odds that the page answers one of the things that a question asks for.

    Args:
        question: what is asked.
        intent: the kind of fact that is meant, or None where the question is of no known kind.
        ranked: the page's passages with their sentences, as ``rank_page`` gives them.
    """
    weights = _weights()
    return float(weights.features @ signs(question, intent, ranked)) - weights.nothing


def signs(question: Question, intent: Intent | None, ranked: Sequence[RankedPassage]) -> Vectors:
    """Return the features of a question and a page, shape (len(FEATURES),)."""
    best = likeliest(ranked)
    fact = intent is not None and intent.fact
    stated = intent is not None and states(intent, ranked)
    found = (
        min(MOST, max(LEAST, answered(ranked))),
        max((unit.cosine for each in ranked for unit in each.units), default=0.0),
        not question.beyond,
        fact and stated,
        fact and best is not None and intent is not None and intent.answered_by(best.text),
        fact and not stated,
    )
    return np.array(found, dtype=np.float32)


def states(intent: Intent, ranked: Sequence[RankedPassage]) -> bool:
    """Return whether any sentence where facts stand says what an answer of this kind says."""
    return any(
        intent.answered_by(unit.text)
        for each in ranked
        if each.passage.kind in intent.sections or each.passage.kind in TELLING
        for unit in each.units
        if max(unit.cosine, each.cosine) >= intent.near or intent in each.asks
    )


def _weights() -> Weights:
    return read_weights("answerable", FEATURES)
