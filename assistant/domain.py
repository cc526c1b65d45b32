"""The records that every part of the assistant speaks in. All are frozen; none does any I/O.

All offsets are Unicode code points into the canonical text of one page, so that
``page.text[start:end]`` is always the exact quoted text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

SectionKind = Literal[
    "instructions",
    "tips",
    "breathing",
    "restrictions",
    "description",
    "faq",
    "equipment",
    "other",
]
ReplyKind = Literal["answer", "caution", "urgent", "abstain", "clarify", "smalltalk"]
SegmentRole = Literal["quote", "claim", "frame"]
SafetyLevel = Literal["none", "caution", "support", "stop", "crisis", "emergency"]
Mode = Literal["extractive", "llm", "extractive_fallback"]


def content_hash(text: str) -> str:
    """Return ``sha256:<64 hex digits>`` of the text's UTF-8 bytes."""
    return "sha256:" + sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in a page's canonical text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a page under one heading; the span covers the body without the heading line.

    Each FAQ entry is a section of its own: its heading is the question, its body the answer.
    """

    kind: SectionKind
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One exercise page as a reader sees it.

    ``told`` are those of its aliases that only the wording of its text gave: they are second to
    what ``assistant.nicknames`` makes of that text. ``hints`` are words that its text may call the
    exercise by; they are shown nowhere.
    """

    slug: str
    title: str
    text: str
    sections: tuple[Section, ...]
    aliases: tuple[str, ...] = ()
    url: str | None = None
    level: str | None = None
    equipment: tuple[str, ...] = ()
    muscles: tuple[str, ...] = ()
    source: str = ""
    told: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def content_hash(self) -> str:
        """Return the hash that citations carry, so that a reader can tell a changed page."""
        return content_hash(self.text)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about itself, for choosing among pages."""

    slug: str
    level: str | None
    equipment: tuple[str, ...]
    muscles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A source that gave no page: where, why, and what its owner can do."""

    source: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What is retrieved: an FAQ entry, a list with its items, or a window of whole sentences.

    ``units`` are its quotable parts in reading order: whole bullets or whole sentences.
    """

    id: str
    page: str
    title: str
    kind: SectionKind
    heading: str
    text: str
    start: int
    end: int
    units: tuple[Span, ...]

    def words(self, span: Span) -> str:
        """Return the words of a span of the page that lies within the passage."""
        return self.text[span.start - self.start : span.end - self.start]


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage and its score (higher is better; comparable within one search only)."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words a segment rests on: ``page.text[start:end] == quote``, always."""

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
    source_url: str | None = None

    @property
    def url(self) -> str:
        """Return the path of the page for people, with the cited span marked."""
        return f"/exercises/{self.page}?start={self.start}&end={self.end}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a reply in reading order; ``citations`` are citation numbers of that reply."""

    text: str
    role: SegmentRole
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Triage:
    """What the safety layer found in this message and what the person said before."""

    level: SafetyLevel = "none"
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of the assistant, in the shape that every front door shows."""

    id: str
    conversation_id: str
    kind: ReplyKind
    segments: tuple[Segment, ...]
    citations: tuple[Citation, ...]
    safety: Triage
    exercises: tuple[str, ...]
    suggestions: tuple[str, ...]
    generation: int
    corpus: str
    mode: Mode = "extractive"

    @property
    def text(self) -> str:
        """Return what a reader without the segments sees: plain text, no markers."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and its reply, as a conversation remembers them."""

    message: str
    page: str | None
    reply: Mapping[str, object]
    created_at: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said under one id, oldest turn first, and the state that follow-ups need."""

    id: str
    created_at: str
    turns: tuple[Turn, ...] = ()
    state: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Started:
    """First event of a reply: which reply and conversation, from which generation."""

    id: str
    conversation_id: str
    generation: int
    corpus: str


@dataclass(frozen=True, slots=True)
class Said:
    """One verified segment, with the citations that it uses."""

    segment: Segment
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """Last event: the whole reply."""

    reply: Reply


Event = Started | Said | Finished


@dataclass(frozen=True, slots=True)
class Status:
    """Whether the assistant can answer, from which generation, and what is degraded."""

    ready: bool
    generation: int | None
    corpus: str | None
    degraded: tuple[str, ...] = ()
