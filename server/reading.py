"""Reading a request's body: media type, JSON, fields; a fault becomes a problem that names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import Headers

from server.problems import FieldError, Problem, Refused
from server.schemas import ChatRequest, FeedbackRequest, SearchRequest

_Body = TypeVar("_Body", bound=BaseModel)

_WORDING = {
    "missing": "is missing",
    "string_type": "is not a string",
    "bool_type": "is neither true nor false",
    "int_type": "is not a whole number",
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "string_too_long": "is longer than {max_length} characters",
    "greater_than_equal": "is below {ge}",
    "less_than_equal": "is above {le}",
    "literal_error": "is not one of {expected}",
}


async def read_chat_request(request: Request) -> ChatRequest:
    """Return the body as a ChatRequest; raises Refused with 415 or 422."""
    return await _read(request, ChatRequest)


async def read_feedback_request(request: Request) -> FeedbackRequest:
    """Return the body as a FeedbackRequest; raises Refused with 415 or 422."""
    return await _read(request, FeedbackRequest)


def wants_events(headers: Headers) -> bool:
    """Return whether Accept names server-sent events and does not name JSON."""
    accepted = {part.split(";")[0].strip().lower() for part in headers.get("accept", "").split(",")}
    return "text/event-stream" in accepted and "application/json" not in accepted


def query_problem(errors: Iterable[Mapping[str, Any]]) -> Problem:
    """Return the problem of a query string that FastAPI refused."""
    return validation_problem(
        [{**error, "loc": error["loc"][1:]} for error in errors], SearchRequest
    )


def validation_problem(errors: Iterable[Mapping[str, Any]], model: type[BaseModel]) -> Problem:
    """Return one problem that names each field at fault, and what is allowed there."""
    errors = list(errors)
    for error in errors:
        if error["type"] == "json_invalid":
            return Problem("invalid_json", f"The body is not JSON: {_position(error['msg'])}.")
        if not error["loc"]:
            return Problem("invalid_json", "The body is JSON but not an object.")
    faults = tuple(_field_error(error, model) for error in errors)
    first = faults[0]
    detail = f"{first.field} {first.message}; allowed: {first.allowed}."
    return Problem("invalid_request", detail, errors=faults)


async def _read(request: Request, model: type[_Body]) -> _Body:
    _check_media_type(request.headers)
    try:
        return model.model_validate_json(await request.body())
    except ValidationError as error:
        raise Refused(validation_problem(error.errors(), model)) from error


def _field_error(error: Mapping[str, Any], model: type[BaseModel]) -> FieldError:
    name = str(error["loc"][0])
    if error["type"] == "extra_forbidden":
        allowed = ", ".join(model.model_fields)
        return FieldError(name[:80], "is not a field of this request", allowed)
    wording = _WORDING.get(error["type"], error["msg"])
    message = wording.format(**error.get("ctx", {}))
    return FieldError(name, message, model.model_fields[name].description or "")


def _position(message: str) -> str:
    return message.removeprefix("Invalid JSON: ")


def _check_media_type(headers: Headers) -> None:
    sent = headers.get("content-type", "").split(";")[0].strip().lower()
    if sent != "application/json":
        detail = (
            f"The body's Content-Type is {sent[:80]!r}." if sent else "No Content-Type is sent."
        )
        raise Refused(Problem("unsupported_media_type", detail))
    coding = headers.get("content-encoding", "identity").lower()
    if coding != "identity":
        detail = f"The body's Content-Encoding is {coding[:80]!r}."
        raise Refused(Problem("unsupported_media_type", detail, "Send the body uncompressed."))
