"""Does a reply pass its case? Each part with a reason, so that a failure can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.cases import Case

ReplyDocument = Mapping[str, Any]
PageText = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Score:
    """What was right in one reply; ``reasons`` say what was not."""

    passed: bool
    kind: bool
    facts: float
    words: int
    verified: bool
    reasons: tuple[str, ...]


def folded(text: str) -> str:
    """Return text for comparison: lower case, straight quotes, one kind of dash, single spaces.

    >>> folded("6–12  reps")
    '6-12 reps'
    """
    text = text.lower().replace("’", "'").replace("‘", "'")
    text = re.sub(r"[‐‑‒–—]", "-", text)
    return " ".join(text.split())


def score(case: Case, reply: ReplyDocument, page_text: PageText) -> Score:
    """Score the reply to a case's last message; ``page_text`` returns a page's canonical text."""
    text = folded(str(reply["text"]))
    citations: Sequence[Mapping[str, Any]] = reply["citations"]
    found = [any(folded(each) in text for each in fact) for fact in case.facts]
    verified = all(page_text(c["page"])[c["start"] : c["end"]] == c["quote"] for c in citations)
    reasons = [
        *([] if reply["kind"] in case.kinds else [f"kind {reply['kind']}"]),
        *(f"no {fact[0]!r}" for fact, there in zip(case.facts, found, strict=True) if not there),
        *(f"says {each!r}" for each in case.forbidden if folded(each) in text),
        *_citation_faults(case, citations),
        *([] if verified else ["a quote is not in its page"]),
    ]
    return Score(
        passed=not reasons,
        kind=reply["kind"] in case.kinds,
        facts=sum(found) / len(found) if found else 1.0,
        words=len(str(reply["text"]).split()),
        verified=verified,
        reasons=tuple(reasons),
    )


def _citation_faults(case: Case, citations: Sequence[Mapping[str, Any]]) -> list[str]:
    if not case.sources:
        return []
    faults = []
    right = {source.page for source in case.sources} | set(case.exercises)
    wrong = sorted({c["page"] for c in citations} - right)
    if wrong and not case.note.startswith("open list"):
        faults.append(f"cites {', '.join(wrong)}")
    if not any(_overlaps(c, s.page, s.contains) for c in citations for s in case.sources):
        faults.append("no citation overlaps a right passage")
    return faults


def _overlaps(citation: Mapping[str, Any], page: str, snippet: str) -> bool:
    if citation["page"] != page:
        return False
    quote, wanted = folded(citation["quote"]), folded(snippet)
    return wanted in quote or quote in wanted
