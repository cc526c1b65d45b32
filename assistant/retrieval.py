"""Finding passages over all pages: dense and lexical scores, fused.

Z-scores are fused, not ranks: reciprocal-rank fusion did worse than the dense half alone on three
of four question sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import numpy as np

from assistant.domain import Hit
from assistant.ports import Index, Vectors

Key = TypeVar("Key", int, str)  # a row or a slug
DENSE_SHARE = 0.55
POOL = 40  # candidates from each half before fusion


def z_scores(scores: Mapping[Key, float]) -> dict[Key, float]:
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
