"""Small judgements on the lines of an HTML page: bold beginnings, line breaks, links, bullets."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from assistant.pages.characters import fold
from assistant.pages.plain_headings import BULLET, ENDED

OPEN, CLOSE = "\x02", "\x01"
SHORT_LINE = 110


def leads_away(address: str | None) -> bool:
    """Return whether a link leads to another page, and not to a place on this one."""
    return bool(address) and not (address or "").strip().lower().startswith(("#", "javascript:"))


def leading(pieces: list[tuple[str, bool, bool]]) -> list[str]:
    """Return the pieces in bold with which a line begins."""
    found = []
    for text, bold, _ in pieces:
        if not bold and text.strip(OPEN + CLOSE + " \n\t"):
            break
        found.append(text.strip(OPEN + CLOSE))
    return found


def is_plain_item(node: LexborNode) -> bool:
    """Return whether a list's item is a bullet, and no container of headings and paragraphs."""
    return node.css_first("h1,h2,h3,h4,h5,h6,summary,table,dl,[role=heading]") is None


def lines_of(raw: str) -> list[str]:
    """Return the lines of a paragraph: a line break counts where a line ends or a bullet begins."""
    parts = [fold(part) for part in raw.split("\n")]
    if len(parts) == 1:
        return [parts[0]] if parts[0] else []
    apart = all(len(part) <= SHORT_LINE and not part[:1].islower() for part in parts if part)
    lines: list[str] = []
    fresh = True
    for part in parts:
        if not part:
            fresh = True
            continue
        if fresh or apart or BULLET.match(part) or ENDED.search(lines[-1]):
            lines.append(part)
        else:
            lines[-1] += " " + part
        fresh = False
    return lines
