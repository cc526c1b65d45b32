"""What is kept of a question for the owner of the pages: how it went, and what the visitor says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.domain import ReplyKind, SafetyLevel

Rating = Literal["up", "down"]
Refusal = Literal["unknown_exercise", "missing_fact", "outside"]


@dataclass(frozen=True, slots=True)
class Feedback:
    """A visitor's vote on a reply, or on one of its citations by its number."""

    rating: Rating
    comment: str = ""
    citation: int | None = None
    created_at: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What is kept beside a turn: seconds to the reply, and why nothing answered.

    ``subject`` is what to compare with other questions: the name of the exercise that has no
    page, else the question made whole, without exercise names.
    """

    seconds: float
    refusal: Refusal | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and how it went; ``note`` is None when an earlier release kept none."""

    message: str
    page: str | None
    created_at: str
    kind: ReplyKind
    level: SafetyLevel
    exercises: tuple[str, ...]
    note: Note | None = None
    feedback: tuple[Feedback, ...] = ()

    @property
    def voted_down(self) -> bool:
        """Return whether the visitor voted the reply, or one of its citations, down."""
        return any(each.rating == "down" for each in self.feedback)

    @property
    def is_private(self) -> bool:
        """Return whether its words are shown to nobody: an emergency, a crisis, a red flag."""
        return self.kind == "urgent" or self.level in ("emergency", "crisis", "stop")
