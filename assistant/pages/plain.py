"""Plain text to blocks: bullets, wrapped lines, headings told by their words and their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.pages.blocks import Block
from assistant.pages.characters import fold
from assistant.pages.fact_boxes import boxes, fact_of, rows_of
from assistant.pages.furniture import furniture
from assistant.pages.headings import LABEL_ENDS, LABELLED, exact_tag, loose_tag
from assistant.pages.plain_headings import (
    BULLET,
    DOTS,
    ENDED,
    HALFWAY,
    Place,
    bullet_of,
    heading_of,
)
from assistant.pages.scraped import LIST_TAGS
from assistant.pages.sentences import END

ALONE = re.compile(rf"(?:[{DOTS}]\ufe0f?|[-*+–—]|\d{{1,2}}[.)])")
RULE = re.compile(r"([-=_*~#·•])(?:\s*\1){2,}")
NARROW = 40
"""Lines of a text that wraps are at least this long."""
BOLD = re.compile(r"(\*\*|__)(?=[^\W_])([^*_]{1,240})(?<=\S)\1")


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
    pieces = [piece for chunk in chunks_of(text) for piece in segments_of(chunk)]
    for (piece, is_box), (following, boxed) in pairwise([*pieces, ([], False)]):
        listed = bool(found) and found[-1].kind == "item"
        blocks = (
            box_blocks(piece, names)
            if is_box
            else chunk_blocks(piece, following, names, tag, listed=listed, boxed=boxed)
        )
        for block in blocks:
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
        fact = fact_of(raw)
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
            chunk.append(Line(text, indent, len(raw.rstrip()), "" if marker else fact))
            marker = ""
    if chunk:
        yield chunk


def segments_of(chunk: list[Line]) -> Iterator[tuple[list[Line], bool]]:
    """Yield a run of lines in pieces, each with whether it is a fact box."""
    done = 0
    for start, end in boxes([line.fact for line in chunk], [line.text for line in chunk]):
        if start > done:
            yield chunk[done:start], False
        yield chunk[start:end], True
        done = end
    if done < len(chunk):
        yield chunk[done:], False


def box_blocks(box: list[Line], names: tuple[str, ...]) -> Iterator[Block]:
    """Yield the rows of a fact box: items, or lines of their own whose label opens a section."""
    for row in rows_of([line.fact for line in box], [line.text for line in box]):
        opens = exact_tag(LABEL_ENDS.split(row)[0], names) in LABELLED
        yield Block("paragraph" if opens else "item", row)


def chunk_blocks(
    chunk: list[Line],
    following: list[Line],
    names: tuple[str, ...],
    tag: str | None,
    *,
    listed: bool = False,
    boxed: bool = False,
) -> Iterator[Block]:
    """Yield the blocks of one run of lines in a section with this tag.

    It stands below a list when ``listed``, above a fact box when ``boxed``.
    """
    run: list[Line] = []
    item: list[Line] = []
    indents: list[int] = []
    before = ""
    for at, line in enumerate(chunk):
        below = chunk[at + 1 :] or following
        next_line = below[0].text if below else ""
        single = at + 1 == len(chunk) or not wraps(line, chunk[at + 1], chunk)
        alone = listed and len(chunk) == 1
        place = Place(next_line, len(below), at == 0, single, before, tag, alone, boxed)
        bullet = bullet_of(line.text, names)
        starts = at == 0 or bool(line.indent) or repeats(bullet, next_line)
        if bullet and is_bullet(bullet, before, bool(item), starts):
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


def repeats(bullet: re.Match[str] | None, following: str) -> bool:
    """Return whether the next line has the same dash: two in a row are no wrapped sentence."""
    dash = bullet["dash"] if bullet else None
    return dash is not None and following.startswith(f"{dash} ")


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
