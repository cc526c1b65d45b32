r"""A reply's segments as lines for people: paragraphs, and items of lists by how they begin.

Example: the segments "Here is how:\n", "1. ", "Lie down.\n" make a paragraph and an item of an
ordered list whose number is 1. The numbers of a segment's sources stand behind its last words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain import Segment

# What begins an item of a list; the number of an ordered one is its group.
ITEM = re.compile(r"\s*(?:[•*–-]|(\d{1,2})[.)])\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one segment within a line, and the sources that they rest on."""

    text: str
    role: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph (``p``), or an item of a list (``ul``; ``ol``, then with its number)."""

    tag: str
    number: int | None
    runs: list[Run]


def lines_of(segments: Iterable[Segment]) -> list[Line]:
    """Return the lines of a reply in reading order, none of them empty."""
    lines: list[Line] = []
    is_open = False
    for segment in segments:
        pieces = segment.text.split("\n")
        last = max((at for at, piece in enumerate(pieces) if piece.strip()), default=-1)
        for at, piece in enumerate(pieces):
            is_open = is_open and at == 0
            if not piece.strip() and not is_open:
                continue
            if not is_open:
                line, piece = _begun(piece)
                lines.append(line)
                is_open = True
            citations = segment.citations if at == last else ()
            lines[-1].runs.append(Run(piece, segment.role, citations))
    return lines


def _begun(piece: str) -> tuple[Line, str]:
    """Return the line that a piece begins, and what of the piece a reader still needs."""
    marker = ITEM.match(piece)
    if marker is None:
        return Line("p", None, []), piece
    number = int(marker[1]) if marker[1] else None
    return Line("ol" if marker[1] else "ul", number, []), piece[marker.end() :]
