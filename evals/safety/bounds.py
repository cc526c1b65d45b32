"""How sure a share is: the 95% interval of a proportion."""

from __future__ import annotations

from math import sqrt

Z = 1.959964


def interval(hits: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95% interval of ``hits / of`` (Wilson 1927); (0, 1) when ``of`` is 0.

    >>> [round(edge, 3) for edge in interval(99, 100)]
    [0.946, 0.998]
    """
    if of == 0:
        return 0.0, 1.0
    share = hits / of
    middle = (share + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of)) / (1 + Z * Z / of)
    return max(0.0, middle - half), min(1.0, middle + half)
