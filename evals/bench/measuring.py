"""The measures, each a function from a prepared bench to rows; A and B take turns in all."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from evals.bench.exercises import Record, plain_text, questions, write_pages
from evals.bench.growing import build_index
from evals.bench.processes import Worker, timed_command
from evals.bench.rows import Row, milliseconds
from evals.bench.serving import bare, free_port, memory_after, ours, serving

WARM_UP = 20
EMBEDDING_BLOCK = 64
MEMORY_QUESTIONS = 1000


@dataclass
class Bench:
    """What all measures share: the exercises, a scratch folder, and how often to repeat."""

    records: list[Record]
    folder: Path
    questions: int
    repeats: int
    passages: int
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """Return the data folder of the assistant."""
        return self.folder / "ours"

    @property
    def store(self) -> Path:
        """Return the folder of the tutorial's vectors."""
        return self.folder / "tutorial"


def ingesting(bench: Bench) -> list[Row]:
    """Index the exercises on both sides; must come first, the other measures use the indexes."""
    pages = str(write_pages(bench.records, bench.folder / "pages"))
    turns = [_ingest(bench, pages, turn) for turn in range(max(1, bench.repeats // 2))]
    bench.notes["ingest"] = [turn.found for turn in turns]
    first = median(turn.ours for turn in turns)
    beside = median(turn.tutorial for turn in turns)
    pace, other = (median(turn.rates[side] for turn in turns) for side in (0, 1))
    fast, slow = (median(s for turn in turns for s in turn.blocks[side]) for side in (0, 1))
    count, again = len(bench.records), median(turn.again for turn in turns)
    return [
        Row("ingest, pages", count / first, count / beside, "/s", "tutorial", 1, at_least=True),
        Row("embedding stage, passages", pace, other, "/s", "tutorial", 3, at_least=True),
        Row("embedding, same texts", 64 / fast, 64 / slow, "/s", "tutorial", 3, at_least=True),
        Row("ingest again, unchanged", again, first, "s", "first ingest", 0.1),
    ]


@dataclass(frozen=True, slots=True)
class _Ingest:
    """Seconds of one turn; ``rates`` are passages a second in the embedding stage."""

    ours: float
    tutorial: float
    again: float
    rates: tuple[float, float]
    blocks: list[list[float]]
    found: list[Any]


def _ingest(bench: Bench, pages: str, turn: int) -> _Ingest:
    for folder in (bench.store, bench.data):
        shutil.rmtree(folder, ignore_errors=True)
    texts = [plain_text(record) for record in bench.records]
    with Worker("tutorial", bench.store) as tutorial, Worker("ingest", bench.data) as assistant:
        blocks = _turns([assistant, tutorial], _blocks(texts, turn), "embed")
        ours, found = assistant.call("ingest", pages)
        theirs, beside = tutorial.call("ingest", pages)
        again = median(assistant.call("ingest", pages)[0] for _ in range(bench.repeats))
    rates = (found["passages"] / found["stages"]["embed"], beside["passages"] / beside["embedding"])
    return _Ingest(ours, theirs, again, rates, blocks, [found, beside])


def answering(bench: Bench) -> list[Row]:
    """Ask the same questions of the tutorial, of the assistant, and of its embedding alone."""
    asked = questions(bench.records, WARM_UP + bench.questions)
    with (
        Worker("tutorial", bench.store) as tutorial,
        Worker("ours", bench.data) as assistant,
        Worker("embedding", bench.data) as embedding,
    ):
        retrieval, answer, vector = _turns([tutorial, assistant, embedding], asked, "ask")
        kinds = Counter(str(assistant.call("ask", text)[1]) for text in asked[-50:])
    bench.notes["kinds of 50 answers"] = dict(kinds)
    whole = milliseconds(answer[WARM_UP:])
    alone, call = milliseconds(retrieval[WARM_UP:]), milliseconds(vector[WARM_UP:])
    return [
        Row("whole answer, p50", whole, alone, "ms", "tutorial's retrieval alone", 0.6),
        Row("whole answer, p50", whole, call, "ms", "one embedding call of ours", 4),
    ]


def starting(bench: Bench) -> list[Row]:
    """Start both command lines cold, and our server beside a bare app."""
    (question,) = questions(bench.records, 1)
    ask = ("-W", "ignore", "-m", "assistant", "ask", question, "--data", str(bench.data))
    retrieve = ("-W", "ignore", "-m", "evals.bench.tutorial", str(bench.store), question)
    cold: list[list[float]] = [[], [], [], []]
    for _ in range(bench.repeats):
        cold[0].append(timed_command(*ask))
        cold[1].append(timed_command(*retrieve))
        cold[2].append(_ready(ours(bench.data, port := free_port()), port))
        cold[3].append(_ready(bare(port := free_port()), port))
    first, tutorial, ready, yardstick = (median(seconds) for seconds in cold)
    return [
        Row("cold start to an answer", first, tutorial, "s", "tutorial's first retrieval", 1 / 3),
        Row("server ready", ready, yardstick, "s", "bare app with chromadb", 3),
    ]


def remembering(bench: Bench) -> list[Row]:
    """Weigh our server after 1,000 answers, and the tutorial's process after 1,000 retrievals."""
    asked = questions(bench.records, MEMORY_QUESTIONS)
    port = free_port()
    with serving(*ours(bench.data, port), port=port) as (process, _):
        server = memory_after(process, port, asked)
    with Worker("tutorial", bench.store) as tutorial:
        for question in asked:
            tutorial.call("ask", question)
        beside = tutorial.memory()
    return [Row("memory after 1,000 answers", server, beside, "MB", "tutorial's process", 0.5)]


def growing(bench: Bench) -> list[Row]:
    """Ask small and large indexes the same questions in turn."""
    folders = [bench.folder / "small", bench.folder / "large"]
    few = build_index(bench.records, 1000, folders[0])
    many = build_index(bench.records, bench.passages, folders[1])
    bench.notes["passages, small and large"] = [few, many]
    asked = questions(bench.records[: max(few // 8, 10)], WARM_UP + bench.questions // 2)
    with ExitStack() as stack:
        workers = [stack.enter_context(Worker("ours", folder)) for folder in folders]
        small, large = (milliseconds(times[WARM_UP:]) for times in _turns(workers, asked, "ask"))
    name = f"whole answer at {many:,} passages"
    return [Row(name, large, small, "ms", f"at {few:,} passages", 2.5)]


def _turns(workers: Sequence[Worker], values: Sequence[object], do: str) -> list[list[float]]:
    """Return each worker's seconds; all do the same value before any does the next."""
    seconds: list[list[float]] = [[] for _ in workers]
    for turn, value in enumerate(values):
        for place in range(len(workers)):
            chosen = (turn + place) % len(workers)
            seconds[chosen].append(workers[chosen].call(do, value)[0])
    return seconds


def _blocks(texts: list[str], turn: int) -> list[list[str]]:
    """Return ten blocks of texts, others in each turn; the first warms up."""
    starts = range(0, max(1, len(texts) - EMBEDDING_BLOCK), EMBEDDING_BLOCK)
    blocks = [texts[start : start + EMBEDDING_BLOCK] for start in starts]
    return [blocks[(10 * turn + place) % len(blocks)] for place in range(min(10, len(blocks)))]


def _ready(command: tuple[str, ...], port: int) -> float:
    with serving(*command, port=port) as (_, seconds):
        return seconds
