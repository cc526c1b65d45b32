"""A child process that holds one side and does what the parent says, timing it itself.

Run as ``python -m evals.bench.worker SIDE FOLDER``; a line of JSON in, a line of JSON out. Each
side has a process of its own, so that neither pays for the other's threads, caches or memory.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


class TutorialSide:
    """The tutorial: ``ask`` is its retrieval alone."""

    def __init__(self, folder: Path) -> None:
        from evals.bench.tutorial import Tutorial

        self._tutorial = Tutorial(folder)

    def ask(self, text: str) -> object:
        """Retrieve the nearest chunks."""
        return len(self._tutorial.retrieve(text))

    def embed(self, texts: list[str]) -> object:
        """Embed texts as its ingest does."""
        return len(self._tutorial.embeddings.embed_documents(texts))

    def ingest(self, path: str) -> object:
        """Read, split, embed and store a file of records."""
        records = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
        passages, seconds = self._tutorial.ingest(records)
        return {"passages": passages, "embedding": seconds}


class OurSide:
    """The assistant: ``ask`` is a whole answer."""

    def __init__(self, folder: Path) -> None:
        from assistant.bootstrap import build
        from assistant.settings import read_settings

        self._assistant = build(read_settings(data=folder), warm=True)

    def ask(self, text: str) -> object:
        """Answer a question in a conversation of its own."""
        return self._assistant.ask(text).kind


class OurIngest:
    """The assistant's ingest, with the model loaded before the clock starts."""

    def __init__(self, folder: Path) -> None:
        from assistant.bootstrap import ingest
        from assistant.embedding import open_embeddings
        from assistant.settings import read_settings

        self._settings = read_settings(data=folder)
        self._model, _ = open_embeddings(self._settings)
        self._ingest = ingest

    def embed(self, texts: list[str]) -> object:
        """Embed texts as our ingest does."""
        return len(self._model.embed_documents(texts))

    def ingest(self, path: str) -> object:
        """Read, split, embed, write, verify and publish a file of records."""
        report = self._ingest([Path(path)], self._settings)
        stages = {stage: round(seconds, 3) for stage, seconds in report.seconds.items()}
        return {"passages": report.passages, "texts": report.texts, "stages": stages}


class OurEmbedding:
    """One embedding call of ours: ``ask`` is the question's vector."""

    def __init__(self, folder: Path) -> None:
        from assistant.embedding import open_embeddings
        from assistant.settings import read_settings

        self._model, _ = open_embeddings(read_settings(data=folder))

    def ask(self, text: str) -> object:
        """Embed one question."""
        return len(self._model.embed_query(text))


# Each method of a side takes one value of the parent's message.
SIDES: dict[str, Callable[[Path], Any]] = {
    "tutorial": TutorialSide,
    "ours": OurSide,
    "ingest": OurIngest,
    "embedding": OurEmbedding,
}


def main() -> None:
    """Answer the parent's lines until they end."""
    answers, sys.stdout = sys.stdout, sys.stderr  # libraries print; the pipe is ours alone
    side = SIDES[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        message = json.loads(line)
        started = time.perf_counter()
        result = getattr(side, message["do"])(message["with"])
        seconds = time.perf_counter() - started
        print(json.dumps({"seconds": seconds, "result": result}), file=answers, flush=True)


if __name__ == "__main__":
    main()
