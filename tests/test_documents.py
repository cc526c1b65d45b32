"""The JSON shapes: just the fields of the contract, nothing that JSON cannot hold."""

from __future__ import annotations

import json

from assistant.documents import (
    citation_document,
    hit_document,
    names_document,
    not_ready_document,
    page_document,
    reply_document,
)
from assistant.domain import Citation, Hit
from assistant.errors import IndexUnavailable
from assistant.pipeline import Assistant
from server.problems import Problem

REPLY = {
    "id",
    "conversation_id",
    "kind",
    "text",
    "segments",
    "citations",
    "safety",
    "exercises",
    "suggestions",
    "mode",
    "index",
}
CITATION = {
    "number",
    "page",
    "title",
    "section",
    "heading",
    "quote",
    "start",
    "end",
    "prefix",
    "suffix",
    "content_hash",
    "url",
    "source_url",
}


def test_a_reply_has_the_fields_of_the_contract_and_survives_json(assistant: Assistant) -> None:
    reply = assistant.ask("how often should I do the harbour reach?")
    document = reply_document(reply)
    assert set(document) == REPLY
    assert json.loads(json.dumps(document)) == document
    assert document["text"] == "".join(segment["text"] for segment in document["segments"])
    assert document["safety"] == {"level": "none", "reasons": []}
    assert document["index"] == {"generation": reply.generation, "corpus": reply.corpus}
    assert document["mode"] == "extractive"
    assert document["id"].startswith("msg_")
    assert document["conversation_id"].startswith("cnv_")
    assert [set(segment) for segment in document["segments"]] == [
        {"text", "role", "citations"}
    ] * len(document["segments"])
    assert document["citations"]
    for citation in document["citations"]:
        assert set(citation) == CITATION
        assert citation["source_url"].startswith("https://gym.example/moves/harbour-reach#:~:text=")


def test_a_citation_leads_to_the_page_for_people_with_its_span() -> None:
    citation = Citation(1, "plank", "Plank", "tips", "Tips", "Hold.", 5, 10, "", "", "sha256:0")
    document = citation_document(citation)
    assert document["url"] == "/exercises/plank?start=5&end=10"
    assert document["source_url"] is None


def test_a_page_has_its_text_hash_and_every_section(assistant: Assistant) -> None:
    page = assistant.page("lantern-squat")
    document = page_document(page)
    fields = {"slug", "title", "aliases", "url", "text", "content_hash", "sections"}
    assert set(document) == fields
    assert json.loads(json.dumps(document)) == document
    assert document["content_hash"] == page.content_hash
    assert [set(section) for section in document["sections"]] == [
        {"kind", "heading", "start", "end"}
    ] * len(page.sections)


def test_a_hit_quotes_the_page_at_its_offsets(assistant: Assistant) -> None:
    hit = assistant.search("pebbles in a bowl", 1)[0]
    document = hit_document(hit)
    fields = {"page", "title", "section", "heading", "text", "start", "end", "score"}
    assert set(document) == fields
    text = assistant.page(document["page"]).text
    assert text[document["start"] : document["end"]] == document["text"]
    assert hit_document(Hit(hit.passage, 1 / 3))["score"] == 0.333333


def test_the_list_of_pages_names_slug_title_and_aliases(assistant: Assistant) -> None:
    documents = [names_document(names) for names in assistant.pages()]
    assert {"slug": "pebble-lift", "title": "Pebble lift", "aliases": ["toe pick-up"]} in documents


def test_not_ready_is_told_as_the_server_tells_it() -> None:
    problem = Problem("not_ready", "There is no index.", "Run ingest.")
    assert not_ready_document(IndexUnavailable(problem.detail, problem.advice)) == (
        problem.document()
    )
