"""The last valid generation as ingest sees it: what need not be parsed or embedded again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assistant.domain import Page
from assistant.errors import IndexDamaged
from assistant.index.generations import Generations
from assistant.index.manifest import CANONICAL, STORE, UNITS, VECTORS, Manifest, verify
from assistant.index.matrix import Matrix
from assistant.index.planning import Before
from assistant.index.reading import Remembered
from assistant.index.records import Entry, Source
from assistant.index.store import Store
from assistant.index.vectors import NOTHING_KNOWN, Known, known_vectors


@dataclass
class Earlier:
    """The newest generation whose canonical files are as written.

    ``whole`` says that it is the published one and that its derived files are intact too.
    """

    manifest: Manifest
    store: Store
    vectors: Matrix
    units: Matrix
    whole: bool

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Return its sources by name."""
        return {source.source: source for source in self.store.sources()}

    @cached_property
    def pages(self) -> dict[str, tuple[bytes, Page]]:
        """Return digest and page by slug."""
        return {page.slug: (digest, page) for digest, page in self.store.pages()}

    @cached_property
    def entries(self) -> list[Entry]:
        """Return its passages with their digests, in the order of rows."""
        return list(self.store.entries())

    def before(self) -> Before:
        """Return what a plan needs to know of it."""
        return Before(self.manifest.generation, self.sources, self.page)

    def page(self, slug: str) -> Page | None:
        """Return one of its pages."""
        found = self.pages.get(slug)
        return found[1] if found else None

    def remembered(self, source: str, sha256: str) -> Remembered | None:
        """Return what the same bytes gave before, or None when they must be read."""
        known = self.sources.get(source)
        if known is None or not sha256 or known.sha256 != sha256:
            return None
        pages = tuple(page for slug in known.slugs if (page := self.page(slug)))
        return Remembered(source, sha256, pages, known.quarantined)

    def known(self, model_id: str) -> Known:
        """Return its embeddings, if the same model made them."""
        if self.manifest.model != model_id:
            return NOTHING_KNOWN
        return known_vectors(self.entries, self.vectors, self.units)

    def close(self) -> None:
        """Give the files back."""
        self.store.close()
        self.vectors.close()
        self.units.close()


def find_earlier(generations: Generations) -> Earlier | None:
    """Return the newest generation to build on, or None."""
    for place, number in enumerate(generations.candidates()):
        folder = generations.folder(number)
        try:
            manifest = verify(folder, CANONICAL)
            store = Store(folder / STORE)
        except IndexDamaged:
            continue
        published = place == 0 and generations.pointer().generation == number
        whole = published and _intact(generations, number)
        return Earlier(manifest, store, Matrix(folder / VECTORS), Matrix(folder / UNITS), whole)
    return None


def _intact(generations: Generations, number: int) -> bool:
    folder = generations.folder(number)
    try:
        manifest = verify(folder, ())
        verify(folder, set(manifest.files) - set(CANONICAL))
    except IndexDamaged:
        return False
    return True
