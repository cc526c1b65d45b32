"""Restrictions before coaching: what a page says about the conditions that a person has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.citations import Piece, Quote
from assistant.domain import Page
from assistant.library import Library
from assistant.ports import Vectors
from assistant.safety.assessing import assess
from assistant.safety.records import Condition
from assistant.wording import listed, say

SAME_MEANING = 0.55  # cosine from which a bullet speaks of a condition in other words
MOST_BULLETS = 3
STEM = 6  # letters by which "fractured" and "fracture" are one word
WORD = re.compile(r"[^\W\d_]{5,}")  # shorter words ("back", "with") tell too little

Named = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Precautions:
    """What must stand before the answer: bullets that apply, conditions the page is silent on."""

    quotes: tuple[Quote, ...]
    mentioned: tuple[str, ...]
    silent: tuple[str, ...]

    def pieces(self, page: Page) -> list[Piece]:
        """Return the words that lead the reply."""
        pieces: list[Piece] = []
        if self.quotes:
            pieces.append(
                say("condition_first", condition=listed(self.mentioned), title=page.title)
            )
            for quote in self.quotes:
                pieces += ["\n• ", quote]
        if self.silent:
            space = "\n\n" if pieces else ""
            words = say("condition_unmentioned", condition=listed(self.silent), title=page.title)
            pieces.append(space + words)
        return pieces


def precautions(
    page: Page,
    library: Library,
    conditions: Sequence[Condition],
    named: Named,
    embed: Callable[[str], Vectors],
) -> Precautions:
    """Return what a page says about each condition, found by its name and by meaning.

    ``named`` returns the names of the conditions that a bullet speaks of.
    """
    bullets = list(_bullets(page, library))
    quotes: dict[tuple[int, int], Quote] = {}
    mentioned: list[str] = []
    silent: list[str] = []
    for condition in conditions:
        found = by_name(bullets, condition, {each.name for each in conditions}, named)
        found = found or _by_meaning(bullets, embed(f"{condition.label}: {condition.words}"))
        for quote in found[:MOST_BULLETS]:
            quotes[quote.start, quote.end] = quote
        (mentioned if found else silent).append(condition.label)
    return Precautions(tuple(quotes.values()), tuple(mentioned), tuple(silent))


def by_name(
    bullets: Sequence[tuple[Quote, object]], condition: Condition, held: set[str], named: Named
) -> list[Quote]:
    """Return the bullets that name a condition, those with the person's own words first.

    A bullet with none of those words that is about something else too is left out where a
    closer one stands: "Pregnancy with discomfort lying on the back" is not for back pain.
    """
    naming = [quote for quote, _ in bullets if condition.name in named(quote.text)]
    own = [quote for quote in naming if named(quote.text) <= held]
    worded = [quote for quote in naming if _shares_words(quote.text, condition.words)]
    return list(dict.fromkeys([*worded, *own])) or naming


def _shares_words(bullet: str, said: str) -> bool:
    """Return whether the condition part of a bullet has a telling word of the person."""
    heads = {word[:STEM] for word in WORD.findall(bullet.partition(" (")[0].lower())}
    return any(word[:STEM] in heads for word in WORD.findall(said.lower()))


def _bullets(page: Page, library: Library) -> Iterator[tuple[Quote, Vectors]]:
    rows = library.index.rows(page.slug)
    for row, passage in zip(rows, library.index.passages(rows), strict=True):
        if passage.kind == "restrictions":
            vectors = library.index.unit_vectors(row)
            for span, vector in zip(passage.units, vectors, strict=True):
                yield Quote(page, passage.kind, passage.heading, span.start, span.end), vector


def _by_meaning(bullets: Sequence[tuple[Quote, Vectors]], vector: Vectors) -> list[Quote]:
    near = [(float(each @ vector), quote) for quote, each in bullets]
    near = [pair for pair in near if pair[0] >= SAME_MEANING]
    return [quote for _, quote in sorted(near, key=lambda pair: -pair[0])]


@lru_cache(maxsize=8_192)
def named_conditions(bullet: str) -> frozenset[str]:
    """Return the conditions that a restriction speaks of, by the safety policy's own words."""
    return frozenset(condition.name for condition in assess(bullet).conditions)
