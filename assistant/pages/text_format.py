"""``.txt`` as scraped: the title is one of the first lines, furniture stands anywhere."""

from __future__ import annotations

from assistant.pages.blocks import Draft
from assistant.pages.characters import fold, stems
from assistant.pages.headings import exact_tag
from assistant.pages.naming import likely_title
from assistant.pages.plain import plain_blocks
from assistant.pages.plain_headings import BULLET

FIRST_LINES = 25
NAMED_LINES = 60
SUBTITLES = 2
MOST_TEXT = 50_000


def read_text(text: str, stem: str) -> Draft:
    """Return the draft of a scraped text."""
    title = named_line(text, stem) or likely_title(first_lines(text), stem, stems(text[:MOST_TEXT]))
    blocks = plain_blocks(text, (title,) if title else ())
    return Draft(blocks, title=title, titles=below(text, title), scraped=True)


def named_line(text: str, stem: str) -> str:
    """Return the first line that says what the file's name says, in several words, or nothing.

    Menus above it may hold words that are headings elsewhere, such as "Gear".
    """
    wanted = stems(stem)
    lines = lines_of(text)[:NAMED_LINES]
    fitting = (line for line in lines if len(wanted) > 1 and stems(line) == wanted)
    return next((line for line in fitting if not line.endswith((".", "?"))), "")


def below(text: str, title: str) -> tuple[str, ...]:
    """Return the lines right below the title, where another name may stand by itself."""
    lines = lines_of(text)
    at = lines.index(title) if title in lines else len(lines)
    return tuple(lines[at + 1 : at + 1 + SUBTITLES])


def first_lines(text: str) -> tuple[str, ...]:
    """Return the lines before the first section, in which the title is looked for."""
    found: list[str] = []
    for line in lines_of(text):
        if BULLET.match(line) or exact_tag(line) or len(found) == FIRST_LINES:
            break
        found.append(line)
    return tuple(found)


def lines_of(text: str) -> list[str]:
    """Return the lines that say something, folded and without the marks of headings."""
    lines = (fold(raw).lstrip("# ") for raw in text[:MOST_TEXT].split("\n"))
    return [line for line in lines if line]
