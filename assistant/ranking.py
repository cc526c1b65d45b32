"""Ranking the bullets and sentences of one page by how likely each answers a question.

A unit's score is a weighted sum of a few features; the softmax over all units of the page and
"none of them" gives each its share. The weights are fitted on development questions
(``python -m evals.tuning.ranking``) and stand in ``policy/ranking.json``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.dialogue import meanings
from assistant.domain import Passage, SectionKind, Span
from assistant.intents import NAME, Intent, intents_of
from assistant.ports import Index, Vectors
from assistant.questions import Question
from assistant.shares import Weights, read_weights, shares_of

KINDS: tuple[SectionKind, ...] = (
    "faq",
    "instructions",
    "tips",
    "breathing",
    "restrictions",
    "description",
    "equipment",
    "other",
)
SENTENCE = re.compile(r"(?<=[.!?])\s+")
# A feature that ends in "_beside" counts when the question names something of the page besides
# what it asks for ("how far do the knees go"); its twin counts when it does not.
FEATURES = (
    "unit_cosine",
    "passage_cosine",
    "unit_coverage",
    "passage_coverage",
    "asks_the_same",
    "asks_the_same_beside",
    "section",
    "section_beside",
    "states_fact",
    "states_fact_beside",
    "speaks_of_it",
    "speaks_of_it_beside",
    *KINDS,
)


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A bullet or sentence and its share: how likely it is, of the page's units, the answer."""

    passage: Passage
    span: Span
    score: float
    share: float
    cosine: float

    @property
    def text(self) -> str:
        """Return the words of the unit."""
        return self.passage.words(self.span)


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage of the page that a question is about, with its units in reading order.

    ``asks`` is what an FAQ entry's own question asks for.
    """

    passage: Passage
    cosine: float
    asks: tuple[Intent, ...]
    units: tuple[RankedUnit, ...]

    @property
    def share(self) -> float:
        """Return how likely the answer stands in this passage."""
        return sum(unit.share for unit in self.units)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit before it is scored."""

    passage: Passage
    span: Span
    features: tuple[float, ...]


def ranking_weights() -> Weights:
    """Return the fitted weights."""
    return read_weights("ranking", FEATURES)


def asked_text(question: Question) -> str:
    """Return what is embedded of a question about one page: any exercise's name is "this one".

    Of several sentences only those that ask something count: "I am pregnant. How long …?".
    """
    sentences = [each for each in SENTENCE.split(question.neutral) if each]
    asking = [each for each in sentences if each.endswith("?") or intents_of(each)]
    text = " ".join(asking) if asking else question.neutral
    return text.replace(NAME, "this exercise")


def rank_page(
    index: Index,
    slug: str,
    question: Question,
    vector: Vectors,
    intents_in: Callable[[str], tuple[Intent, ...]],
) -> list[RankedPassage]:
    """Return the passages of one page, the likeliest to answer the question first.

    ``intents_in`` tells what an FAQ heading asks.
    """
    rows = index.rows(slug)
    passages = index.passages(rows)
    cosines = index.vectors(rows) @ vector
    found = list(candidates(index, rows, passages, question, vector, cosines, intents_in))
    weights = ranking_weights()
    features = np.array([each.features for each in found]).reshape(-1, len(FEATURES))
    scores = features @ weights.features
    units: dict[str, list[RankedUnit]] = {passage.id: [] for passage in passages}
    for each, score, share in zip(found, scores, shares_of(scores, weights.nothing), strict=True):
        ranked = RankedUnit(each.passage, each.span, float(score), float(share), each.features[0])
        units[each.passage.id].append(ranked)
    ranked_passages = [
        RankedPassage(passage, float(cosine), _asked(passage, intents_in), tuple(units[passage.id]))
        for passage, cosine in zip(passages, cosines, strict=True)
    ]
    return sorted(ranked_passages, key=lambda each: (-each.share, each.passage.start))


