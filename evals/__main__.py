"""``python -m evals run``: how good the answers are, in numbers and in failures."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from assistant.errors import AssistantError
from assistant.settings import read_settings
from evals.asking import Door, Opened, opened, over_http
from evals.cases import BadCase
from evals.evaluating import (
    beside,
    dataset,
    evaluate,
    is_safety,
    read_questions,
    safety_files,
    triage_sets,
)
from evals.recording import write_run
from evals.running import latency
from evals.showing import show_failures, show_misses, show_quality, show_safety, show_suites

app = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)

Sets = Annotated[list[str] | None, typer.Argument(help="dev, test, safety, a file or a folder.")]
Data = Annotated[Path | None, typer.Option(help="Data folder to ask in process.")]


@app.callback()
def _commands() -> None:
    """Keep ``run`` a command of its own."""


@app.command(name="run")
def run_command(
    sets: Sets = None,
    suite: Annotated[str | None, typer.Option(help="Only these suites, by comma.")] = None,
    url: Annotated[str | None, typer.Option(help="Ask a running server.")] = None,
    data: Data = None,
    out: Annotated[Path | None, typer.Option(help="Folder for per-case results.")] = None,
    failures: Annotated[int, typer.Option(help="Failures to print, of safety sets too.")] = 0,
    compared: Annotated[
        bool, typer.Option("--baselines/--no-baselines", help="Beside the baselines (in process).")
    ] = True,
) -> None:
    """Run datasets (default: test and safety) and print every measure beside its target."""
    console = console_for_tables()
    names = sets or ["test", "safety"]
    suites = set(suite.split(",")) if suite else None
    with clear_errors(), _door(url, data) as (door, parts):
        paths = [dataset(name) for name in names if name != "safety"]
        levels = [path for path in paths if path.is_file() and is_safety(path)]
        levels += safety_files() if "safety" in names else []
        triaged = triage_sets(levels, door, progress)
        for path in [path for path in paths if path not in levels]:
            questions = read_questions(path, door, suites)
            ours = evaluate(questions, door, progress, parts=parts, triaged=triaged)
            others = beside(questions, parts, progress, triaged) if parts and compared else ()
            columns = [ours, *others]
            show_suites(console, f"{questions.name}: {len(questions.cases)} cases", ours.results)
            show_quality(console, f"\n{questions.name}: quality", columns)
            print(latency(ours.results), file=sys.stderr)
            if out:
                write_run(out, questions.name, columns)
            show_failures(console, ours.results, failures)
        if triaged:
            show_safety(console, triaged)
            show_misses(console, triaged, failures)


def console_for_tables() -> Console:
    """Return a console that never cuts a table where the output is a file."""
    wide = None if sys.stdout.isatty() else 160
    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False, width=wide)


def progress(items: Sequence[Any], what: str) -> Iterable[Any]:
    """Draw a bar on the terminal's error stream while the items are taken."""
    bar = Console(stderr=True)
    return track(items, what, console=bar, disable=not sys.stderr.isatty())


@contextmanager
def clear_errors() -> Iterator[None]:
    """Say what is wrong in one line and leave with 2."""
    try:
        yield
    except (BadCase, AssistantError, OSError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from error


@contextmanager
def _door(url: str | None, data: Path | None) -> Iterator[tuple[Door, Opened | None]]:
    if url:
        with over_http(url) as door:
            yield door, None
        return
    settings = read_settings() if data is None else read_settings(data=data)
    with opened(settings) as parts:
        yield parts.door(), parts


if __name__ == "__main__":
    app()
