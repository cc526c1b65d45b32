import json
import unicodedata

import httpx
import pytest

from assistant.errors import StorageError
from tests.server.fake_assistant import FakeAssistant
from tests.server.running import assert_is_problem, running

JSON = {"Content-Type": "application/json"}


def post(client, body, headers=JSON):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/v1/chat", content=content, headers=headers)


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({}, "message", "is missing"),
        ({"message": None}, "message", "is not a string"),
        ({"message": 12}, "message", "is not a string"),
        ({"message": ["a"]}, "message", "is not a string"),
        ({"message": ""}, "message", "is empty"),
        ({"message": " \n\u3000"}, "message", "is empty"),
        ({"message": "a" * 1001}, "message", "has 1,001 characters"),
        ({"message": "\ufdfa" * 60}, "message", "has 1,080 characters"),
        ({"message": "a\0b"}, "message", "has the control character U+0000"),
        ({"message": "a\x1bb"}, "message", "has the control character U+001B"),
        ({"message": "a", "stream": "true"}, "stream", "is neither true nor false"),
        ({"message": "a", "stream": 1}, "stream", "is neither true nor false"),
        ({"message": "a", "page": 7}, "page", "is not a string"),
        ({"message": "a", "page": "a" * 201}, "page", "is longer than 200 characters"),
        ({"message": "a", "conversation_id": {}}, "conversation_id", "is not a string"),
        ({"message": "a", "role": "system"}, "role", "is not a field of this request"),
    ],
)
def test_each_fault_of_a_field_is_named_with_what_is_allowed(client, body, field, message):
    problem = assert_is_problem(post(client, body), 422, "invalid_request")
    wrong = problem["errors"][0]
    assert (wrong["field"], wrong["message"]) == (field, message)
    assert wrong["allowed"]
    assert problem["error"]["param"] == field


def test_all_faults_are_named_at_once(client):
    problem = assert_is_problem(post(client, {"message": 1, "x": 2}), 422, "invalid_request")
    assert [error["field"] for error in problem["errors"]] == ["message", "x"]


@pytest.mark.parametrize("message", ["a" * 1000, "½" * 333, "line\nbreak\tand tab", "🧱" * 1000])
def test_a_message_within_the_limits_is_answered(client, message):
    assert len(unicodedata.normalize("NFKC", message)) <= 1000
    assert post(client, {"message": message}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe{",
        b'{"message": "\xed\xa0\x80"}',
        b'{"message": "\\ud800"}',
        b'{"message": "a",}',
        b"[" * 20_000,
    ],
)
def test_what_is_not_a_json_object_is_refused(client, body):
    assert_is_problem(post(client, body), 422, "invalid_json")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
def test_another_media_type_is_refused(client, headers):
    problem = post(client, {"message": "a"}, headers)
    assert_is_problem(problem, 415, "unsupported_media_type")


def test_a_media_type_with_a_charset_is_read(client):
    headers = {"Content-Type": "application/json; charset=utf-8"}
    assert post(client, {"message": "a"}, headers).status_code == 200


@pytest.mark.parametrize("stream", [False, True])
def test_unknown_ids_are_problems_in_both_forms(client, stream):
    page = {"message": "a", "page": "plonk", "stream": stream}
    assert_is_problem(post(client, page), 404, "unknown_page")
    conversation = {"message": "a", "conversation_id": "cnv_none", "stream": stream}
    assert_is_problem(post(client, conversation), 404, "unknown_conversation")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=%00", "q"),
        ("q=a&k=0", "k"),
        ("q=a&k=51", "k"),
        ("q=a&k=ten", "k"),
        ("q=a&k=1.5", "k"),
        ("q=a&group=section", "group"),
        ("q=a&limit=3", "limit"),
        ("q=" + "a" * 1001, "q"),
    ],
)
def test_each_fault_of_a_search_is_named(client, query, field):
    problem = assert_is_problem(client.get(f"/v1/search?{query}"), 422, "invalid_request")
    assert problem["errors"][0]["field"] == field


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/v1",
        "/v1/exercises/",
        "/docs",
        "/widget/1/nothing.js",
        "/widget/1/",
        "/widget/1/..%2f..%2fapp.py",
        "/widget/1/%2e%2e/app.py",
        "/static/%00",
        "/static/" + "a" * 300,
    ],
)
def test_an_unknown_path_is_a_problem(client, path):
    assert_is_problem(client.get(path), 404, "not_found")


@pytest.mark.parametrize(
    "slug", ["plonk", "%00", "%ED%A0%80", "%3Cscript%3E", "..%2Fapp", "a" * 5000]
)
@pytest.mark.parametrize("prefix", ["/v1/exercises/", "/exercises/"])
def test_an_unknown_slug_is_a_problem(client, prefix, slug):
    response = client.get(prefix + slug)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert len(response.content) < 1000


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/chat", "POST"),
        ("POST", "/v1/exercises", "GET, HEAD"),
        ("PUT", "/v1/conversations/cnv_1", "DELETE, GET, HEAD"),
        ("POST", "/", "GET, HEAD"),
        ("DELETE", "/widget/1/exercise-chat.js", "GET, HEAD"),
        ("BREW", "/livez", "GET, HEAD"),
    ],
)
def test_another_method_is_refused_with_those_that_are_allowed(client, method, path, allowed):
    response = client.request(method, path)
    if method != "BREW":
        assert_is_problem(response, 405, "method_not_allowed")
        assert response.headers["allow"] == allowed
    else:
        assert response.status_code in (400, 405)
        assert response.headers["content-type"] == "application/problem+json"


def test_an_unexpected_error_gives_an_id_that_stands_in_the_log_and_nothing_else(caplog):
    assistant = FakeAssistant(fail_before=ValueError("the secret of /some/where"))
    with running(assistant) as url, httpx.Client(base_url=url, trust_env=False) as client:
        for stream in (False, True):
            response = post(client, {"message": "a", "stream": stream})
            problem = assert_is_problem(response, 500, "internal")
            assert "secret" not in response.text
            assert problem["instance"] in caplog.text
    assert "the secret of /some/where" in caplog.text


def test_an_error_of_the_servers_own_side_keeps_its_message_in_the_log(caplog):
    assistant = FakeAssistant(fail_before=StorageError("/some/where is full.", "Make room."))
    with running(assistant) as url, httpx.Client(base_url=url, trust_env=False) as client:
        response = post(client, {"message": "a"})
    problem = assert_is_problem(response, 503, "storage")
    assert "/some/where" not in response.text
    assert response.headers["retry-after"]
    assert problem["instance"] in caplog.text
    assert "/some/where is full." in caplog.text
