"""Lessons: a question, the page it is about, and the units of that page that answer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Page
from assistant.focus import Focus
from assistant.library import Library
from assistant.passages import passages_of, unit_texts
from assistant.questions import Question, understand
from assistant.ranking import asked_text
from evals.cases import Case
from evals.scoring import folded

UNANSWERED = frozenset(["missing", "out_of_scope"])
ABOUT_ONE_PAGE = frozenset(["everyday", "page_context", "restriction", "followup"]) | UNANSWERED


@dataclass(frozen=True, slots=True)
class Unit:
    """A bullet or sentence: what is embedded for it, its own words, its section."""

    embedded: str
    words: str
    kind: str
    heading: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question and the indices of the units of its page that answer it; none when none does."""

    case: str
    suite: str
    text: str
    page: str
    right: tuple[int, ...]
    question: Question


def units_of(page: Page) -> list[Unit]:
    """Return the units of a page in reading order, as the index embeds them."""
    return [
        Unit(text, page.text[span.start : span.end], passage.kind, passage.heading)
        for passage in passages_of(page)
        for text, span in zip(unit_texts(page, passage), passage.units, strict=True)
    ]


def lessons_of(
    cases: Iterable[Case], library: Library, units: Mapping[str, Sequence[Unit]]
) -> list[Lesson]:
    """Return a lesson for every case that is about one page, in order.

    A case whose right passage is not found among the units teaches nothing and is left out;
    one that has no answer teaches that no unit answers it.
    """
    lessons = [_lesson(case, library, units) for case in cases if case.suite in ABOUT_ONE_PAGE]
    return [lesson for lesson in lessons if lesson is not None]


def faq_lessons(units: Sequence[Unit]) -> list[tuple[str, tuple[int, ...]]]:
    """Return each FAQ heading of a page with the units of its own answer."""
    answers: dict[str, list[int]] = {}
    for at, unit in enumerate(units):
        if unit.kind == "faq":
            answers.setdefault(unit.heading, []).append(at)
    return [(heading, tuple(right)) for heading, right in answers.items()]


def _lesson(case: Case, library: Library, units: Mapping[str, Sequence[Unit]]) -> Lesson | None:
    turn = case.turns[-1]
    question = understand(turn.message, library.catalog, turn.page, Focus())
    page = _page(case, question)
    if page is None or page not in units:
        return None
    wanted = [folded(source.contains) for source in case.sources if source.page == page]
    right = tuple(at for at, unit in enumerate(units[page]) if _holds(unit.words, wanted))
    if bool(right) == (case.suite in UNANSWERED):
        return None
    return Lesson(case.id, case.suite, asked_text(question), page, right, question)


def _page(case: Case, question: Question) -> str | None:
    named = [*case.exercises, case.turns[-1].page, *question.exercises]
    if case.suite not in UNANSWERED and len(case.exercises) != 1:
        return None
    return next((slug for slug in named if slug), None)


def _holds(words: str, wanted: Sequence[str]) -> bool:
    said = folded(words)
    return any(snippet in said or said in snippet for snippet in wanted)
