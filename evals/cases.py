"""Cases: what a visitor says, and what a right reply to the last message must hold.

One JSON object a line (``evals/datasets/README.md``); a line that is wrong is named.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Message(BaseModel):
    """One message of a conversation and the page on which the visitor reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    message: str
    page: str | None = None


class Source(BaseModel):
    """A passage that would do: a page, and a snippet that the passage contains."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: str
    contains: str


class Case(BaseModel):
    """One conversation; the reply to its last message is judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    suite: str
    turns: tuple[Message, ...] = Field(min_length=1)
    kinds: tuple[str, ...] = Field(min_length=1)
    exercises: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    note: str = ""


class BadCase(Exception):
    """A line of a dataset is not a case; the message names file and line."""


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file in order; raises BadCase or OSError."""
    cases = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            cases.append(Case.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the line"
            raise BadCase(f"{path}:{number}: {where}: {first['msg']}") from error
    return cases
