"""Response headers: content policy, CORS for the API and the widget, HEAD, unexpected errors.

Pure ASGI. Any site may call ``/v1`` and load the widget by default, never with credentials:
the widget stands on other sites, a conversation's id is the only key, and no cookie exists.
"""

from __future__ import annotations

import logging
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.problems import Problem, new_instance, problem_of

_log = logging.getLogger(__name__)
_SHARED = ("/v1/", "/widget/")
_PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"


class SafeHeaders:
    """Sets the policy headers on every response and answers HEAD wherever GET is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application with a ``send`` that adds the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        await self._app({**scope, "method": method}, receive, with_headers)


class CaughtErrors:
    """Turns an unexpected exception into a problem whose instance stands in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application; once a response has started, an error can only break it off."""
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            instance = new_instance()
            _log.exception("A request failed (%s).", instance)
            await problem_of(error, instance).response()(scope, receive, send)


class SharedWithSites(CORSMiddleware):
    """Starlette's CORS, on the API and the widget only, refusing with a problem document."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=("GET", "HEAD", "POST", "DELETE"),
            allow_headers=("Content-Type", "Accept"),
            expose_headers=("ETag", "Retry-After"),
            max_age=600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer preflights and mark responses below the shared paths."""
        shared = scope["type"] == "http" and scope["path"].startswith(_SHARED)
        handler = super().__call__ if shared else self.app
        await handler(scope, receive, send)

    def preflight_response(self, request_headers: Headers) -> Response:
        """Return Starlette's answer, or a problem where it would refuse in plain text."""
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        detail = bytes(response.body).decode() + "."
        advice = "The origin must be in ASSISTANT_CORS_ORIGINS, the method and headers documented."
        return Problem("bad_request", detail, advice).response()


def _add_headers(headers: MutableHeaders, path: str) -> None:
    is_page = headers.get("content-type", "").startswith("text/html")
    headers["Content-Security-Policy"] = _PAGE_POLICY if is_page else _DATA_POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    referrer = "strict-origin-when-cross-origin" if is_page else "no-referrer"
    headers.setdefault("Referrer-Policy", referrer)
    if is_page:
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
    shared = path.startswith("/widget/")
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if shared else "same-origin"
    if path.startswith(("/widget/", "/static/")):
        headers.setdefault("Cache-Control", "no-cache")
