"""The canonical store of a generation: one SQLite file with pages, passages and sources.

Rows of passages are numbered from 0 in the order of their pages' slugs, so that a page's rows
are one range; the same numbers are the rows of the vectors, of Chroma and of the word index.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from assistant.domain import Page, PageFacts, Passage
from assistant.errors import IndexDamaged
from assistant.index.records import (
    Entry,
    Names,
    Source,
    dump_page,
    dump_quarantined,
    dump_spans,
    load_page,
    load_quarantined,
    load_spans,
    page_digest,
)

_SCHEMA = """
CREATE TABLE pages (
    slug TEXT PRIMARY KEY, title TEXT NOT NULL, aliases TEXT NOT NULL,
    first_row INTEGER NOT NULL, row_count INTEGER NOT NULL,
    digest BLOB NOT NULL, record TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, page TEXT NOT NULL, title TEXT NOT NULL,
    kind TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, units TEXT NOT NULL,
    first_unit INTEGER NOT NULL, digest BLOB NOT NULL, unit_digests BLOB NOT NULL);
CREATE TABLE sources (
    source TEXT PRIMARY KEY, sha256 TEXT NOT NULL, slugs TEXT NOT NULL, quarantined TEXT NOT NULL);
"""
_PASSAGE = 'id, page, title, kind, heading, text, start, "end", units'
_FACTS = "slug, " + ", ".join(
    f"json_extract(record, '$.{name}')" for name in ("level", "equipment", "muscles")
)
_DIGEST_BYTES = 16
_CACHED_PASSAGES = 4_096
_CACHED_PAGES = 256


def write_store(
    path: Path,
    pages: Iterable[Page],
    entries: Mapping[str, Sequence[Entry]],
    sources: Iterable[Source],
) -> None:
    """Write the store; ``pages`` sorted by slug, ``entries`` the passages of each slug."""
    connection = sqlite3.connect(path)
    try:
        # Nobody reads the file before it is complete and synced as a whole.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        _write_pages(connection, pages, entries)
        connection.executemany("INSERT INTO sources VALUES (?, ?, ?, ?)", map(_source, sources))
        connection.commit()
    finally:
        connection.close()


class Store:
    """A store opened for reading; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        # "immutable" keeps SQLite from looking for journals or taking locks beside the file.
        uri = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        self._path = path
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self.page = lru_cache(_CACHED_PAGES)(self._page)
        self.passage = lru_cache(_CACHED_PASSAGES)(self._passage)
        self.facts = cache(self._facts)
        self._names, self._ranges = self._read_names()

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._connection.close()

    def names(self) -> tuple[Names, ...]:
        """Return what every page is called, sorted by slug."""
        return self._names

    def rows(self, slug: str) -> range:
        """Return the rows of a page's passages."""
        return self._ranges.get(slug, range(0))

    def texts(self) -> Iterator[tuple[Names, Passage]]:
        """Return every passage in the order of rows, with the names of its page."""
        names = {name.slug: name for name in self._names}
        for fields in self._all(f"SELECT {_PASSAGE} FROM passages ORDER BY row"):  # noqa: S608
            passage = _load_passage(fields)
            yield names[passage.page], passage

    def pages(self) -> Iterator[tuple[bytes, Page]]:
        """Return every page with its digest, sorted by slug."""
        for digest, record, text in self._all(
            "SELECT digest, record, text FROM pages ORDER BY slug"
        ):
            yield digest, load_page(record, text)

    def entries(self) -> Iterator[Entry]:
        """Return every passage with its digests, in the order of rows."""
        query = f"SELECT {_PASSAGE}, digest, unit_digests FROM passages ORDER BY row"  # noqa: S608
        for *fields, digest, units in self._all(query):
            yield Entry(_load_passage(fields), digest, _split(units))

    def sources(self) -> Iterator[Source]:
        """Return what every source gave, sorted by source."""
        for source, sha256, slugs, held in self._all("SELECT * FROM sources ORDER BY source"):
            yield Source(source, sha256, tuple(json.loads(slugs)), load_quarantined(held))

    def _page(self, slug: str) -> Page | None:
        found = self._all("SELECT record, text FROM pages WHERE slug = ?", slug)
        return load_page(*found[0]) if found else None

    def _facts(self) -> tuple[PageFacts, ...]:
        query = f"SELECT {_FACTS} FROM pages ORDER BY slug"  # noqa: S608
        return tuple(
            PageFacts(slug, level, tuple(json.loads(equipment)), tuple(json.loads(muscles)))
            for slug, level, equipment, muscles in self._all(query)
        )

    def _passage(self, row: int) -> tuple[Passage, int]:
        query = f"SELECT {_PASSAGE}, first_unit FROM passages WHERE row = ?"  # noqa: S608
        found = self._all(query, row)
        if not found:
            raise IndexError(f"no passage has row {row}")
        *fields, first_unit = found[0]
        return _load_passage(fields), int(first_unit)

    def _read_names(self) -> tuple[tuple[Names, ...], dict[str, range]]:
        columns = "slug, title, aliases, json_extract(record, '$.hints'), first_row, row_count"
        found = self._all(f"SELECT {columns} FROM pages ORDER BY slug")  # noqa: S608
        names = tuple(
            Names(slug, title, tuple(json.loads(also)), tuple(json.loads(hints or "[]")))
            for slug, title, also, hints, *_ in found
        )
        ranges = {slug: range(first, first + count) for slug, *_, first, count in found}
        return names, ranges

    def _all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise IndexDamaged(
                f"{self._path} cannot be read ({error}).", "Run ingest again."
            ) from error


def _write_pages(
    connection: sqlite3.Connection, pages: Iterable[Page], entries: Mapping[str, Sequence[Entry]]
) -> None:
    row = unit = 0
    for page in pages:
        own = entries[page.slug]
        names = (page.slug, page.title, json.dumps(page.aliases, ensure_ascii=False))
        connection.execute(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*names, row, len(own), page_digest(page), dump_page(page), page.text),
        )
        for entry in own:
            connection.execute(
                f"INSERT INTO passages VALUES ({', '.join('?' * 13)})",  # noqa: S608
                (
                    row,
                    *_dump_passage(entry.passage),
                    unit,
                    entry.digest,
                    b"".join(entry.unit_digests),
                ),
            )
            row += 1
            unit += len(entry.unit_digests)


def _dump_passage(passage: Passage) -> tuple[object, ...]:
    return (
        passage.id,
        passage.page,
        passage.title,
        passage.kind,
        passage.heading,
        passage.text,
        passage.start,
        passage.end,
        dump_spans(passage.units),
    )


def _load_passage(fields: Sequence[Any]) -> Passage:
    id_, page, title, kind, heading, text, start, end, units = fields
    return Passage(id_, page, title, kind, heading, text, start, end, load_spans(units))


def _source(source: Source) -> tuple[str, str, str, str]:
    slugs = json.dumps(source.slugs, ensure_ascii=False)
    return source.source, source.sha256, slugs, dump_quarantined(source.quarantined)


def _split(digests: bytes) -> tuple[bytes, ...]:
    return tuple(digests[at : at + _DIGEST_BYTES] for at in range(0, len(digests), _DIGEST_BYTES))
