"""A file's text as numbered lines, so that words of a page are found where they stand."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.checking.spoken import spoken
from assistant.pages.characters import visible, words
from assistant.pages.front_matter import FRONT_MATTER
from assistant.pages.headings import exact_tag
from assistant.pages.plain_headings import BULLET, is_lone_question
from assistant.pages.policy import html_words

HASHES = re.compile(r"\s{0,3}(#{1,6})\s+")
UNSHOWN = re.compile(r"<(!--|script\b|style\b|template\b|noscript\b)", re.I)
TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
LINK = re.compile(r"\]\([^()\s]*\)")
JSON_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.S)
LONGEST_NEEDLE = 40
HEADING_LEVEL = 2
QUESTION_LEVEL = 3


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the file: its number from 1, its words as shown, its level as a heading or 0."""

    number: int
    text: str
    level: int = 0


class SourceText:
    """The lines of a file (or of one record) and the places of their words."""

    def __init__(self, lines: Sequence[SourceLine], raw: str, header_lines: int = 0) -> None:
        self.lines = tuple(lines)
        self.raw = raw
        self.header_lines = header_lines

    @cached_property
    def searchable(self) -> tuple[str, list[int]]:
        """All words, each between two spaces, and where in them each line begins."""
        found, starts, at = [], [], 0
        for line in self.lines:
            own = spoken(visible(line.text))
            starts.append(at)
            if own:
                found.append(own)
                at += len(own) + 1
        return " " + " ".join(found) + " ", starts

    def find(self, text: str, after: int = 0) -> int | None:
        """Return the place of a text's words at or after a place, else anywhere, else nothing."""
        own = words(text)
        haystack, _ = self.searchable
        for needle in (own[:LONGEST_NEEDLE], own[:5]):
            if needle:
                key = " " + " ".join(needle) + " "
                at = haystack.find(key, after)
                at = at if at >= 0 else haystack.find(key)
                if at >= 0:
                    return at
        return None

    def number_at(self, place: int) -> int:
        """Return the number of the line that holds a place."""
        _, starts = self.searchable
        at = bisect_right(starts, place) - 1
        return self.lines[at].number if self.lines else 1

    def number_of(self, text: str, after: int = 0) -> int | None:
        """Return the number of the line on which a text begins."""
        place = self.find(text, after)
        return None if place is None else self.number_at(place)


def source_text(text: str, suffix: str) -> SourceText:
    """Return the numbered lines of a file by its ending."""
    if suffix in (".html", ".htm") or text.lstrip()[:9].lower().startswith(("<!doctype", "<html")):
        return SourceText(list(html_lines(text)), text)
    if suffix in (".json", ".jsonl"):
        return SourceText(list(json_lines(text)), text)
    match = FRONT_MATTER.match(text) if suffix == ".md" else None
    header = text[: match.end()].count("\n") if match else 0
    return SourceText(list(plain_lines(text, header, suffix)), text, header)


def plain_lines(text: str, header: int, suffix: str) -> Iterator[SourceLine]:
    """Yield the lines of a text or Markdown file; those of the front matter have no level."""
    for number, line in enumerate(text.split("\n"), start=1):
        if number <= header:
            yield SourceLine(number, line)
            continue
        shown = TAG.sub(" ", LINK.sub("]", line)) if suffix == ".md" else line
        hashes = HASHES.match(line)
        yield SourceLine(number, shown, len(hashes[1]) if hashes else plain_level(line, suffix))


def plain_level(line: str, suffix: str) -> int:
    """Return the level of a heading that no markup names: of scraped text only."""
    words_only = line.strip()
    if suffix == ".md" or not words_only or BULLET.match(words_only):
        return 0
    if is_lone_question(words_only):
        return QUESTION_LEVEL
    return HEADING_LEVEL if exact_tag(words_only) else 0


def html_lines(text: str) -> Iterator[SourceLine]:
    """Yield what stands between the block elements of an HTML file."""
    shown = TAG.sub(lambda tag: tag[0] if is_block(tag) else blank(tag[0]), shown_part(text))
    number, level, at = 1, 0, 0
    for tag in TAG.finditer(shown):
        yield from html_pieces(shown[at : tag.start()], number, level)
        number += shown.count("\n", at, tag.end())
        at = tag.end()
        heading = re.fullmatch(r"<h([1-6])\b.*>", tag[0], re.I | re.S)
        level = int(heading[1]) if heading else 0
    yield from html_pieces(shown[at:], number, level)


def is_block(tag: re.Match[str]) -> bool:
    """Return whether a tag parts the words before it from those behind it."""
    return tag[1].lower() in html_words("blocks") or tag[1].lower() in ("title", "br")


def shown_part(text: str) -> str:
    """Return HTML with comments, scripts and styles as empty lines."""
    kept = []
    at = 0
    while begins := UNSHOWN.search(text, at):
        closing = "-->" if begins[1] == "!--" else f"</{begins[1]}"
        closed = re.compile(closing, re.I).search(text, begins.end())
        end = closed.end() if closed else len(text)
        kept += [text[at : begins.start()], blank(text[begins.start() : end])]
        at = end
    return "".join(kept) + text[at:]


def blank(text: str) -> str:
    """Return white space with the line breaks of what it stands for."""
    return " " + "\n" * text.count("\n")


def html_pieces(text: str, number: int, level: int) -> Iterator[SourceLine]:
    """Yield the lines with something on them of a text between two block elements."""
    for offset, line in enumerate(text.split("\n")):
        if line.strip():
            yield SourceLine(number + offset, html.unescape(line), level)


def json_lines(text: str) -> Iterator[SourceLine]:
    """Yield the strings of a JSON file, keys too, each with the line on which it stands."""
    for number, line in enumerate(text.split("\n"), start=1):
        for match in JSON_STRING.finditer(line):
            yield SourceLine(number, TAG.sub(" ", JSON_ESCAPE.sub(unescaped, match[1])))


def unescaped(match: re.Match[str]) -> str:
    """Return the character of a JSON escape; white space for line breaks and tabs."""
    if match[1]:
        return chr(int(match[1], 16))
    return " " if match[2] in "nrtbf" else str(match[2])
