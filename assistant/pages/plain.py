"""Plain text to blocks: bullets, wrapped lines, headings told by their words and their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.pages.blocks import Block
from assistant.pages.characters import fold, plain
from assistant.pages.headings import LONGEST, exact_tag, is_question, starred_tag

DOTS = "•‣◦▪▫■□●○∙·⁃➤►▶→✓✔✅❌✗✘⚫🔹🔸👉\uf0b7"
BULLET = re.compile(
    rf"(?P<dot>[{DOTS}]\ufe0f?)\s*(?=\S)|(?P<dash>[-*+–—−])\s+(?=\S)|(?P<number>\(?\d{{1,2}}[.)])\s+(?=\S)"
)
ALONE = re.compile(rf"(?:[{DOTS}]\ufe0f?|[-*+–—]|\d{{1,2}}[.)])")
RULE = re.compile(r"([-=_*~#·•])(?:\s*\1){2,}")
MARKED = re.compile(
    r"(?P<hashes>#{1,6})\s+(?P<a>.*?)\s*#*|(?P<sign>\*\*|__|==+|--+)\s*(?P<b>[^*_=]+?)\s*(?P=sign)|\[(?P<c>[^\]]{2,60})\]"
)
ENDED = re.compile(r"[.!?…:;]['\"”’)\]]*$")
HALFWAY = re.compile(
    r"(?:,|\b(?:and|or|the|a|an|of|to|in|on|at|for|from|with|your|by|as|if|than|that|but|not|is|are))$",
    re.I,
)
NARROW = 40
"""Lines of a text that wraps are at least this long."""


@dataclass(frozen=True, slots=True)
class Line:
    """A source line: its folded words, its indent, its whole width."""

    text: str
    indent: int
    width: int


def plain_blocks(text: str, names: tuple[str, ...] = ()) -> tuple[Block, ...]:
    """Return the blocks of a plain text; ``names`` of the page may stand in its headings."""
    found: list[Block] = []
    group = 0
    chunks = list(chunks_of(text))
    for number, chunk in enumerate(chunks):
        following = chunks[number + 1][0] if number + 1 < len(chunks) else None
        for block in chunk_blocks(chunk, names, following):
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
            if words and len(chunk) == 1 and len(chunk[0].text) <= LONGEST and words[0] in "=-~":
                chunk = [replace(chunk[0], text="# " + chunk[0].text.lstrip("# "))]
            if chunk:
                yield chunk
                chunk = []
        elif ALONE.fullmatch(words):
            marker = words
        else:
            indent = len(raw) - len(raw.lstrip())
            chunk.append(Line(f"{marker} {words}" if marker else words, indent, len(raw.rstrip())))
            marker = ""
    if chunk:
        yield chunk


def chunk_blocks(
    chunk: list[Line], names: tuple[str, ...], following: Line | None
) -> Iterator[Block]:
    """Yield the blocks of one run of lines."""
    run: list[Line] = []
    item: list[Line] = []
    indents: list[int] = []
    before = ""
    for at, line in enumerate(chunk):
        below = chunk[at + 1] if at + 1 < len(chunk) else following
        bullet = BULLET.match(line.text)
        if bullet and is_bullet(bullet, before, bool(item), at == 0 or bool(line.indent)):
            yield from flushed(run, item, indents)
            run, item = [], [line]
        elif heading := heading_of(line, names, below, alone=at == 0, open_line=before):
            yield from flushed(run, item, indents)
            run, item = [], []
            yield heading
            before = ""
            continue
        elif item and continues(item[-1], line, chunk, item[0].indent):
            item.append(line)
        elif item:
            yield from flushed(run, item, indents)
            run, item = [line], []
        else:
            run.append(line)
        before = line.text
    yield from flushed(run, item, indents)


def is_bullet(bullet: re.Match[str], before: str, in_list: bool, opens: bool) -> bool:
    """Return whether a marker starts an item, and is no dash or number of a wrapped line."""
    return bool(bullet["dot"]) or opens or in_list or not before or before.endswith((":", "?"))


def heading_of(
    line: Line, names: tuple[str, ...], below: Line | None, *, alone: bool, open_line: str
) -> Block | None:
    """Return the heading that a line is: by its marks, by its words, or because it asks."""
    marked = MARKED.fullmatch(line.text)
    if marked:
        words = marked["a"] or marked["b"] or marked["c"]
        level = len(marked["hashes"]) if marked["hashes"] else 2
        return Block("heading", words, level=level, question=words.endswith("?"))
    if len(line.text) > LONGEST * 2 or line.text[:1].islower():
        return None
    if not alone and open_line and not ENDED.search(open_line) and HALFWAY.search(open_line):
        return None
    if is_lone_question(line.text) and below is not None:
        return (
            Block("heading", line.text, level=3, question=True, sure=False)
            if alone or not open_line
            else None
        )
    if line.text.endswith((".", ",", ";", "!")):
        return None
    if exact_tag(line.text, names):
        return Block("heading", line.text, level=2, sure=False)
    if below is not None and len(line.text) <= 80 and not is_question(line.text):
        opens = bool(BULLET.match(below.text)) or len(below.text) > 60
        if opens and starred_tag(line.text, names):
            return Block("heading", line.text, level=2, sure=False)
    return None


def is_lone_question(text: str) -> bool:
    """Return whether a line is one question and nothing else.

    >>> is_lone_question("Is it safe?"), is_lone_question("Why? Because it works.")
    (True, False)
    """
    line = plain(text).rstrip("\"')]* ")
    return line.endswith("?") and not re.search(r"[.!?]\s", line) and len(line.split()) > 1


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


def flushed(run: list[Line], item: list[Line], indents: list[int]) -> Iterator[Block]:
    """Yield what has been gathered: an item with its depth, or unmarked lines."""
    if item:
        while indents and indents[-1] > item[0].indent:
            indents.pop()
        if not indents or indents[-1] < item[0].indent:
            indents.append(item[0].indent)
        words = " ".join(line.text for line in item)
        marker = BULLET.match(words)
        yield Block("item", words[marker.end() :] if marker else words, level=len(indents) - 1)
    for words in unwrapped(run):
        yield Block("paragraph", words)


def unwrapped(run: list[Line]) -> Iterator[str]:
    """Yield the paragraphs of a run of unmarked lines: wrapped lines joined, short ones apart."""
    if not run:
        return
    pairs = list(pairwise(run))
    wrapped = (
        bool(pairs)
        and all(wraps(a, b, run) for a, b in pairs)
        and not all(ENDED.search(a.text) for a, _ in pairs)
    )
    words = run[0].text
    for above, line in pairs:
        if wrapped or line.text[:1].islower() or HALFWAY.search(above.text):
            words += " " + line.text
        else:
            yield words
            words = line.text
    yield words
