"""Does an index still answer, and does it answer rightly?"""

from __future__ import annotations

from pathlib import Path

from assistant.errors import IndexUnavailable
from assistant.index import OpenIndex, open_index
from tests.index.pages_for_tests import MODEL


def ask_everything(index: OpenIndex) -> str:
    """Ask for every row by vector and by words; returns the corpus hash, or fails the assertion."""
    index.warm()
    rows = range(index.manifest.passages)
    assert sum(len(index.rows(name.slug)) for name in index.names()) == len(rows)
    for row in rows:
        passage = index.passages([row])[0]
        page = index.page(passage.page)
        assert page is not None
        assert page.text[passage.start : passage.end] == passage.text
        assert index.dense(index.vectors([row])[0], 1)[0][0] == row
        assert index.lexical(f"{passage.title} {passage.text}", 3)
        assert len(index.unit_vectors(row)) == len(passage.units)
    return index.corpus


def answer(data: Path) -> tuple[int, str]:
    """Return generation and corpus hash of an index that answers, (0, "") when there is none."""
    try:
        index = open_index(data, model_id=MODEL)
    except IndexUnavailable:
        return 0, ""
    try:
        return index.generation, ask_everything(index)
    finally:
        index.close()
