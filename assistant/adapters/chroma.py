"""Chroma, embedded: the only file that knows it. It holds vectors by row number, nothing else.

Vectors are always passed in, so its default embedding function (which downloads a model) is
never built. Opening a folder changes its bytes, and a folder that a client has open may not be
replaced: give each opening a private copy at a path never used before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.config import Settings

from assistant.errors import IndexDamaged, StorageError
from assistant.ports import Vectors

COLLECTION = "passages"

# Flushing with every batch leaves nothing in the write-ahead log that an opening would replay.
_HNSW = CreateHNSWConfiguration(
    space="cosine",
    max_neighbors=24,
    ef_construction=128,
    ef_search=300,
    sync_threshold=2,
    batch_size=2,
)
_BATCH = 5_000


def build_chroma(folder: Path, vectors: Vectors) -> None:
    """Write a collection of these vectors, whose order gives their rows; raises StorageError."""
    with _errors(StorageError, f"Chroma could not write to {folder}", "Check free space there."):
        client = _client(folder)
        try:
            collection = client.create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}
            )
            step = min(_BATCH, client.get_max_batch_size())
            for first in range(0, len(vectors), step):
                part = vectors[first : first + step]
                ids = [str(row) for row in range(first, first + len(part))]
                collection.add(ids=ids, embeddings=part)
        finally:
            client.close()


class ChromaVectors:
    """An opened collection; safe to search from several threads."""

    def __init__(self, folder: Path) -> None:
        with _errors(IndexDamaged, f"Chroma cannot open {folder}", "Run ingest again."):
            self._client = _client(folder)
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            self._count = int(self._collection.count())

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._count

    def search(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """Return at most ``k`` (row, cosine similarity), best first; raises IndexDamaged."""
        k = min(k, self._count)
        if k <= 0:
            return []
        with _errors(IndexDamaged, "Chroma cannot search", "Run ingest again."):
            found = self._collection.query(
                query_embeddings=np.asarray(vector, np.float32).reshape(1, -1),
                n_results=k,
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        return [
            (int(row), 1.0 - float(distance))
            for row, distance in zip(found["ids"][0], distances, strict=True)
        ]

    def close(self) -> None:
        """Release the files and the memory."""
        self._client.close()


def _client(folder: Path) -> Client:
    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    assert isinstance(client, Client)
    return client


@contextmanager
def _errors(
    kind: type[StorageError] | type[IndexDamaged], message: str, advice: str
) -> Iterator[None]:
    """Map whatever Chroma raises; a panic of its Rust core is no Exception, but has a name."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise kind(f"{message} ({error}).", advice) from error
        raise
