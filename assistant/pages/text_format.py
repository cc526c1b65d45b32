"""``.txt`` as scraped: the title is one of the first lines, furniture stands anywhere."""

from __future__ import annotations

from assistant.pages.blocks import Draft
from assistant.pages.characters import fold, stems
from assistant.pages.headings import exact_tag
from assistant.pages.naming import likely_title
from assistant.pages.plain import plain_blocks
from assistant.pages.plain_headings import BULLET

FIRST_LINES = 25
MOST_TEXT = 50_000


def read_text(text: str, stem: str) -> Draft:
    """Return the draft of a scraped text."""
    titles = first_lines(text)
    title = likely_title(titles, stem, stems(text[:MOST_TEXT]))
    return Draft(plain_blocks(text, (title,) if title else ()), title=title, scraped=True)


def first_lines(text: str) -> tuple[str, ...]:
    """Return the lines before the first section, in which the title is looked for."""
    found: list[str] = []
    for raw in text.split("\n"):
        line = fold(raw).lstrip("# ")
        if not line:
            continue
        if BULLET.match(line) or exact_tag(line) or len(found) == FIRST_LINES:
            break
        found.append(line)
    return tuple(found)
