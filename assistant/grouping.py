"""Grouping texts by meaning: the nearest groups join until none are near."""

from __future__ import annotations

import numpy as np

from assistant.ports import Vectors


def group_alike(vectors: Vectors, threshold: float) -> list[list[int]]:
    """Return the rows in groups: average linkage, two groups join while they are near enough.

    Args:
        vectors: unit-length rows, shape (texts, dimensions).
        threshold: mean cosine of the pairs between two groups from which they are one.

    >>> rows = np.array([[1, 0], [0, 1], [0.8, 0.6], [0.28, 0.96]], dtype=np.float32)
    >>> group_alike(rows, 0.7)
    [[0, 2], [1, 3]]
    >>> group_alike(rows, 0.99)
    [[0], [1], [2], [3]]
    """
    likeness = np.asarray(vectors @ vectors.T, dtype=np.float32)
    np.fill_diagonal(likeness, -np.inf)
    groups = [[row] for row in range(len(vectors))]
    nearest = likeness.argmax(axis=1) if groups else np.empty(0, np.int64)
    while groups:
        nearness = likeness[np.arange(len(groups)), nearest]
        one = int(nearness.argmax())
        other = int(nearest[one])
        if nearness[one] < threshold:
            break
        _join(likeness, one, other, len(groups[one]), len(groups[other]))
        groups[one], groups[other] = groups[one] + groups[other], []
        stale = np.flatnonzero((nearest == one) | (nearest == other))
        for row in {one, other, *stale.tolist()}:
            nearest[row] = likeness[row].argmax()
    return sorted(sorted(group) for group in groups if group)


def _join(likeness: Vectors, one: int, other: int, size: int, other_size: int) -> None:
    """Make a group stand for two: its likeness to each third is the mean over all pairs."""
    mean = (size * likeness[one] + other_size * likeness[other]) / (size + other_size)
    mean[[one, other]] = -np.inf
    likeness[one] = likeness[:, one] = mean
    likeness[other] = likeness[:, other] = -np.inf


def most_central(vectors: Vectors, weights: Vectors) -> int:
    """Return the row that is nearest to the weighted middle; the first of equals.

    Args:
        vectors: unit-length rows, shape (texts, dimensions).
        weights: how often each text was said, shape (texts,).

    >>> most_central(np.array([[1, 0], [0.8, 0.6], [0, 1]]), np.array([1, 1, 1]))
    1
    """
    nearness = vectors @ (weights @ vectors)
    return int(np.argmax(nearness.round(4)))  # rounding errors must not decide between equals
