"""Which lines of a plain text are headings: by their marks, their words and their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.pages.blocks import INNER_HEADING, Block
from assistant.pages.characters import plain
from assistant.pages.furniture import furniture
from assistant.pages.headings import (
    LONGEST,
    exact_tag,
    is_question,
    leads_in,
    loose_tag,
    starred_tag,
)
from assistant.pages.sentences import sentence_spans

DOTS = "•‣◦▪▫■□●○∙·⁃➤►▶→✓✔✅❌✗✘⚫🔹🔸👉\uf0b7"
BULLET = re.compile(
    rf"(?P<dot>[{DOTS}]\ufe0f?)\s*(?=\S)|(?P<dash>[-*+–—−>])\s+(?=\S)|(?P<number>\(?\d{{1,2}}[.)])\s+(?=\S)"
)
MARKED = re.compile(
    r"(?P<hashes>#{1,6})\s+(?P<a>.*?)\s*#*|(?P<sign>\*\*|__|==+|--+)\s*(?P<b>[^*_=]+?)\s*(?P=sign)|\[(?P<c>[^\]]{2,60})\]"
)
ENDED = re.compile(r"[.!?…:;]['\"”’)\]]*$")
HALFWAY = re.compile(
    r"(?:,|\b(?:and|or|the|a|an|of|to|in|on|at|for|from|with|your|by|as|if|than|that|but|not|is|are))$",
    re.I,
)
MOST_HEADING_WORDS = 8
LONG_LINE = 40
LONG_PROSE = 240
"""Characters of a paragraph below a list that cannot be one of its items."""
PROSE_TAGS = frozenset({"faq", "description"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands.

    Attributes:
        below: the line that follows, whether or not an empty one comes between.
        lines_below: how many lines follow without an empty one between them.
        first: it opens its run of lines.
        single: it is the only line of its run, or the line below it is no continuation.
        above: the line right above it in its run.
        tag: of the section in which it stands.
    """

    below: str
    lines_below: int
    first: bool
    single: bool
    above: str
    tag: str | None


def heading_of(text: str, place: Place, names: tuple[str, ...]) -> Block | None:
    """Return the heading that a line is, or nothing."""
    marked = MARKED.fullmatch(text)
    if marked:
        words = marked["a"] or marked["b"] or marked["c"]
        level = len(marked["hashes"]) if marked["hashes"] else 2
        return Block("heading", words, level=level, question=words.endswith("?"))
    if len(text) > LONGEST * 2 or text[:1].islower():
        return None
    if not place.first and HALFWAY.search(place.above):
        return None
    if is_lone_question(text) and place.below:
        asking = Block("heading", text, level=INNER_HEADING, question=True, sure=False)
        return asking if place.first or not place.above else None
    if text.endswith((".", ",", ";", "!")):
        return None
    if exact_tag(text, names):
        return Block("heading", text, level=2, sure=False)
    if not place.below or len(text) > LONG_LINE * 2:
        return None
    listed = bool(BULLET.match(place.below))
    if (listed or len(place.below) > LONG_LINE) and starred_tag(text, names):
        return Block("heading", text, level=2, sure=False)
    if is_question(text) and not listed:
        return None  # but "Who should skip this move" above a list is a heading
    return Block("heading", text, level=2) if opens_section(text, place, names) else None


def opens_section(text: str, place: Place, names: tuple[str, ...]) -> bool:
    """Return whether a short line without full stop is the heading of what follows.

    Above a bullet any line is; above other lines it must have a word of a known heading, or
    stand in a section of prose, where short lines are no content, or open a long paragraph.
    """
    if not place.first or len(text.split()) > MOST_HEADING_WORDS:
        return False
    if ":" in text or leads_in(text) or not text[:1].isalpha() or furniture().is_heading(text):
        return False
    if BULLET.match(place.below):
        return True
    if not place.single:
        return False
    tag = loose_tag(text, names)
    sentence = len(place.below) > LONG_LINE and ". " in place.below + " "
    if tag is not None and tag != place.tag:
        return sentence or place.lines_below > 1
    long = len(place.below) > LONG_PROSE and len(sentence_spans(place.below)) > 1
    return sentence and (place.tag in PROSE_TAGS or long)


def is_lone_question(text: str) -> bool:
    """Return whether a line is one question and nothing else.

    >>> is_lone_question("Is it safe?"), is_lone_question("Why? Because it works.")
    (True, False)
    """
    line = plain(text).rstrip("\"')]* ")
    return line.endswith("?") and not re.search(r"[.!?]\s", line) and len(line.split()) > 1
