"""Search by words: BM25 over English stems, one small tantivy index in a folder.

Opening an index writes lock files beside it, so a reader opens a copy of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from assistant.errors import IndexDamaged, StorageError

QUERY_TERMS = 64

_HEAP_BYTES = 128_000_000
_OCCUR = tantivy.Occur


def lexical_text(title: str, aliases: Sequence[str], heading: str, text: str) -> str:
    """Return what word search sees of a passage: its page's names, its heading, its text."""
    return "\n".join((title, *aliases, heading, text))


def stems(text: str) -> list[str]:
    """Return the stems of a text in order, repeats kept.

    Example:
        >>> stems("Lying knee rolls: don’t hurry")
        ['lie', 'knee', 'roll', 'don', 't', 'hurri']
    """
    return _analyzer().analyze(text)


def build_lexical(folder: Path, texts: Iterable[str]) -> None:
    """Write the index of these texts, whose order gives their rows; raises StorageError."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        index = tantivy.Index(_schema(), path=str(folder))
        index.register_tokenizer("english", _analyzer())
        # One thread keeps the documents in one segment and in the order of their rows.
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for row, text in enumerate(texts):
            writer.add_document(_document(row, text))
        writer.commit()
        writer.wait_merging_threads()
    except (ValueError, OSError) as error:
        raise StorageError(
            f"The word index could not be written to {folder} ({error}).",
            "Check free space and permissions there.",
        ) from error
    for lock in folder.glob(".tantivy-*.lock"):
        lock.unlink()


class Lexical:
    """An opened word index; safe to search from several threads."""

    def __init__(self, folder: Path) -> None:
        try:
            index = tantivy.Index.open(str(folder))
            index.register_tokenizer("english", _analyzer())
            self._searcher = index.searcher()
        except (ValueError, OSError) as error:
            raise IndexDamaged(
                f"The word index in {folder} cannot be opened ({error}).", "Run ingest again."
            ) from error
        self._schema = index.schema

    def __len__(self) -> int:
        """Return the number of rows."""
        return int(self._searcher.num_docs)

    def search(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return at most ``k`` (row, BM25 score), best first; nothing for a text without words."""
        terms = list(dict.fromkeys(stems(text)))[:QUERY_TERMS]
        if k <= 0 or not terms:
            return []
        query = tantivy.Query.boolean_query([(_OCCUR.Should, self._term(term)) for term in terms])
        return self._run(query, k)

    def contains(self, row: int, text: str) -> bool:
        """Say whether the row holds every stem of the text."""
        here = tantivy.Query.term_query(self._schema, "row", row)
        terms = [self._term(term) for term in dict.fromkeys(stems(text))]
        return bool(self._run(here.and_must_match(*terms), 1)) if terms else row < len(self)

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", term, index_option="freq")

    def _run(self, query: tantivy.Query, k: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, limit=k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return [(int(row or 0), float(score)) for row, (score, _) in zip(rows, hits, strict=True)]


def _document(row: int, text: str) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("row", row)
    document.add_text("text", text)
    return document


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name="english", index_option="freq")
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    filters = (
        tantivy.Filter.remove_long(64),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("english"),
    )
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in filters:
        builder = builder.filter(step)
    return builder.build()
