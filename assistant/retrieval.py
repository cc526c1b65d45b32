"""Finding the passages that a question needs: over all pages, or within the page it is about.

Over all pages, dense and lexical scores are fused (z-scores, not ranks: reciprocal-rank fusion
did worse than the dense half alone on three of four question sets). Within one page every
passage is scored exactly, from the stored vectors.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.dialogue import meanings
from assistant.domain import Hit, Passage, Span
from assistant.intents import Intent
from assistant.ports import Index, Vectors
from assistant.questions import Question

DENSE_SHARE = 0.7
POOL = 40  # candidates from each half before fusion

# Weights of a sentence's score within its page, found by random search on the development
# questions (evals/LOG.md): cosines and coverage of the sentence and of its passage, and what the
# kind of question adds.
UNIT_COSINE = 0.70
PASSAGE_COSINE = 0.57
UNIT_COVERAGE = 0.19
PASSAGE_COVERAGE = 0.06
SAME_INTENT = 0.40  # an FAQ entry that asks for the same
SECTION = 0.11  # a section in which it usually stands
STATES_FACT = 0.18
SPECIFIC = 0.5  # share of the kind's weight when the question names something of the page besides
# Sections that seldom answer: bare lists, and restrictions unless they are asked for.
KIND = {"equipment": -0.15, "other": -0.15, "restrictions": -0.08}


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A bullet or sentence, how near it is to the question, and whether it states the fact."""

    passage: Passage
    span: Span
    score: float
    cosine: float
    coverage: float
    states_fact: bool

    @property
    def text(self) -> str:
        """Return the words of the unit."""
        offset = self.passage.start
        return self.passage.text[self.span.start - offset : self.span.end - offset]


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage of the page that a question is about, with its units in reading order.

    ``asks`` is what an FAQ entry's own question asks for.
    """

    passage: Passage
    score: float
    cosine: float
    asks: tuple[Intent, ...]
    units: tuple[RankedUnit, ...]


def z_scores(scores: Mapping[int, float]) -> dict[int, float]:
    """Return each score as its distance from the mean in standard deviations.

    >>> z_scores({1: 3.0, 2: 1.0})
    {1: 1.0, 2: -1.0}
    """
    if not scores:
        return {}
    values = np.fromiter(scores.values(), dtype=np.float64)
    spread = float(values.std()) or 1.0
    return {row: (score - float(values.mean())) / spread for row, score in scores.items()}


def fuse(dense: Mapping[int, float], lexical: Mapping[int, float]) -> list[tuple[int, float]]:
    """Return rows by their fused score, best first; a row missing in one half gets its lowest.

    >>> [row for row, _ in fuse({1: 0.9, 2: 0.1}, {2: 9.0, 3: 1.0})]
    [1, 2, 3]
    """
    halves = [(z_scores(dense), DENSE_SHARE), (z_scores(lexical), 1 - DENSE_SHARE)]
    rows = sorted(set(dense) | set(lexical))
    fused = dict.fromkeys(rows, 0.0)
    for scores, share in halves:
        lowest = min(scores.values(), default=0.0)
        for row in rows:
            fused[row] += share * scores.get(row, lowest)
    return sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))


def search(index: Index, text: str, vector: Vectors, k: int) -> list[Hit]:
    """Return the best ``k`` passages of all pages for a text and its embedding."""
    dense = dict(index.dense(vector, max(POOL, k)))
    lexical = dict(index.lexical(text, max(POOL, k)))
    best = fuse(dense, lexical)[:k]
    passages = index.passages([row for row, _ in best])
    return [Hit(passage, score) for passage, (_, score) in zip(passages, best, strict=True)]


def best_by_page(hits: Iterable[Hit]) -> list[Hit]:
    """Return each page once, by its best passage, in the order of the hits."""
    pages: dict[str, Hit] = {}
    for hit in hits:
        pages.setdefault(hit.passage.page, hit)
    return list(pages.values())


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


def rank_page(
    index: Index,
    slug: str,
    question: Question,
    vector: Vectors,
    intents_in: Callable[[str], tuple[Intent, ...]],
) -> list[RankedPassage]:
    """Return the passages of one page by how well they answer the question, best first.

    ``intents_in`` tells what an FAQ heading asks.
    """
    rows = index.rows(slug)
    passages = index.passages(rows)
    cosines = index.vectors(rows) @ vector
    weights = rarity(question.content, passages)
    share = SPECIFIC if question.beyond & _known(passages) else 1.0
    ranked = []
    for row, passage, cosine in zip(rows, passages, cosines, strict=True):
        asked = intents_in(passage.heading) if passage.kind == "faq" else ()
        score = PASSAGE_COSINE * float(cosine) + PASSAGE_COVERAGE * _covered(weights, passage)
        score += share * _intent_bonus(question.intents, passage, asked) + KIND.get(passage.kind, 0)
        units = _rank_units(index.unit_vectors(row), passage, question, vector, weights, score)
        ranked.append(RankedPassage(passage, score, float(cosine), asked, units))
    return sorted(ranked, key=lambda each: (-each.score, each.passage.start))


def _known(passages: Sequence[Passage]) -> frozenset[str]:
    return frozenset().union(*(meanings(passage.text) for passage in passages))


def _covered(weights: Mapping[str, float], passage: Passage) -> float:
    return max(coverage(weights, passage.text), coverage(weights, passage.heading))


def _intent_bonus(wanted: Sequence[Intent], passage: Passage, asked: Sequence[Intent]) -> float:
    if not wanted:
        return 0.0
    if asked:
        return SAME_INTENT if any(each in asked for each in wanted) else 0.0
    kind = passage.kind
    places = [each.sections.index(kind) for each in wanted if kind in each.sections]
    return SECTION / (1 + min(places)) - KIND.get(kind, 0) if places else 0.0


def _rank_units(
    unit_vectors: Vectors,
    passage: Passage,
    question: Question,
    vector: Vectors,
    weights: Mapping[str, float],
    passage_score: float,
) -> tuple[RankedUnit, ...]:
    units = []
    heading = f"{passage.heading} " if passage.kind == "faq" else ""
    for span, cosine in zip(passage.units, unit_vectors @ vector, strict=True):
        text = passage.text[span.start - passage.start : span.end - passage.start]
        covered = coverage(weights, heading + text)
        fact = any(each.answered_by(text) for each in question.intents)
        score = passage_score + UNIT_COSINE * float(cosine) + UNIT_COVERAGE * covered
        score += STATES_FACT if fact else 0.0
        units.append(RankedUnit(passage, span, score, float(cosine), covered, fact))
    return tuple(units)
