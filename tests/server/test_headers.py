import httpx
import pytest

from tests.server.fake_assistant import FakeAssistant
from tests.server.running import assert_is_problem, running

SITE = {"Origin": "https://site.example"}
PREFLIGHT = {
    **SITE,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type",
}


@pytest.mark.parametrize(
    "path", ["/livez", "/nothing", "/v1/exercises", "/widget/1/exercise-chat.js", "/"]
)
def test_every_response_has_the_safe_headers(client, path):
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["referrer-policy"]
    assert "server" not in headers


def test_static_files_have_their_types_and_are_revalidated(client):
    kinds = {
        "/widget/1/exercise-chat.js": "text/javascript; charset=utf-8",
        "/static/site.css": "text/css; charset=utf-8",
        "/static/icon.svg": "image/svg+xml",
    }
    for path, kind in kinds.items():
        response = client.get(path)
        assert (response.status_code, response.headers["content-type"]) == (200, kind)
        assert response.headers["cache-control"] == "no-cache"
        tag = {"If-None-Match": response.headers["etag"]}
        again = client.get(path, headers=tag)
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "wanted", ["bytes=0-9", "bytes=a", "bytes=9-3", "bytes=" + ",".join(["0-1"] * 3000)]
)
def test_a_range_gets_the_whole_file(client, wanted):
    response = client.get("/widget/1/exercise-chat.js", headers={"Range": wanted})
    assert response.status_code == 200
    assert len(response.content) == int(response.headers["content-length"]) > 10


def test_any_site_may_call_the_api_and_load_the_widget_without_credentials(client):
    for path in ("/v1/exercises", "/widget/1/exercise-chat.js", "/v1/nothing"):
        headers = client.get(path, headers=SITE).headers
        assert headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in headers
    preflight = client.options("/v1/chat", headers=PREFLIGHT)
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_a_refusal_can_be_read_by_another_site(client):
    for content in (b"{", b"a" * 100_000):
        response = client.post("/v1/chat", content=content, headers=SITE)
        assert response.headers["access-control-allow-origin"] == "*"


def test_the_widget_may_be_embedded_and_the_rest_not_be_shared(client):
    widget = client.get("/widget/1/exercise-chat.js").headers
    assert widget["cross-origin-resource-policy"] == "cross-origin"
    page = client.get("/exercises/wall-sit", headers=SITE).headers
    assert "access-control-allow-origin" not in page
    assert page["cross-origin-resource-policy"] == "same-origin"


def test_only_the_sites_that_are_set_may_call():
    with running(FakeAssistant(), cors_origins="https://site.example, https://b.example") as url:
        allowed = httpx.options(url + "/v1/chat", headers=PREFLIGHT)
        assert allowed.headers["access-control-allow-origin"] == "https://site.example"
        other = {**PREFLIGHT, "Origin": "https://other.example"}
        assert_is_problem(httpx.options(url + "/v1/chat", headers=other), 400, "bad_request")
        answer = httpx.get(url + "/v1/exercises", headers={"Origin": "https://other.example"})
        assert "access-control-allow-origin" not in answer.headers


def test_an_unexpected_error_can_be_read_by_another_site():
    with running(FakeAssistant(fail_before=ValueError())) as url:
        response = httpx.post(url + "/v1/chat", json={"message": "a"}, headers=SITE)
        assert response.status_code == 500
        assert response.headers["access-control-allow-origin"] == "*"
