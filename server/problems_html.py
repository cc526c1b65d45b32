"""Errors as pages for people: what was wrong and what to do, where a browser would show JSON.

A problem document becomes a page when its path is one for people and the request prefers HTML:

>>> prefers_html("text/html,application/xhtml+xml,*/*;q=0.8")
True
>>> prefers_html("*/*"), prefers_html("application/json, text/html;q=0.9")
(False, False)
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import AssistantError
from assistant.ports import PageNames
from server.listing import near_pages
from server.pages_html import render
from server.problems import MEDIA_TYPE, Refused

_FOR_PROGRAMS = re.compile(r"/(?:v1|widget|static)/|/(?:openapi\.json|livez|readyz|version)$")
_NOWHERE = (
    "There is no page at this address",
    "It may be mistyped, or the page has moved. Look for the exercise by its name.",
)
# code -> what was wrong, what to do; the document's own sentences speak to programs.
WORDS: dict[str, tuple[str, str]] = {
    "not_found": _NOWHERE,
    "unknown_page": _NOWHERE,
    "unauthorized": (
        "This page is for its owner",
        "Load it again to be asked for the key: any user name, and the key as the password.",
    ),
    "method_not_allowed": (
        "This address cannot be used in this way",
        "Open it as a link, or begin again from the list of exercises.",
    ),
    "request_timeout": (
        "Your request did not arrive in time",
        "Check your connection, go back, and send it again.",
    ),
    "too_large": (
        "That was too much text",
        "A question has at most 1,000 characters. Go back, shorten it, and ask again.",
    ),
    "rate_limited": ("Too many wrong keys", "Wait a minute, then load the page again."),
    "internal": (
        "Something went wrong on the server",
        "Please try again. If it stays, tell the owner of this site what stands below.",
    ),
    "not_ready": (
        "The pages are not ready just now",
        "Please load this page again in a little while.",
    ),
    "storage": (
        "The server cannot do this just now",
        "Please try again in a little while.",
    ),
    "overloaded": (
        "Many people are here just now",
        "Please wait a moment, then load the page again.",
    ),
}
_OTHER = ("This request cannot be read", "Go back and try again.")


def prefers_html(accept: str) -> bool:
    """Return whether an Accept header wants HTML more than any JSON."""
    wanted = _qualities(accept)
    return _quality(wanted, "text/html") > max(
        _quality(wanted, "application/json"), _quality(wanted, MEDIA_TYPE)
    )


def error_page(problem: Mapping[str, Any], query: str, near: Sequence[PageNames] = ()) -> bytes:
    """Return the page that says a problem in words.

    ``query`` is what the search box holds, ``near`` the exercises that may be meant.
    """
    what, advice = WORDS.get(problem["code"], _OTHER)
    if problem["code"] == "invalid_request":
        advice = problem["detail"]
    page = render("error.html", problem=problem, what=what, advice=advice, query=query, near=near)
    return bytes(page.body)


class ProblemPages:
    """Turns a problem document on its way to a browser into a page, headers and status kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application; what is no problem passes as it is."""
        if scope["type"] != "http" or _FOR_PROGRAMS.match(scope["path"]):
            await self._app(scope, receive, send)
            return
        wants_page = prefers_html(",".join(Headers(scope=scope).getlist("accept")))
        started: Message | None = None

        async def as_page(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start" and _is_problem(message):
                MutableHeaders(scope=message).add_vary_header("Accept")
                if wants_page:
                    started = message
                    return
            elif started is not None:
                body = await _page(json.loads(message["body"]), scope)
                headers = MutableHeaders(scope=started)
                headers["Content-Type"] = "text/html; charset=utf-8"
                headers["Content-Length"] = str(len(body))
                message, begun, started = {**message, "body": body}, started, None
                await send(begun)
            await send(message)

        await self._app(scope, receive, as_page)


async def _page(problem: Mapping[str, Any], scope: Scope) -> bytes:
    query = _words_of(scope["path"]) if problem["status"] == 404 else ""
    near: list[PageNames] = []
    if query:
        door = scope["app"].state.door
        with suppress(AssistantError, Refused):  # the page is as true without them
            near = await door.call(lambda: near_pages(door.assistant.pages(), query))
    return error_page(problem, query, near)


def _is_problem(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith(MEDIA_TYPE)


def _words_of(path: str) -> str:
    """Return what an address seems to look for: the words of its last part."""
    last = unquote(path).rstrip("/").rpartition("/")[2].removesuffix(".html")
    return " ".join(re.findall(r"\w+", last.replace("_", " ")))[:60]


def _quality(wanted: Mapping[str, float], media_type: str) -> float:
    """Return what the narrowest range that covers a media type says."""
    ranges = (media_type, media_type.partition("/")[0] + "/*", "*/*")
    return next((wanted[one] for one in ranges if one in wanted), 0.0)


def _qualities(accept: str) -> dict[str, float]:
    wanted = {}
    for part in accept.split(",")[:50]:
        name, _, options = part.partition(";")
        given = re.search(r"(?:^|;)\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*(?:;|$)", options)
        wanted[name.strip().lower()] = float(given[1]) if given else 1.0
    return wanted
