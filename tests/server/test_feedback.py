import httpx
import pytest

from tests.server.running import assert_is_problem


@pytest.fixture
def real(real_url):
    with httpx.Client(base_url=real_url, trust_env=False) as client:
        yield client


def asked(client, message="how long should I hold a plank?"):
    return client.post("/v1/chat", json={"message": message}).json()


def test_a_vote_is_kept_and_answered_with_nothing(real):
    reply = asked(real)
    for body in (
        {"message_id": reply["id"], "rating": "up"},
        {"message_id": reply["id"], "rating": "down", "citation": 1, "comment": "½ wrong 🎯"},
        {"message_id": reply["id"], "rating": "down", "citation": None, "comment": ""},
    ):
        response = real.post("/v1/feedback", json=body)
        assert (response.status_code, response.content) == (204, b"")
        assert response.headers["cache-control"] == "no-store"


def test_a_vote_changes_nothing_of_what_a_conversation_shows(real):
    reply = asked(real)
    path = f"/v1/conversations/{reply['conversation_id']}"
    before = real.get(path).json()
    real.post("/v1/feedback", json={"message_id": reply["id"], "rating": "down", "comment": "no"})
    assert real.get(path).json() == before
    assert set(before["turns"][0]) == {"message", "page", "reply", "created_at"}


def test_a_vote_on_no_reply_or_no_citation_is_404(real):
    reply = asked(real)
    unknown = {"message_id": "msg_unknown", "rating": "up"}
    assert_is_problem(real.post("/v1/feedback", json=unknown), 404, "unknown_message")
    no_source = {"message_id": reply["id"], "rating": "up", "citation": 99}
    assert_is_problem(real.post("/v1/feedback", json=no_source), 404, "unknown_message")
    real.delete(f"/v1/conversations/{reply['conversation_id']}")
    gone = {"message_id": reply["id"], "rating": "up"}
    assert_is_problem(real.post("/v1/feedback", json=gone), 404, "unknown_message")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"rating": "up"}, "message_id"),
        ({"message_id": "m"}, "rating"),
        ({"message_id": "m", "rating": "fine"}, "rating"),
        ({"message_id": 5, "rating": "up"}, "message_id"),
        ({"message_id": "m" * 101, "rating": "up"}, "message_id"),
        ({"message_id": "m", "rating": "up", "citation": "1"}, "citation"),
        ({"message_id": "m", "rating": "up", "citation": True}, "citation"),
        ({"message_id": "m", "rating": "up", "comment": "x" * 1001}, "comment"),
        ({"message_id": "m", "rating": "up", "comment": "a\x00b"}, "comment"),
        ({"message_id": "m", "rating": "up", "stars": 5}, "stars"),
    ],
)
def test_a_field_at_fault_is_named_with_what_is_allowed(real, body, field):
    problem = assert_is_problem(real.post("/v1/feedback", json=body), 422, "invalid_request")
    assert problem["errors"][0]["field"] == field
    assert problem["errors"][0]["allowed"]


def test_a_huge_citation_number_is_refused_and_not_an_error_of_ours(real):
    reply = asked(real)
    body = {"message_id": reply["id"], "rating": "up", "citation": 10**30}
    assert real.post("/v1/feedback", json=body).status_code in (404, 422)


def test_other_sites_may_send_feedback(real):
    headers = {"Origin": "https://site.example", "Access-Control-Request-Method": "POST"}
    response = real.options("/v1/feedback", headers=headers)
    assert response.headers["access-control-allow-origin"] == "*"
