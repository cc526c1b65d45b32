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
from assistant.pages.telling import kind_told

DOTS = "•‣◦▪▫■□●○∙·⁃➤►▶→✓✔✅❌✗✘⚫🔹🔸👉\uf0b7"
BULLET = re.compile(
    rf"(?P<dot>[{DOTS}]\ufe0f?)\s*(?=\S)|(?P<dash>[-*+–—−>])\s+(?=\S)"
    r"|(?P<number>\(?\d{1,2}[.)]|(?i:step|move|stage)\s\d{1,2}\s?[-.:)–—])\s+(?=\S)"
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
FEW_WORDS = 4
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
        alone: it is the only line between a list and what follows.
        boxed: rows of a fact box follow.
    """

    below: str
    lines_below: int
    first: bool
    single: bool
    above: str
    tag: str | None
    alone: bool = False
    boxed: bool = False


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
    if text.endswith((".", ",", ";")) or (text.endswith("!") and not calls(text, place)):
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


def calls(text: str, place: Place) -> bool:
    """Return whether a line such as "Breathe!" is a heading: few words above a list."""
    return bool(BULLET.match(place.below)) and len(text.split()) <= FEW_WORDS


def opens_section(text: str, place: Place, names: tuple[str, ...]) -> bool:
    """Return whether a short line without full stop is the heading of what follows.

    Above a bullet any line is; above other lines it must have a word of a known heading, or
    stand in a section of prose, where short lines are no content, or part a list from prose, or
    open a long paragraph.
    """
    if not place.first or len(text.split()) > MOST_HEADING_WORDS:
        return False
    bullet = BULLET.match(place.below)
    if leads_in(text) and bullet and bullet["number"] and loose_tag(text, names) == "instructions":
        return True  # "How it goes:" above the steps
    if ":" in text or leads_in(text) or not text[:1].isalpha():
        return False
    if furniture().is_heading(text):  # but a line above numbered steps heads them
        return bool(bullet and bullet["number"])
    if place.boxed or bullet:
        return True
    if not place.single:
        return False
    tag = loose_tag(text, names)
    sentence = len(place.below) > LONG_LINE and ". " in place.below + " "
    if tag is not None and tag != place.tag:
        return sentence or place.lines_below > 1
    long = len(place.below) > LONG_PROSE and len(sentence_spans(place.below)) > 1
    return sentence and (place.tag in PROSE_TAGS or long or parts_list(text, place))


def parts_list(text: str, place: Place) -> bool:
    """Return whether a line ends the list above it: "Nice to know", but no forgotten item.

    What follows must be on exercise, or it would be lost below an unknown heading.
    """
    if not place.alone or furniture().about_exercise(text) or kind_told([text, text]):
        return False
    return furniture().about_exercise(place.below) > 1


def bullet_of(text: str, names: tuple[str, ...]) -> re.Match[str] | None:
    """Return the marker of a line, unless a heading follows it: "Step 1: How to do it"."""
    bullet = BULLET.match(text)
    if bullet and bullet["number"] and bullet[0][0].isalpha():
        return None if exact_tag(text[bullet.end() :], names) else bullet
    return bullet


def is_lone_question(text: str) -> bool:
    """Return whether a line is one question and nothing else.

    >>> is_lone_question("Is it safe?"), is_lone_question("Why? Because it works.")
    (True, False)
    """
    line = plain(text).rstrip("\"')]* ")
    return line.endswith("?") and not re.search(r"[.!?]\s", line) and len(line.split()) > 1
