"""The API: each route reads its request, calls the assistant in a thread, writes a document."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from assistant.asked import Feedback
from assistant.documents import hit_document, names_document, page_document, reply_document
from assistant.domain import Conversation
from server import schemas
from server.door import OpenDoor
from server.openapi import body, chat_responses, problems
from server.reading import read_chat_request, read_feedback_request, wants_events
from server.schemas import ChatRequest, FeedbackRequest, SearchRequest
from server.streaming import EventStream, Feed

_NO_STORE = {"Cache-Control": "no-store"}
_BODY_CODES = ("request_timeout", "too_large", "unsupported_media_type", "invalid_json")

routes = APIRouter(prefix="/v1")


@routes.post(
    "/chat",
    response_model=schemas.ReplyShape,
    responses=chat_responses()
    | problems(*_BODY_CODES, "invalid_request", "unknown_page", "unknown_conversation", "storage"),
    openapi_extra=body(ChatRequest),
)
async def chat(
    request: Request, door: OpenDoor, asked: Annotated[ChatRequest, Depends(read_chat_request)]
) -> Response:
    """Answer one message, as JSON or as server-sent events."""
    if asked.stream or wants_events(request.headers):
        return await _stream(door, asked)
    ask = partial(door.assistant.ask, conversation_id=asked.conversation_id, page=asked.page)
    reply = await door.call(ask, asked.message)
    return JSONResponse(reply_document(reply), headers=_NO_STORE)


@routes.get("/exercises", response_model=schemas.ExercisesShape, responses=problems())
async def exercises(request: Request, door: OpenDoor) -> Response:
    """List the pages."""
    pages = await door.call(door.assistant.pages)
    return _revalidated(request, {"exercises": [names_document(page) for page in pages]})


@routes.get(
    "/exercises/{slug}", response_model=schemas.PageShape, responses=problems("unknown_page")
)
async def exercise(request: Request, slug: str, door: OpenDoor) -> Response:
    """Return one page in its canonical text, to which all offsets refer."""
    return _revalidated(request, page_document(await door.call(door.assistant.page, slug)))


@routes.get("/search", response_model=schemas.HitsShape, responses=problems("invalid_request"))
async def search(asked: Annotated[SearchRequest, Query()], door: OpenDoor) -> Response:
    """Rank the passages, best first; group=page gives each page once."""
    hits = await door.call(door.assistant.search, asked.q, asked.k, asked.group)
    return JSONResponse({"hits": [hit_document(hit) for hit in hits]}, headers=_NO_STORE)


@routes.get(
    "/conversations/{conversation_id}",
    response_model=schemas.ConversationShape,
    responses=problems("unknown_conversation"),
)
async def conversation(conversation_id: str, door: OpenDoor) -> Response:
    """Return what was said in a conversation."""
    found = await door.call(door.assistant.conversation, conversation_id)
    return JSONResponse(_conversation_document(found), headers=_NO_STORE)


@routes.delete(
    "/conversations/{conversation_id}",
    status_code=204,
    responses=problems("unknown_conversation", "storage"),
)
async def forget(conversation_id: str, door: OpenDoor) -> Response:
    """Forget a conversation."""
    await door.call(door.assistant.forget, conversation_id)
    return Response(status_code=204, headers=_NO_STORE)


@routes.post(
    "/feedback",
    status_code=204,
    responses=problems(*_BODY_CODES, "invalid_request", "unknown_message", "storage"),
    openapi_extra=body(FeedbackRequest),
)
async def feedback(
    door: OpenDoor, given: Annotated[FeedbackRequest, Depends(read_feedback_request)]
) -> Response:
    """Keep a vote on a reply or on one of its citations, in place of an earlier one."""
    vote = Feedback(given.rating, given.comment, given.citation)
    await door.call(door.assistant.rate, given.message_id, vote)
    return Response(status_code=204, headers=_NO_STORE)


async def _stream(door: OpenDoor, asked: ChatRequest) -> Response:
    """Wait for the first event, so that a refusal is a status and not an event."""
    feed = Feed()
    start = partial(
        door.assistant.stream,
        asked.message,
        conversation_id=asked.conversation_id,
        page=asked.page,
    )
    door.threads.submit(feed.fill, start)
    first = await feed.next()
    if isinstance(first, Exception):
        raise first
    return EventStream(feed, first, door.settings.ping_seconds)


def _conversation_document(found: Conversation) -> dict[str, object]:
    turns = [asdict(turn) for turn in found.turns]
    return {"id": found.id, "created_at": found.created_at, "turns": turns}


def _revalidated(request: Request, document: dict[str, object]) -> Response:
    """Return the document with an ETag, or 304 when the client has it already."""
    body = json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    known = request.headers.get("if-none-match", "")
    if known == "*" or tag in (part.strip().removeprefix("W/") for part in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")
