"""The table of the benchmark: each figure with its target, and whether it holds."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: our figure, what it is compared with, and the ratio that is wanted."""

    name: str
    ours: float
    other: float
    unit: str
    other_name: str
    target: float
    at_least: bool = False

    @property
    def ratio(self) -> float:
        """Return our figure over the other."""
        return self.ours / self.other

    @property
    def passed(self) -> bool:
        """Return whether the ratio keeps the target."""
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target


def milliseconds(seconds: Sequence[float]) -> float:
    """Return the median of seconds, in milliseconds."""
    return median(seconds) * 1000


def show(rows: Sequence[Row], console: Console) -> None:
    """Print the rows with ratios, targets and verdicts."""
    table = Table(box=None, header_style="bold")
    for heading in ("measure", "ours", "beside", "", "ratio", "target", "holds"):
        table.add_column(heading, justify="left" if heading in {"measure", ""} else "right")
    for row in rows:
        sign = "≥" if row.at_least else "≤"
        table.add_row(
            row.name,
            f"{row.ours:.4g} {row.unit}",
            f"{row.other:.4g} {row.unit}",
            row.other_name,
            f"{row.ratio:.2f}",
            f"{sign} {row.target:.2f}",
            "yes" if row.passed else "NO",
        )
    console.print(table)


def write(rows: Sequence[Row], notes: dict[str, object], folder: Path) -> Path:
    """Write everything as JSON and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"bench-{time.strftime('%Y%m%d-%H%M%S')}.json"
    measured = [{**asdict(row), "ratio": row.ratio, "passed": row.passed} for row in rows]
    machine = {"python": platform.python_version(), "processor": platform.processor()}
    document = {"rows": measured, "notes": notes, "machine": machine}
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path
