"""Folds: what is held out together, so that weights are fitted on pages nothing learned from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.adapters.low_rank import FACTORS
from evals.tuning.corpus import FURTHER, LEARNED
from evals.tuning.wishes import Wish

# The product's own factors are learned without the sets of "kept"; those of any other fold are
# learned without its sets too, and without a share of the wishes of all others.
FOLDS: Mapping[str, Sequence[str]] = {
    "kept": ("extra-k", "fresh-f", "fresh-g"),
    "first": ("dev", "dev2", "extra-a"),
}
EVERY = 2  # wishes of other sets, one in this many is held out


def sets_read(further: bool) -> tuple[str, ...]:
    """Return the sets that are learned from or held out, ``further`` with those read since."""
    return (*LEARNED, *FOLDS["kept"], *(FURTHER if further else ()))


def held_sets(fold: str) -> tuple[str, ...]:
    """Return the sets that the factors of a fold must not be learned from."""
    return tuple(dict.fromkeys([*FOLDS["kept"], *FOLDS[fold]]))


def kept_wishes(name: str, wishes: Sequence[Wish], fold: str) -> list[Wish]:
    """Return the wishes of a set that a fold holds out: its own, or some of another's."""
    if name in FOLDS[fold]:
        return list(wishes)
    return [] if fold == "kept" or name in FOLDS["kept"] else list(wishes[::EVERY])


def learned_without(factors: Path) -> dict[str, Path]:
    """Return the file of factors of each fold; raises FileNotFoundError for a missing one."""
    files = {fold: FACTORS if fold == "kept" else factors / f"{fold}.safetensors" for fold in FOLDS}
    for fold, file in files.items():
        if not file.is_file():
            raise FileNotFoundError(
                f"{file} is missing: python -m evals.tuning --fold {fold} --out {file}"
            )
    return files
