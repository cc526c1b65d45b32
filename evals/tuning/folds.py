"""Folds: what is held out together, so that weights are fitted on pages nothing learned from."""

from __future__ import annotations

from collections.abc import Sequence

from evals.tuning.wishes import Wish

# The sets of each fold; the last two halve those that bring pages of their own.
FOLDS = {
    "first": ("dev", "dev2"),
    "third": ("dev3",),
    "odd": ("fresh", "fresh-c", *(f"extra-{letter}" for letter in "acegi")),
    "even": ("fresh-b", "fresh-d", *(f"extra-{letter}" for letter in "bdfhj")),
}


def kept_wishes(name: str, wishes: Sequence[Wish], fold: str) -> list[Wish]:
    """Return the wishes of a set that a fold holds out: its own, or every third of another."""
    if fold not in FOLDS:
        return []
    return list(wishes if name in FOLDS[fold] else wishes[list(FOLDS).index(fold) :: len(FOLDS)])
