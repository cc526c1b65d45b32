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
from evals.beir import judge_folder, read_collection
from evals.cases import BadCase
from evals.comparing import compare_runs, significant_losses
from evals.evaluating import (
    beside,
    dataset,
    evaluate,
    is_safety,
    read_questions,
    safety_files,
    triage_sets,
)
from evals.indexing import chosen_pages, indexed
from evals.measures import Answers
from evals.recording import read_runs, write_run
from evals.reporting import write_report
from evals.running import latency
from evals.showing import (
    show_comparison,
    show_failures,
    show_misses,
    show_quality,
    show_retrieval,
    show_safety,
    show_suites,
)
from evals.smoking import judge_smoke, read_baseline, smoke, write_baseline
from evals.template import template

CORPUS = Path(__file__).parents[1] / "corpus"

app = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)

Data = Annotated[Path | None, typer.Option(help="Data folder to ask in process.")]
Url = Annotated[str | None, typer.Option(help="Ask a running server.")]
Corpus = Annotated[Path, typer.Option("--corpus", help="Folder of the pages to choose from.")]


@app.command(name="run")
def run_command(
    sets: Annotated[
        list[str] | None,
        typer.Argument(help="test, dev, safety, a .jsonl file, a BEIR folder."),
    ] = None,
    suite: Annotated[str | None, typer.Option(help="Only these suites, by comma.")] = None,
    url: Url = None,
    data: Data = None,
    out: Annotated[Path | None, typer.Option(help="Folder for results and report.html.")] = None,
    failures: Annotated[int, typer.Option(help="Failures to print, of safety sets too.")] = 0,
    compared: Annotated[
        bool, typer.Option("--baselines/--no-baselines", help="Beside the baselines (in process).")
    ] = True,
) -> None:
    """Run datasets and print every measure beside its target and the baselines."""
    console = console_for_tables()
    names = sets or ["test", "safety"]
    suites = set(suite.split(",")) if suite else None
    with clear_errors():
        paths = [dataset(name) for name in names if name != "safety"]
        for path in [path for path in paths if path.is_dir()]:
            collection = read_collection(path)
            show_retrieval(console, collection.name, judge_folder(collection, data, progress))
        levels = [path for path in paths if path.is_file() and is_safety(path)]
        levels += safety_files() if "safety" in names else []
        questions = [path for path in paths if path.is_file() and path not in levels]
        if not levels and not questions:
            return
        with door_to(url, data) as (door, parts):
            triaged = triage_sets(levels, door, progress)
            for path in questions:
                asked = read_questions(path, door, suites)
                ours = evaluate(asked, door, progress, parts=parts, triaged=triaged)
                others = beside(asked, parts, progress, triaged) if parts and compared else ()
                columns = [ours, *others]
                _show(console, asked.name, columns, failures)
                if out:
                    write_run(out, asked.name, columns)
        if triaged:
            show_safety(console, triaged)
            show_misses(console, triaged, failures)
        if out and questions:
            print(f"report: {write_report(read_runs(out), out / 'report.html')}", file=sys.stderr)


@app.command()
def pages(
    split: Annotated[str, typer.Argument(help="Dataset.")] = "test",
    count: Annotated[int, typer.Option("--pages", help="Pages of the small index.")] = 12,
    data: Data = None,
    corpus: Corpus = CORPUS,
) -> None:
    """Ask the same cases with all pages indexed and with a few: the split's and some others."""
    with clear_errors():
        path = dataset(split)
        cases = read_questions(path, None, None)
        few = chosen_pages(cases.cases, corpus, count)
        columns = []
        for name, paths in (("all pages", [corpus]), (f"{count} pages", few)):
            with indexed(paths, data, strict=False) as parts:
                found = evaluate(cases, parts.door(), progress, parts=parts)
            columns.append(Answers(name, found.results, (), found.steady, found.retrieval))
        show_quality(console_for_tables(), f"{path.stem}: {count} pages beside all", columns)


@app.command()
def compare(
    a: Annotated[Path, typer.Argument(help="Results of the earlier run: a file or a folder.")],
    b: Annotated[Path, typer.Argument(help="Results of the later run.")],
) -> None:
    """Compare two runs case by case; exit 1 when the later one is significantly worse."""
    with clear_errors():
        comparisons = compare_runs(read_runs(a), read_runs(b))
    worse = significant_losses(comparisons)
    show_comparison(console_for_tables(), comparisons, worse)
    if worse:
        raise typer.Exit(1)


@app.command()
def report(
    results: Annotated[Path, typer.Argument(help="Folder or file that `run --out` wrote.")],
    file: Annotated[Path | None, typer.Option("--file", help="Where to write the page.")] = None,
) -> None:
    """Write one HTML page from recorded results; it needs no script and no network."""
    folder = results if results.is_dir() else results.parent
    with clear_errors():
        print(write_report(read_runs(results), file or folder / "report.html"))


@app.command(name="template")
def template_command(data: Data = None) -> None:
    """Print a question file to begin with, made from the pages that are indexed."""
    with clear_errors(), door_to(None, data) as (_, parts):
        assert parts is not None
        for line in template(parts.assistant):
            print(line)


@app.command(name="smoke")
def smoke_command(data: Data = None, corpus: Corpus = CORPUS) -> None:
    """Hold the smoke cases against the committed baseline; exit 1 when they got worse."""
    with clear_errors(), indexed([corpus], data, strict=False) as parts:
        verdict = judge_smoke(read_baseline(), smoke(parts))
    print(verdict)
    if verdict.red:
        raise typer.Exit(1)


@app.command()
def baseline(data: Data = None, corpus: Corpus = CORPUS) -> None:
    """Renew the baseline of the smoke suite from what passes now."""
    with clear_errors(), indexed([corpus], data, strict=False) as parts:
        found = smoke(parts)
        write_baseline(found)
    print(f"{sum(found.passed.values())} of {len(found.passed)} pass, nDCG@10 {found.ndcg:.3f}")


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
def door_to(url: str | None, data: Path | None) -> Iterator[tuple[Door, Opened | None]]:
    """Open a server's door, or the assistant in this process with its parts."""
    if url:
        with over_http(url) as door:
            yield door, None
        return
    settings = read_settings() if data is None else read_settings(data=data)
    with opened(settings) as parts:
        yield parts.door(), parts


def _show(console: Console, name: str, columns: Sequence[Answers], failures: int) -> None:
    results = columns[0].results
    show_suites(console, f"{name}: {len(results)} cases", results)
    show_quality(console, f"\n{name}: quality", columns)
    print(latency(results), file=sys.stderr)
    show_failures(console, results, failures)


if __name__ == "__main__":
    app()
