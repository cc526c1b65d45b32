"""Problem documents (RFC 9457): the one shape of every error, and the one table to HTTP.

Example of a document::

    {"type": "about:blank", "title": "Not Found", "status": 404, "code": "unknown_page",
     "detail": "No page has the slug 'plonk'.", "advice": "GET /v1/exercises lists the pages.",
     "errors": [], "error": {"message": "No page has ...", "type": "invalid_request_error",
     "param": null, "code": "unknown_page"}}
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from uuid import uuid4

from fastapi import Request, Response

from assistant import errors

_log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"

# code -> (status, what to do when the error itself brings no advice)
CODES: dict[str, tuple[int, str]] = {
    "bad_request": (400, "Send a well-formed HTTP request."),
    "unauthorized": (401, "Send the key that ASSISTANT_INSIGHTS_KEY holds."),
    "not_found": (404, "GET /openapi.json lists what there is."),
    "unknown_page": (404, "GET /v1/exercises lists the pages."),
    "unknown_conversation": (
        404,
        "Leave conversation_id out, or send null, to start a new conversation.",
    ),
    "unknown_message": (404, "Send the id of a reply whose conversation is still kept."),
    "method_not_allowed": (405, "Use a method that the Allow header names."),
    "request_timeout": (408, "Send the whole request without pauses."),
    "too_large": (413, "Send a smaller request."),
    "unsupported_media_type": (415, "Send JSON with Content-Type: application/json."),
    "invalid_json": (422, "Send one JSON object in UTF-8."),
    "invalid_request": (422, "Correct the fields that errors names, and send it again."),
    "rate_limited": (429, "Try again after the seconds in Retry-After."),
    "head_too_large": (431, "Send fewer and shorter headers."),
    "internal": (500, "Try again; if it stays, give the instance to who runs this server."),
    "not_ready": (503, "Try again later; the index has to be built or mended first."),
    "storage": (503, "Try again later; the server cannot write to its data folder now."),
    "overloaded": (503, "Try again after the seconds in Retry-After."),
}
RETRY_AFTER = {"not_ready": "5", "storage": "5", "overloaded": "1"}

# Every class of the core's tree has its line; a test fails when the tree grows one without.
ERROR_CODES: dict[type[errors.AssistantError], str] = {
    errors.AssistantError: "internal",
    errors.SettingError: "internal",
    errors.SourceError: "internal",
    errors.NothingToPublish: "internal",
    errors.IngestBusy: "internal",
    errors.StorageError: "storage",
    errors.IndexUnavailable: "not_ready",
    errors.IndexDamaged: "not_ready",
    errors.ModelMismatch: "not_ready",
    errors.MissingPart: "not_ready",
    errors.InvalidQuestion: "invalid_request",
    errors.UnknownPage: "unknown_page",
    errors.UnknownConversation: "unknown_conversation",
    errors.UnknownMessage: "unknown_message",
}
# What the public reads of an error on the server's side; the log has the rest.
PUBLIC_DETAIL = {
    "internal": "Something went wrong on the server.",
    "not_ready": "The server has no index that can answer now.",
    "storage": "The server cannot keep this conversation now.",
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field, and what is allowed there."""

    field: str
    message: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as the outside sees it."""

    code: str
    detail: str
    advice: str = ""
    errors: tuple[FieldError, ...] = ()
    instance: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """Return the HTTP status that the table gives to the code."""
        return CODES[self.code][0]

    @property
    def title(self) -> str:
        """Return the phrase of the status."""
        return HTTPStatus(self.status).phrase

    def document(self) -> dict[str, object]:
        """Return the members of RFC 9457, ours, and ``error`` in OpenAI's shape."""
        instance = {"instance": self.instance} if self.instance else {}
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **instance,
            "code": self.code,
            "advice": self.advice or CODES[self.code][1],
            "errors": [asdict(error) for error in self.errors],
            "error": {
                "message": self.detail,
                "type": "server_error" if self.status >= 500 else "invalid_request_error",
                "param": self.errors[0].field if self.errors else None,
                "code": self.code,
            },
        }

    def body(self) -> bytes:
        """Return the document as UTF-8 JSON."""
        return json.dumps(self.document(), ensure_ascii=False).encode("utf-8", "replace")

    def response(self) -> Response:
        """Return the response that carries the document."""
        headers = {"Cache-Control": "no-store", **self.headers}
        if self.code in RETRY_AFTER:
            headers["Retry-After"] = RETRY_AFTER[self.code]
        return Response(self.body(), self.status, headers, media_type=MEDIA_TYPE)


class Refused(Exception):
    """Raised by the server's own code to answer with a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def new_instance() -> str:
    """Return an id that stands both in a problem document and in the log."""
    return uuid4().urn


def problem_of(error: Exception, instance: str) -> Problem:
    """Return what the outside sees of an exception; messages of 5xx stay in the log."""
    if isinstance(error, Refused):
        return error.problem
    code = next((ERROR_CODES[kind] for kind in type(error).__mro__ if kind in ERROR_CODES), None)
    if code is None or CODES[code][0] >= 500 or not isinstance(error, errors.AssistantError):
        code = code or "internal"
        return Problem(code, PUBLIC_DETAIL[code], instance=instance)
    wrong = (FieldError("message", error.message, "1 to 1,000 characters"),)
    return Problem(code, error.message, error.advice, wrong if code == "invalid_request" else ())


async def answer_problem(request: Request, error: Exception) -> Response:
    """Handle an exception of ours: log what the outside must not see, answer the problem."""
    problem = problem_of(error, new_instance())
    if problem.instance is not None:
        place = getattr(request.scope.get("route"), "path", "no route")
        _log.error("%s failed (%s): %s", place, problem.instance, error)
    return problem.response()
