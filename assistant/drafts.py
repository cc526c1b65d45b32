"""Drafts: replies before their citations are numbered and verified, and the simplest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citations import Piece, Quote
from assistant.domain import Page, ReplyKind
from assistant.library import Library
from assistant.wording import say, suggested, suggestions

MOST_OFFERS = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply before its citations are numbered and verified."""

    kind: ReplyKind
    pieces: tuple[Piece, ...]
    exercises: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


def clarify(library: Library, slugs: Sequence[str]) -> Draft:
    """Ask which exercise is meant, and offer some."""
    titles = tuple(library.catalog.titles[slug] for slug in slugs)
    return Draft("clarify", (say("clarify"),), (), titles)


def outside(library: Library) -> Draft:
    """Decline what lies outside the pages, and offer what they hold."""
    titles = list(library.catalog.titles.values())[:MOST_OFFERS]
    return Draft("abstain", (f"{say('outside')} {say('outside_offer')}",), (), how_to_do(titles))


def how_to_do(titles: Sequence[str]) -> tuple[str, ...]:
    """Return for each exercise the question of how to do it."""
    return tuple(suggested("how_to", title) for title in titles)


def offers(page: Page, pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return questions that the page answers and that were not just answered, at most three."""
    shown = {piece.heading for piece in pieces if isinstance(piece, Quote)}
    asked = [s.heading for s in page.sections if s.kind == "faq" and s.heading not in shown]
    ready = [each.text.format(title=page.title) for each in suggestions()]
    return tuple(dict.fromkeys([*asked, *ready]))[:MOST_OFFERS]
