"""Grouping texts by meaning: each joins the nearest group, or begins one of its own."""

from __future__ import annotations

import numpy as np

from assistant.ports import Vectors


def group_alike(vectors: Vectors, threshold: float) -> list[list[int]]:
    """Return the rows in groups; each text is as near as ``threshold`` to its group's middle.

    Greedy: the rows come in order, so what should found a group (the most frequent text) comes
    first. A second pass moves each row to the group that is nearest once all groups are there.

    Args:
        vectors: unit-length rows, shape (texts, dimensions).
        threshold: cosine between a row and the mean direction of the rows of a group.

    >>> rows = np.array([[1, 0], [0, 1], [0.8, 0.6], [0.28, 0.96]], dtype=np.float32)
    >>> group_alike(rows, 0.7)
    [[0, 2], [1, 3]]
    >>> group_alike(rows, 0.99)
    [[0], [1], [2], [3]]
    """
    sums: list[Vectors] = []
    for row in vectors:
        place = _nearest(row, sums, threshold)
        if place is None:
            sums.append(row.copy())
        else:
            sums[place] += row
    groups: list[list[int]] = [[] for _ in sums]
    middles = _unit(np.array(sums)) if sums else np.empty((0, 0), np.float32)
    for number, row in enumerate(vectors):
        groups[int(np.argmax(middles @ row))].append(number)
    return sorted(filter(None, groups))


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


def _nearest(row: Vectors, sums: list[Vectors], threshold: float) -> int | None:
    if not sums:
        return None
    cosines = _unit(np.array(sums)) @ row
    best = int(np.argmax(cosines))
    return best if cosines[best] >= threshold else None


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)
