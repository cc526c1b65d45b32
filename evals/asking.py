"""Two doors to ask through: the assistant in this process, or a server by its URL."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpx

from assistant.bootstrap import build
from assistant.documents import hit_document, reply_document
from assistant.embedding import LazyEmbeddings, embeddings_id
from assistant.index import LiveIndex
from assistant.pipeline import Assistant, Indexes
from assistant.ports import Embeddings
from assistant.settings import Settings
from evals.remembering import MemoryConversations
from evals.scoring import PageText, ReplyDocument
from evals.waiting import seconds_to_wait

# (message, page, conversation id or None) to the reply as ``POST /v1/chat`` gives it.
Ask = Callable[[str, str | None, str | None], ReplyDocument]
# (query, k) to at most ``k`` hits as ``GET /v1/search`` gives them, best first.
Search = Callable[[str, int], list[dict[str, Any]]]

TRIES = 20  # of one request while the server says that it is busy


@dataclass(frozen=True, slots=True)
class Door:
    """How to ask, how to search, and how to read a page's canonical text by its slug."""

    ask: Ask
    search: Search
    page_text: PageText


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of an assistant in this process; baselines search the same index."""

    assistant: Assistant
    indexes: Indexes
    embeddings: Embeddings

    def door(self) -> Door:
        """Return how to ask the assistant."""

        def ask(message: str, page: str | None, conversation: str | None) -> ReplyDocument:
            reply = self.assistant.ask(message, page=page, conversation_id=conversation)
            return reply_document(reply)

        def search(query: str, k: int) -> list[dict[str, Any]]:
            return [hit_document(hit) for hit in self.assistant.search(query, k)]

        text = lru_cache(maxsize=None)(lambda slug: self.assistant.page(slug).text)
        return Door(ask, search, text)


@contextmanager
def opened(settings: Settings, **overrides: Any) -> Iterator[Opened]:
    """Build the assistant over the index of a data folder; its conversations stay untouched.

    ``overrides`` replace parts as in ``assistant.bootstrap.build``.
    """
    parts: dict[str, Any] = {"conversations": MemoryConversations(), **overrides}
    parts.setdefault("embeddings", RememberedEmbeddings(LazyEmbeddings(settings)))
    if "indexes" not in parts:
        parts["indexes"] = LiveIndex(settings.data, embeddings_id(settings), warm=True)
    assistant = build(settings, warm=True, **parts)
    try:
        yield Opened(assistant, parts["indexes"], parts["embeddings"])
    finally:
        assistant.close()


@contextmanager
def over_http(url: str) -> Iterator[Door]:
    """Yield the door of a running server."""
    with httpx.Client(base_url=url, timeout=30) as client:

        def get(path: str, **query: object) -> Any:
            params = {name: str(value) for name, value in query.items()}
            return _patiently(lambda: client.get(path, params=params))

        def ask(message: str, page: str | None, conversation: str | None) -> ReplyDocument:
            body = {"message": message, "page": page, "conversation_id": conversation}
            document: ReplyDocument = _patiently(lambda: client.post("/v1/chat", json=body))
            return document

        def search(query: str, k: int) -> list[dict[str, Any]]:
            hits: list[dict[str, Any]] = get("/v1/search", q=query, k=k)["hits"]
            return hits

        text = lru_cache(maxsize=None)(lambda slug: str(get(f"/v1/exercises/{slug}")["text"]))
        yield Door(ask, search, text)


class RememberedEmbeddings:
    """Any embeddings, each question embedded once: every baseline asks the same questions."""

    def __init__(self, inner: Embeddings) -> None:
        self._inner = inner
        self._query = lru_cache(maxsize=20_000)(inner.embed_query)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text, in order."""
        return self._inner.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question."""
        return self._query(text)


def _patiently(send: Callable[[], httpx.Response]) -> Any:
    """Return the JSON of a reply; where the server is busy, wait as long as it asks."""
    for _ in range(TRIES):
        reply = send()
        after = reply.headers.get("retry-after")
        seconds = seconds_to_wait(reply.status_code, reply.content, after)
        if seconds is None:
            break
        time.sleep(seconds)
    reply.raise_for_status()
    return reply.json()
