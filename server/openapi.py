"""The parts of ``/openapi.json`` that FastAPI cannot know: problems, the body of a chat, events."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from server.problems import CODES, MEDIA_TYPE
from server.schemas import (
    ChatRequest,
    FeedbackRequest,
    MetaEvent,
    ProblemShape,
    ReplyShape,
    SegmentEvent,
)

_REFERENCE = "#/components/schemas/{model}"
_EVENTS = (
    "Server-sent events, each with an id: meta (MetaEvent), segment (SegmentEvent, one or more), "
    "done (ReplyShape), or error (ProblemShape) where something fails on the way."
)


def reference(model: type[BaseModel]) -> dict[str, str]:
    """Return the JSON reference to a model's schema."""
    return {"$ref": _REFERENCE.format(model=model.__name__)}


def problems(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of the problems that a route may answer with, by status."""
    statuses: dict[int, list[str]] = {}
    for code in (*codes, "internal", "not_ready", "overloaded"):
        statuses.setdefault(CODES[code][0], []).append(code)
    content = {MEDIA_TYPE: {"schema": reference(ProblemShape)}}
    return {
        status: {"description": "Problem: " + ", ".join(named), "content": content}
        for status, named in sorted(statuses.items())
    }


def chat_responses() -> dict[int | str, dict[str, Any]]:
    """Return the documentation of the two forms in which a chat answers."""
    events = {"text/event-stream": {"schema": {"type": "string", "description": _EVENTS}}}
    return {200: {"description": "The reply", "content": events}}


def body(model: type[BaseModel]) -> dict[str, Any]:
    """Return the documentation of a request whose body has the shape of a model."""
    content = {"application/json": {"schema": reference(model)}}
    return {"requestBody": {"required": True, "content": content}}


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        models = (ChatRequest, FeedbackRequest, MetaEvent, ProblemShape, ReplyShape, SegmentEvent)
        modes = [(model, "validation") for model in models]
        _, schemas = models_json_schema(modes, ref_template=_REFERENCE)  # type: ignore[arg-type]
        made["components"]["schemas"].update(schemas["$defs"])
        _without_fastapis_errors(made)
        app.openapi_schema = made
    return app.openapi_schema


def _without_fastapis_errors(made: dict[str, Any]) -> None:
    """Take out the 422 in FastAPI's own shape, which our handlers never send."""
    for name in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(name, None)
    for operations in made["paths"].values():
        for operation in operations.values():
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                del operation["responses"]["422"]
