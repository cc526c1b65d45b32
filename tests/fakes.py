"""Real, small stand-ins that obey the ports: no network, no model, the same answer every time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from assistant.domain import Page, PageFacts, Passage
from assistant.index.exact import nearest, unit
from assistant.index.records import Names
from assistant.ports import Vectors


class HashingEmbeddings:
    """LangChain's two methods: each word pushes a few of the numbers, so like texts are near.

    Counts what it was given, so that a test can say what was embedded again.
    """

    def __init__(self, dimensions: int = 48) -> None:
        self.dimensions = dimensions
        self.texts: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.texts.extend(texts)
        return [self._embed(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self._embed(text)

    def _embed(self, text: str) -> list[float]:
        out = np.full(self.dimensions, 0.01, np.float32)
        for word in re.findall(r"\w+", text.lower()):
            seed = blake2b(word.encode(), digest_size=8).digest()
            rng = np.random.default_rng(int.from_bytes(seed))
            out += rng.standard_normal(self.dimensions).astype(np.float32)
        return [float(number) for number in unit(out)]


class MemoryIndex:
    """``assistant.ports.Index`` in memory, built from pages, passages and embeddings."""

    def __init__(
        self,
        pages: Sequence[Page],
        passages: Sequence[Passage],
        vectors: Vectors,
        unit_vectors: Sequence[Vectors],
        *,
        generation: int = 1,
        corpus: str = "sha256:memory",
        model: str = "hashing",
    ) -> None:
        self.generation = generation
        self.corpus = corpus
        self.model = model
        self._pages = {page.slug: page for page in sorted(pages, key=lambda page: page.slug)}
        order = sorted(range(len(passages)), key=lambda row: passages[row].page)
        self._passages = [passages[row] for row in order]
        self._vectors = np.asarray(vectors, np.float32)[order]
        self._units = [np.asarray(unit_vectors[row], np.float32) for row in order]

    def names(self) -> list[Names]:
        return [Names(p.slug, p.title, p.aliases, p.hints) for p in self._pages.values()]

    def facts(self) -> list[PageFacts]:
        pages = self._pages.values()
        return [PageFacts(p.slug, p.level, p.equipment, p.muscles) for p in pages]

    def page(self, slug: str) -> Page | None:
        return self._pages.get(slug)

    def rows(self, slug: str) -> range:
        rows = [row for row, passage in enumerate(self._passages) if passage.page == slug]
        return range(rows[0], rows[-1] + 1) if rows else range(0)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        return [self._passages[row] for row in rows]

    def vectors(self, rows: Sequence[int]) -> Vectors:
        return self._vectors[list(rows)]

    def unit_vectors(self, row: int) -> Vectors:
        return self._units[row]

    def dense(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        return nearest(self._vectors, vector, k)

    def lexical(self, text: str, k: int) -> list[tuple[int, float]]:
        """Score by shared words, each weighted by how few passages have it."""
        wanted = _words(text)
        own = [_words(f"{p.title} {p.heading} {p.text}") for p in self._passages]
        scores = []
        for row, words in enumerate(own):
            shared = wanted & words
            score = sum(1 / sum(word in other for other in own) for word in shared)
            if score:
                scores.append((row, score))
        return sorted(scores, key=lambda hit: (-hit[1], hit[0]))[:k]


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"\w+", text.lower())}
