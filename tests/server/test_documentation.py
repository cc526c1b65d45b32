import re
from pathlib import Path

import pytest

from server.app import create_app
from server.problems import CODES
from server.settings import ServerSettings
from tests.server.fake_assistant import FakeAssistant

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
DOCUMENT = create_app(FakeAssistant(), ServerSettings()).openapi()


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_documented_with_its_status(code):
    assert f"| `{code}` | {CODES[code][0]} |" in TEXT


@pytest.mark.parametrize("name", sorted(ServerSettings.model_fields))
def test_every_setting_is_documented_with_its_default(name):
    default = ServerSettings.model_fields[name].default
    shown = f"{default:g}" if isinstance(default, float) else str(default)
    shown = ",".join(default) if isinstance(default, tuple) else shown
    assert f"| `ASSISTANT_{name.upper()}` | `{shown}` |" in TEXT


@pytest.mark.parametrize("path", sorted(DOCUMENT["paths"]))
def test_every_route_is_documented(path):
    for method in DOCUMENT["paths"][path]:
        assert f"`{method.upper()} {path}`" in TEXT


def test_all_references_of_the_openapi_document_resolve():
    schemas = DOCUMENT["components"]["schemas"]
    used = set(re.findall(r"'#/components/schemas/(\w+)'", repr(DOCUMENT)))
    assert used <= set(schemas)
    assert {"ChatRequest", "ProblemShape", "MetaEvent", "SegmentEvent", "ReplyShape"} <= set(
        schemas
    )
    assert "HTTPValidationError" not in schemas


def test_every_route_of_the_api_documents_its_problems():
    for path, methods in DOCUMENT["paths"].items():
        for operation in methods.values():
            assert operation["summary"]
            if path.startswith("/v1"):
                failures = [r for s, r in operation["responses"].items() if s >= "400"]
                assert failures
                assert all("application/problem+json" in r["content"] for r in failures)


def test_the_body_of_a_chat_and_both_forms_of_its_answer_are_documented():
    chat = DOCUMENT["paths"]["/v1/chat"]["post"]
    body = chat["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/ChatRequest"}
    assert set(chat["responses"]["200"]["content"]) == {"application/json", "text/event-stream"}
    message = DOCUMENT["components"]["schemas"]["ChatRequest"]["properties"]["message"]
    assert (message["minLength"], message["maxLength"]) == (1, 1000)
