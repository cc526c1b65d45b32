"""What a connection may cost before a request is whole: uvicorn has no such deadline itself.

Subclasses uvicorn's protocol: the head of a request (its first line and headers) must arrive
within a time and a size; when too many connections are open, the one that has been silent
longest is closed, so that half-open connections cannot keep an honest client out. A client that
does not read its answer is dropped.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.problems import Problem


@dataclass(slots=True)
class ConnectionLimits:
    """Limits of connections, and the connections that have no request under way, oldest first."""

    connections: int
    head_bytes: int
    head_seconds: float
    send_seconds: float
    idle: dict[LimitedConnection, None] = field(default_factory=dict)


class ServerConfig(uvicorn.Config):
    """uvicorn's configuration with our limits, which reach the protocol through it."""

    def __init__(self, app: Any, limits: ConnectionLimits, **options: Any) -> None:
        super().__init__(app, http=LimitedConnection, **options)
        self.limits = limits


class LimitedConnection(HttpToolsProtocol):
    """One connection, with a deadline and a size for each request's head."""

    _deadline: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None
    _head_bytes = 0

    @property
    def _limits(self) -> ConnectionLimits:
        return cast(ServerConfig, self.config).limits

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the first deadline; make room when there are too many connections."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # so that any unread byte starts the stall
        self._await_head()
        if len(self.connections) > self._limits.connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        self._end_stall()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count the bytes of a head; a head that has begun does not get more time."""
        if self._is_between_requests():
            self._await_head()
        waiting = self._deadline is not None
        super().data_received(data)
        if waiting and self._deadline is not None:
            self._head_bytes += len(data)
            if self._head_bytes > self._limits.head_bytes:
                largest = f"{self._limits.head_bytes:,}"
                self._end(Problem("head_too_large", f"The headers exceed {largest} bytes."))

    def on_headers_complete(self) -> None:
        """End the wait and let uvicorn start the request."""
        self._stop_waiting()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Let uvicorn go on; the connection counts as idle until its next request."""
        super().on_response_complete()
        if self._is_between_requests() and not self.transport.is_closing():
            self._limits.idle[self] = None

    def pause_writing(self) -> None:
        """Give a client that does not read some time, then drop the connection."""
        super().pause_writing()
        self._stall = self.loop.call_later(self._limits.send_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Let uvicorn write on: the client has read everything."""
        self._end_stall()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP with a problem document."""
        self._end(Problem("bad_request", msg))

    def _end_stall(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    def _make_room(self) -> None:
        """Drop the longest idle connection, or refuse this one when all others are at work."""
        longest_idle = next(iter(self._limits.idle))
        if longest_idle is self:
            self._end(Problem("overloaded", "Too many connections are open."))
        else:
            longest_idle.transport.abort()

    def _is_between_requests(self) -> bool:
        return self._deadline is None and (self.cycle is None or self.cycle.response_complete)

    def _await_head(self) -> None:
        self._head_bytes = 0
        self._limits.idle[self] = None
        self._deadline = self.loop.call_later(self._limits.head_seconds, self._head_is_late)

    def _stop_waiting(self) -> None:
        self._limits.idle.pop(self, None)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _head_is_late(self) -> None:
        seconds = f"{self._limits.head_seconds:g}"
        self._end(Problem("request_timeout", f"No request arrived within {seconds} seconds."))

    def _end(self, problem: Problem) -> None:
        """Answer outside the application and close."""
        self._stop_waiting()
        if self.transport.is_closing():
            return
        response = problem.response()
        response.headers["Connection"] = "close"
        lines = [b"HTTP/1.1 %d %s" % (problem.status, problem.title.encode())]
        lines += [b"%s: %s" % header for header in response.raw_headers]
        answer = b"\r\n".join([*lines, b"", bytes(response.body)])
        with contextlib.suppress(OSError):
            self.transport.write(answer)
        self.transport.close()
