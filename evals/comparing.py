"""Is one run better than another? Paired by case: bootstrap interval and exact test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from evals.cases import BadCase
from evals.recording import Recorded

SAMPLES = 10_000
SEED = 20_240_229
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs on the same cases: shares that pass, and how sure the difference is.

    ``low`` and ``high`` bound B − A with 95% (paired percentile bootstrap); ``p`` is McNemar's
    exact test, two-sided, over the cases on which they disagree.
    """

    name: str
    cases: int
    a: float
    b: float
    low: float
    high: float
    p: float
    lost: tuple[str, ...]
    won: tuple[str, ...]


def compare(name: str, a: Mapping[str, bool], b: Mapping[str, bool]) -> Comparison:
    """Compare what passed in A and in B over the cases that both have; raises ValueError if none.

    >>> compare("x", {"1": True, "2": True}, {"1": True, "2": False}).lost
    ('2',)
    """
    shared = sorted(set(a) & set(b))
    if not shared:
        raise ValueError("the two runs have no case in common")
    before = np.array([a[case] for case in shared], dtype=float)
    after = np.array([b[case] for case in shared], dtype=float)
    low, high = bootstrap(after - before)
    lost = tuple(case for case in shared if a[case] and not b[case])
    won = tuple(case for case in shared if b[case] and not a[case])
    shares = float(before.mean()), float(after.mean())
    return Comparison(name, len(shared), *shares, low, high, exact(len(lost), len(won)), lost, won)


def bootstrap(differences: NDArray[np.float64]) -> tuple[float, float]:
    """Return the 95% percentile interval of the mean; the same seed, so the same figures."""
    generator = np.random.default_rng(SEED)
    rows = generator.integers(len(differences), size=(SAMPLES, len(differences)))
    low, high = np.quantile(differences[rows].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


def exact(lost: int, won: int) -> float:
    """Return McNemar's exact two-sided p over discordant pairs; 1 when there is none."""
    return float(binomtest(lost, lost + won).pvalue) if lost + won else 1.0


def by_suite(
    a: Mapping[str, bool], b: Mapping[str, bool], suites: Mapping[str, str]
) -> list[Comparison]:
    """Return a comparison over all cases ("all") and one a suite, in the order of names."""
    names = sorted({suites[case] for case in set(a) & set(b)})
    parts = [
        compare(name, {c: v for c, v in a.items() if suites.get(c) == name}, b) for name in names
    ]
    return [compare("all", a, b), *parts]


def compare_runs(a: Sequence[Recorded], b: Sequence[Recorded]) -> list[Comparison]:
    """Compare all cases that two recordings share, and each suite of them; raises BadCase."""
    before = {case: passed for run in a for case, passed in run.passed.items()}
    after = {case: passed for run in b for case, passed in run.passed.items()}
    suites = {case: suite for run in (*a, *b) for case, suite in run.suites.items()}
    try:
        return by_suite(before, after, suites)
    except ValueError as error:
        raise BadCase(str(error)) from error


def significant_losses(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Return where B is worse beyond chance: all at 5%, the suites at 5% between them (Holm)."""
    whole, parts = comparisons[:1], comparisons[1:]
    losses = [each for each in whole if _worse(each) and each.p < ALPHA]
    for rank, each in enumerate(sorted(parts, key=lambda part: part.p)):
        if each.p >= ALPHA / (len(parts) - rank):
            break
        if _worse(each):
            losses.append(each)
    return losses


def _worse(each: Comparison) -> bool:
    return len(each.lost) > len(each.won)
