"""One server over the small assistant for all tests that change nothing, and a client to it."""

import httpx
import pytest

from tests.server.fake_assistant import FakeAssistant
from tests.server.running import running


@pytest.fixture(scope="session")
def server_url():
    with running(FakeAssistant()) as url:
        yield url


@pytest.fixture
def client(server_url):
    with httpx.Client(base_url=server_url, trust_env=False) as client:
        yield client
