"""What the tests of the evals share: the real assistant over all pages of ``corpus/``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.bootstrap import ingest
from assistant.settings import Settings, read_settings
from evals.asking import Opened, opened
from tests.asking import ROOT


@pytest.fixture(scope="session")
def corpus_settings(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder with an index of the corpus, one for all test processes."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if own.name.startswith("popen-") else own
    folder = shared / "corpus"
    settings = read_settings(data=folder)
    with FileLock(shared / "corpus.lock"):
        if not (folder / "index" / "current").exists():
            ingest([ROOT / "corpus"], settings)
    return settings


@pytest.fixture(scope="session")
def parts(corpus_settings: Settings) -> Iterator[Opened]:
    with opened(corpus_settings) as found:
        yield found
