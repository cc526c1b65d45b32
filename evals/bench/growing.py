"""A large index without an hour of embedding: the same exercises under many names.

Each copy of a text gets the vector of its first copy, moved a little in a direction of its own;
questions are embedded by the real model, and everything after the embedding is the real ingest.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path

import numpy as np

from assistant.embedding import embeddings_id, open_embeddings
from assistant.index import ingest
from assistant.ports import Embeddings, Vectors
from assistant.settings import Settings, read_settings
from evals.bench.exercises import Record, multiplied, write_pages

COPY = re.compile(r" Variation \d+")
SHIFT = 0.25


class CopiedEmbeddings:
    """Embeds each distinct text once, copies apart from their names, and shifts the copies."""

    def __init__(self, model: Embeddings) -> None:
        self._model = model
        self._known: dict[str, Vectors] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit-length vector a text, in order."""
        plain = [COPY.sub("", text) for text in texts]
        new = sorted(set(plain) - self._known.keys())
        if new:
            vectors = np.asarray(self._model.embed_documents(new), dtype=np.float32)
            self._known.update(zip(new, vectors, strict=True))
        rows = (self._shifted(text, bare) for text, bare in zip(texts, plain, strict=True))
        return [[float(number) for number in row] for row in rows]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question by the real model."""
        return self._model.embed_query(text)

    def _shifted(self, text: str, bare: str) -> Vectors:
        vector = self._known[bare]
        if text == bare:
            return vector
        seed = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
        direction = np.random.default_rng(seed).standard_normal(len(vector)).astype(np.float32)
        moved = vector + SHIFT * direction / np.linalg.norm(direction)
        unit: Vectors = moved / np.linalg.norm(moved)
        return unit


def build_index(records: list[Record], passages: int, folder: Path) -> int:
    """Index about ``passages`` passages in ``folder``; return how many there are.

    Fewer than the records give: only the first of them; more: copies under other names.
    """
    settings = read_settings(data=folder, keep_generations=1)
    model = CopiedEmbeddings(open_embeddings(settings)[0])
    sample = records[: max(1, passages // 8)]
    share = _ingest(sample, settings, model) / len(sample)
    pages = round(passages / share)
    chosen = multiplied(records, -(-pages // len(records)))[:pages]
    return _ingest(chosen, settings, model)


def _ingest(records: list[Record], settings: Settings, model: Embeddings) -> int:
    report = ingest(
        [write_pages(records, settings.data / "pages")],
        settings=settings,
        embeddings=lambda: model,
        model_id=embeddings_id(settings),
        accept_shrunk=True,
    )
    return report.passages
