"""Citations: the exact characters that a sentence rests on, and the proof that they are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent_encode

from assistant.domain import Citation, Page, Section, SectionKind, Segment

CONTEXT = 32  # characters before and after a quote that help a browser to find it
LONG = 300  # a longer quote is named by its first and last words in a text fragment


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences or bullets of a page, not yet numbered."""

    page: Page
    kind: SectionKind
    heading: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the exact words."""
        return self.page.text[self.start : self.end]


Piece = Quote | str


def cite(pieces: Sequence[Piece]) -> tuple[tuple[Segment, ...], tuple[Citation, ...]]:
    """Turn quotes and frame words into segments and numbered citations.

    The same quote used twice keeps its number. Numbers start at 1 in reading order.
    """
    citations: dict[tuple[str, int, int], Citation] = {}
    segments = []
    for piece in pieces:
        if isinstance(piece, str):
            segments.append(Segment(piece, "frame"))
            continue
        key = (piece.page.slug, piece.start, piece.end)
        if key not in citations:
            citations[key] = _citation(piece, len(citations) + 1)
        segments.append(Segment(piece.text, "quote", (citations[key].number,)))
    return tuple(segments), tuple(citations.values())


def verifies(citation: Citation, page: Page) -> bool:
    """Return whether the page still says exactly what the citation quotes, in one section."""
    return (
        page.slug == citation.page
        and page.content_hash == citation.content_hash
        and 0 <= citation.start < citation.end <= len(page.text)
        and page.text[citation.start : citation.end] == citation.quote
        and section_at(page, citation.start, citation.end) is not None
    )


def section_at(page: Page, start: int, end: int) -> Section | None:
    """Return the section that holds the whole span, or None."""
    for section in page.sections:
        if section.start <= start and end <= section.end:
            return section
    return None


def text_fragment(quote: str, prefix: str, suffix: str) -> str:
    """Return the fragment that makes a browser highlight a quote on the page itself.

    Source: the text fragments draft of the Web Platform Incubator Community Group.

    >>> text_fragment("Keep breathing evenly", "", "now")
    '#:~:text=Keep%20breathing%20evenly,-now'
    """
    lines = quote.splitlines()
    words = quote.split()
    target = _encode(lines[0])
    if len(quote) > LONG or len(lines) > 1:
        target = f"{_encode(' '.join(words[:6]))},{_encode(' '.join(words[-6:]))}"
    before = f"{_encode(_tail(prefix))}-," if _tail(prefix) else ""
    after = f",-{_encode(_head(suffix))}" if _head(suffix) else ""
    return f"#:~:text={before}{target}{after}"


def _citation(piece: Quote, number: int) -> Citation:
    page, start, end = piece.page, piece.start, piece.end
    prefix = page.text[max(0, start - CONTEXT) : start]
    suffix = page.text[end : end + CONTEXT]
    source = page.url + text_fragment(piece.text, prefix, suffix) if page.url else None
    return Citation(
        number=number,
        page=page.slug,
        title=page.title,
        section=piece.kind,
        heading=piece.heading,
        quote=piece.text,
        start=start,
        end=end,
        prefix=prefix,
        suffix=suffix,
        content_hash=page.content_hash,
        source_url=source,
    )


def _encode(text: str) -> str:
    return percent_encode(text, safe="").replace("-", "%2D")


def _tail(prefix: str) -> str:
    """Return the last whole words before the quote, on its own line only."""
    line = prefix.rsplit("\n", 1)[-1].strip()
    return line.partition(" ")[2] if len(prefix) == CONTEXT and line == prefix.strip() else line


def _head(suffix: str) -> str:
    line = suffix.split("\n", 1)[0].strip()
    return line.rpartition(" ")[0] if len(suffix) == CONTEXT and line == suffix.strip() else line
