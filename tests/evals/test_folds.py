"""What the embedding model's factors must not be learned from."""

from __future__ import annotations

import pytest

from evals.tuning.corpus import SETS
from evals.tuning.folds import FOLDS, held_sets, kept_wishes
from evals.tuning.wishes import Wish

WISHES = [Wish(f"w-{at}", "something for hips", frozenset(), frozenset()) for at in range(4)]


def test_every_fold_leaves_out_the_sets_that_the_products_own_factors_leave_out() -> None:
    assert all(set(held_sets(fold)) >= set(FOLDS["kept"]) for fold in FOLDS)
    assert set().union(*FOLDS.values()) <= set(SETS)


def test_the_test_split_and_the_latest_blind_sets_are_learned_from_by_no_fold() -> None:
    assert {"test", "fresh-t", "fresh-u", "fresh-v", "fresh-w"}.isdisjoint(SETS)


@pytest.mark.parametrize(
    ("name", "fold", "kept"),
    [
        ("extra-k", "kept", 4),
        ("wishes", "kept", 0),
        ("dev", "first", 4),
        ("wishes", "first", 2),
        ("extra-k", "first", 0),
    ],
)
def test_a_fold_keeps_its_own_wishes_and_some_of_the_sets_that_are_learned_from(
    name: str, fold: str, kept: int
) -> None:
    assert len(kept_wishes(name, WISHES, fold)) == kept
