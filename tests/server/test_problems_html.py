import re

import httpx
import pytest

from assistant.errors import IndexUnavailable
from server.problems import CODES
from server.problems_html import WORDS, prefers_html
from tests.server.fake_assistant import FakeAssistant
from tests.server.running import assert_is_problem, running

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def assert_is_page(response: httpx.Response, status: int, words: str) -> str:
    """Check that an error came as a page with the ways on, and return its text."""
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"] == "Accept"
    assert "script-src 'self'" in response.headers["content-security-policy"]
    text = response.text
    assert f"<h1>{words}</h1>" in text
    assert 'role="search" action="/exercises"' in text
    assert '<a href="/exercises">All exercises</a>' in text
    assert f"Error {status}" in text
    assert "Traceback" not in text
    return text


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (BROWSER["Accept"], True),
        ("text/html", True),
        ("TEXT/HTML; charset=utf-8; q=0.4", True),
        ("text/*, application/json;q=0.9", True),
        ("text/html;q=0, */*", False),
        ("*/*", False),
        ("", False),
        ("application/problem+json", False),
        ("text/html, application/problem+json", False),
        ("text/html;q=0.8, application/json", False),
        ("image/avif,image/webp,*/*;q=0.8", False),
        ("text/html;q=nonsense", True),
        (",;,;q=1,", False),
    ],
)
def test_html_is_preferred_only_where_it_is_wanted_more_than_json(accept, wanted):
    assert prefers_html(accept) is wanted


@pytest.mark.parametrize("path", ["/nowhere", "/exercises/nowhere", "/exercises/wall-sit/"])
def test_an_address_without_a_page_is_said_in_words(client, path):
    assert_is_page(client.get(path, headers=BROWSER), 404, "There is no page at this address")


@pytest.mark.parametrize("path", ["/v1/nowhere", "/v1/exercises/nowhere", "/widget/1/x.js"])
def test_what_programs_ask_for_stays_a_problem_document(client, path):
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/nowhere", "/exercises/nowhere"])
def test_who_does_not_ask_for_html_gets_a_problem_document(client, path):
    response = client.get(path)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["vary"] == "Accept"


@pytest.mark.parametrize("path", ["/exercises/wall-sits", "/wall_sit.html", "/exercises/SIT"])
def test_exercises_that_may_be_meant_are_offered(client, path):
    text = client.get(path, headers=BROWSER).text
    assert '<a href="/exercises/wall-sit">Wall sit</a>' in text


def test_the_search_box_holds_the_words_of_the_address_escaped(client):
    text = client.get("/exercises/%22%3E%3Cscript%3Ebig-lift", headers=BROWSER).text
    assert 'value="script big lift"' in text
    assert "<script>" not in text


def test_too_large_a_form_is_a_page_and_says_how_long_a_question_may_be(client):
    response = client.post("/ask", data={"message": "a" * 70_000}, headers=BROWSER)
    assert "1,000 characters" in assert_is_page(response, 413, "That was too much text")
    assert response.headers["connection"] == "close"


def test_an_unexpected_error_is_a_page_whose_number_stands_in_the_log(caplog):
    assistant = FakeAssistant()
    assistant.pages = lambda: 1 / 0
    with running(assistant) as url:
        response = httpx.get(url + "/exercises", headers=BROWSER)
    text = assert_is_page(response, 500, "Something went wrong on the server")
    instance = re.search(r"urn:uuid:[0-9a-f-]{36}", text)[0]
    assert instance in caplog.text
    assert "division" not in text


def test_without_an_index_it_says_to_come_back_and_keeps_the_header():
    assistant = FakeAssistant()
    assistant.pages = lambda: (_ for _ in ()).throw(IndexUnavailable("No index in /secret.", ""))
    with running(assistant) as url:
        response = httpx.get(url + "/exercises", headers=BROWSER)
        assert_is_page(httpx.get(url + "/x", headers=BROWSER), 404, WORDS["not_found"][0])
    text = assert_is_page(response, 503, "The pages are not ready just now")
    assert response.headers["retry-after"] == "5"
    assert "/secret" not in text


def test_a_method_that_is_not_allowed_keeps_its_header(client):
    response = client.post("/exercises", headers=BROWSER)
    assert_is_page(response, 405, WORDS["method_not_allowed"][0])
    assert response.headers["allow"] == "GET, HEAD"


def test_the_owners_view_asks_browsers_for_the_key_and_says_what_is_wrong_with_the_address():
    key = "a key for the owner alone"
    with running(FakeAssistant(), insights_key=key) as url:
        refused = httpx.get(url + "/insights", headers=BROWSER)
        wrong = httpx.get(url + "/insights?days=5", headers=BROWSER, auth=("owner", key))
        assert_is_problem(httpx.get(url + "/insights"), 401, "unauthorized")
    assert_is_page(refused, 401, "This page is for its owner")
    assert refused.headers["www-authenticate"].startswith("Basic")
    assert "allowed: 7, 30 or 90" in assert_is_page(wrong, 422, "This request cannot be read")


def test_head_gives_the_headers_of_the_page(client):
    response = client.head("/nowhere", headers=BROWSER)
    assert (response.status_code, response.text) == (404, "")
    assert response.headers["content-type"] == "text/html; charset=utf-8"


def test_every_fault_of_the_server_has_words_of_its_own():
    assert {code for code, (status, _) in CODES.items() if status >= 500} <= set(WORDS)
    assert set(WORDS) <= set(CODES)
