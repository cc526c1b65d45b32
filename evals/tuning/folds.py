"""Folds: what is held out together, so that weights are fitted on pages nothing learned from."""

from __future__ import annotations

from collections.abc import Sequence

from evals.tuning.wishes import Wish

# The sets of each fold; the last one is every set that brings pages of its own.
FOLDS = {
    "first": ("dev", "dev2"),
    "third": ("dev3",),
    "new": ("fresh", "fresh-b", *(f"extra-{letter}" for letter in "abcdefgh")),
}


def kept_wishes(name: str, wishes: Sequence[Wish], fold: str) -> list[Wish]:
    """Return the wishes of a set that a fold holds out: its own, or every third of another."""
    if fold not in FOLDS:
        return []
    return list(wishes if name in FOLDS[fold] else wishes[list(FOLDS).index(fold) :: len(FOLDS)])
