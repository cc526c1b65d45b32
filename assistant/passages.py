"""A page to passages: what is retrieved, with its quotable units, all as spans of the page's text.

One passage an FAQ entry, one a list with its items (a long one is split at whole items), and
windows of whole sentences of prose. A unit is a whole bullet or a whole sentence; a list that
needs the line above it ("Do not do this if:") is one unit together with that line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain import Page, Passage, Section, Span
from assistant.pages.characters import plain
from assistant.pages.headings import leads_in
from assistant.pages.sentences import sentence_spans

LIST_CHARACTERS = 1200
PROSE_CHARACTERS = 600
SHORT_PROSE = 200
"""Characters of prose that stays in one passage with the list beside it."""
WHOLE_LINE = 240
"""Characters up to which a line that stands alone in a section of bullets is one unit."""
MOST_ALIASES = 2
BULLETED = frozenset({"instructions", "tips", "breathing", "restrictions", "equipment"})
HARMLESS = re.compile(
    r"\b(?:follow|these|this|steps?|includ\w+|here|how|benefits?|muscles?|works?|need|needed|helps?|"
    r"such as|as follows|targets?)\b"
)
BINDING = re.compile(
    r"\b(?:not|n't|never|no|avoid|unless|if|when|who|without|only|except|skip|stop|until|before|cannot|less|instead|rather|beginners?|mistakes?|errors?|wrong|incorrect)\b|n't\b"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that stand together, as units, and whether they are a list."""

    units: tuple[Span, ...]
    listed: bool

    @property
    def length(self) -> int:
        """Return the code points from the first unit to the last."""
        return self.units[-1].end - self.units[0].start


def passages_of(page: Page) -> tuple[Passage, ...]:
    """Return the passages of a page in reading order, ids ``<slug>#<n>`` from 0."""
    found: list[Passage] = []
    for section in page.sections:
        for units in windows_of(page.text, section):
            start, end = units[0].start, units[-1].end
            text = page.text[start:end]
            name = f"{page.slug}#{len(found)}"
            found.append(
                Passage(
                    name,
                    page.slug,
                    page.title,
                    section.kind,
                    section.heading,
                    text,
                    start,
                    end,
                    units,
                )
            )
    return tuple(found)


def embedding_text(page: Page, passage: Passage) -> str:
    """Return what is embedded for a passage: title, at most two aliases, heading, text."""
    names = (
        f"{page.title} ({', '.join(page.aliases[:MOST_ALIASES])})" if page.aliases else page.title
    )
    heading = "" if passage.heading == page.title else passage.heading
    context = [
        part if part.endswith((".", "?", "!", ":")) else part + "."
        for part in (names, heading)
        if part
    ]
    return " ".join([*context, passage.text])


def unit_texts(page: Page, passage: Passage) -> list[str]:
    """Return what is embedded for each unit: its words, after the question in an FAQ answer."""
    question = f"{passage.heading} " if passage.kind == "faq" else ""
    return [question + page.text[unit.start : unit.end] for unit in passage.units]


def windows_of(text: str, section: Section) -> Iterator[tuple[Span, ...]]:
    """Yield the units of each passage of a section."""
    runs = [run for run in runs_of(text, section) if run.units]
    if section.kind == "faq":
        yield from packed([unit for run in runs for unit in run.units], LIST_CHARACTERS)
        return
    gathered: list[Span] = []
    listed = False
    for run in runs:
        together = (
            run.listed == listed
            or run.length < SHORT_PROSE
            or (gathered and gathered[-1].end - gathered[0].start < SHORT_PROSE)
        )
        if gathered and not together:
            yield from packed(gathered, LIST_CHARACTERS if listed else PROSE_CHARACTERS)
            gathered, listed = [], False
        gathered.extend(run.units)
        listed = listed or run.listed
    if gathered:
        yield from packed(gathered, LIST_CHARACTERS if listed else PROSE_CHARACTERS)


def runs_of(text: str, section: Section) -> Iterator[Run]:
    """Yield the runs of lines of a section; an empty line parts them."""
    at = section.start
    for block in text[section.start : section.end].split("\n\n"):
        lines = []
        start = at
        for line in block.split("\n"):
            lines.append(Span(start, start + len(line)))
            start += len(line) + 1
        at += len(block) + 2
        yield run_of(text, [line for line in lines if line.start < line.end], section)


def run_of(text: str, lines: list[Span], section: Section) -> Run:
    """Return the units of lines that stand together."""
    if len(lines) > 1:
        first = text[lines[0].start : lines[0].end]
        if leads_in(first) and binds(first):
            return Run((Span(lines[0].start, lines[-1].end),), listed=True)
        return Run(tuple(lines), listed=True)
    if lines and section.kind in BULLETED and lines[0].end - lines[0].start <= WHOLE_LINE:
        return Run(tuple(lines), listed=True)
    return Run(tuple(unit for line in lines for unit in sentences_of(text, line)), listed=False)


def binds(lead: str) -> bool:
    """Return whether the items below a line cannot be quoted without it.

    >>> binds("Do not do this if:"), binds("Follow these steps:")
    (True, False)
    """
    line = plain(lead)
    return bool(BINDING.search(line)) or not HARMLESS.search(line)


def sentences_of(text: str, line: Span) -> tuple[Span, ...]:
    """Return the sentences of a line as spans of the page's text."""
    spans = sentence_spans(text[line.start : line.end])
    return tuple(Span(line.start + start, line.start + end) for start, end in spans)


def packed(units: list[Span], most: int) -> Iterator[tuple[Span, ...]]:
    """Yield the units in as few passages as keep to ``most`` characters, of about equal length."""
    if not units:
        return
    total = units[-1].end - units[0].start
    share = total / max(1, -(-total // most))
    window: list[Span] = []
    for unit in units:
        if window and (
            unit.end - window[0].start > most or (window[-1].end - window[0].start) >= share
        ):
            yield tuple(window)
            window = []
        window.append(unit)
    yield tuple(window)
