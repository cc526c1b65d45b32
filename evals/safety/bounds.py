"""How sure a share is: the 95% interval of a proportion."""

from __future__ import annotations

from scipy.stats import binomtest


def interval(hits: int, of: int) -> tuple[float, float]:
    """Return the exact two-sided interval of ``hits / of`` (Clopper and Pearson 1934).

    It is (0, 1) when ``of`` is 0.

    >>> [round(edge, 3) for edge in interval(99, 100)]
    [0.946, 1.0]
    """
    if of == 0:
        return 0.0, 1.0
    found = binomtest(hits, of).proportion_ci(0.95, method="exact")
    return float(found.low), float(found.high)
