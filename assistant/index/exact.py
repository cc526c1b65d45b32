"""Nearest vectors by comparing with all of them: exact, and the fastest way for few rows."""

from __future__ import annotations

import numpy as np

from assistant.ports import Vectors


def nearest(matrix: Vectors, vector: Vectors, k: int) -> list[tuple[int, float]]:
    """Return at most ``k`` (row, cosine similarity), best first, equal scores by row.

    ``matrix`` has unit-length rows, shape (rows, dimensions); ``vector`` any length but zero.

    Example:
        >>> nearest(np.eye(3, dtype=np.float32), np.array([0, 2, 0], np.float32), 1)
        [(1, 1.0)]
    """
    k = min(k, len(matrix))
    if k <= 0:
        return []
    scores = matrix @ unit(vector)
    best = np.argpartition(-scores, k - 1)[:k]
    order = np.lexsort((best, -scores[best]))
    return [(int(row), float(scores[row])) for row in best[order]]


def unit(vector: Vectors) -> Vectors:
    """Return the vector as float32 at length 1 (a zero vector stays zero)."""
    vector = np.asarray(vector, np.float32).ravel()
    length = float(np.linalg.norm(vector))
    return vector if length == 0 else vector / length
