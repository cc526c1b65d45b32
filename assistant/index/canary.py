"""Asking a new generation what we know it must answer, before anyone else may ask it.

Ingest runs it in its child process, as a damaged index may crash whoever opens it; an operator
runs ``python -m assistant.index.canary FOLDER``. It needs no embedding model: the stored vectors
are its questions.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from assistant.adapters.chroma import ChromaVectors
from assistant.domain import Passage
from assistant.errors import IndexDamaged
from assistant.index.opening import OpenIndex, open_folder, sample_rows
from assistant.lexical import lexical_text

SAMPLES = 12
_NEIGHBOURS = 5
_TOLERANCE = 1e-3


def check(folder: Path) -> None:
    """Open a copy of a generation and ask it; raises IndexDamaged at the first wrong answer."""
    index = open_folder(folder, folder.parent)
    try:
        _check_counts(index)
        chroma = index.vector_index()
        for row in sample_rows(index.manifest.passages, SAMPLES):
            passage = index.passages([row])[0]
            _check_offsets(index, row, passage)
            _check_dense(index, chroma, row)
            _check_lexical(index, row, passage)
    finally:
        index.close()


def _check_counts(index: OpenIndex) -> None:
    manifest = index.manifest
    counts = {
        "pages": (len(index.names()), manifest.pages),
        "passages in Chroma": (len(index.vector_index()), manifest.passages),
        "passages in the word index": (len(index.words), manifest.passages),
    }
    for what, (found, wanted) in counts.items():
        _require(found == wanted, f"it has {found} {what}, not {wanted}")


def _check_offsets(index: OpenIndex, row: int, passage: Passage) -> None:
    page = index.page(passage.page)
    if page is None or row not in index.rows(passage.page):
        raise IndexDamaged(f"Canary: row {row} belongs to no page.")
    _require(page.text[passage.start : passage.end] == passage.text, f"row {row} is misplaced")
    inside = all(passage.start <= u.start < u.end <= passage.end for u in passage.units)
    _require(inside, f"a unit of row {row} lies outside of it")
    _require(len(index.unit_vectors(row)) == len(passage.units), f"row {row} lacks unit vectors")


def _check_dense(index: OpenIndex, chroma: ChromaVectors, row: int) -> None:
    vector = index.vectors([row])[0]
    hits = chroma.search(vector, _NEIGHBOURS)
    _require(bool(hits) and hits[0][1] > 1 - _TOLERANCE, f"Chroma does not find row {row}")
    for found, similarity in hits:
        exact = float(index.vectors([found])[0] @ vector)
        _require(abs(exact - similarity) < _TOLERANCE, f"Chroma mistakes row {found} for another")


def _check_lexical(index: OpenIndex, row: int, passage: Passage) -> None:
    page = index.page(passage.page)
    aliases = page.aliases if page else ()
    text = lexical_text(passage.title, aliases, passage.heading, passage.text)
    _require(index.words.contains(row, text), f"the word index does not find row {row}")
    _require(bool(index.lexical(text, _NEIGHBOURS)), f"the words of row {row} find nothing")
    _require(bool(np.isfinite(index.vectors([row])).all()), f"row {row} has no vector")


def _require(true: bool, what: str) -> None:
    if not true:
        raise IndexDamaged(f"Canary: {what}, so nothing was published.", "Run ingest again.")


if __name__ == "__main__":
    try:
        check(Path(sys.argv[1]).absolute())
    except IndexDamaged as error:
        sys.exit(str(error))
