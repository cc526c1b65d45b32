"""Plain text to blocks: bullets, wrapped lines, headings told by their words and their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.pages.blocks import Block
from assistant.pages.characters import fold
from assistant.pages.furniture import FACT, furniture
from assistant.pages.headings import exact_tag, loose_tag
from assistant.pages.plain_headings import BULLET, DOTS, ENDED, HALFWAY, Place, heading_of
from assistant.pages.scraped import FACT_TAGS, LIST_TAGS
from assistant.pages.sentences import END

ALONE = re.compile(rf"(?:[{DOTS}]\ufe0f?|[-*+–—]|\d{{1,2}}[.)])")
RULE = re.compile(r"([-=_*~#·•])(?:\s*\1){2,}")
NARROW = 40
"""Lines of a text that wraps are at least this long."""
CELLS = re.compile(r"(?P<label>[^|\t:]{2,40}?)(?::?\s*[|\t]\s*|\s{3,})(?P<value>[^|\t]+)")
LABEL = re.compile(r"(?P<label>[^|\t:.!?]{2,40}): +(?P<value>[^|\t]+)")
LONGEST_ROW = 120
MOST_LABEL_WORDS = 5
FEWEST_ROWS = 3
BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


@dataclass(frozen=True, slots=True)
class Line:
    """A source line: its folded words, its indent, its whole width.

    ``fact`` is the line as "label: value" when it has two cells, as rows of a fact box do.
    """

    text: str
    indent: int
    width: int
    fact: str = ""


def plain_blocks(text: str, names: tuple[str, ...] = ()) -> tuple[Block, ...]:
    """Return the blocks of a plain text; ``names`` of the page may stand in its headings."""
    found: list[Block] = []
    group = 0
    tag: str | None = None
    chunks = list(chunks_of(text))
    for number, chunk in enumerate(chunks):
        following = chunks[number + 1] if number + 1 < len(chunks) else []
        listed = bool(found) and found[-1].kind == "item"
        for block in chunk_blocks(chunk, following, names, tag, listed=listed):
            if block.kind == "heading":
                tag = "faq" if block.question else loose_tag(block.text, names)
            if block.kind == "item" and not (found and found[-1].kind == "item"):
                group += 1
            found.append(replace(block, group=group) if block.kind == "item" else block)
    return tuple(found)


def chunks_of(text: str) -> Iterator[list[Line]]:
    """Yield the runs of lines between blank lines; a rule makes the line above it a heading."""
    chunk: list[Line] = []
    marker = ""
    for raw in text.split("\n"):
        raw = raw.expandtabs(4)
        words = fold(raw)
        if not words or RULE.fullmatch(words):
            if words and len(chunk) == 1 and len(chunk[0].text) <= 120 and words[0] in "=-~":
                chunk = [replace(chunk[0], text="# " + chunk[0].text.lstrip("# "))]
            if chunk:
                yield chunk
                chunk = []
        elif ALONE.fullmatch(words):
            marker = words
        else:
            indent = len(raw) - len(raw.lstrip())
            text = f"{marker} {words}" if marker else words
            chunk.append(Line(text, indent, len(raw.rstrip()), "" if marker else fact_of(raw)))
            marker = ""
    if chunk:
        yield chunk


def fact_of(raw: str) -> str:
    """Return a line of two cells as "label: value", or nothing.

    >>> fact_of("Sets | 3 per side"), fact_of("Home | Shop | Contact"), fact_of("Breathe out.")
    ('Sets: 3 per side', '', '')
    """
    cells = CELLS.fullmatch(raw.strip()) or LABEL.fullmatch(raw.strip())
    if not cells or len(raw) > LONGEST_ROW or BULLET.match(raw.strip()):
        return ""
    label, value = fold(cells["label"]), fold(cells["value"])
    few = len(label.split()) <= MOST_LABEL_WORDS
    return f"{label}: {value}" if few and not re.search(r"\s{3,}", cells["value"].strip()) else ""


def fact_rows(chunk: list[Line]) -> frozenset[int]:
    """Return which lines of a run are rows of a fact box.

    They are three or more, one below the other, and most of them are on exercise or state a number.
    """
    rows: set[int] = set()
    run: list[int] = []
    for at, line in enumerate([*chunk, Line("", 0, 0)]):
        if line.fact:
            run.append(at)
            continue
        telling = sum(states(chunk[row].fact) for row in run)
        if len(run) >= FEWEST_ROWS and 2 * telling >= len(run):
            rows.update(run)
        run = []
    return frozenset(rows)


def states(fact: str) -> bool:
    """Return whether a row tells something of an exercise, as rows of a menu do not."""
    return bool(FACT.search(fact)) or furniture().about_exercise(fact) > 0


def chunk_blocks(
    chunk: list[Line],
    following: list[Line],
    names: tuple[str, ...],
    tag: str | None,
    *,
    listed: bool = False,
) -> Iterator[Block]:
    """Yield the blocks of one run of lines in a section with this tag, ``listed`` below a list."""
    run: list[Line] = []
    item: list[Line] = []
    indents: list[int] = []
    before = ""
    rows = fact_rows(chunk)
    for at, line in enumerate(chunk):
        if at in rows:
            yield from flushed(run, item, indents, tag)
            run, item = [], []
            yield fact_block(line.fact, names)
            before = line.text
            continue
        below = chunk[at + 1 :] or following
        next_line = below[0].text if below else ""
        single = at + 1 == len(chunk) or not wraps(line, chunk[at + 1], chunk)
        parting = listed and len(chunk) == 1
        boxed = at + 1 in rows or (below is following and 0 in fact_rows(following))
        place = Place(next_line, len(below), at == 0, single, before, tag, parting, boxed)
        bullet = BULLET.match(line.text)
        if bullet and is_bullet(bullet, before, bool(item), at == 0 or bool(line.indent)):
            yield from flushed(run, item, indents, tag)
            run, item = [], [line]
        elif heading := heading_of(line.text, place, names):
            yield from flushed(run, item, indents, tag)
            run, item = [], []
            yield heading
            before = ""
            continue
        elif item and continues(item[-1], line, chunk, item[0].indent):
            item.append(line)
        elif item:
            yield from flushed(run, item, indents, tag)
            run, item = [line], []
        else:
            run.append(line)
        before = line.text
    yield from flushed(run, item, indents, tag)


def fact_block(fact: str, names: tuple[str, ...]) -> Block:
    """Return a row of a fact box: an item, or a line of its own when its label opens a section."""
    label = fact.partition(":")[0]
    return Block("paragraph" if exact_tag(label, names) in FACT_TAGS else "item", fact)


def is_bullet(bullet: re.Match[str], before: str, in_list: bool, opens: bool) -> bool:
    """Return whether a marker starts an item, and is no dash or number of a wrapped line."""
    return bool(bullet["dot"]) or opens or in_list or not before or before.endswith((":", "?"))


def continues(last: Line, line: Line, chunk: list[Line], indent: int) -> bool:
    """Return whether a line goes on with the item above it."""
    if line.indent > indent or line.text[:1].islower():
        return True
    return not ENDED.search(last.text) and (
        bool(HALFWAY.search(last.text)) or wraps(last, line, chunk)
    )


def wraps(last: Line, line: Line, chunk: list[Line]) -> bool:
    """Return whether the first word of ``line`` had no room on the line above it."""
    width = max(one.width for one in chunk)
    return width >= NARROW and last.width + 1 + len(line.text.split()[0]) > width


def flushed(
    run: list[Line], item: list[Line], indents: list[int], tag: str | None
) -> Iterator[Block]:
    """Yield what has been gathered: an item with its depth, or unmarked lines."""
    if item:
        while indents and indents[-1] > item[0].indent:
            indents.pop()
        if not indents or indents[-1] < item[0].indent:
            indents.append(item[0].indent)
        words = " ".join(line.text for line in item)
        marker = BULLET.match(words)
        words = words[marker.end() :] if marker else words
        numbered = bool(marker and marker["number"])
        yield Block("item", words, level=len(indents) - 1, numbered=numbered)
    for words in unwrapped(run, tag):
        yield paragraph_of(words)


def paragraph_of(words: str) -> Block:
    """Return a paragraph without the stars around its bold words; it may begin with a bold lead."""
    bold = BOLD.match(words)
    return Block("paragraph", BOLD.sub(r"\2", words), lead=bold[2] if bold else "")


def unwrapped(run: list[Line], tag: str | None) -> Iterator[str]:
    """Yield the paragraphs of a run of unmarked lines: wrapped lines joined, short ones apart."""
    apart = next((at for at, line in enumerate(run) if at and furniture().is_line(line.text)), 0)
    if apart:  # what stands in front of a line of furniture goes on without it
        yield from unwrapped(run[:apart], tag)
        yield from unwrapped(run[apart:], tag)
        return
    if len(run) > 1 and furniture().is_line(run[0].text):
        yield run[0].text
        run = run[1:]
    if not run:
        return
    pairs = list(pairwise(run))
    wrapped = bool(pairs) and all(wraps(a, b, run) for a, b in pairs)
    if wrapped and tag in LIST_TAGS and all(ENDED.search(line.text) for line in run):
        wrapped = any(END.search(line.text) for line in run)
    words = run[0].text
    for above, line in pairs:
        if wrapped or line.text[:1].islower() or HALFWAY.search(above.text):
            words += " " + line.text
        else:
            yield words
            words = line.text
    yield words
