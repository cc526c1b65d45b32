import re

import httpx
import pytest

from assistant.errors import IndexUnavailable
from tests.server.fake_assistant import QUOTE, TEXT, FakeAssistant
from tests.server.running import running

START = TEXT.index(QUOTE)
FORM = {"message": "how long?", "page": "wall-sit"}


def test_the_form_is_answered_with_numbered_sources_that_lead_to_the_marked_words(client):
    response = client.post("/ask", data=FORM)
    assert response.status_code == 200
    assert '<a href="#source-1" aria-label="Source 1">1</a>' in response.text
    link = re.search(r'id="source-1".*?<a href="([^"]+)"', response.text, re.DOTALL)
    assert link[1] == f"/exercises/wall-sit?start={START}&amp;end={START + len(QUOTE)}#cited"
    page = client.get(link[1].replace("&amp;", "&"))
    assert f'<mark id="cited">{QUOTE}</mark>' in page.text


def test_a_conversation_goes_on_by_the_hidden_field():
    assistant = FakeAssistant()
    with running(assistant) as url:
        first = httpx.post(url + "/ask", data=FORM).text
        conversation = re.search(r'name="conversation_id" value="(cnv_\w+)"', first)[1]
        httpx.post(url + "/ask", data={**FORM, "conversation_id": conversation})
    assert len(assistant.conversations[conversation].turns) == 2


def test_an_answer_is_not_kept_by_the_browser_and_a_question_in_the_address_is_not_asked(client):
    assert client.post("/ask", data=FORM).headers["cache-control"] == "no-store"
    assert QUOTE not in client.get("/ask", params=FORM).text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"message": ""}, 422),
        ({"message": "x" * 1001}, 422),
        ({"message": "how long?", "page": "plonk"}, 404),
        ({"message": "how long?", "conversation_id": "cnv_1"}, 404),
    ],
)
def test_a_refusal_is_a_page_in_words_that_keeps_the_question(client, fields, status):
    response = client.post("/ask", data=fields)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert 'role="alert"' in response.text
    assert fields["message"] + "</textarea>" in response.text


def test_what_made_the_refusal_is_left_out_so_that_asking_again_works(client):
    text = client.post("/ask", data={**FORM, "conversation_id": "cnv_1"}).text
    assert "cnv_1" not in text
    assert 'value="wall-sit"' in text


def test_a_failure_tells_nothing_of_the_inside():
    assistant = FakeAssistant(fail_before=IndexUnavailable("No index in /secret.", "Build it."))
    with running(assistant) as url:
        response = httpx.post(url + "/ask", data=FORM)
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert "/secret" not in response.text


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", ""])
def test_a_body_that_is_no_form_is_refused_in_words(client, kind):
    response = client.post("/ask", content=b"message=how+long", headers={"content-type": kind})
    assert response.status_code == 422


def test_markup_in_a_question_is_shown_and_not_run(client):
    text = client.post("/ask", data={"message": "</textarea><script>alert(1)</script>"}).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_an_urgent_answer_stands_first(real_url):
    message = "I have crushing chest pain and my left arm is numb, can I do planks?"
    text = httpx.post(real_url + "/ask", data={"message": message}, timeout=30).text
    main = text[text.index("<main") :]
    assert 'class="urgent" role="alert"' in main
    assert main.index("role=") < main.index("You asked:")


@pytest.mark.parametrize("path", ["/", "/exercises", "/exercises/wall-sit"])
def test_each_page_has_the_form_for_those_without_javascript(client, path):
    parts = re.findall(r"<noscript>(.*?)</noscript>", client.get(path).text, re.DOTALL)
    form = next(part for part in parts if 'method="post" action="/ask"' in part)
    assert ('name="page" value="wall-sit"' in form) == path.endswith("wall-sit")


def test_steps_are_a_list_and_each_leads_to_its_source(real_url):
    message = {"message": "how do I do it?", "page": "plank"}
    text = httpx.post(real_url + "/ask", data=message, timeout=30).text
    steps = re.search(r"<ol>(<li value.*?)</ol>", text, re.DOTALL)[1]
    assert re.findall(r'<li value="(\d)"', steps) == ["1", "2", "3", "4", "5", "6", "7"]
    assert steps.count('<a href="#source-') == 7
    assert "1. " not in steps
