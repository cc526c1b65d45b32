"""Cases: what a visitor says, and what a right reply to the last message must hold.

One JSON object a line (``evals/datasets/README.md``); a line that is wrong is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain import ReplyKind, SafetyLevel

Suite = Literal[
    "everyday",
    "page_context",
    "followup",
    "cross_page",
    "missing",
    "unknown_exercise",
    "out_of_scope",
    "clarify",
    "smalltalk",
    "injection",
    "restriction",
]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Message(_Line):
    """One message of a conversation and the page on which the visitor reads."""

    message: str = Field(min_length=1)
    page: str | None = None


class Source(_Line):
    """A passage that would do: a page, and a snippet that the passage contains."""

    page: str
    contains: str = Field(min_length=1)


class Case(_Line):
    """One conversation; the reply to its last message is judged."""

    id: str
    suite: Suite
    turns: tuple[Message, ...] = Field(min_length=1)
    kinds: tuple[ReplyKind, ...] = Field(min_length=1)
    exercises: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    note: str = ""

    @property
    def answerable(self) -> bool:
        """Return whether the pages answer it."""
        return bool({"answer", "caution"} & set(self.kinds))


class SafetyCase(_Line):
    """One conversation and the safety level that its last message must get."""

    id: str
    level: SafetyLevel
    category: str
    turns: tuple[str, ...] = Field(min_length=1)
    page: str | None = None
    note: str = ""
    condition: str | None = None


class BadCase(Exception):
    """A line of a dataset is not a case; the message names file and line."""


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file in order; raises BadCase or OSError."""
    return list(read_numbered(path, Case).values())


def read_safety(path: Path) -> list[SafetyCase]:
    """Return the safety cases of a file in order; raises BadCase or OSError."""
    return list(read_numbered(path, SafetyCase).values())


AnyCase = TypeVar("AnyCase", Case, SafetyCase)


def read_numbered(path: Path, shape: type[AnyCase]) -> dict[int, AnyCase]:
    """Return the cases of a file by line number, from 1; raises BadCase or OSError."""
    cases: dict[int, AnyCase] = {}
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            case = shape.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the line"
            raise BadCase(f"{path}:{number}: {where}: {first['msg']}") from error
        if case.id in seen:
            raise BadCase(f"{path}:{number}: id {case.id!r} stands in line {seen[case.id]} too")
        seen[case.id] = number
        cases[number] = case
    if not cases:
        raise BadCase(f"{path} has no cases; `python -m evals template` prints some to begin with")
    return cases


def check_pages(path: Path, cases: Mapping[int, Case], page_text: Callable[[str], str]) -> None:
    """Hold every page and snippet that a case names against the pages that are asked.

    ``page_text`` returns a page's text and raises for an unknown slug. Raises BadCase.
    """
    for number, case in cases.items():
        named = {turn.page for turn in case.turns if turn.page} | set(case.exercises)
        for slug in sorted(named | {source.page for source in case.sources}):
            try:
                page_text(slug)
            except Exception as error:  # each door has its own error for it
                raise BadCase(
                    f"{path}:{number}: no page has the slug {slug!r}; "
                    "`python -m assistant pages` lists them"
                ) from error
        for source in case.sources:
            if source.contains not in page_text(source.page):
                raise BadCase(
                    f"{path}:{number}: the page {source.page!r} does not contain "
                    f"{source.contains!r}; copy the words from its text"
                )


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            yield number, line
