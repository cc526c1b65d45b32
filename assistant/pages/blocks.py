"""What every format is read into: blocks in reading order, and what the page says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item"]
PSEUDO_HEADING = 7
"""Level of a heading that is only told by its look: below every marked-up one."""
INNER_HEADING = 8
"""Level of a question that opens, a term or a label: below all the other headings."""


class Rejected(Exception):
    """A source that gives no page, with what its owner can do about it."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the page to be: a heading, a paragraph or the item of a list.

    Attributes:
        kind: what it is.
        text: its words, on one line, without a bullet.
        level: of a heading 1 to 6 (7: told by its look only); of an item its depth from 0.
        question: the markup says that this heading is a question with an answer below.
        lead: the words at its beginning that stand in bold.
        linked: all its words are links.
        group: items of one list share a number.
        sure: the markup itself says that this is a heading.
        numbered: a number stood before the item.
        binds: a heading that leads in ("Do not do this if:"); it is also the list's first line.
    """

    kind: BlockKind
    text: str
    level: int = 0
    question: bool = False
    lead: str = ""
    linked: bool = False
    group: int = 0
    sure: bool = True
    binds: bool = False
    numbered: bool = False


RESUME = Block("heading", "", level=INNER_HEADING)
"""Stands where a section goes on that a label, a term or a folded answer has interrupted."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as one file tells it, before its furniture is taken out.

    ``scraped`` is true when no markup tells content from furniture (plain text).
    """

    blocks: tuple[Block, ...]
    title: str = ""
    aliases: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    muscles: tuple[str, ...] = ()
    level: str | None = None
    url: str | None = None
    slug: str | None = None
    scraped: bool = False
    titles: tuple[str, ...] = field(default=())
    """Other lines that may be the title, the likeliest first."""
