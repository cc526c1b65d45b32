"""A page beside the file that it came from: its lines, sentences and where they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.checking.source_text import SourceText
from assistant.checking.spoken import spoken
from assistant.domain import Page, Section, SectionKind
from assistant.pages.characters import words
from assistant.pages.headings import exact_tag
from assistant.pages.sentences import END, is_boundary

FACT_TAGS = frozenset({"equipment", "muscles", "level"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the page; ``start`` is its offset in the canonical text."""

    text: str
    start: int
    section: Section

    @property
    def words(self) -> list[str]:
        """Return its words for comparisons."""
        return spoken(self.text).split()


class Manuscript:
    """One page of one file.

    Args:
        page: what the reader made of it.
        file: what to call its file.
        source: the numbered lines of its file, or of its record.
        suffix: the file's ending.
        header: the front matter, empty when there is none.
        begins: place in the source's words from which the page stands.
    """

    def __init__(
        self,
        page: Page,
        file: str,
        source: SourceText,
        suffix: str,
        header: Mapping[str, object] | None = None,
        begins: int = 0,
    ) -> None:
        self.page = page
        self.file = file
        self.source = source
        self.suffix = suffix
        self.header = header or {}
        self.begins = begins

    @cached_property
    def anchors(self) -> list[tuple[int, int]]:
        """Pairs of an offset at which a line of the page begins, and its place in the source."""
        found = []
        at, place = 0, self.begins
        for line in self.page.text.split("\n"):
            near = self.source.find(line, place)
            if near is not None:
                found.append((at, near))
                place = near
            at += len(line) + 1
        return found

    def line_at(self, offset: int) -> int:
        """Return the number of the source line on which the words at an offset stand."""
        text = self.page.text
        at = bisect_right(self.anchors, (offset, 1 << 62)) - 1
        if at < 0:
            return self.first_line
        begin, place = self.anchors[at]
        end = text.find("\n", offset)
        rest = text[offset : end if end >= 0 else len(text)]
        if begin == offset or "\n" in text[begin:offset]:
            return self.source.number_at(place)
        inner = self.source.find(rest, place + max(0, len(" ".join(words(text[begin:offset])))))
        return self.source.number_at(place if inner is None else inner)

    @cached_property
    def first_line(self) -> int:
        """The number of the line with the page's title, or of its first line."""
        number = self.source.number_of(self.page.title, self.begins)
        if number is None:
            number = self.source.number_at(self.begins)
        return number

    def sections(self, kind: SectionKind) -> list[Section]:
        """Return the sections of one kind."""
        return [section for section in self.page.sections if section.kind == kind]

    def body(self, section: Section) -> str:
        """Return the text of a section."""
        return self.page.text[section.start : section.end]

    def heading_line(self, section: Section) -> int:
        """Return the number of the line with a section's heading."""
        return self.line_at(max(0, section.start - len(section.heading) - 1))

    def lines(self, section: Section) -> Iterator[tuple[int, str]]:
        """Yield (offset, text) of the lines of a section."""
        at = section.start
        for line in self.body(section).split("\n"):
            if line:
                yield at, line
            at += len(line) + 1

    @cached_property
    def prose(self) -> tuple[Section, ...]:
        """The sections that someone has written: all but the facts of the front matter."""
        return tuple(
            section
            for section in self.page.sections
            if section.kind not in ("equipment", "other")
            or exact_tag(section.heading) not in FACT_TAGS
        )

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the prose in reading order; a list item is at least one."""
        return tuple(
            Sentence(line[start:end], offset + start, section)
            for section in self.prose
            for offset, line in self.lines(section)
            for start, end in parted(line)
        )

    @cached_property
    def spoken(self) -> str:
        """The words of the page below its title, questions too, each between two spaces."""
        body = self.page.text.partition("\n")[2]
        return " " + spoken(body) + " "

    @cached_property
    def spoken_lines(self) -> frozenset[str]:
        """The words of each line of the page below its title."""
        lines = self.page.text.split("\n")[1:]
        return frozenset(spoken(line) for line in lines)

    def says(self, text: str) -> bool:
        """Return whether the words of a text stand on the page below its title."""
        own = spoken(text)
        return own in self.spoken_lines or f" {own} " in self.spoken


def parted(line: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of a line.

    >>> parted("Rest, e.g. here. But go on.")
    [(0, 16), (17, 27)]
    """
    starts, ends = [0], []
    for match in END.finditer(line):
        if is_boundary(line, starts[-1], match):
            ends.append(match.start() + len(match[0].rstrip()))
            starts.append(match.end())
    return [pair for pair in zip(starts, [*ends, len(line)], strict=True) if pair[0] < pair[1]]


def brackets_out(text: str) -> str:
    """Return a text without what stands in brackets."""
    return re.sub(r"\s*\([^()]*\)", "", text)
