"""Runs cases through anything that answers: in process, or over HTTP."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.cases import Case
from evals.scoring import PageText, ReplyDocument, Score, score

# (message, page, conversation id or None) to the reply as ``POST /v1/chat`` gives it.
Ask = Callable[[str, str | None, str | None], ReplyDocument]


@dataclass(frozen=True, slots=True)
class Result:
    """One case, the reply to its last message, its score, and that reply's time."""

    case: Case
    reply: ReplyDocument
    score: Score
    milliseconds: float


def run(cases: Iterable[Case], ask: Ask, page_text: PageText) -> list[Result]:
    """Hold every case's conversation from its start and score the last reply."""
    return [_run_one(case, ask, page_text) for case in cases]


def table(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Return one row a suite and one for all: cases, passed share, words, time."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.case.suite].append(result)
    rows = [_row(suite, group) for suite, group in sorted(groups.items())]
    return [*rows, _row("all", results)]


def _run_one(case: Case, ask: Ask, page_text: PageText) -> Result:
    conversation: str | None = None
    reply: ReplyDocument = {}
    elapsed = 0.0
    for turn in case.turns:
        start = time.perf_counter()
        reply = ask(turn.message, turn.page, conversation)
        elapsed = (time.perf_counter() - start) * 1_000
        conversation = reply["conversation_id"]
    return Result(case, reply, score(case, reply, page_text), elapsed)


def _row(suite: str, results: Sequence[Result]) -> dict[str, Any]:
    words = sorted(result.score.words for result in results)
    return {
        "suite": suite,
        "cases": len(results),
        "passed": sum(result.score.passed for result in results) / len(results),
        "kind": sum(result.score.kind for result in results) / len(results),
        "facts": sum(result.score.facts for result in results) / len(results),
        "words_p95": words[int(0.95 * (len(words) - 1))],
        "ms_p50": statistics.median(result.milliseconds for result in results),
    }
