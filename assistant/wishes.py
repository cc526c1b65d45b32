"""Which pages answer a wish ("something for a stiff neck"), and which of their sentences say why.

A sentence's score is a weighted sum of a few features; the softmax over the sentences of all pages
that were found near, and "none of them", gives each its share. A page's share is that of its
sentences. The weights are fitted on development questions (``python -m evals.tuning.wishing``) and
stand in ``policy/wishes.json``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.dialogue import content, meanings
from assistant.domain import Passage, SectionKind, Span
from assistant.ports import Index, Vectors
from assistant.shares import Weights, read_weights, shares_of

# Sections whose sentences may say why an exercise is a good answer.
KINDS: tuple[SectionKind, ...] = (
    "faq",
    "description",
    "tips",
    "instructions",
    "breathing",
    "equipment",
    "other",
)
# ``best_*`` is of the whole page: the same for all of its sentences.
FEATURES = (
    "unit_cosine",
    "passage_cosine",
    "unit_words",
    "best_cosine",
    "best_passage",
    "best_words",
    "page_words",
    "bm25",
    *KINDS,
)
NEAR = 60  # passages in the neighbourhood of a wish, by meaning and by words
SIFTED = 30  # pages that are compared


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence that may say why its page is a good answer, and how likely it is the answer."""

    passage: Passage
    span: Span
    share: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence before it is scored."""

    passage: Passage
    span: Span
    features: tuple[float, ...]

    @property
    def text(self) -> str:
        """Return the words of the sentence."""
        return self.passage.words(self.span)


def wish_weights() -> Weights:
    """Return the fitted weights."""
    return read_weights("wishes", FEATURES)


def reasons_for(index: Index, wish: str, vector: Vectors) -> list[Reason]:
    """Return the sentences of the pages near to a wish, the likeliest answer first."""
    return reasons_among(index, near_pages(index, wish, vector), wish, vector)


def reasons_among(index: Index, pages: Sequence[str], wish: str, vector: Vectors) -> list[Reason]:
    """Return the sentences of some pages that may answer a wish, the likeliest first."""
    found = candidates(index, pages, wish, vector)
    if not found:
        return []
    weights = wish_weights()
    scores = np.array([each.features for each in found]) @ weights.features
    shares = shares_of(scores, weights.nothing)
    reasons = [Reason(c.passage, c.span, float(s)) for c, s in zip(found, shares, strict=True)]
    return sorted(reasons, key=lambda each: (-each.share, each.passage.page, each.span.start))


def page_shares(reasons: Iterable[Reason]) -> dict[str, float]:
    """Return how likely each page is the answer, the likeliest first."""
    shares: dict[str, float] = {}
    for reason in reasons:
        shares[reason.passage.page] = shares.get(reason.passage.page, 0.0) + reason.share
    return dict(sorted(shares.items(), key=lambda each: -each[1]))


def near_pages(index: Index, wish: str, vector: Vectors) -> list[str]:
    """Return the pages that have passages near to a wish, by meaning and by words in turn."""
    dense = [row for row, _ in index.dense(vector, NEAR)]
    lexical = [row for row, _ in index.lexical(wish, NEAR)]
    rows = [row for pair in zip(dense, lexical, strict=False) for row in pair]
    rows += [*dense[len(lexical) :], *lexical[len(dense) :]]
    pages = dict.fromkeys(passage.page for passage in index.passages(rows))
    return list(pages)[:SIFTED]


def candidates(index: Index, pages: Sequence[str], wish: str, vector: Vectors) -> list[Candidate]:
    """Return every sentence of some pages that may be a reason, with its features."""
    wanted = frozenset(content(wish))
    told = {slug: _told(index, slug) for slug in pages}
    rarity = _rarity(wanted, [frozenset().union(*said.values()) for said in told.values()])
    lexical = dict(index.lexical(wish, 5 * NEAR))
    highest = max(lexical.values(), default=0.0) or 1.0
    found: list[Candidate] = []
    for slug in pages:
        rows = index.rows(slug)
        passages = index.passages(rows)
        cosines = index.vectors(rows) @ vector
        words = max((lexical.get(row, 0.0) for row in rows), default=0.0) / highest
        found += _of_page(index, rows, passages, cosines, vector, told[slug], rarity, words)
    return found


def _of_page(
    index: Index,
    rows: Sequence[int],
    passages: Sequence[Passage],
    cosines: Vectors,
    vector: Vectors,
    told: Mapping[Span, frozenset[str]],
    rarity: Mapping[str, float],
    words: float,
) -> list[Candidate]:
    kept = [(row, p, float(c)) for row, p, c in zip(rows, passages, cosines, strict=True)]
    kept = [each for each in kept if each[1].kind in KINDS and each[1].units]
    if not kept:
        return []
    units = [
        (passage, span, float(near), cosine, _covered(rarity, told[span]))
        for row, passage, cosine in kept
        for span, near in zip(passage.units, index.unit_vectors(row) @ vector, strict=True)
    ]
    everything = _covered(rarity, frozenset().union(*told.values()))
    best = (
        max(near for _, _, near, _, _ in units),
        max(cosine for _, _, cosine in kept),
        max(covered for *_, covered in units),
        everything,
        words,
    )
    return [
        Candidate(p, span, (near, c, covered, *best, *(float(p.kind == kind) for kind in KINDS)))
        for p, span, near, c, covered in units
    ]


def _told(index: Index, slug: str) -> dict[Span, frozenset[str]]:
    """Return the words of each sentence that may be a reason; an FAQ's question counts too."""
    return {
        span: meanings(_words(passage, span))
        for passage in index.passages(index.rows(slug))
        if passage.kind in KINDS
        for span in passage.units
    }


def _words(passage: Passage, span: Span) -> str:
    text = passage.words(span)
    return f"{passage.heading} {text}" if passage.kind == "faq" else text


def _rarity(wanted: Iterable[str], pages: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return how telling each word of a wish is: rare ones most, those of every page little."""
    holding = Counter(stem for page in pages for stem in page)
    return {stem: math.log((len(pages) + 1) / (1 + holding[stem])) + 0.1 for stem in wanted}


def _covered(rarity: Mapping[str, float], words: frozenset[str]) -> float:
    """Return the share of a wish's weight that some words cover, 0 to 1."""
    total = sum(rarity.values())
    return sum(rarity[stem] for stem in rarity.keys() & words) / total if total else 0.0
