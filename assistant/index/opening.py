"""Opening a generation for reading: verified first, the heavy parts only when they are needed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.domain import Page, PageFacts, Passage
from assistant.errors import IndexDamaged, IndexUnavailable, ModelMismatch
from assistant.index.exact import nearest, unit
from assistant.index.generations import Generations
from assistant.index.manifest import STORE, UNITS, VECTORS, Manifest, verify
from assistant.index.matrix import Matrix
from assistant.index.records import Names
from assistant.index.scratch import Scratch, used_generations
from assistant.index.store import Store
from assistant.lexical import Lexical
from assistant.ports import Vectors

if TYPE_CHECKING:
    from assistant.adapters.chroma import ChromaVectors

EXACT_ROWS = 8_000

_INGEST = "Run `python -m assistant ingest PATH` to build one."


class OpenIndex:
    """One opened generation; obeys ``assistant.ports.Index`` and is safe to use from threads.

    Up to ``EXACT_ROWS`` passages dense search compares with every vector, which is exact and
    needs no start-up; beyond that, or after ``warm``, Chroma answers. When Chroma cannot be
    opened the exact search takes over and ``degraded`` says so.
    """

    def __init__(self, folder: Path, manifest: Manifest, root: Path) -> None:
        self.generation = manifest.generation
        self.corpus = manifest.corpus
        self.model = manifest.model
        self.manifest = manifest
        self._folder = folder
        self._scratch = Scratch(root, manifest.generation)
        self._lock = threading.Lock()
        self._chroma: ChromaVectors | None = None
        self._lexical: Lexical | None = None
        self._trouble: list[str] = []
        self._store = Store(folder / STORE)
        self._vectors = Matrix(folder / VECTORS)
        self._units = Matrix(folder / UNITS)

    @property
    def degraded(self) -> tuple[str, ...]:
        """Return in words what does not work as it should."""
        return tuple(self._trouble)

    def degrade(self, trouble: str) -> None:
        """Add what does not work as it should."""
        self._trouble.append(trouble)

    def names(self) -> tuple[Names, ...]:
        """Return slug, title and aliases of every page, sorted by slug."""
        return self._store.names()

    def facts(self) -> tuple[PageFacts, ...]:
        """Return what every page says about itself, sorted by slug."""
        return self._store.facts()

    def page(self, slug: str) -> Page | None:
        """Return a page by its slug."""
        return self._store.page(slug)

    def rows(self, slug: str) -> range:
        """Return the rows of a page's passages."""
        return self._store.rows(slug)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages of these rows, in the order asked."""
        return [self._store.passage(row)[0] for row in rows]

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """Return the embeddings of these rows, shape (len(rows), dimensions)."""
        return self._vectors.rows(rows)

    def unit_vectors(self, row: int) -> Vectors:
        """Return the embeddings of one passage's units, shape (len(units), dimensions)."""
        passage, first = self._store.passage(row)
        return self._units.slab(first, len(passage.units))

    def dense(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """Return at most ``k`` (row, cosine similarity), best first."""
        if self._chroma is None and self.manifest.passages > EXACT_ROWS:
            self.warm()
        if self._chroma is None:
            return nearest(self._vectors.whole, vector, k)
        return self._chroma.search(unit(vector), k)

    def lexical(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return at most ``k`` (row, BM25 score), best first."""
        return self.words.search(text, k)

    @property
    def words(self) -> Lexical:
        """Return the word index, opened at its first use."""
        if self._lexical is None:
            with self._lock:
                if self._lexical is None:
                    self._lexical = Lexical(self._copy("lexical"))
        return self._lexical

    def prepare(self) -> None:
        """Open what the first question needs: the words, and Chroma where it answers by itself."""
        _ = self.words
        if self.manifest.passages > EXACT_ROWS:
            self.warm()

    def warm(self) -> None:
        """Open everything now, so that no later question waits for it."""
        _ = self.words
        with self._lock:
            if self._chroma is None and not self._trouble_with_chroma():
                self._open_chroma()

    def vector_index(self) -> ChromaVectors:
        """Return Chroma's side of this generation; raises IndexDamaged when it cannot open."""
        self.warm()
        if self._chroma is None:
            raise IndexDamaged(self._trouble[-1], "Run ingest again.")
        return self._chroma

    def close(self) -> None:
        """Release files, memory and the private copy."""
        if self._chroma is not None:
            self._chroma.close()
        self._store.close()
        self._vectors.close()
        self._units.close()
        self._scratch.close()

    def _open_chroma(self) -> None:
        from assistant.adapters.chroma import ChromaVectors

        try:
            chroma = ChromaVectors(self._copy("chroma"))
            probe = self._vectors.slab(0, 1)[0]
            chroma.search(probe, 1)
        except (IndexDamaged, OSError) as error:
            self._trouble.append(f"{_CHROMA_TROUBLE} in generation {self.generation}: {error}")
        else:
            self._chroma = chroma

    def _trouble_with_chroma(self) -> bool:
        return any(trouble.startswith(_CHROMA_TROUBLE) for trouble in self._trouble)

    def _copy(self, part: str) -> Path:
        names = [name for name in self.manifest.files if name.startswith(part + "/")]
        return self._scratch.copy(self._folder, names) / part


_CHROMA_TROUBLE = "Chroma does not work, every vector is compared instead,"


def open_folder(folder: Path, root: Path) -> OpenIndex:
    """Verify one generation's folder and open it; raises IndexDamaged."""
    manifest = verify(folder)
    try:
        return OpenIndex(folder, manifest, root)
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{folder} cannot be opened ({error}).", "Run ingest again.") from error


def open_index(data: Path, *, model_id: str) -> OpenIndex:
    """Open the published generation, or the newest valid older one, saying so in ``degraded``.

    Raises IndexUnavailable when none can serve, ModelMismatch when it was built with another
    embedding model than ``model_id``.
    """
    generations = Generations.of(data)
    used_generations(generations.root)
    while True:
        pointer = generations.pointer()
        index, trouble = _newest_valid(generations)
        if index is not None and not trouble:
            return _checked(index, model_id, trouble)
        # A generation that vanished or changed while the pointer moved was no damage.
        if generations.pointer() == pointer:
            break
        if index is not None:
            index.close()
    if index is None:
        raise _unavailable(generations, trouble)
    return _checked(index, model_id, trouble)


def _newest_valid(generations: Generations) -> tuple[OpenIndex | None, list[str]]:
    """Return the best generation that opens, and what is wrong with the better ones."""
    pointer = generations.pointer()
    trouble = [f"{pointer.trouble}."] if pointer.trouble else []
    for number in generations.candidates():
        try:
            return open_folder(generations.folder(number), generations.root), trouble
        except IndexDamaged as error:
            trouble.append(error.message)
    return None, trouble


def _checked(index: OpenIndex, model_id: str, trouble: list[str]) -> OpenIndex:
    built = index.manifest.model
    if built != model_id:
        index.close()
        raise ModelMismatch(
            f"Generation {index.generation} was built with the embedding model {built!r}, the "
            f"settings name {model_id!r}.",
            "Run ingest again with these settings, or set ASSISTANT_EMBEDDINGS back.",
        )
    if trouble:
        index.degrade(f"Generation {index.generation} serves: {' '.join(trouble)}")
    return index


def _unavailable(generations: Generations, trouble: list[str]) -> IndexUnavailable:
    if not trouble:
        return IndexUnavailable(f"There is no index in {generations.root}.", _INGEST)
    return IndexUnavailable(
        f"No generation in {generations.root} can serve: {' '.join(trouble)}", _INGEST
    )


def sample_rows(count: int, samples: int) -> list[int]:
    """Return at most ``samples`` rows spread evenly over ``count`` rows, first and last included.

    Example:
        >>> sample_rows(10, 4)
        [0, 3, 6, 9]
    """
    return sorted({int(row) for row in np.linspace(0, count - 1, min(samples, count))})
