"""What ``gaps`` prints: what no page answers, for the owner of the pages or for programs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from assistant.cli.showing import console, print_json
from assistant.documents import Document
from assistant.gaps import Gap

INDENT = " " * 8
REASONS = {
    "unknown_exercise": "no page for {missing}",
    "missing_fact": "the page does not say it",
    "voted_down": "answered, but voted down",
    "outside": "outside the pages",
}


def show_gaps(gaps: Sequence[Gap], asked: int, days: int, as_json: bool) -> None:
    """Print each group with its count, its reason and the nearest section."""
    if as_json:
        print_json({"days": days, "asked": asked, "gaps": [gap_document(gap) for gap in gaps]})
        return
    out = console()
    if not gaps:
        out.print(Text(_none(asked, days)))
        return
    for gap in gaps:
        head = Text(f"{gap.count:>5} ×  ", style="cyan")
        out.print(head.append(one_line(gap.question), style="bold"))
        last = f"{REASONS[gap.reason].format(missing=gap.missing)} · last on {gap.last_asked[:10]}"
        out.print(Text(INDENT + last, style="dim"))
        if gap.section is not None:
            nearest = f"nearest: {gap.section.title} › {gap.section.heading or gap.section.kind}"
            out.print(Text(INDENT + nearest))
        for wording in gap.wordings:
            out.print(Text(f"{INDENT}“{one_line(wording)}”", style="dim"))
        out.print()


def gap_document(gap: Gap) -> Document:
    """Return a gap as ``--json`` prints it; ``nearest`` is null when there is no page."""
    near = gap.section
    section = near and {
        "page": near.page,
        "title": near.title,
        "section": near.kind,
        "heading": near.heading,
    }
    return {
        "question": gap.question,
        "count": gap.count,
        "reason": gap.reason,
        "missing": gap.missing or None,
        "last_asked": gap.last_asked,
        "wordings": list(gap.wordings),
        "nearest": section,
    }


def one_line(text: str) -> str:
    r"""Return what a visitor wrote as one line that cannot steer the terminal.

    >>> one_line("how\nmany \x1b[31mreps")
    'how many [31mreps'
    """
    return " ".join("".join(c for c in part if c.isprintable()) for part in text.split())


def _none(asked: int, days: int) -> str:
    """Return why there is nothing to show.

    >>> _none(0, 7)
    'Nobody asked anything in the last 7 days, as far as conversations are kept.'
    """
    period = "day" if days == 1 else f"{days} days"
    if not asked:
        return f"Nobody asked anything in the last {period}, as far as conversations are kept."
    questions = "1 question" if asked == 1 else f"{asked:,} questions"
    return f"No gaps: none of {questions} of the last {period} was refused or voted down."
