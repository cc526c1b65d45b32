"""Rules about sections: which ones there are, restrictions, headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from assistant.checking.findings import Fault
from assistant.checking.manuscript import Manuscript
from assistant.checking.policy import Policy, phrase_pattern, shortened
from assistant.checking.source_text import SourceLine
from assistant.checking.spoken import spoken
from assistant.domain import Section
from assistant.pages.characters import plain, stems, words
from assistant.pages.furniture import furniture
from assistant.pages.headings import exact_tag, leads_in, loose_tag
from assistant.pages.plain_headings import BULLET, is_lone_question


def section_rules(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield the faults of a page's sections."""
    yield from missing_sections(page, policy)
    yield from restrictions(page, policy)
    yield from unknown_headings(page)
    yield from empty_sections(page)


def missing_sections(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield the kinds of section that a page lacks; restrictions have a rule of their own."""
    have = {section.kind for section in page.page.sections}
    expected = cast("dict[str, dict[str, str]]", policy.data["sections"])
    for kind, values in expected.items():
        if kind not in have:
            yield Fault("missing-section", page.first_line, values)


def restrictions(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield that restrictions are missing, are few, or do not say what to do."""
    sections = page.sections("restrictions")
    if not sections:
        yield Fault("no-restrictions", page.first_line)
        return
    bullets = [
        (offset, line)
        for section in sections
        for offset, line in page.lines(section)
        if not leads_in(line)
    ]
    least = int(policy.limit("least_restrictions"))
    if len(bullets) < least:
        values = {"count": len(bullets), "least": least}
        yield Fault("few-restrictions", page.heading_line(sections[0]), values)
    if any(advises(page, section, policy) for section in sections):
        return
    silent = [(offset, line) for offset, line in bullets if not has_advice(line, policy)]
    if silent:
        numbers = [page.line_at(offset) for offset, _ in silent]
        share = f"{len(silent)} of {len(bullets)}"
        told: dict[str, object] = {
            "share": share,
            "quote": shortened(silent[0][1]),
            "lines": ", ".join(map(str, dict.fromkeys(numbers))),
        }
        yield Fault("restriction-without-advice", numbers[0], told)


def advises(page: Manuscript, section: Section, policy: Policy) -> bool:
    """Return whether a section's heading or leading line says what to do: "Do not do this if:"."""
    leading = [line for _, line in page.lines(section) if leads_in(line)]
    said = spoken(" ".join([section.heading, *leading]))
    return bool(phrase_pattern(policy.listed("advising_headings")).search(said))


def has_advice(line: str, policy: Policy) -> bool:
    """Return whether a restriction says what to do, beside the condition that it names."""
    if any(mark in line for mark in policy.listed("advice_marks")):
        return True
    if ". " in line:
        return True
    start = plain(line)
    return any(start.startswith(word + " ") for word in policy.listed("advice_starts"))


def unknown_headings(page: Manuscript) -> Iterator[Fault]:
    """Yield the headings of sections that fell to kind "other"."""
    for section in page.sections("other"):
        heading = section.heading
        if heading != page.page.title and loose_tag(heading) not in ("muscles", "level"):
            yield Fault("unknown-heading", page.heading_line(section), {"heading": heading})


def empty_sections(page: Manuscript) -> Iterator[Fault]:
    """Yield the headings in the source with nothing below them; questions have their own rule."""
    lines = [line for line in page.source.lines if words(line.text)]
    lines = [line for line in lines if line.number > page.source.header_lines]
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        text = words_of_heading(line)
        if not line.level or is_lone_question(text) or stems(text) == stems(page.page.title):
            continue
        empty = below is None or 0 < below.level <= line.level
        if empty and (exact_tag(text) or not furniture().is_heading(text)):
            yield Fault("empty-section", line.number, {"heading": shortened(text)})


def words_of_heading(line: SourceLine) -> str:
    """Return the words of a source line without its marks."""
    text = line.text.strip().lstrip("#").strip().rstrip("#").strip(" *_")
    bullet = BULLET.match(text)
    return text[bullet.end() :] if bullet else text
