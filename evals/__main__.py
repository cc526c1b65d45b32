"""``python -m evals run``: how good the answers are, in numbers and in failures."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from evals.asking import in_process, over_http
from evals.cases import BadCase, read_cases
from evals.running import Result, run, table

DATASETS = Path(__file__).parent / "datasets"

app = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.callback()
def _commands() -> None:
    """Keep ``run`` a command of its own."""


@app.command(name="run")
def run_command(
    sets: Annotated[list[str] | None, typer.Argument(help="Datasets: dev, test, a file.")] = None,
    suite: Annotated[str | None, typer.Option(help="Only these suites, by comma.")] = None,
    url: Annotated[str | None, typer.Option(help="Ask a running server.")] = None,
    data: Annotated[Path | None, typer.Option(help="Data folder to ask in process.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for per-case results.")] = None,
    failures: Annotated[int, typer.Option(help="Failures to print.")] = 0,
) -> None:
    """Run datasets (default: dev and test) and print what passed."""
    wanted = set(suite.split(",")) if suite else None
    console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    door = over_http(url) if url else in_process(data)
    try:
        with door as (ask, page_text):
            for name in sets or ["dev", "test"]:
                path = Path(name) if name.endswith(".jsonl") else DATASETS / f"{name}.jsonl"
                cases = [c for c in read_cases(path) if wanted is None or c.suite in wanted]
                progress = track(
                    cases, path.stem, console=Console(stderr=True), disable=not sys.stderr.isatty()
                )
                results = run(progress, ask, page_text)
                _show(console, path.stem, results, failures)
                if out:
                    _write(out, path.stem, results)
    except (BadCase, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from error


def _show(console: Console, name: str, results: list[Result], failures: int) -> None:
    rows = table(results)
    shown = Table(*rows[0], title=name, box=None, header_style="bold")
    for row in rows:
        shown.add_row(*(f"{v:.3f}" if isinstance(v, float) else str(v) for v in row.values()))
    console.print(shown)
    for result in [result for result in results if not result.score.passed][:failures]:
        said = " | ".join(f"{t.message} [{t.page or '-'}]" for t in result.case.turns)
        console.print(f"\n{result.case.id} {result.case.suite}: {said}")
        console.print(f"  why: {'; '.join(result.score.reasons)}")
        console.print(f"  got: {result.reply['kind']}: {str(result.reply['text'])[:400]}")


def _write(out: Path, name: str, results: list[Result]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with (out / f"{name}.jsonl").open("w", encoding="utf-8") as file:
        for result in results:
            line = {
                "case": result.case.model_dump(),
                "score": asdict(result.score),
                "reply": result.reply,
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    app()
