"""A conversation in the terminal: sentences appear as they are verified."""

from __future__ import annotations

from rich.text import Text

from assistant.cli.showing import TITLES, console, marked, source_line
from assistant.domain import Finished, Reply, Said
from assistant.errors import InvalidQuestion
from assistant.pipeline import Assistant

HELP = "Ask about an exercise. An empty line or Ctrl-D ends the conversation."


def converse(assistant: Assistant, page: str | None) -> None:
    """Read questions and print answers until the person stops."""
    out = console()
    out.print(Text(HELP, style="dim"))
    conversation: str | None = None
    while True:
        try:
            message = input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not message:
            return
        try:
            conversation = _answer(assistant, message, conversation, page).conversation_id
        except InvalidQuestion as error:
            out.print(Text(str(error), style="yellow"))


def _answer(
    assistant: Assistant, message: str, conversation: str | None, page: str | None
) -> Reply:
    out = console()
    for event in assistant.stream(message, conversation_id=conversation, page=page):
        if isinstance(event, Said):
            out.print(marked([event.segment]), end="")
        if isinstance(event, Finished):
            return _finish(event.reply)
    raise AssertionError("a stream always ends with Finished")


def _finish(reply: Reply) -> Reply:
    out = console()
    out.print()
    for citation in reply.citations:
        out.print(source_line(citation))
    if reply.kind in TITLES:
        title, style = TITLES[reply.kind]
        out.print(Text(f"({title})", style=style))
    return reply
