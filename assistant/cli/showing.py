"""What the commands print: for people in colour, for programs as the API's JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.documents import (
    hit_document,
    names_document,
    not_ready_document,
    reply_document,
    status_document,
)
from assistant.domain import Citation, Hit, Reply, Segment, Status
from assistant.errors import AssistantError
from assistant.ports import PageNames

if TYPE_CHECKING:
    from assistant.index import IngestReport

TITLES = {
    "caution": ("Take care", "yellow"),
    "urgent": ("Please read this first", "bold red"),
    "abstain": ("No answer in the pages", "dim"),
    "clarify": ("One question back", "cyan"),
}


def console() -> Console:
    """Return the terminal to print on; without one, plain text of unlimited width."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_json(document: object) -> None:
    """Print one JSON document; the characters of the pages stay as they are."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def show_reply(reply: Reply, as_json: bool) -> None:
    """Print an answer with numbered sources, or the API's JSON."""
    if as_json:
        print_json(reply_document(reply))
        return
    out = console()
    title, style = TITLES.get(reply.kind, ("", ""))
    if title:
        out.print(Text(title, style=style))
    out.print(marked(reply.segments))
    if reply.citations:
        out.print()
        for citation in reply.citations:
            out.print(source_line(citation))
    if reply.suggestions:
        out.print()
        out.print(Text("You could ask: " + " · ".join(reply.suggestions), style="dim"))


def marked(segments: Sequence[Segment]) -> Text:
    """Return the reply's text with its citation numbers in brackets."""
    text = Text()
    for segment in segments:
        text.append(segment.text)
        for number in segment.citations:
            text.append(f" [{number}]", style="cyan")
    return text


def source_line(citation: Citation) -> Text:
    """Return one source: number, page, heading and where the words stand."""
    line = Text(f"[{citation.number}] ", style="cyan")
    line.append(f"{citation.title} › {citation.heading or citation.section}", style="bold")
    line.append(f"  characters {citation.start}–{citation.end}", style="dim")
    return line


def show_report(report: IngestReport, left_out: Sequence[str], as_json: bool) -> None:
    """Print what an ingest did, each file that gave no page with its reason, and those not read."""
    if as_json:
        print_json(asdict(report))
        return
    out = console()
    state = "published" if report.changed else "unchanged, nothing new to publish"
    out.print(f"Generation {report.generation}: {state}.")
    counts = Table.grid(padding=(0, 2))
    for name in ("pages", "passages", "embedded", "reused"):
        counts.add_row(name, str(getattr(report, name)))
    counts.add_row("removed", str(len(report.removed)))
    counts.add_row("quarantined", str(len(report.quarantined)))
    out.print(counts)
    for slug in report.removed:
        out.print(Text(f"removed: {slug}", style="yellow"))
    for each in report.quarantined:
        out.print(Text(f"{each.source}: {each.reason}", style="yellow"))
        out.print(Padding(Text(each.advice, style="dim"), (0, 0, 0, 2)))
    if left_out:
        endings = " ".join(sorted({Path(name).suffix.lower() or "none" for name in left_out}))
        out.print(Text(f"left out for their endings ({endings}): {len(left_out)}", style="yellow"))
        out.print(Padding(Text(left_out[0], style="dim"), (0, 0, 0, 2)))


def show_status(status: Status, as_json: bool) -> None:
    """Print whether it can answer, from which generation, and each thing that is degraded."""
    if as_json:
        print_json(status_document(status))
        return
    out = console()
    state = "degraded" if status.degraded else "ready"
    out.print(f"{state}: generation {status.generation} serves.")
    for line in status.degraded:
        out.print(Text(line, style="yellow"))


def show_not_ready(error: AssistantError) -> None:
    """Print for programs why nothing can be answered, as ``GET /readyz`` says it."""
    print_json(not_ready_document(error))


def show_hits(hits: Sequence[Hit], as_json: bool) -> None:
    """Print ranked passages with their scores."""
    if as_json:
        print_json({"hits": [hit_document(hit) for hit in hits]})
        return
    out = console()
    for hit in hits:
        head = Text(f"{hit.score:6.3f}  ", style="cyan")
        head.append(f"{hit.passage.title} › {hit.passage.heading}", style="bold")
        out.print(head)
        out.print(Padding(Text(hit.passage.text), (0, 0, 1, 8)))


def show_pages(names: Sequence[PageNames], as_json: bool) -> None:
    """Print slug, title and aliases of each page."""
    if as_json:
        print_json({"exercises": [names_document(each) for each in names]})
        return
    table = Table("slug", "title", "also called", box=None, header_style="bold")
    for each in names:
        table.add_row(each.slug, each.title, ", ".join(each.aliases))
    console().print(table)
