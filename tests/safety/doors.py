"""Every way to ask: Python, HTTP as JSON and as events, the page without JavaScript, the shell.

A door takes a message, and gives back what a visitor hears through it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from assistant.cli import app
from assistant.cli.showing import TITLES
from assistant.documents import reply_document
from assistant.domain import Finished, Said
from assistant.pipeline import Assistant
from tests.server.running import events_of, running


@dataclass(frozen=True)
class Heard:
    """What came through a door: the text, its pieces in the order in which they came, all bytes.

    ``reply`` is the JSON reply without its ids, where the door gives one.
    """

    text: str
    pieces: tuple[str, ...]
    raw: str
    reply: Mapping[str, Any] | None = None


# What the shell prints after a reply: sources, suggestions, in a chat the kind and the next prompt.
_AFTER = re.compile(r"^(?:\[\d+\] .* › |You could ask: |\([A-Z].*\)$|> )", re.MULTILINE)
Ask = Callable[..., Heard]
JSON_DOORS = ("python", "python stream", "json", "events", "accepted events", "command --json")
DOORS = (*JSON_DOORS, "page", "command", "chat")


@contextmanager
def doors(assistant: Assistant, data: Path, region: str = "INT") -> Iterator[dict[str, Ask]]:
    """Yield every door to an assistant over a data folder, by name."""
    with running(assistant) as url, httpx.Client(base_url=url, trust_env=False) as client:
        shell = _Shell(data, region)
        yield {
            "python": _Python(assistant).ask,
            "python stream": _Python(assistant).stream,
            "json": _Http(client).ask,
            "events": _Http(client).events,
            "accepted events": _Http(client).accepted_events,
            "page": _Http(client).page,
            "command": shell.plain,
            "command --json": shell.as_json,
            "chat": shell.chat,
        }


def _of(document: Mapping[str, Any], pieces: list[str] | None = None, raw: str = "") -> Heard:
    """Return what a reply says; the ids differ from one asking to the next."""
    said = [segment["text"] for segment in document["segments"]]
    same = {**document, "id": None, "conversation_id": None, "index": None}
    raw = raw or json.dumps(document, ensure_ascii=False)
    return Heard(document["text"], tuple(said if pieces is None else pieces), raw, same)


@dataclass(frozen=True)
class _Python:
    assistant: Assistant

    def ask(self, message: str, page: str | None = None) -> Heard:
        return _of(reply_document(self.assistant.ask(message, page=page)))

    def stream(self, message: str, page: str | None = None) -> Heard:
        events = list(self.assistant.stream(message, page=page))
        said = [event.segment.text for event in events if isinstance(event, Said)]
        assert isinstance(events[-1], Finished)
        return _of(reply_document(events[-1].reply), said)


@dataclass(frozen=True)
class _Http:
    client: httpx.Client

    def ask(self, message: str, page: str | None = None) -> Heard:
        response = self.client.post("/v1/chat", json={"message": message, "page": page})
        assert response.status_code == 200, response.text
        return _of(response.json(), raw=response.text)

    def events(self, message: str, page: str | None = None) -> Heard:
        return self._streamed({"message": message, "page": page, "stream": True}, {})

    def accepted_events(self, message: str, page: str | None = None) -> Heard:
        return self._streamed({"message": message, "page": page}, {"Accept": "text/event-stream"})

    def _streamed(self, body: dict[str, object], headers: dict[str, str]) -> Heard:
        with self.client.stream("POST", "/v1/chat", json=body, headers=headers) as response:
            events = list(events_of(response))
        names = [event["event"] for event in events]
        assert names == ["meta", *["segment"] * (len(events) - 2), "done"]
        said = [json.loads(event["data"])["text"] for event in events[1:-1]]
        raw = "\n".join(event["data"] for event in events)
        return _of(json.loads(events[-1]["data"]), said, raw)

    def page(self, message: str, page: str | None = None) -> Heard:
        form = {"message": message, "page": page or ""}
        response = self.client.post("/ask", data=form)
        assert response.status_code == 200, response.text
        answer = LexborHTMLParser(response.text).css_first(".said")
        assert answer is not None
        pieces = tuple(span.text() for span in answer.css("span"))
        return Heard("".join(pieces), pieces, response.text)


@dataclass(frozen=True)
class _Shell:
    data: Path
    region: str

    def plain(self, message: str, page: str | None = None) -> Heard:
        printed = self._run("ask", message, *_on(page))
        titles = [title for title, _ in TITLES.values()]
        first, _, rest = printed.partition("\n")
        text = _AFTER.split(rest if first in titles else printed)[0].strip()
        return Heard(text, (text,), printed)

    def as_json(self, message: str, page: str | None = None) -> Heard:
        printed = self._run("ask", message, "--json", *_on(page))
        return _of(json.loads(printed), raw=printed)

    def chat(self, message: str, page: str | None = None) -> Heard:
        printed = self._run("chat", *_on(page), said=message + "\n\n")
        text = _AFTER.split(printed.split("\n> ", 1)[1])[0].strip()
        return Heard(text, (text,), printed)

    def _run(self, *arguments: str, said: str = "") -> str:
        variables = {"ASSISTANT_REGION": self.region, "NO_COLOR": "1", "COLUMNS": "2000"}
        command = [*arguments, "--data", str(self.data)]
        done = CliRunner().invoke(app, command, input=said, env=variables)
        assert done.exit_code == 0, (done.output, done.exception)
        return done.stdout


def _on(page: str | None) -> list[str]:
    return [] if page is None else ["--page", page]


def first_sentences(text: str, count: int = 2) -> str:
    """Return the opening of a text; a full stop ends a sentence when a space follows."""
    return " ".join(re.split(r"(?<=[.!?])\s+", text.strip())[:count])
