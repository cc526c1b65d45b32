"""What the tests of the core share: pages to ask about, and an index that is watched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.domain import Page, Reply, Span, Status
from assistant.passages import passages_of
from assistant.pipeline import Indexes

ROOT = Path(__file__).parents[1]
OWN_PAGES = Path(__file__).parent / "pages_for_asking"
CORPUS_SLUGS = (
    "calf-raise",
    "cat-cow",
    "glute-bridge",
    "lying-knee-rolls",
    "plank",
    "side-plank",
)
OWN_SLUGS = ("feather-hold", "harbour-reach", "lantern-squat", "pebble-lift", "tin-soldier-march")
SLUGS = tuple(sorted((*CORPUS_SLUGS, *OWN_SLUGS)))
SOURCES = (OWN_PAGES, *(ROOT / "corpus" / f"{slug}.md" for slug in CORPUS_SLUGS))


class WatchedIndexes:
    """The real indexes; ``searched`` lists every look into passages and vectors, in order."""

    LOOKS = ("dense", "lexical", "vectors", "unit_vectors", "passages", "rows")

    def __init__(self, inner: Indexes) -> None:
        self._inner = inner
        self._watched: dict[int, WatchedIndex] = {}
        self.searched: list[str] = []

    @contextmanager
    def use(self) -> Iterator[Any]:
        with self._inner.use() as index:
            yield self._watched.setdefault(id(index), WatchedIndex(index, self.searched))

    def status(self) -> Status:
        return self._inner.status()

    def close(self) -> None:
        self._inner.close()


class WatchedIndex:
    """One index, every look into which is noted."""

    def __init__(self, inner: Any, searched: list[str]) -> None:
        self._inner = inner
        self._searched = searched

    def __getattr__(self, name: str) -> Any:
        if name in WatchedIndexes.LOOKS:
            self._searched.append(name)
        return getattr(self._inner, name)


def units_of(page: Page) -> list[Span]:
    """The quotable parts of a page: whole bullets and whole sentences."""
    return [unit for passage in passages_of(page) for unit in passage.units]


def broken_promises(reply: Reply, page_of: Any) -> list[str]:
    """Say how a reply breaks the promise of its citations; an empty list is a kept promise."""
    broken = []
    for citation in reply.citations:
        page = page_of(citation.page)
        start, end, units = citation.start, citation.end, units_of(page)
        inside = [s for s in page.sections if s.start <= start and end <= s.end]
        checks = {
            "the quote is not at its place": page.text[start:end] == citation.quote,
            "the quote is empty": bool(citation.quote.strip()),
            "the hash is not the page's": citation.content_hash == page.content_hash,
            "the span is not inside one section": len(inside) == 1,
            "section or heading are another's": [(s.kind, s.heading) for s in inside]
            == [(citation.section, citation.heading)],
            "it begins within a unit": any(unit.start == start for unit in units),
            "it ends within a unit": any(unit.end == end for unit in units),
            "the prefix does not stand before it": page.text[:start].endswith(citation.prefix),
            "the suffix does not stand after it": page.text[end:].startswith(citation.suffix),
        }
        broken += [f"{citation.number}: {what}" for what, kept in checks.items() if not kept]
    return broken + _broken_segments(reply)


def _broken_segments(reply: Reply) -> list[str]:
    quotes = {citation.number: citation.quote for citation in reply.citations}
    used = [number for segment in reply.segments for number in segment.citations]
    checks = {
        "a citation that no segment uses, or the reverse": set(used) == set(quotes),
        "numbers do not count from 1 in reading order": list(dict.fromkeys(used))
        == list(range(1, len(quotes) + 1)),
        "a frame is cited": not any(s.citations for s in reply.segments if s.role == "frame"),
        "a quote is not its citation's words": all(
            [quotes.get(number) for number in segment.citations] == [segment.text]
            for segment in reply.segments
            if segment.role == "quote"
        ),
        "an extractive reply has a claim": all(s.role != "claim" for s in reply.segments),
        "the text is not the segments": reply.text == "".join(s.text for s in reply.segments),
        "the text has markers": "[1]" not in reply.text,
        "the text is empty": bool(reply.text.strip()),
    }
    return [what for what, kept in checks.items() if not kept]
