"""What the two processes say to each other: a length, then JSON; pages as plain lists."""

from __future__ import annotations

from typing import Any, cast

from assistant.domain import Page, Section, SectionKind

HEADER_BYTES = 8
Message = dict[str, Any]


def framed(header: bytes, body: bytes = b"") -> bytes:
    """Return a message: two lengths of 8 bytes, the JSON header, the raw bytes."""
    return (
        len(header).to_bytes(HEADER_BYTES, "big")
        + len(body).to_bytes(HEADER_BYTES, "big")
        + header
        + body
    )


def page_message(page: Page) -> list[object]:
    """Return a page in JSON's own types."""
    sections = [[s.kind, s.heading, s.start, s.end] for s in page.sections]
    names = [list(page.aliases), list(page.equipment), list(page.muscles), list(page.told)]
    return [page.slug, page.title, page.text, sections, names, page.url, page.level, page.source]


def page_of(message: list[Any]) -> Page:
    """Return the page of a message."""
    slug, title, text, sections, names, url, level, source = message
    return Page(
        slug=slug,
        title=title,
        text=text,
        sections=tuple(
            Section(cast("SectionKind", kind), heading, start, end)
            for kind, heading, start, end in sections
        ),
        aliases=tuple(names[0]),
        equipment=tuple(names[1]),
        muscles=tuple(names[2]),
        told=tuple(names[3]),
        url=url,
        level=level,
        source=source,
    )
