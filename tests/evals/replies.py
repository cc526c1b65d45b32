"""Small cases and replies for the tests of the evals."""

from __future__ import annotations

from typing import Any

from evals.cases import Case

PAGE = "Plank\nHold for 20 to 40 seconds.\nDo not hold your breath."
QUOTE = "Hold for 20 to 40 seconds."


def page_text(slug: str) -> str:
    return {"plank": PAGE, "squat": "Squat\nKeep your heels down."}[slug]


def case(**changes: Any) -> Case:
    whole: dict[str, Any] = {
        "id": "c-1",
        "suite": "everyday",
        "turns": [{"message": "how long is a plank"}],
        "kinds": ["answer"],
        "exercises": ["plank"],
        "facts": [["20 to 40 seconds", "20–40 seconds"]],
        "sources": [{"page": "plank", "contains": "20 to 40 seconds"}],
    }
    return Case.model_validate(whole | changes)


def citation(quote: str = QUOTE, page: str = "plank", number: int = 1) -> dict[str, Any]:
    start = page_text(page).find(quote)
    names = {"title": page.title(), "section": "tips", "heading": "Tips"}
    return {"number": number, "page": page, "quote": quote, **names} | {
        "start": start,
        "end": start + len(quote),
    }


def reply(*citations: dict[str, Any], kind: str = "answer", text: str = "") -> dict[str, Any]:
    segments = [
        {"text": each["quote"], "role": "quote", "citations": [each["number"]]}
        for each in citations
    ]
    return {
        "conversation_id": "cnv_1",
        "kind": kind,
        "text": text or " ".join(each["quote"] for each in citations),
        "segments": segments,
        "citations": list(citations),
        "exercises": sorted({each["page"] for each in citations}),
        "safety": {"level": "none", "reasons": []},
    }