def answered(ranked: Sequence[RankedPassage]) -> float:
    """Return the log odds that any unit of the page answers the question.

    >>> answered([])
    -inf
    """
    share = sum(each.share for each in ranked)
    if share <= 0.0:
        return -math.inf
    return math.log(share / max(1e-12, 1.0 - share))


def likeliest(ranked: Sequence[RankedPassage]) -> RankedUnit | None:
    """Return the unit that most likely answers, or None where there is none.

    >>> likeliest([]) is None
    True
    """
    units = (unit for each in ranked for unit in each.units)
    return max(units, key=lambda unit: unit.share, default=None)


def nearest(ranked: Sequence[RankedPassage]) -> float:
    """Return the highest cosine of any passage or sentence; 0 when there is none."""
    return max((max(r.cosine, *(u.cosine for u in r.units)) for r in ranked), default=0.0)


def rarity(stems: Sequence[str], passages: Sequence[Passage]) -> dict[str, float]:
    """Return how telling each stem is within a page: rare words and absent words weigh most."""
    known = [meanings(p.heading) | meanings(p.text) for p in passages]
    return {
        stem: math.log(1 + (len(known) + 1) / (0.5 + sum(stem in each for each in known)))
        for stem in stems
    }


def coverage(weights: Mapping[str, float], text: str) -> float:
    """Return the share of the question's weight that a text covers, 0 to 1.

    >>> coverage({"knee": 1.0, "floor": 3.0}, "Knees bent.")
    0.25
    """
    total = sum(weights.values())
    if not total:
        return 0.0
    present = meanings(text)
    return sum(weight for stem, weight in weights.items() if stem in present) / total


def candidates(
    index: Index,
    rows: Sequence[int],
    passages: Sequence[Passage],
    question: Question,
    vector: Vectors,
    cosines: Vectors,
    intents_in: Callable[[str], tuple[Intent, ...]],
) -> Iterator[Candidate]:
    """Yield every unit of a page with its features, in reading order."""
    weights = rarity(question.content, passages)
    known = frozenset().union(*(meanings(passage.text) for passage in passages))
    beside = bool(question.beyond & known)
    for row, passage, cosine in zip(rows, passages, cosines, strict=True):
        same, section = _fit(question.intents, passage, _asked(passage, intents_in))
        heading = f"{passage.heading} " if passage.kind == "faq" else ""
        covered = max(coverage(weights, passage.text), coverage(weights, passage.heading))
        kinds = [float(passage.kind == kind) for kind in KINDS]
        unit_cosines = index.unit_vectors(row) @ vector
        for span, unit_cosine in zip(passage.units, unit_cosines, strict=True):
            text = passage.words(span)
            told = [each.fact for each in question.intents if each.answered_by(text)]
            fact, soft = float(any(told)), float(bool(told) and not any(told))
            nearness = float(unit_cosine), float(cosine), coverage(weights, heading + text), covered
            twins = [part for each in (same, section, fact, soft) for part in _twins(each, beside)]
            yield Candidate(passage, span, (*nearness, *twins, *kinds))


def _asked(passage: Passage, intents_in: Callable[[str], tuple[Intent, ...]]) -> tuple[Intent, ...]:
    return intents_in(passage.heading) if passage.kind == "faq" else ()


def _fit(
    wanted: Sequence[Intent], passage: Passage, asked: Sequence[Intent]
) -> tuple[float, float]:
    """Return whether an FAQ entry asks for the same, and how usual the section is (1, 1/2, …)."""
    if asked:
        return float(any(each in asked for each in wanted)), 0.0
    kind = passage.kind
    places = [each.sections.index(kind) for each in wanted if kind in each.sections]
    return 0.0, 1 / (1 + min(places)) if places else 0.0


def _twins(value: float, beside: bool) -> tuple[float, float]:
    return (0.0, value) if beside else (value, 0.0)
