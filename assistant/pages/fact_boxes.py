"""Fact boxes of a plain text: rows of a label and a value, one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.pages.characters import fold
from assistant.pages.furniture import FACT, furniture
from assistant.pages.plain_headings import BULLET

CELLS = re.compile(r"(?P<label>[^|\t:]{2,40}?)(?::?\s*[|\t]\s*|\s{3,})(?P<value>[^|\t]+)")
LABEL = re.compile(r"(?P<label>[^|\t:.!?]{2,40}): +(?P<value>[^|\t]+)")
LONGEST_ROW = 120
MOST_LABEL_WORDS = 5
FEWEST_ROWS = 3


def fact_of(raw: str) -> str:
    """Return a line of two cells, a mark between them, or nothing.

    A bar or a colon is the page's own; where only space parts the cells it is a colon.

    >>> fact_of("Sets | 3 per side"), fact_of("Home | Shop | Contact"), fact_of("Breathe out.")
    ('Sets | 3 per side', '', '')
    """
    line = raw.strip()
    if len(line) > LONGEST_ROW or BULLET.match(line):
        return ""
    cells = CELLS.fullmatch(line) or LABEL.fullmatch(line)
    if not cells or re.search(r"\s{3,}", cells["value"].strip()):
        return ""
    label = fold(cells["label"])
    few = len(label.split()) <= MOST_LABEL_WORDS
    mark = " |" if "|" in line else ":"
    return f"{label}{mark} {fold(cells['value'])}" if few else ""


def boxes(facts: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where a run of lines has a box: its first line, and the line after its last.

    Three rows or more make one when most of them are on exercise or state a number; a line that
    begins with a small letter goes on with the row above it.

    Args:
        facts: each line as ``fact_of`` gives it.
        texts: the lines.
    """
    start = 0
    for at in range(len(facts) + 1):
        if at < len(facts) and (facts[at] or (at > start and texts[at][:1].islower())):
            continue
        rows = [fact for fact in facts[start:at] if fact]
        if len(rows) >= FEWEST_ROWS and 2 * sum(map(states, rows)) >= len(rows):
            yield start, at
        start = at + 1


def rows_of(facts: Sequence[str], texts: Sequence[str]) -> Iterator[str]:
    """Yield the rows of a box, each with the lines that go on with it."""
    starts = [at for at, fact in enumerate(facts) if fact]
    for at, end in pairwise([*starts, len(facts)]):
        yield " ".join([facts[at], *texts[at + 1 : end]])


def states(fact: str) -> bool:
    """Return whether a row tells something of an exercise, as rows of a menu do not."""
    return bool(FACT.search(fact)) or furniture().about_exercise(fact) > 0
