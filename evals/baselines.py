"""What a user could have had in an hour, on the same cases: five ways to answer.

The best passage quoted: by the dense half, by BM25, or by the LangChain tutorial's RAG. And two
that know nothing: always answer, always abstain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.documents import hit_document
from assistant.domain import Hit
from assistant.ports import Index
from evals.asking import Ask, Door, Opened, Search
from evals.scoring import ReplyDocument
from evals.tutorial import Tutorial


@dataclass(frozen=True, slots=True)
class Baseline:
    """One way to answer; ``search`` is None where there is no retrieval of its own."""

    name: str
    ask: Ask
    search: Search | None
    triages: bool = False
    units: Sequence[Mapping[str, Any]] | None = None  # its own passages, where it cuts pages itself


def baselines(parts: Opened) -> list[Baseline]:
    """Return all five over the pages of the opened index; the tutorial's is built here."""
    tutorial = Tutorial()
    with parts.indexes.use() as index:
        tutorial.ingest([page for each in index.names() if (page := index.page(each.slug))])
    halves: dict[str, Search] = {
        "BM25": lambda query, k: lexical_search(parts, query, k),
        "dense": lambda query, k: dense_search(parts, query, k),
    }
    return [
        Baseline("tutorial", quoting(tutorial.search), tutorial.search, units=tutorial.chunks),
        *(Baseline(name, quoting(search), search) for name, search in halves.items()),
        Baseline("always answer", always_answer(parts.door()), None, triages=True),
        Baseline("always abstain", always_abstain, None),
    ]


def quoting(search: Search) -> Ask:
    """Answer each message with the whole best hit; earlier turns and the page are not seen."""

    def ask(message: str, page: str | None, conversation: str | None) -> ReplyDocument:
        del page, conversation
        hits = search(message, 1)
        return quoted(hits[0]) if hits else always_abstain(message, None, None)

    return ask


def always_answer(door: Door) -> Ask:
    """The assistant, but where it would abstain or ask back, the best passage is quoted."""

    def ask(message: str, page: str | None, conversation: str | None) -> ReplyDocument:
        reply = door.ask(message, page, conversation)
        hits = door.search(message, 1) if reply["kind"] in {"abstain", "clarify"} else []
        if not hits:
            return reply
        answer = quoted(hits[0], conversation=reply["conversation_id"])
        return {**answer, "safety": reply["safety"]}

    return ask


def always_abstain(message: str, page: str | None, conversation: str | None) -> ReplyDocument:
    """Say that the pages do not know, whatever is asked."""
    del message, page, conversation
    return _reply("abstain", "The pages do not say.", [], [], None)


def quoted(hit: Mapping[str, Any], conversation: str | None = None) -> ReplyDocument:
    """Return the reply that is one hit's text, cited."""
    citation = {"number": 1, "quote": hit["text"]} | {
        name: hit[name] for name in ("page", "title", "section", "heading", "start", "end")
    }
    segment = {"text": hit["text"], "role": "quote", "citations": [1]}
    return _reply("answer", hit["text"], [segment], [citation], conversation)


def dense_search(parts: Opened, query: str, k: int) -> list[dict[str, Any]]:
    """Return the ``k`` passages nearest by embedding."""
    vector = np.asarray(parts.embeddings.embed_query(query), dtype=np.float32)
    return _hits(parts, lambda index: index.dense(vector, k))


def lexical_search(parts: Opened, query: str, k: int) -> list[dict[str, Any]]:
    """Return the ``k`` passages best by BM25."""
    return _hits(parts, lambda index: index.lexical(query, k))


def _hits(parts: Opened, find: Callable[[Index], list[tuple[int, float]]]) -> list[dict[str, Any]]:
    with parts.indexes.use() as index:
        found = find(index)
        passages = index.passages([row for row, _ in found])
        return [
            hit_document(Hit(passage, score))
            for passage, (_, score) in zip(passages, found, strict=True)
        ]


def _reply(
    kind: str,
    text: str,
    segments: list[dict[str, Any]],
    citations: list[dict[str, Any]],
    conversation: str | None,
) -> ReplyDocument:
    return {
        "conversation_id": conversation,
        "kind": kind,
        "text": text,
        "segments": segments,
        "citations": citations,
        "exercises": sorted({citation["page"] for citation in citations}),
        "safety": {"level": "none", "reasons": []},
    }
