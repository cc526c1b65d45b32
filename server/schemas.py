"""The shapes of requests, checked strictly, and of replies, for ``/openapi.json``.

Replies are written by ``assistant.documents``; a test holds that they fit these models.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.asked import Rating
from assistant.domain import Mode, ReplyKind, SafetyLevel, SectionKind, SegmentRole
from assistant.pipeline import MOST_CHARACTERS
from assistant.words import clean


def checked_message(text: str) -> str:
    """Return the text in NFKC; refuses control characters, empty and too long texts.

    >>> checked_message("½ a minute")
    '1⁄2 a minute'
    """
    text = clean(text).strip()
    if not text:
        raise PydanticCustomError("empty", "is empty")
    if len(text) > MOST_CHARACTERS:
        raise PydanticCustomError(
            "too_long", "has {length} characters", {"length": f"{len(text):,}"}
        )
    for character in text:
        if unicodedata.category(character) == "Cc" and character not in "\t\n\r":
            code = f"U+{ord(character):04X}"
            raise PydanticCustomError("control", "has the control character {code}", {"code": code})
    return text


Message = Annotated[str, AfterValidator(checked_message)]
MESSAGE_RULE = "text of 1 to 1,000 characters after NFKC, no control characters but line breaks"


class ChatRequest(BaseModel):
    """One message of a conversation."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    message: Message = Field(
        description=MESSAGE_RULE, json_schema_extra={"minLength": 1, "maxLength": MOST_CHARACTERS}
    )
    conversation_id: str | None = Field(
        None, max_length=100, description="null to start a conversation, else its id"
    )
    page: str | None = Field(
        None, max_length=200, description="null, or the slug of the page that the reader is on"
    )
    stream: bool = Field(False, description="true for server-sent events, false for JSON")


def checked_comment(text: str) -> str:
    """Return the text in NFKC, which may be empty; the rest is as for a message."""
    return checked_message(text) if text.strip() else ""


class FeedbackRequest(BaseModel):
    """A vote on a reply, or on one of its citations."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    message_id: str = Field(max_length=100, description="the id of a reply")
    rating: Rating = Field(description="up or down")
    citation: int | None = Field(
        None, description="null for the whole reply, or the number of one of its citations"
    )
    comment: Annotated[str, AfterValidator(checked_comment)] = Field(
        "",
        description="text of at most 1,000 characters after NFKC, which may be empty",
        json_schema_extra={"maxLength": MOST_CHARACTERS},
    )


class SearchRequest(BaseModel):
    """The query of a search."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: Message = Field(description=MESSAGE_RULE)
    k: int = Field(10, ge=1, le=50, description="whole number from 1 to 50")
    group: Literal["passage", "page"] = Field(
        "passage", description="passage, or page for each page once by its best passage"
    )


class _Shape(BaseModel):
    """A reply: no field more, no field less."""

    model_config = ConfigDict(extra="forbid")


class SegmentShape(_Shape):
    """A piece of a reply, in reading order."""

    text: str
    role: SegmentRole
    citations: list[int]


class CitationShape(_Shape):
    """The words that a segment rests on: text[start:end] == quote, in Unicode code points."""

    number: int
    page: str
    title: str
    section: SectionKind
    heading: str
    quote: str
    start: int
    end: int
    prefix: str
    suffix: str
    content_hash: str
    url: str
    source_url: str | None


class SafetyShape(_Shape):
    """What the safety layer found."""

    level: SafetyLevel
    reasons: list[str]


class IndexShape(_Shape):
    """Which generation of the index answered."""

    generation: int
    corpus: str


class ReplyShape(_Shape):
    """One answer."""

    id: str
    conversation_id: str
    kind: ReplyKind
    text: str
    segments: list[SegmentShape]
    citations: list[CitationShape]
    safety: SafetyShape
    exercises: list[str]
    suggestions: list[str]
    mode: Mode
    index: IndexShape


class MetaEvent(_Shape):
    """Data of the event ``meta``, the first of a stream."""

    id: str
    conversation_id: str
    index: IndexShape


class SegmentEvent(_Shape):
    """Data of the event ``segment``: the citations that it uses stand in it."""

    text: str
    role: SegmentRole
    citations: list[CitationShape]


class PageNameShape(_Shape):
    """What a page is called."""

    slug: str
    title: str
    aliases: list[str]


class ExercisesShape(_Shape):
    """All pages."""

    exercises: list[PageNameShape]


class SectionShape(_Shape):
    """A section: its body is text[start:end]."""

    kind: SectionKind
    heading: str
    start: int
    end: int


class PageShape(_Shape):
    """One page in its canonical text."""

    slug: str
    title: str
    aliases: list[str]
    url: str | None
    text: str
    content_hash: str
    sections: list[SectionShape]


class HitShape(_Shape):
    """A passage and its score, comparable within one search only."""

    page: str
    title: str
    section: SectionKind
    heading: str
    text: str
    start: int
    end: int
    score: float


class HitsShape(_Shape):
    """What a search found, best first."""

    hits: list[HitShape]


class TurnShape(_Shape):
    """One message and its reply."""

    message: str
    page: str | None
    reply: ReplyShape
    created_at: str


class ConversationShape(_Shape):
    """What was said under one id, oldest turn first."""

    id: str
    created_at: str
    turns: list[TurnShape]


class AliveShape(_Shape):
    """The process runs."""

    status: Literal["alive"]


class ReadyShape(_Shape):
    """It can answer; ``degraded`` names what is not as it should be."""

    status: Literal["ready", "degraded"]
    generation: int | None
    corpus: str | None
    degraded: list[str]


class VersionShape(_Shape):
    """Which release runs."""

    name: str
    version: str


class FieldErrorShape(_Shape):
    """What is wrong with one field, and what is allowed."""

    field: str
    message: str
    allowed: str


class OpenAIErrorShape(_Shape):
    """The error again in OpenAI's shape."""

    message: str
    type: Literal["invalid_request_error", "server_error"]
    param: str | None
    code: str


class ProblemShape(_Shape):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
    code: str
    advice: str
    errors: list[FieldErrorShape]
    error: OpenAIErrorShape
