"""What a request may cost: its body's size and the time that the body takes to arrive.

Pure ASGI. The body is received here, before the application starts: Content-Length may refuse
a request but is never trusted to admit one.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.problems import Problem

_LINGER_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """Limits of one request: bytes of its body, and seconds to receive it."""

    body_bytes: int
    body_seconds: float


class _ClientLeft(Exception):
    """The connection went away before the body was complete."""


class _TooLarge(Exception):
    """The body is larger than allowed."""


class LimitedRequests:
    """Middleware that answers 413 and 408 itself and hands on only whole, small bodies."""

    def __init__(self, app: ASGIApp, limits: RequestLimits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Receive the body within the limits, then run the application."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                body = await self._body(Headers(scope=scope), receive)
        except TimeoutError:
            await _refuse(self._late(), receive, send)
        except _TooLarge:
            await _refuse(self._large(), receive, send)
        except _ClientLeft:
            return
        else:
            await self._app(scope, _Replay(body, receive), send)

    async def _body(self, headers: Headers, receive: Receive) -> bytes:
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared[:20]) > self._limits.body_bytes:
            raise _TooLarge
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _ClientLeft
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._limits.body_bytes:
                raise _TooLarge
        return bytes(body)

    def _late(self) -> Problem:
        seconds = f"{self._limits.body_seconds:g}"
        return Problem("request_timeout", f"The body did not arrive within {seconds} seconds.")

    def _large(self) -> Problem:
        largest = f"{self._limits.body_bytes:,}"
        return Problem("too_large", f"The body is larger than {largest} bytes.")


class _Replay:
    """Gives the received body to the application, then what the connection says."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


async def _refuse(problem: Problem, receive: Receive, send: Send) -> None:
    """Answer, read on for a moment so that a busy client sees the answer, and close."""
    response = problem.response()
    response.headers["Connection"] = "close"
    headers = response.raw_headers
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": response.body, "more_body": True})
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LINGER_SECONDS):
            while (await receive()).get("more_body", False):
                pass
    await send({"type": "http.response.body", "body": b"", "more_body": False})
