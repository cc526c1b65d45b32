"""Server-sent events: a thread runs the core's generator, the event loop sends what it says."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Literal

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from assistant.documents import citation_document, reply_document
from assistant.domain import Event, Finished, Said, Started
from server.problems import new_instance, problem_of

# An event, what the generator raised, or None after the last event.
Item = Event | Exception | None
_log = logging.getLogger(__name__)


class Feed:
    """One reply on its way from the thread that makes it to the client that reads it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Item] = asyncio.Queue()
        self._stopped = threading.Event()

    def fill(self, start: Callable[[], Iterator[Event]]) -> None:
        """Run the generator to its end, or until ``stop``. To be called in a thread."""
        try:
            if not self._stopped.is_set():
                self._run(start())
        except Exception as error:
            self._put(error)
        finally:
            self._put(None)

    def stop(self) -> None:
        """Say that nobody reads any more: the generator is closed at its next event."""
        self._stopped.set()

    async def next(self) -> Item:
        """Return what comes next."""
        return await self._queue.get()

    async def next_or_pause(self, seconds: float) -> Item | Literal["pause"]:
        """Return what comes next, or "pause" when nothing came for so long."""
        try:
            async with asyncio.timeout(seconds):
                return await self._queue.get()
        except TimeoutError:
            return "pause"

    def _run(self, events: Iterator[Event]) -> None:
        try:
            for event in events:
                self._put(event)
                if self._stopped.is_set():
                    return
        finally:
            close = getattr(events, "close", None)
            if close is not None:
                close()

    def _put(self, item: Item) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: the server has stopped
            self._loop.call_soon_threadsafe(self._queue.put_nowait, item)


class EventStream(StreamingResponse):
    """The response that reads a feed; however it ends, the feed is told to stop."""

    media_type = "text/event-stream"

    def __init__(self, feed: Feed, first: Item, ping_seconds: float) -> None:
        super().__init__(
            _events(feed, first, ping_seconds),
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        self._feed = feed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events; Starlette cancels this when the client leaves."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._feed.stop()


async def _events(feed: Feed, first: Item, ping_seconds: float) -> AsyncIterator[bytes]:
    reply_id = first.id if isinstance(first, Started) else ""
    item: Item | Literal["pause"] = first
    number = 0
    while item is not None:
        if item == "pause":
            yield KEEPALIVE_COMMENT
        else:
            yield _encode(item, f"{reply_id}:{number}")
            number += 1
        item = await feed.next_or_pause(ping_seconds)


def _failure(error: Exception) -> dict[str, object]:
    instance = new_instance()
    problem = problem_of(error, instance)
    _log.error("A stream broke off (%s).", instance, exc_info=error)
    return problem.document()


def _encode(item: Event | Exception, event_id: str) -> bytes:
    name, data = _named(item)
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return format_sse_event(data_str=text, event=name, id=event_id)


def _named(item: Event | Exception) -> tuple[str, dict[str, object]]:
    match item:
        case Started():
            index = {"generation": item.generation, "corpus": item.corpus}
            ids = {"id": item.id, "conversation_id": item.conversation_id}
            return "meta", {**ids, "index": index}
        case Said():
            citations = [citation_document(citation) for citation in item.citations]
            segment = item.segment
            return "segment", {"text": segment.text, "role": segment.role, "citations": citations}
        case Finished():
            return "done", reply_document(item.reply)
        case _:
            return "error", _failure(item)
