"""``make bench``: builds the LangChain tutorial's RAG in the same run and prints both sides."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from evals.bench import measuring
from evals.bench.exercises import find_exercises
from evals.bench.measuring import Bench
from evals.bench.rows import Row, show, write

RESULTS = Path(__file__).resolve().parents[1] / "results"
MEASURES: dict[str, Callable[[Bench], list[Row]]] = {
    "ingest": measuring.ingesting,
    "answer": measuring.answering,
    "start": measuring.starting,
    "memory": measuring.remembering,
    "growth": measuring.growing,
}
NEED_THE_INDEX = {"answer", "start", "memory"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; exit code 1 when a target does not hold."""
    options = _options(arguments)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    records, origin = find_exercises(options.exercises)
    records = records[: options.pages]
    console.print(f"{len(records)} exercises from {origin}")
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    bench = Bench(records, folder, options.questions, options.repeats, options.passages)
    bench.notes |= {"exercises": len(records), "from": origin}
    try:
        rows = _measure(bench, options.only, console)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    show(rows, console)
    console.print(bench.notes)
    console.print(f"Written to {write(rows, bench.notes, options.out)}")
    return 0 if all(row.passed for row in rows) else 1


def _measure(bench: Bench, names: set[str], console: Console) -> list[Row]:
    rows = []
    for name, measure in MEASURES.items():
        if name in names:
            with console.status(f"Measuring: {name}…"):
                rows += measure(bench)
    return rows


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="MEASURE", help=", ".join(MEASURES))
    parser.add_argument("--exercises", type=Path, help="records to index (.jsonl)")
    parser.add_argument("--pages", type=int, help="index only so many of them")
    parser.add_argument("--questions", type=int, default=400, help="questions asked in turn")
    parser.add_argument("--repeats", type=int, default=5, help="repeats of what is slow")
    parser.add_argument("--passages", type=int, default=100_000, help="size of the large index")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the JSON")
    options = parser.parse_args(arguments)
    unknown = set(options.only) - set(MEASURES)
    if unknown:
        parser.error(
            f"no measure is called {sorted(unknown)[0]!r}; there are {', '.join(MEASURES)}"
        )
    wanted = set(options.only) or set(MEASURES)
    options.only = wanted | {"ingest"} if wanted & NEED_THE_INDEX else wanted
    return options


if __name__ == "__main__":
    sys.exit(main())
