r"""A page's sections in parts for people, with one span of code points marked.

Example: a section with the text ``"• Breathe out.\n• Go slow."`` and the span of "Go slow." has
two parts, both items, with the runs ``(("Breathe out.", False),)`` and ``(("Go slow.", True),)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain import Page, Section, SectionKind, Span
from server.lines import ITEM

_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a section: runs of (text, is it cited) in reading order."""

    item: bool
    runs: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section as the template shows it."""

    kind: SectionKind
    heading: str
    parts: tuple[Part, ...]

    @property
    def is_marked(self) -> bool:
        """Return whether any of it is cited."""
        return any(cited for part in self.parts for _, cited in part.runs)


def marked_sections(page: Page, cited: Span | None) -> tuple[MarkedSection, ...]:
    """Return the page's sections in reading order, all their words kept."""
    return tuple(_marked(page.text, section, cited) for section in page.sections)


def cited_span(page: Page, start: str | None, end: str | None) -> Span | None:
    """Return the span that a link names; raises ValueError saying what is wrong with it."""
    if start is None and end is None:
        return None
    if start is None or end is None or not (_NUMBER.fullmatch(start) and _NUMBER.fullmatch(end)):
        raise ValueError("The link that led here names its words in a way that cannot be read.")
    span = Span(int(start), int(end))
    if not span.start < span.end <= len(page.text):
        raise ValueError("The link that led here names words that this page does not have.")
    return span


def _marked(text: str, section: Section, cited: Span | None) -> MarkedSection:
    lines = _lines(text, section)
    parts = tuple(_part(text, line, cited) for line in lines)
    return MarkedSection(section.kind, section.heading, parts)


def _lines(text: str, section: Section) -> Iterator[Span]:
    start = section.start
    for line in text[section.start : section.end].split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _part(text: str, line: Span, cited: Span | None) -> Part:
    marker = ITEM.match(text, line.start, line.end)
    shown = Span(marker.end() if marker else line.start, line.end)
    return Part(marker is not None, _runs(text, shown, cited))


def _runs(text: str, line: Span, cited: Span | None) -> tuple[tuple[str, bool], ...]:
    start = end = line.end
    if cited is not None and cited.start < line.end and line.start < cited.end:
        start, end = max(cited.start, line.start), min(cited.end, line.end)
    runs = (
        (text[line.start : start], False),
        (text[start:end], True),
        (text[end : line.end], False),
    )
    return tuple(run for run in runs if run[0])
