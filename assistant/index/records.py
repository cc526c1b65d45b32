"""Pages and passages as rows of JSON, and the digests by which unchanged ones are known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b

from assistant.domain import Page, Passage, Quarantined, Section, Span


@dataclass(frozen=True, slots=True)
class Names:
    """What a page is called; obeys ``assistant.ports.PageNames``."""

    slug: str
    title: str
    aliases: tuple[str, ...]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: the sha256 of its bytes and what it gave.

    The sha256 is empty when what is kept of it is not what its bytes say, so that it is read
    again next time.
    """

    source: str
    sha256: str
    slugs: tuple[str, ...]
    quarantined: tuple[Quarantined, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage and the digests of the texts that are embedded for it and for its units."""

    passage: Passage
    digest: bytes
    unit_digests: tuple[bytes, ...]


def text_digest(text: str) -> bytes:
    """Return 16 bytes that tell one embedded text from another."""
    return blake2b(text.encode(), digest_size=16).digest()


def page_digest(page: Page) -> bytes:
    """Return 16 bytes that change when anything of a page changes."""
    return text_digest(json.dumps(asdict(page), sort_keys=True))


def dump_page(page: Page) -> str:
    """Return a page as JSON, without its text."""
    fields = asdict(page)
    del fields["text"]
    fields["sections"] = [[s.kind, s.heading, s.start, s.end] for s in page.sections]
    return json.dumps(fields, ensure_ascii=False)


def load_page(record: str, text: str) -> Page:
    """Return the page that ``dump_page`` wrote."""
    fields = json.loads(record)
    fields["sections"] = tuple(Section(*section) for section in fields["sections"])
    for name in ("aliases", "equipment", "muscles", "told", "hints"):
        fields[name] = tuple(fields.get(name, ()))
    return Page(text=text, **fields)


def dump_spans(spans: Sequence[Span]) -> str:
    """Return spans as JSON."""
    return json.dumps([[span.start, span.end] for span in spans])


def load_spans(record: str) -> tuple[Span, ...]:
    """Return the spans that ``dump_spans`` wrote."""
    return tuple(Span(start, end) for start, end in json.loads(record))


def dump_quarantined(items: Sequence[Quarantined]) -> str:
    """Return quarantined sources as JSON."""
    return json.dumps([[q.source, q.reason, q.advice] for q in items], ensure_ascii=False)


def load_quarantined(record: str) -> tuple[Quarantined, ...]:
    """Return the sources that ``dump_quarantined`` wrote."""
    return tuple(Quarantined(*fields) for fields in json.loads(record))
