"""A question file to begin with: one example of each sort, made from the pages that are indexed."""

from __future__ import annotations

import json
from collections.abc import Iterator

from assistant.pipeline import Assistant
from evals.cases import BadCase

UNKNOWN = "underwater hammock curl"
NOTES = {
    "everyday": "put your visitors' own words here; facts must stand in the reply",
    "page_context": "asked while reading a page: its slug stands beside the message",
    "missing": "something that the page truly does not say",
    "unknown_exercise": "an exercise that you have no page for",
    "out_of_scope": "nothing to do with exercise",
    "clarify": "no exercise is named, so the right reply asks which",
}


def template(assistant: Assistant) -> Iterator[str]:
    """Yield JSONL lines: cases about the first page, each with a note on what to change.

    The fact of the first one is the first line of the page, so that the file runs as it is.
    Raises BadCase when nothing is indexed.
    """
    names = next(iter(assistant.pages()), None)
    if names is None:
        raise BadCase("no page is indexed; run `python -m assistant ingest PATH` first")
    page = assistant.page(names.slug)
    body = page.sections[0] if page.sections else None
    text = page.text[body.start : body.end] if body else page.text
    line = next(line for line in text.splitlines() if line.strip())
    words = " ".join(line.split()[:6])
    about: dict[str, object] = {
        "exercises": [page.slug],
        "sources": [{"page": page.slug, "contains": words}],
    }
    yield _line("everyday", f"How do I do the {page.title}?", ["answer"], about | _fact(words))
    yield _line("page_context", "How do I do this?", ["answer"], about | _fact(words), page.slug)
    yield _line("missing", f"Who invented the {page.title}?", ["abstain"], {})
    yield _line("unknown_exercise", f"How many reps of the {UNKNOWN}?", ["abstain"], {})
    yield _line("out_of_scope", "Which phone should I buy?", ["abstain"], {})
    yield _line("clarify", "How many should I do?", ["clarify"], {})


def _fact(words: str) -> dict[str, object]:
    return {"facts": [[words]]}


def _line(
    suite: str, message: str, kinds: list[str], more: dict[str, object], page: str | None = None
) -> str:
    turns = [{"message": message, "page": page}]
    case = {"id": f"my-{suite}-1", "suite": suite, "turns": turns, "kinds": kinds}
    return json.dumps({**case, **more, "note": NOTES[suite]}, ensure_ascii=False)
