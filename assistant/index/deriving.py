"""Building what is derived from a generation's canonical files: Chroma and the word index.

Only the child process imports this, as it loads Chroma.
"""

from __future__ import annotations

from pathlib import Path

from assistant.adapters.chroma import build_chroma
from assistant.index.manifest import STORE, VECTORS
from assistant.index.matrix import Matrix
from assistant.index.store import Store
from assistant.lexical import build_lexical, lexical_text


def derive(folder: Path) -> None:
    """Write ``chroma/`` and ``lexical/`` beside the store and the vectors of a folder."""
    store = Store(folder / STORE)
    build_lexical(
        folder / "lexical",
        (
            lexical_text(passage.title, names.aliases, passage.heading, passage.text)
            for names, passage in store.texts()
        ),
    )
    store.close()
    build_chroma(folder / "chroma", Matrix(folder / VECTORS).whole)
