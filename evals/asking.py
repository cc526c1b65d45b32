"""Two ways to ask: the assistant in this process, or a server by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

from assistant.bootstrap import build
from assistant.documents import reply_document
from assistant.settings import read_settings
from evals.running import Ask
from evals.scoring import PageText, ReplyDocument


@contextmanager
def in_process(data: Path | None) -> Iterator[tuple[Ask, PageText]]:
    """Yield how to ask the assistant over a data folder, and how to read its pages."""
    settings = read_settings() if data is None else read_settings(data=data)
    assistant = build(settings, warm=True)

    def ask(message: str, page: str | None, conversation: str | None) -> ReplyDocument:
        return reply_document(assistant.ask(message, page=page, conversation_id=conversation))

    try:
        yield ask, lru_cache(maxsize=None)(lambda slug: assistant.page(slug).text)
    finally:
        assistant.close()


@contextmanager
def over_http(url: str) -> Iterator[tuple[Ask, PageText]]:
    """Yield the same for a running server."""
    import httpx

    with httpx.Client(base_url=url, timeout=30) as client:

        def ask(message: str, page: str | None, conversation: str | None) -> ReplyDocument:
            body = {"message": message, "page": page, "conversation_id": conversation}
            reply = client.post("/v1/chat", json=body)
            reply.raise_for_status()
            document: ReplyDocument = reply.json()
            return document

        @cache
        def text(slug: str) -> str:
            return str(client.get(f"/v1/exercises/{slug}").json()["text"])

        yield ask, text
