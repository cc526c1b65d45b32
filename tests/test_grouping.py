from __future__ import annotations

import numpy as np

from assistant.grouping import group_alike, most_central


def test_texts_of_one_direction_come_together_in_any_order() -> None:
    rng = np.random.default_rng(3)
    middles = rng.standard_normal((4, 64))
    rows = np.repeat(middles, 6, axis=0) + 0.1 * rng.standard_normal((24, 64))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    order = rng.permutation(24)
    groups = group_alike(rows[order], 0.8)
    found = [{int(order[row]) // 6 for row in group} for group in groups]
    assert sorted(map(tuple, found)) == [(0,), (1,), (2,), (3,)]
    assert sorted(row for group in groups for row in group) == list(range(24))
    assert group_alike(np.empty((0, 64), np.float32), 0.8) == []


def test_how_often_a_text_was_said_decides_which_is_central() -> None:
    rows = np.array([[1, 0], [0, 1]], dtype=np.float32)
    assert most_central(rows, np.array([1, 9], np.float32)) == 1
    assert most_central(rows, np.array([9, 1], np.float32)) == 0


def test_a_row_that_began_a_group_too_early_moves_to_the_nearer_one() -> None:
    angles = np.radians([0, 40, 80, 84, 46])
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    groups = group_alike(rows, float(np.cos(np.radians(45))))
    middles = [rows[group].mean(axis=0) for group in groups]
    for number, group in enumerate(groups):
        for row in group:
            nearest = max(range(len(groups)), key=lambda each: float(middles[each] @ rows[row]))
            assert len(groups) == 1 or nearest == number
