from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.index import IngestReport, ingest
from tests.fakes import HashingEmbeddings
from tests.index.pages_for_tests import MODEL, CountingReader, settings_for, write_pages


class Site:
    """A folder of pages and a data folder, with the things that ingest needs."""

    def __init__(self, root: Path) -> None:
        self.pages = write_pages(root / "pages", 4)
        self.data = root / "data"
        self.root = self.data / "index"
        self.reader = CountingReader()
        self.embeddings = HashingEmbeddings()
        self.loaded = 0

    def load(self) -> HashingEmbeddings:
        self.loaded += 1
        return self.embeddings

    def ingest(self, *paths: Path, version: str = "1", **options: object) -> IngestReport:
        options = {"model_id": MODEL, "embeddings": self.load, **options}
        settings = settings_for(self.data, keep_generations=options.pop("keep", 2))
        reader = self.reader.reader(version)
        return ingest(list(paths) or [self.pages], settings=settings, reader=reader, **options)

    def generations(self) -> list[str]:
        return sorted(path.name for path in (self.root / "generations").iterdir())


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with one published generation, for tests that only read."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.ingest()
    return site


@pytest.fixture
def copied(published: Site, tmp_path: Path) -> Callable[[], Path]:
    """Give fresh copies of the published data folder, to be damaged."""
    import shutil

    def copy() -> Path:
        target = tmp_path / f"copy-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(published.data, target, ignore=shutil.ignore_patterns("open"))
        return target

    return copy
