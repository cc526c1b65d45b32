"""The JSON shapes of the outside: the same for the command line, the API and stored turns."""

from __future__ import annotations

from dataclasses import asdict

from assistant.domain import Citation, Hit, Page, Reply, Segment, Status
from assistant.errors import AssistantError
from assistant.ports import PageNames

Document = dict[str, object]


def segment_document(segment: Segment) -> Document:
    """Return a segment with the numbers of its citations."""
    return {
        "text": segment.text,
        "role": segment.role,
        "citations": list(segment.citations),
    }


def citation_document(citation: Citation) -> Document:
    """Return a citation with the path at which a person sees it marked."""
    document = asdict(citation)
    source_url = document.pop("source_url")
    return {**document, "url": citation.url, "source_url": source_url}


def reply_document(reply: Reply) -> Document:
    """Return the reply exactly as ``POST /v1/chat`` and ``ask --json`` give it."""
    return {
        "id": reply.id,
        "conversation_id": reply.conversation_id,
        "kind": reply.kind,
        "text": reply.text,
        "segments": [segment_document(segment) for segment in reply.segments],
        "citations": [citation_document(citation) for citation in reply.citations],
        "safety": {"level": reply.safety.level, "reasons": list(reply.safety.reasons)},
        "exercises": list(reply.exercises),
        "suggestions": list(reply.suggestions),
        "mode": reply.mode,
        "index": {"generation": reply.generation, "corpus": reply.corpus},
    }


def page_document(page: Page) -> Document:
    """Return a page as ``GET /v1/exercises/{slug}`` gives it."""
    return {
        "slug": page.slug,
        "title": page.title,
        "aliases": list(page.aliases),
        "url": page.url,
        "text": page.text,
        "content_hash": page.content_hash,
        "sections": [asdict(section) for section in page.sections],
    }


def hit_document(hit: Hit) -> Document:
    """Return a search hit as ``GET /v1/search`` gives it."""
    passage = hit.passage
    return {
        "page": passage.page,
        "title": passage.title,
        "section": passage.kind,
        "heading": passage.heading,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "score": round(hit.score, 6),
    }


def names_document(names: PageNames) -> Document:
    """Return a page as ``GET /v1/exercises`` lists it."""
    return {"slug": names.slug, "title": names.title, "aliases": list(names.aliases)}


def status_document(status: Status) -> Document:
    """Return the status exactly as ``GET /readyz`` and ``status --json`` give it."""
    return {
        "status": "degraded" if status.degraded else "ready",
        "generation": status.generation,
        "corpus": status.corpus,
        "degraded": list(status.degraded),
    }


def not_ready_document(error: AssistantError) -> Document:
    """Return why nothing can be answered, in the shape of ``GET /readyz`` when it is 503."""
    return {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": error.message,
        "code": "not_ready",
        "advice": error.advice,
        "errors": [],
        "error": {
            "message": error.message,
            "type": "server_error",
            "param": None,
            "code": "not_ready",
        },
    }
