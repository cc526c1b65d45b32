"""What every test may use: the real embedding model, and the real assistant over a few pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

from assistant.bootstrap import build, ingest
from assistant.embedding import LazyEmbeddings, embeddings_id
from assistant.exported_model import CHECKOUT, exported_model
from assistant.index import LiveIndex, OpenIndex
from assistant.library import Library
from assistant.pipeline import Assistant
from assistant.settings import Settings, read_settings
from tests.asking import SOURCES

# A busy machine makes a quick example slow; slowness is measured elsewhere.
hypothesis_settings.register_profile("tests", deadline=None)
hypothesis_settings.load_profile("tests")


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The folder of the exported model; other data folders take their copy from it."""
    return exported_model(CHECKOUT / "var")


@pytest.fixture(scope="session")
def asking_data(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an index of ``tests/asking.py``'s pages, one for all test processes."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if own.name.startswith("popen-") else own
    folder = shared / "asking"
    with FileLock(shared / "asking.lock"):
        if not (folder / "index" / "current").exists():
            report = ingest(SOURCES, read_settings(data=folder))
            assert report.quarantined == ()
    return folder


@pytest.fixture(scope="session")
def asking_settings(asking_data: Path) -> Settings:
    return read_settings(data=asking_data)


@pytest.fixture(scope="session")
def embeddings(asking_settings: Settings) -> LazyEmbeddings:
    """The real model, loaded once for all that ask."""
    return LazyEmbeddings(asking_settings)


@pytest.fixture(scope="session")
def indexes(asking_settings: Settings) -> Iterator[LiveIndex]:
    live = LiveIndex(asking_settings.data, embeddings_id(asking_settings), warm=True)
    yield live
    live.close()


@pytest.fixture(scope="session")
def index(indexes: LiveIndex) -> Iterator[OpenIndex]:
    with indexes.use() as index:
        yield index


@pytest.fixture(scope="session")
def library(index: OpenIndex) -> Library:
    return Library(index)


@pytest.fixture(scope="session")
def assistant(
    asking_settings: Settings, indexes: LiveIndex, embeddings: LazyEmbeddings
) -> Iterator[Assistant]:
    """The real assistant over the pages for asking."""
    built = build(asking_settings, indexes=indexes, embeddings=embeddings)
    yield built
    built.close()
