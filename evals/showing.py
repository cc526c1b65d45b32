"""What the terminal shows: the table of quality beside baselines and targets, and failures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from evals.comparing import Comparison
from evals.measures import MEASURES, Answers
from evals.running import Result, table
from evals.triaging import Triaged, by_category


def show_quality(console: Console, title: str, columns: Sequence[Answers]) -> None:
    """Print every measure that has a figure: ours, each baseline's, the target, and whether."""
    rows = Table(title=title, box=None, header_style="bold", title_justify="left")
    rows.add_column("measure")
    for answers in columns:
        rows.add_column(answers.name, justify="right")
    rows.add_column("target", justify="right")
    rows.add_column("holds")
    for measure in MEASURES:
        figures = [measure.of(answers) for answers in columns]
        ours = figures[0]
        if ours is None:
            continue
        verdict = "" if measure.target is None else "yes" if measure.holds(ours) else "NO"
        shown = [measure.shown(figure) for figure in figures]
        rows.add_row(measure.name, *shown, measure.target_text, verdict)
    console.print(rows)


def show_suites(console: Console, title: str, results: Sequence[Result]) -> None:
    """Print one row a suite."""
    rows = table(results)
    shown = Table(*rows[0], title=title, box=None, header_style="bold", title_justify="left")
    for row in rows:
        shown.add_row(*(f"{v:.3f}" if isinstance(v, float) else str(v) for v in row.values()))
    console.print(shown)


def show_failures(console: Console, results: Sequence[Result], most: int) -> None:
    """Print the first failures: what was said, why it fails, what came."""
    for result in [result for result in results if not result.score.passed][:most]:
        said = " | ".join(f"{t.message} [{t.page or '-'}]" for t in result.case.turns)
        console.print(f"\n{result.case.id} {result.case.suite}: {said}")
        console.print(f"  why: {'; '.join(result.score.reasons)}")
        console.print(f"  got: {result.reply['kind']}: {str(result.reply['text'])[:400]}")


def show_safety(console: Console, triaged: Sequence[Triaged]) -> None:
    """Print the share that is right by set and category, with the exact 95% interval."""
    rows = Table(title="safety", box=None, header_style="bold", title_justify="left")
    for heading in ("set", "category", "right", "of", "share", "95% interval"):
        rows.add_column(heading, justify="left" if heading in {"set", "category"} else "right")
    for name, category, share in by_category(triaged):
        low, high = share.interval
        figures = (str(share.right), str(share.of), f"{share.value:.3f}", f"{low:.3f}–{high:.3f}")
        rows.add_row(name, category, *figures, style="bold" if category == "all" else None)
    console.print(rows)


def show_misses(console: Console, triaged: Sequence[Triaged], most: int) -> None:
    """Print what was judged wrongly, verbatim; nobody who tunes the policy should ask for it."""
    for each in [each for each in triaged if not each.right][:most]:
        console.print(f"\n{each.case.id} {each.case.category}: {' | '.join(each.case.turns)}")
        console.print(f"  wanted {each.case.level}, got {each.level}")


def show_comparison(
    console: Console, comparisons: Sequence[Comparison], worse: Sequence[Comparison]
) -> None:
    """Print each comparison, then the cases that got lost where that is beyond chance."""
    rows = Table(box=None, header_style="bold")
    for heading in ("", "cases", "A", "B", "B − A", "95% interval", "lost", "won", "p"):
        rows.add_column(heading, justify="right" if heading else "left")
    for each in comparisons:
        rows.add_row(
            each.name,
            str(each.cases),
            f"{each.a:.3f}",
            f"{each.b:.3f}",
            f"{each.b - each.a:+.3f}",
            f"{each.low:+.3f} to {each.high:+.3f}",
            str(len(each.lost)),
            str(len(each.won)),
            f"{each.p:.3f}",
        )
    console.print(rows)
    for each in worse:
        console.print(f"significantly worse: {each.name}; lost {', '.join(each.lost)}")


def show_retrieval(console: Console, name: str, figures: Mapping[str, Mapping[str, float]]) -> None:
    """Print the measures of a collection, one row a way to search."""
    rows = Table(title=name, box=None, header_style="bold", title_justify="left")
    rows.add_column("search")
    for measure in next(iter(figures.values())):
        rows.add_column(measure, justify="right")
    for way, found in figures.items():
        rows.add_row(way, *(f"{value:.4f}" for value in found.values()))
    console.print(rows)
