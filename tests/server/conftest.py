"""One server over the small assistant for all tests that change nothing, and a client to it."""

import httpx
import pytest

from assistant.bootstrap import build, ingest
from assistant.settings import read_settings
from tests.server.fake_assistant import FakeAssistant
from tests.server.real import SLUGS, copy_pages
from tests.server.running import running


@pytest.fixture(scope="session")
def server_url():
    with running(FakeAssistant()) as url:
        yield url


@pytest.fixture
def client(server_url):
    with httpx.Client(base_url=server_url, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory):
    """A data folder with an index of a few pages of the corpus."""
    folder = tmp_path_factory.mktemp("server")
    settings = read_settings(data=folder / "data")
    ingest([copy_pages(folder / "pages", *SLUGS)], settings)
    return folder / "data"


@pytest.fixture(scope="session")
def real_url(data_folder):
    assistant = build(read_settings(data=data_folder), warm=True)
    with running(assistant) as url:
        yield url
    assistant.close()
