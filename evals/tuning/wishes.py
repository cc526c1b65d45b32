"""Wishes: questions that name no exercise, with the sentences of all pages that answer them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from assistant.focus import Focus
from assistant.library import Library
from assistant.questions import understand, wished_text
from evals.cases import Case
from evals.scoring import folded
from evals.tuning.lessons import Unit

SUITES = ("cross_page", "out_of_scope")
REASONS = ("description", "faq", "tips", "instructions", "breathing", "other")

Place = tuple[str, int]  # a page and the index of one of its units


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish, the pages that are good answers, and the units that say why; none when none is."""

    case: str
    text: str
    pages: frozenset[str]
    right: frozenset[Place]


def wishes_of(
    cases: Iterable[Case], library: Library, units: Mapping[str, Sequence[Unit]], own: str
) -> list[Wish]:
    """Return the wishes among some cases; ``own`` stands before the names of their pages."""
    return [wish for case in cases for wish in _wish(case, library, units, own)]


def choices(
    wishes: Sequence[Wish], units: Mapping[str, Sequence[Unit]], others: int, chance: Random
) -> list[Place]:
    """Return the right units of some wishes and ``others`` chosen from all pages."""
    right = sorted({place for wish in wishes for place in wish.right})
    pages = sorted(units)
    found = dict.fromkeys(right)
    while len(found) < len(right) + others:
        page = chance.choice(pages)
        at = chance.randrange(len(units[page]))
        if units[page][at].kind in REASONS:
            found[page, at] = None
    return list(found)


def _wish(
    case: Case, library: Library, units: Mapping[str, Sequence[Unit]], own: str
) -> Iterator[Wish]:
    turn = case.turns[-1]
    if case.suite not in SUITES or len(case.turns) > 1 or turn.page:
        return
    question = understand(turn.message, library.catalog, None, Focus())
    if question.exercises:
        return
    wanted = [(f"{own}{source.page}", folded(source.contains)) for source in case.sources]
    right = frozenset(
        (page, at)
        for page, snippet in wanted
        for at, unit in enumerate(units.get(page, ()))
        if snippet in folded(unit.words) or folded(unit.words) in snippet
    )
    if bool(right) == (case.suite == "cross_page"):
        pages = frozenset(f"{own}{slug}" for slug in case.exercises)
        yield Wish(case.id, wished_text(question), pages, right)
