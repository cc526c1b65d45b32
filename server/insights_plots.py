"""Plots as rectangles: the geometry that the template draws as SVG, without style or script.

A plot is drawn in a box of ``10 × days`` by 100 units that the page stretches to its width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.insights_figures import KINDS, Day

STEP = 10  # width of a day
WIDTH = 7  # width of its bar
HEIGHT = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle with the class that colours it."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """The bars of one day, and what they show in words."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A whole plot: the box's width, its columns, and the value at its upper edge."""

    width: int
    columns: tuple[Column, ...]
    top: float


def nice_top(value: float) -> float:
    """Return the smallest of 1, 2, 5 × 10^n that is not below a value.

    >>> nice_top(0), nice_top(3), nice_top(37), nice_top(0.013)
    (1.0, 5.0, 50.0, 0.02)
    """
    if value <= 0:
        return 1.0
    power = 10.0 ** len(str(int(value)))
    while power > value:
        power /= 10
    steps = (round(step * power, 9) for step in (1, 2, 5, 10))
    return next(step for step in steps if step >= value - 1e-12)


def questions_plot(days: Sequence[Day]) -> Plot:
    """Return a column a day, its kinds stacked from the bottom in the order of ``KINDS``."""
    top = nice_top(max((day.total for day in days), default=0))
    columns = []
    for number, day in enumerate(days):
        bars, floor = [], float(HEIGHT)
        for kind in KINDS:
            height = round(HEIGHT * day.kinds[kind] / top, 3)
            floor = round(floor - height, 3)
            if height:
                bars.append(Bar(f"k-{kind}", number * STEP + 1.5, floor, WIDTH, height))
        said = ", ".join(f"{day.kinds[k]} {KINDS[k].lower()}" for k in KINDS if day.kinds[k])
        columns.append(Column(f"{day.name}: {said}", tuple(bars)))
    return Plot(STEP * len(days), tuple(columns), top)


def seconds_plot(days: Sequence[Day]) -> Plot:
    """Return a column a day: the 95th percentile, and the median before it."""
    top = nice_top(max((day.p95 or 0 for day in days), default=0))
    columns = []
    for number, day in enumerate(days):
        if day.p50 is None or day.p95 is None:
            continue
        bars = []
        for name, value, width in (("p95", day.p95, WIDTH), ("p50", day.p50, WIDTH)):
            height = round(HEIGHT * value / top, 3)
            bars.append(Bar(name, number * STEP + 1.5, round(HEIGHT - height, 3), width, height))
        said = f"half within {in_words(day.p50)}, 95 of 100 within {in_words(day.p95)}"
        columns.append(Column(f"{day.name}: {said}", tuple(bars)))
    return Plot(STEP * len(days), tuple(columns), top)


def in_words(seconds: float | None) -> str:
    """Return a time as people read it.

    >>> in_words(0.0062), in_words(0.3456), in_words(2.04), in_words(None)
    ('6 ms', '346 ms', '2.0 s', 'not known')
    """
    if seconds is None:
        return "not known"
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
