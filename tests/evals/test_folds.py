"""What the embedding model's factors must not be learned from."""

from __future__ import annotations

import json

import pytest

from assistant.adapters.low_rank import FACTORS
from assistant.exported_model import digest
from evals.tuning.corpus import FURTHER, LEARNED, questions_of
from evals.tuning.folds import FOLDS, held_sets, kept_wishes, sets_read
from evals.tuning.wishes import Wish

WISHES = [Wish(f"w-{at}", "something for hips", frozenset(), frozenset()) for at in range(4)]


def test_every_fold_leaves_out_the_sets_that_the_products_own_factors_leave_out() -> None:
    assert all(set(held_sets(fold)) >= set(FOLDS["kept"]) for fold in FOLDS)
    assert set().union(*FOLDS.values()) <= set(sets_read(further=False))


def test_the_factors_that_serve_have_learned_from_just_the_sets_named_so() -> None:
    size = int.from_bytes(FACTORS.read_bytes()[:8], "little")
    told = json.loads(FACTORS.read_bytes()[8 : 8 + size])["__metadata__"]
    assert set(told) - {"weights_sha256", "start"} == set(LEARNED)
    assert all(told[name] == digest(questions_of(name)) for name in LEARNED)


def test_further_sets_are_read_on_request_alone_and_none_is_named_twice() -> None:
    assert set(FURTHER).isdisjoint(sets_read(further=False))
    every = sets_read(further=True)
    assert set(every) == {*LEARNED, *FOLDS["kept"], *FURTHER}
    assert len(every) == len(set(every))
    assert all(questions_of(name).is_file() for name in every)


def test_the_test_split_and_the_latest_blind_sets_are_learned_from_by_no_fold() -> None:
    unseen = {"test", "fresh-t", "fresh-u", "fresh-v", "fresh-w", "fresh-x", "fresh-y", "fresh-z"}
    assert unseen.isdisjoint(sets_read(further=True))


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
