"""Plots for the report as inline SVG: dots beside targets, shares with intervals, stacked bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH = 860
LEFT = 260  # for names
RIGHT = 90  # for figures
ROW = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a plot: our figure 0 to 1, what stands beside it, a target, an interval."""

    name: str
    value: float
    shown: str
    good: bool | None = True  # None: there is no target to keep or to miss
    beside: Sequence[tuple[str, float]] = field(default=())
    target: float | None = None
    interval: tuple[float, float] | None = None


def dots(lines: Sequence[Line], label: str) -> str:
    """Return a dot a row on a scale from 0 to 1, with its target tick, interval and neighbours."""
    height = len(lines) * ROW + 34
    parts = [*_scale(height)]
    for at, line in enumerate(lines):
        y = at * ROW + 26
        parts.append(_text(LEFT - 14, y + 4, line.name, "name"))
        parts.append(f'<line class="rail" x1="{LEFT}" x2="{_x(1):.1f}" y1="{y}" y2="{y}"/>')
        parts += _row(line, y)
        parts.append(_text(_x(1) + 16, y + 4, line.shown, _verdict(line)))
    return _svg(height, label, parts)


def bars(lines: Sequence[tuple[str, int, int]], label: str) -> str:
    """Return a bar a row, (name, passed, all): green what passed, red what failed.

    Where nothing passed the count stands alone.
    """
    height = len(lines) * ROW + 8
    most = max((of for _, _, of in lines), default=1)
    parts = []
    for at, (name, passed, of) in enumerate(lines):
        y = at * ROW + 6
        whole, green = (_x(of / most) - LEFT), (_x(passed / most) - LEFT)
        parts.append(_text(LEFT - 14, y + 15, name, "name"))
        parts.append(_bar(LEFT, y, green, "passed"))
        parts.append(_bar(LEFT + green, y, whole - green, "failed"))
        parts.append(
            _text(LEFT + whole + 10, y + 15, f"{passed} of {of}" if passed else str(of), "figure")
        )
    return _svg(height, label, parts)


def _row(line: Line, y: int) -> Iterator[str]:
    if line.interval is not None:
        low, high = (_x(end) for end in line.interval)
        yield f'<line class="interval" x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}"/>'
    for name, value in line.beside:
        title = f"<title>{escape(name)} {value:.3f}</title>"
        yield f'<circle class="beside" cx="{_x(value):.1f}" cy="{y}" r="4">{title}</circle>'
    if line.target is not None:
        x = _x(line.target)
        title = f"<title>target {line.target:.2f}</title>"
        yield (
            f'<line class="target" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 10}" y2="{y + 10}">'
            f"{title}</line>"
        )
    kind = _verdict(line)
    title = f"<title>{escape(f'{line.name} {line.shown}')}</title>"
    yield f'<circle class="ours {kind}" cx="{_x(line.value):.1f}" cy="{y}" r="6.5">{title}</circle>'


def _verdict(line: Line) -> str:
    return "plain" if line.good is None else "good" if line.good else "bad"


def _scale(height: int) -> Iterator[str]:
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x = _x(tick)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="14" y2="{height - 18}"/>'
        yield _text(x, height - 3, f"{tick:.0%}", "tick")


def _bar(x: float, y: float, width: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="20"/>'


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _svg(height: int, label: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )
