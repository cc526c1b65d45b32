"""The same API over the real assistant and real pages."""

import json

import httpx
import pytest

from server import schemas
from tests.server.real import SLUGS
from tests.server.running import assert_is_problem, events_of

QUESTIONS = [
    ("how long should I hold a wall sit?", None),
    ("what is the most common mistake?", "plank"),
    ("how do I breathe?", "dead-bug"),
    ("is it safe with high blood pressure?", "wall-sit"),
    ("who should not do the plank?", None),
    ("how do I do the dead bug?", None),
    ("hello", None),
    ("what is the capital of France?", None),
]


@pytest.fixture(scope="module")
def client(real_url):
    with httpx.Client(base_url=real_url, trust_env=False) as client:
        yield client


def ask(client, question, page):
    response = client.post("/v1/chat", json={"message": question, "page": page})
    assert response.status_code == 200, response.text
    return response.json()


def without_ids(reply):
    return {**reply, "id": None, "conversation_id": None}


@pytest.mark.parametrize(("question", "page"), QUESTIONS)
def test_json_and_done_are_equal_but_for_ids_and_every_citation_resolves(client, question, page):
    reply = ask(client, question, page)
    schemas.ReplyShape.model_validate(reply, strict=True)
    body = {"message": question, "page": page, "stream": True}
    with client.stream("POST", "/v1/chat", json=body) as response:
        meta, *segments, done = events_of(response)
    assert without_ids(json.loads(done["data"])) == without_ids(reply)
    assert json.loads(meta["data"])["index"] == reply["index"]
    said = [schemas.SegmentEvent.model_validate_json(event["data"]) for event in segments]
    assert "".join(segment.text for segment in said) == reply["text"]
    for citation in reply["citations"]:
        text = client.get(f"/v1/exercises/{citation['page']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_link_of_a_citation_shows_its_words_marked(client):
    citations = ask(client, "how long should I hold a wall sit?", None)["citations"]
    assert citations
    for citation in citations:
        html = client.get(citation["url"]).text
        assert html.count('<mark id="cited">') == 1
        assert "The link that led here" not in html


def test_a_conversation_is_kept_and_can_be_read(client):
    first = ask(client, "how long should I hold a wall sit?", None)
    body = {"message": "and how do I breathe?", "conversation_id": first["conversation_id"]}
    second = client.post("/v1/chat", json=body).json()
    assert second["exercises"] == ["wall-sit"]
    path = f"/v1/conversations/{first['conversation_id']}"
    conversation = schemas.ConversationShape.model_validate(client.get(path).json())
    assert [turn.message for turn in conversation.turns] == [
        "how long should I hold a wall sit?",
        "and how do I breathe?",
    ]
    assert client.delete(path).status_code == 204
    assert_is_problem(client.get(path), 404, "unknown_conversation")


def test_the_pages_are_there_in_all_forms(client):
    listed = client.get("/v1/exercises").json()["exercises"]
    assert {page["slug"] for page in listed} == set(SLUGS)
    for slug in SLUGS:
        page = schemas.PageShape.model_validate(client.get(f"/v1/exercises/{slug}").json())
        html = client.get(f"/exercises/{slug}").text
        assert page.title in html
        for section in page.sections:
            assert page.text[section.start : section.end].strip()


@pytest.mark.parametrize("group", ["passage", "page"])
def test_a_search_finds_the_page_that_it_is_about(client, group):
    params = {"q": "slide down the wall", "k": 3, "group": group}
    hits = schemas.HitsShape.model_validate(client.get("/v1/search", params=params).json()).hits
    assert hits[0].page == "wall-sit"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    if group == "page":
        assert len({hit.page for hit in hits}) == len(hits)


def test_readyz_names_the_generation(client):
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["generation"]) == ("ready", 1)


def test_unknown_ids_and_empty_messages_are_problems(client):
    def post(**body):
        return client.post("/v1/chat", json=body)

    assert_is_problem(post(message="a", page="plonk"), 404, "unknown_page")
    assert_is_problem(post(message="a", conversation_id="x"), 404, "unknown_conversation")
    assert_is_problem(post(message="\u200b"), 422, "invalid_request")
    assert_is_problem(client.get("/exercises/plonk"), 404, "unknown_page")
