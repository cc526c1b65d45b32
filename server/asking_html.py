"""Asking without JavaScript: a form, and the answer as a page with numbered sources.

The question comes in the body of a POST and nowhere else: what people ask about their health
belongs in no address, history or log. Nothing is kept but what ``POST /v1/chat`` keeps too.
"""

from __future__ import annotations

import logging
from functools import partial
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from assistant.errors import AssistantError
from server.door import Door, OpenDoor
from server.lines import lines_of
from server.pages_html import render
from server.problems import RETRY_AFTER, Refused, new_instance, problem_of
from server.schemas import ChatRequest

_log = logging.getLogger(__name__)
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 20
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}

# code -> what a person reads; the API's own sentences speak to programs.
_WORDS = {
    "invalid_request": "Please write a question of 1 to 1,000 characters, then ask again.",
    "unknown_page": "The page that you asked from is not there any more. Please ask again.",
    "unknown_conversation": "This conversation has expired. Asking again starts a new one.",
    "overloaded": "Many people are asking just now. Please wait a moment, then ask again.",
    "not_ready": "The assistant is not ready just now. Please ask again in a little while.",
    "storage": "The assistant cannot answer just now. Please ask again in a little while.",
    "internal": "The assistant had a problem. Please ask again; if it stays, tell the owner.",
}
# What a form is emptied of so that asking again can work.
_DROPPED = {"unknown_page": "page", "unknown_conversation": "conversation_id"}

routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@routes.get("/ask")
async def form(request: Request) -> HTMLResponse:
    """Show the empty form; ``page`` is the slug of the page that it was opened from."""
    page = request.query_params.get("page", "")[:200]
    return _shown({"page": page})


@routes.post("/ask")
async def ask(request: Request, door: OpenDoor) -> HTMLResponse:
    """Answer the form's question; a failure is a page in words, with the question kept."""
    typed = _fields(request.headers.get("content-type", ""), await request.body())
    try:
        asked = ChatRequest(
            message=typed.get("message", ""),
            conversation_id=typed.get("conversation_id") or None,
            page=typed.get("page") or None,
            stream=False,
        )
    except ValidationError:
        return _failed("invalid_request", 422, typed)
    return await _answered(door, asked, typed)


async def _answered(door: Door, asked: ChatRequest, typed: dict[str, str]) -> HTMLResponse:
    work = partial(door.assistant.ask, conversation_id=asked.conversation_id, page=asked.page)
    try:
        reply = await door.call(work, asked.message)
    except (AssistantError, Refused) as error:
        problem = problem_of(error, new_instance())
        if problem.instance is not None:
            _log.error("/ask failed (%s): %s", problem.instance, error)
        return _failed(problem.code, problem.status, typed)
    follow_up = {"page": asked.page or "", "conversation_id": reply.conversation_id}
    lines = lines_of(reply.segments)
    return _shown(follow_up, question=asked.message, reply=reply, lines=lines)


def _failed(code: str, status: int, typed: dict[str, str]) -> HTMLResponse:
    kept = {name: value for name, value in typed.items() if name != _DROPPED.get(code)}
    response = _shown(kept, failure=_WORDS.get(code, _WORDS["internal"]), status=status)
    if code in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[code]
    return response


def _shown(fields: dict[str, str], *, status: int = 200, **shown: object) -> HTMLResponse:
    context = {"question": None, "reply": None, "lines": (), "failure": None, **shown}
    return render("ask.html", status=status, headers=_HEADERS, fields=fields, **context)


def _fields(media_type: str, body: bytes) -> dict[str, str]:
    """Return the form's fields, the last of each name; anything that is no form has none."""
    if media_type.split(";")[0].strip().lower() != _FORM:
        return {}
    try:
        read = parse_qs(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return {name: values[-1].replace("\r\n", "\n") for name, values in read.items()}
