"""A small server on loopback that shows on purpose the faults that a good server avoids.

The first word of a question names the state: an answer of ``documents.ANSWERS``, or a fault of
``FAULTS``. ``/strict`` and ``/loose`` are host pages with and without a content policy.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from assistant.domain import Page, Span
from server.filtering import filters_of
from server.joining import ENTRY, joined_script
from server.marking import marked_sections
from server.pages_html import templates
from tests.widget import documents

SERVER = Path(__file__).parents[2] / "server"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
STRICT = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
PAGES = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HOST = """<!doctype html><html lang="en"><title>A host page</title>
<script type="module" src="/widget/1/exercise-chat.js"></script>
<main><h1>A host page</h1><exercise-chat endpoint="/" page="knee-rolls" timeout="1">
</exercise-chat></main></html>"""

BARE = """<!doctype html><html lang="en"><title>Another site</title>
<exercise-chat page="lying-knee-rolls"></exercise-chat></html>"""


class Stub(ThreadingHTTPServer):
    """Serves until closed; ``asked`` has the questions, ``rated`` the feedback, oldest first."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[documents.Document] = []
        self.bare = BARE
        self.bare_policy = ""
        self.rated: list[documents.Document] = []
        self.deleted: list[str] = []
        self.answers: dict[str, Callable[[], documents.Document]] = dict(documents.ANSWERS)
        self.page: Callable[[], documents.Document] = documents.page_document
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        Thread(target=self.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop serving and free the port."""
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """Routes of the contract that the widget and the site use."""

    server: Stub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the terminal."""

    def do_GET(self) -> None:
        """Serve files, the templates with canned values, and the host pages."""
        path = urlsplit(self.path).path
        folder, _, name = path.removeprefix("/widget/1/").removeprefix("/").rpartition("/")
        if path == f"/widget/1/{ENTRY}":
            self._send(200, TYPES[".js"], joined_script(SERVER / "widget"))
        elif path.startswith("/widget/1/"):
            self._file(SERVER / "widget" / name)
        elif folder == "static":
            self._file(SERVER / "static" / name)
        elif path.startswith("/v1/exercises/"):
            self._json(200, self.server.page())
        elif path == "/bare":
            self._send(200, "text/html", self.server.bare.encode(), policy=self.server.bare_policy)
        elif path in ("/strict", "/loose"):
            self._send(200, "text/html", HOST.encode(), policy=STRICT if path == "/strict" else "")
        else:
            self._template(path)

    def do_POST(self) -> None:
        """Answer a question by the state that its first word names."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path == "/v1/feedback":
            self.server.rated.append(body)
            self._send(204, "text/plain", b"")
            return
        self.server.asked.append(body)
        word = body["message"].split()[0].lower()
        if body["page"] == "nowhere":
            self.problem(404, "unknown_page")
        elif word in FAULTS:
            FAULTS[word](self)
        else:
            self.events(self._whole(self.server.answers.get(word, documents.answer)()))

    def do_DELETE(self) -> None:
        """Forget a conversation."""
        self.server.deleted.append(self.path)
        self._send(204, "text/plain", b"")

    def events(self, events: Iterator[tuple[str, Any]], *, ends: bool = True) -> None:
        """Send events in chunks; without ``ends`` the connection breaks off inside the body."""
        self._head(200, "text/event-stream", {"Transfer-Encoding": "chunked"})
        with suppress(OSError):  # the browser stopped reading
            for name, data in events:
                text = data if name == "raw" else f"event: {name}\ndata: {json.dumps(data)}\n\n"
                chunk = text.encode()
                self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                self.wfile.flush()
            if ends:
                self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def problem(self, status: int, code: str, headers: dict[str, str] | None = None) -> None:
        """Send a problem document."""
        document = {"type": "about:blank", "title": code, "status": status, "code": code}
        body = json.dumps(document).encode()
        self._send(status, "application/problem+json", body, headers)

    def _whole(self, reply: documents.Document) -> Iterator[tuple[str, Any]]:
        ids = ("id", "conversation_id", "index")
        yield "meta", {key: reply[key] for key in ids}
        for said in reply["segments"]:
            used = [one for one in reply["citations"] if one["number"] in said["citations"]]
            yield "segment", {**said, "citations": used}
            time.sleep(0.01)
        yield "done", reply

    def _template(self, path: str) -> None:
        page = documents.record(self.server.page())
        last = page.sections[-1]
        values = {
            "exercises": exercises(page),
            "page": page,
            "sections": marked_sections(page, Span(last.start, last.start + 20)),
            "note": None,
            "query": "",
            "filters": filters_of(exercises(page)),
            "found": None,
        }
        name = {"/": "demo.html", "/exercises": "exercises.html"}.get(path, "exercise.html")
        text = templates().get_template(name).render(values)
        self._send(200, "text/html; charset=utf-8", text.encode(), policy=PAGES)

    def _file(self, path: Path) -> None:
        if path.is_file():
            self._send(200, TYPES[path.suffix], path.read_bytes())
        else:
            self.problem(404, "not_found")

    def _json(self, status: int, document: documents.Document) -> None:
        self._send(status, "application/json", json.dumps(document).encode())

    def _send(
        self,
        status: int,
        media_type: str,
        body: bytes,
        headers: dict[str, str] | None = None,
        policy: str = "",
    ) -> None:
        policies = {"Content-Security-Policy": policy} if policy else {}
        length = {"Content-Length": str(len(body))}
        self._head(status, media_type, {**length, **policies, **(headers or {})})
        self.wfile.write(body)

    def _head(self, status: int, media_type: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": media_type, **headers}.items():
            self.send_header(name, value)
        self.end_headers()


def exercises(page: Page) -> list[Page]:
    """Return the list of the demo page: the canned page and a few more names."""
    names = ["Bird dog", "Calf raise", "Cat–cow", "Dead bug", "Glute bridge", "Plank", "Wall sit"]
    others = [
        replace(page, slug=name.lower(), title=name, aliases=(), level=("beginner", "hard")[at % 2])
        for at, name in enumerate(names)
    ]
    return sorted([*others, page], key=lambda one: one.title)


def _begun(handler: Handler, pause: float = 0, count: int = 1) -> Iterator[tuple[str, Any]]:
    first = next(handler._whole(documents.answer()))
    yield first
    for number in range(count):
        yield "segment", {"text": f"Sentence {number}. ", "role": "frame", "citations": []}
        time.sleep(pause)


def _silence(handler: Handler) -> Iterator[tuple[str, Any]]:
    yield from _begun(handler, count=0)
    time.sleep(3)


def _failed(handler: Handler) -> Iterator[tuple[str, Any]]:
    yield from _begun(handler)
    yield "error", {"title": "Not ready", "status": 503, "code": "not_ready"}


FAULTS: dict[str, Callable[[Handler], None]] = {
    "slow": lambda it: it.events(_begun(it, 0.1, 30)),
    "silent": lambda it: it.events(_silence(it)),
    "cut": lambda it: it.events(_begun(it)),
    "broken": lambda it: it.events(_begun(it, 0.2), ends=False),
    "failing": lambda it: it.events(_failed(it)),
    "garbage": lambda it: it.events(iter([("raw", "event: meta\ndata: <html>\n\n")])),
    "many": lambda it: it.problem(429, "rate_limited", {"Retry-After": "7"}),
    "busy": lambda it: it.problem(503, "overloaded", {"Retry-After": "1"}),
    "refused": lambda it: it.problem(422, "invalid_request"),
    "expired": lambda it: it.problem(404, "unknown_conversation"),
    "crash": lambda it: it._send(500, "text/html", b"<h1>no</h1>"),
}
