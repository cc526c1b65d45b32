"""Building what is derived from a generation's canonical files: Chroma and the word index.

Run as a child process, ``python -m assistant.index.deriving FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.index.children import serve_child
from assistant.index.manifest import STORE, VECTORS
from assistant.index.matrix import Matrix
from assistant.index.store import Store
from assistant.lexical import build_lexical, lexical_text


def derive(folder: Path) -> None:
    """Write ``chroma/`` and ``lexical/`` beside the store and the vectors of a folder."""
    from assistant.adapters.chroma import build_chroma

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


if __name__ == "__main__":
    import assistant.adapters.chroma  # noqa: F401  (loaded while the parent still works)

    sys.exit(serve_child(derive))
