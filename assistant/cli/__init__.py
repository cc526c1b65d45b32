"""The commands of ``python -m assistant``, one file each where they have something to show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.showing import (
    show_hits,
    show_not_ready,
    show_pages,
    show_reply,
    show_report,
    show_status,
)
from assistant.errors import AssistantError, SourceError
from assistant.settings import Settings, read_settings

app = typer.Typer(
    help="Answers questions about exercises from your own pages, each sentence cited.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder for the index and conversations [default: var]."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the API's JSON instead.")]


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders with pages.")],
    data: Data = None,
    add: Annotated[bool, typer.Option("--add", help="Keep pages of earlier paths.")] = False,
    accept_shrunk: Annotated[
        bool,
        typer.Option("--accept-shrunk", help="Take pages that lost more than half their text."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Read pages and publish a new index that holds exactly them."""
    from assistant.bootstrap import ingest as run
    from assistant.cli.progress import progress_bars
    from assistant.pages import left_out

    settings = _settings(data)
    with progress_bars() as progress:
        report = run(paths, settings, progress=progress, add=add, accept_shrunk=accept_shrunk)
    show_report(report, [] if as_json else left_out(paths), as_json)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    page: Annotated[str | None, typer.Option(help="Slug of the page that you read.")] = None,
    conversation: Annotated[str | None, typer.Option(help="Id to go on with.")] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Answer one question."""
    from assistant.bootstrap import build

    assistant = build(_settings(data))
    try:
        reply = assistant.ask(question, conversation_id=conversation, page=page)
        show_reply(reply, as_json)
    finally:
        assistant.close()


@app.command()
def chat(
    page: Annotated[str | None, typer.Option(help="Slug of the page that you read.")] = None,
    data: Data = None,
) -> None:
    """Hold a conversation in the terminal."""
    from assistant.bootstrap import build
    from assistant.cli.chatting import converse

    assistant = build(_settings(data))
    try:
        converse(assistant, page)
    finally:
        assistant.close()


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="Passages to show.")] = 10,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Show the passages nearest to a query, with their scores."""
    from assistant.bootstrap import build

    assistant = build(_settings(data))
    try:
        show_hits(assistant.search(query, k), as_json)
    finally:
        assistant.close()


@app.command()
def pages(data: Data = None, as_json: Json = False) -> None:
    """List the pages in the index."""
    from assistant.bootstrap import build

    assistant = build(_settings(data))
    try:
        show_pages(assistant.pages(), as_json)
    finally:
        assistant.close()


@app.command()
def status(data: Data = None, as_json: Json = False) -> None:
    """Say whether questions can be answered, and what is degraded, with what to do.

    Opens index, model and safety layer as the server does, and Chroma even where so few passages
    need none. Exit code 0: it can answer, degraded or not; 1: it cannot.
    """
    from assistant.bootstrap import build

    try:
        assistant = build(_settings(data), warm=True)
    except AssistantError as error:
        if as_json:
            show_not_ready(error)
            raise typer.Exit(1) from error
        raise
    try:
        show_status(assistant.status(), as_json)
    finally:
        assistant.close()


@app.command()
def gaps(
    days: Annotated[int, typer.Option(min=1, max=3650, help="Days to look back.")] = 30,
    most: Annotated[int, typer.Option(min=1, max=1000, help="Groups to show.")] = 20,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List what visitors asked and the pages could not answer: what to write next.

    Refused and voted-down questions of the stored conversations, grouped by meaning, the most
    frequent first, with the nearest page and section; what lies outside the pages stands last.
    """
    from assistant.bootstrap import build
    from assistant.cli.gaps import show_gaps
    from assistant.conversations import days_ago

    assistant = build(_settings(data))
    try:
        asked = assistant.asked(days_ago(days))
        show_gaps(assistant.gaps(asked)[:most], len(asked), days, as_json)
    finally:
        assistant.close()


@app.command()
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders with pages [default: corpus].")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Use the strict limits; warnings count as failure.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say what is wrong with pages, file by file; nothing is indexed.

    Exit code 0: no errors; 1: errors (with --strict warnings too); 2: a path is wrong.
    """
    from assistant.checking import check as run
    from assistant.cli.checking import show_findings
    from assistant.pages import Limits

    settings = read_settings()
    limits = Limits(page_bytes=settings.page_bytes, seconds=settings.parse_seconds)
    try:
        report = run(paths or [settings.corpus], strict=strict, limits=limits)
    except SourceError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    show_findings(report, as_json)
    raise typer.Exit(1 if report.failed else 0)


def _settings(data: Path | None) -> Settings:
    return read_settings() if data is None else read_settings(data=data)
