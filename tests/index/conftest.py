from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from assistant.index import IngestReport, ingest
from assistant.index.child import Child
from tests.fakes import HashingEmbeddings
from tests.index.pages_for_tests import MODEL, CountingReader, settings_for, write_pages


class LastingChild(Child):
    """The real child process, kept for the next ingest: loading Chroma takes a second."""

    _lasting: ClassVar[LastingChild | None] = None

    @classmethod
    def get(cls) -> LastingChild:
        if cls._lasting is None or cls._lasting._process.poll() is not None:
            cls._lasting = cls()
        return cls._lasting

    def __exit__(self, *error: object) -> None:
        """Go on living."""

    @classmethod
    def end(cls) -> None:
        if cls._lasting is not None:
            Child.__exit__(cls._lasting)
            cls._lasting = None


@pytest.fixture(scope="session", autouse=True)
def _end_lasting_child() -> Iterator[None]:
    yield
    LastingChild.end()


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
        defaults = {"model_id": MODEL, "embeddings": self.load, "start_child": LastingChild.get}
        options = {**defaults, **options}
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
