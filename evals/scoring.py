"""Does a reply pass its case? Each part with a reason, so that a failure can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.cases import Case

ReplyDocument = Mapping[str, Any]
CitationDocument = Mapping[str, Any]
PageText = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Score:
    """What was right in one reply; ``reasons`` say what was not.

    ``statements`` are segments that are not the assistant's own frame, ``supported`` those whose
    words stand in a quote that they cite. ``citations`` are counted once for each segment that
    uses one, ``supporting`` those that hold words of it, ``right_page`` those from a page that the
    case is about, ``verified`` those whose quote stands at its offsets.
    """

    passed: bool
    kind: bool
    facts: float
    words: int
    first_right: bool
    statements: int
    supported: int
    citations: int
    supporting: int
    right_page: int
    verified: int
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
    citations: Sequence[CitationDocument] = reply["citations"]
    text = str(reply["text"])
    found = [any(_holds(text, each) for each in fact) for fact in case.facts]
    verified = [page_text(c["page"])[c["start"] : c["end"]] == c["quote"] for c in citations]
    reasons = [
        *([] if reply["kind"] in case.kinds else [f"kind {reply['kind']}"]),
        *(f"no {fact[0]!r}" for fact, there in zip(case.facts, found, strict=True) if not there),
        *(f"says {each!r}" for each in case.forbidden if folded(each) in folded(text)),
        *_citation_faults(case, citations),
        *([] if all(verified) else ["a quote is not in its page"]),
    ]
    statements, supported, used, supporting = _support(reply)
    return Score(
        passed=not reasons,
        kind=reply["kind"] in case.kinds,
        facts=sum(found) / len(found) if found else 1.0,
        words=len(text.split()),
        first_right=bool(citations) and _right(case, citations[0]),
        statements=statements,
        supported=supported,
        citations=used,
        supporting=supporting,
        right_page=sum(c["page"] in _right_pages(case) for c in citations),
        verified=sum(verified),
        reasons=tuple(reasons),
    )


def overlaps(text: str, snippet: str) -> bool:
    """Return whether one of two texts contains the other, spaces and dashes aside."""
    return folded(snippet) in folded(text) or folded(text) in folded(snippet)


def _holds(text: str, fact: str) -> bool:
    """Return whether a fact stands in a text as whole words: "5" does not stand in "15 reps"."""
    wanted = re.escape(folded(fact))
    return re.search(rf"(?<!\w){wanted}(?!\w)", folded(text)) is not None


def _citation_faults(case: Case, citations: Sequence[CitationDocument]) -> list[str]:
    if not case.sources:
        return []
    faults = []
    wrong = sorted({c["page"] for c in citations} - _right_pages(case))
    if wrong and not case.note.startswith("open list"):
        faults.append(f"cites {', '.join(wrong)}")
    if not any(_right(case, citation) for citation in citations):
        faults.append("no citation overlaps a right passage")
    return faults


def _right_pages(case: Case) -> set[str]:
    return {source.page for source in case.sources} | set(case.exercises)


def _right(case: Case, citation: CitationDocument) -> bool:
    return any(
        citation["page"] == source.page and overlaps(citation["quote"], source.contains)
        for source in case.sources
    )


def _support(reply: ReplyDocument) -> tuple[int, int, int, int]:
    """Return statements, those that are supported, citation uses, and those that support.

    Support is by words, which is exact for quotes: a segment is supported when its text stands
    in a quote that it cites, and a citation supports when it shares the segment's words so.
    """
    quotes = {c["number"]: c["quote"] for c in reply["citations"]}
    stated = [segment for segment in reply["segments"] if segment["role"] != "frame"]
    uses = [[_backs(quotes[n], s["text"]) for n in s["citations"] if n in quotes] for s in stated]
    return (
        len(stated),
        sum(any(each) for each in uses),
        sum(len(each) for each in uses),
        sum(sum(each) for each in uses),
    )


def _backs(quote: str, text: str) -> bool:
    return bool(text.strip()) and folded(text).strip(" .") in folded(quote)
