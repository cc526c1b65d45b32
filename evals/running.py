"""Runs cases through anything that answers: in process, over HTTP, or a baseline."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.asking import Ask
from evals.cases import Case
from evals.scoring import PageText, ReplyDocument, Score, score


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


def converse(turns: Iterable[tuple[str, str | None]], ask: Ask) -> tuple[ReplyDocument, float]:
    """Say messages (each with its page) in one conversation; return the last reply and its ms.

    A request that fails is a reply of the kind ``failed``, which passes nothing.
    """
    conversation: str | None = None
    reply: ReplyDocument = failed("no message")
    elapsed = 0.0
    for message, page in turns:
        start = time.perf_counter()
        try:
            reply = ask(message, page, conversation)
        except Exception as error:  # whatever it is, the run goes on and the case counts 0
            return failed(f"{type(error).__name__}: {error}"), 0.0
        elapsed = (time.perf_counter() - start) * 1_000
        conversation = reply["conversation_id"]
    return reply, elapsed


def failed(reason: str) -> ReplyDocument:
    """Return what stands for a reply that never came."""
    return {
        "kind": "failed",
        "text": reason,
        "segments": [],
        "citations": [],
        "exercises": [],
        "safety": {"level": "failed", "reasons": []},
    }


def table(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Return one row a suite and one for all: cases, passed share, right kind, facts, words."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.case.suite].append(result)
    rows = [_row(suite, group) for suite, group in sorted(groups.items())]
    return [*rows, _row("all", results)]


def latency(results: Sequence[Result]) -> str:
    """Return median and 95th percentile of the replies' times: it differs from run to run."""
    times = sorted(result.milliseconds for result in results)
    late = times[int(0.95 * (len(times) - 1))]
    return f"reply {statistics.median(times):.1f} ms median, {late:.1f} ms p95"


def _run_one(case: Case, ask: Ask, page_text: PageText) -> Result:
    reply, elapsed = converse(((turn.message, turn.page) for turn in case.turns), ask)
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
    }
