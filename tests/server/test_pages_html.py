import dataclasses
import re

import httpx
import pytest

from server.joining import integrity
from tests.server.fake_assistant import PAGE, QUOTE, TEXT, FakeAssistant
from tests.server.running import running

START = TEXT.index(QUOTE)


@pytest.mark.parametrize("path", ["/", "/exercises", "/exercises/wall-sit", "/embed"])
def test_a_page_for_people_is_html_under_the_strict_policy(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = response.headers["content-security-policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "trusted-types 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert not re.search(
        r"<style|<script(?![^>]*src=)|\sstyle=|\son\w+=|javascript:", response.text
    )
    assert "Wall sit" in response.text


@pytest.mark.parametrize("path", ["/", "/exercises", "/exercises/wall-sit", "/ask", "/embed"])
def test_a_page_runs_no_other_widget_than_the_one_that_is_served(client, path):
    tags = re.findall(r"<(?:script|link)[^>]*exercise-chat\.js[^>]*>", client.get(path).text)
    assert len(tags) == 1
    script = client.get("/widget/1/exercise-chat.js").content
    assert f'integrity="{integrity(script)}"' in tags[0]


def test_the_cited_words_are_marked_once_as_the_target(client):
    text = client.get(f"/exercises/wall-sit?start={START}&end={START + len(QUOTE)}").text
    assert f'<mark id="cited">{QUOTE}</mark>' in text
    assert text.count("<mark") == 1


def test_a_citation_over_several_lines_has_one_target(client):
    text = client.get(f"/exercises/wall-sit?start=0&end={len(TEXT)}").text
    assert text.count("<mark") == 4 - 1
    assert text.count('id="cited"') == 1


@pytest.mark.parametrize(
    "query", ["start=a&end=b", "start=5", "start=9&end=3", "start=0&end=99999", "start=0&end=8"]
)
def test_a_span_that_cannot_be_marked_is_said_and_the_page_is_shown(client, query):
    response = client.get(f"/exercises/wall-sit?{query}")
    assert response.status_code == 200
    assert "<mark" not in response.text
    assert "The link that led here" in response.text or "The words that the link" in response.text
    assert "Keep your back flat" in response.text


def test_other_parameters_are_left_alone(client):
    text = client.get("/exercises/wall-sit?utm_source=x").text
    assert "The link that led here" not in text


def test_markup_in_a_page_is_shown_and_not_run():
    payload = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
    assistant = FakeAssistant()
    evil = dataclasses.replace(
        PAGE,
        title=payload,
        aliases=(payload,),
        text=PAGE.text.replace("Stop if", payload),
        sections=tuple(dataclasses.replace(s, heading=payload) for s in PAGE.sections),
        url="javascript:alert(1)",
        level=payload,
        equipment=(payload,),
    )
    assistant.pages = lambda: [evil]
    assistant.page = lambda slug: evil
    with running(assistant) as url:
        for path in ("/", "/exercises", "/exercises/wall-sit?start=1&end=%3Cscript%3E", "/embed"):
            text = httpx.get(url + path).text
            assert "<script>" not in text
            assert "<img src=x" not in text
            assert 'href="javascript' not in text
            assert "&lt;script&gt;" in text
