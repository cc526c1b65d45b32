"""The pages of an index, opened for learning from them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from assistant.embedding import embeddings_id
from assistant.index import LiveIndex
from assistant.library import Library
from assistant.ports import Index
from assistant.settings import read_settings


@contextmanager
def open_library(data: Path) -> Iterator[Library]:
    """Yield the library of the index that is published in a data folder."""
    settings = read_settings(data=data)
    live = LiveIndex(settings.data, embeddings_id(settings))
    try:
        with live.use() as index:
            yield Library(cast(Index, index))
    finally:
        live.close()
