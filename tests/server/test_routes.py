import json

import httpx
import pytest

from assistant.domain import Status
from server import schemas
from tests.server.fake_assistant import PAGE, QUOTE, FakeAssistant
from tests.server.running import assert_is_problem, events_of, running


def test_a_question_is_answered_as_json(client):
    response = client.post("/v1/chat", json={"message": "how long?"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    reply = schemas.ReplyShape.model_validate(response.json(), strict=True)
    assert reply.text == "".join(segment.text for segment in reply.segments)
    assert reply.citations[0].quote == QUOTE


def test_a_citation_resolves_in_the_text_of_its_page(client):
    reply = client.post("/v1/chat", json={"message": "how long?"}).json()
    for citation in reply["citations"]:
        page = client.get(f"/v1/exercises/{citation['page']}").json()
        assert page["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert page["content_hash"] == citation["content_hash"]


@pytest.mark.parametrize("by_header", [False, True])
def test_a_question_is_answered_as_events(client, by_header):
    body = {"message": "how long?", "stream": not by_header}
    headers = {"Accept": "text/event-stream"} if by_header else {}
    with client.stream("POST", "/v1/chat", json=body, headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        events = list(events_of(response))
    assert [event["event"] for event in events] == ["meta", "segment", "segment", "done"]
    assert len({event["id"] for event in events}) == len(events)
    schemas.MetaEvent.model_validate_json(events[0]["data"], strict=True)
    for event in events[1:-1]:
        schemas.SegmentEvent.model_validate_json(event["data"], strict=True)
    assert json.loads(events[2]["data"])["citations"][0]["quote"] == QUOTE


def test_json_and_the_done_event_are_equal_but_for_ids(client):
    body = {"message": "how long?"}
    reply = client.post("/v1/chat", json=body).json()
    with client.stream("POST", "/v1/chat", json={**body, "stream": True}) as response:
        *_, last = events_of(response)
    done = json.loads(last["data"])
    assert {**done, "id": 0, "conversation_id": 0} == {**reply, "id": 0, "conversation_id": 0}


def test_json_wins_where_accept_names_both(client):
    both = {"Accept": "application/json, text/event-stream"}
    response = client.post("/v1/chat", json={"message": "how long?"}, headers=both)
    assert response.headers["content-type"] == "application/json"


def test_a_conversation_goes_on_and_can_be_read_and_deleted(client):
    first = client.post("/v1/chat", json={"message": "how long?", "page": "wall-sit"}).json()
    path = f"/v1/conversations/{first['conversation_id']}"
    body = {"message": "and then?", "conversation_id": first["conversation_id"]}
    second = client.post("/v1/chat", json=body).json()
    assert second["conversation_id"] == first["conversation_id"]

    response = client.get(path)
    assert response.headers["cache-control"] == "no-store"
    conversation = schemas.ConversationShape.model_validate(response.json())
    assert [turn.message for turn in conversation.turns] == ["how long?", "and then?"]
    assert response.json()["turns"][0]["reply"] == first

    deleted = client.delete(path)
    assert (deleted.status_code, deleted.content) == (204, b"")
    for again in (client.get(path), client.delete(path), client.post("/v1/chat", json=body)):
        assert_is_problem(again, 404, "unknown_conversation")


def test_the_pages_are_listed_and_each_has_its_text(client):
    listed = schemas.ExercisesShape.model_validate(client.get("/v1/exercises").json())
    assert [page.slug for page in listed.exercises] == ["wall-sit"]
    page = schemas.PageShape.model_validate(client.get("/v1/exercises/wall-sit").json())
    assert page.text == PAGE.text


@pytest.mark.parametrize("path", ["/v1/exercises", "/v1/exercises/wall-sit"])
def test_a_client_that_has_the_document_gets_304(client, path):
    tag = client.get(path).headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        response = client.get(path, headers={"If-None-Match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_search_gives_passages_with_scores(client):
    response = client.get("/v1/search", params={"q": "hold", "k": 1, "group": "page"})
    hits = schemas.HitsShape.model_validate(response.json()).hits
    assert PAGE.text[hits[0].start : hits[0].end] == hits[0].text


def test_livez_and_version_answer(client):
    assert client.get("/livez").json() == {"status": "alive"}
    assert client.get("/version").json()["name"] == "exercise-assistant"


def test_readyz_says_ready_or_names_what_is_degraded_or_refuses():
    corpus = "sha256:" + "0" * 64
    cases = [
        (Status(True, 3, corpus), 200, "ready"),
        (Status(True, 2, corpus, ("generation 3 is damaged",)), 200, "degraded"),
    ]
    assistant = FakeAssistant()
    with running(assistant) as url:
        for status, code, word in cases:
            assistant.status_now = status
            response = httpx.get(url + "/readyz", trust_env=False)
            ready = schemas.ReadyShape.model_validate(response.json())
            assert (response.status_code, ready.status) == (code, word)
            assert tuple(ready.degraded) == status.degraded
        assistant.status_now = Status(False, None, None, ("there is no index",))
        response = httpx.get(url + "/readyz", trust_env=False)
        problem = assert_is_problem(response, 503, "not_ready")
        assert problem["detail"] == "there is no index"
        assert response.headers["retry-after"] == "5"


@pytest.mark.parametrize("path", ["/v1/exercises", "/livez", "/exercises/wall-sit"])
def test_head_answers_as_get_without_a_body(client, path):
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
