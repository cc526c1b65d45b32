"""What precision costs: speed and retrieval of each export beside sentence-transformers' vectors.

Run as ``python -m evals.bench.precision``. Questions are exercise names and aliases, documents
their instructions with the name taken out; and the questions of corpus/, documents their answers.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Protocol

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant.adapters import sentence_transformers as exporting
from assistant.bootstrap import build
from assistant.domain import Page
from assistant.ports import Vectors
from assistant.settings import read_settings
from evals.bench.exercises import Record, find_exercises

SHORT = "how many reps of number {} should I do?"
VARIANTS: dict[str, dict[str, Any]] = {
    "int8 per tensor": {"per_channel": False, "reduce_range": False},
    "int8 per channel": {"reduce_range": False},
    "int8 per channel, 7 bits (used)": {},
    "the same, embedding table in float": {"op_types_to_quantize": ["MatMul"]},
}


@dataclass(frozen=True, slots=True)
class Questions:
    """Queries, documents, and the row of the right document for each query."""

    name: str
    queries: list[str]
    documents: list[str]
    right: list[int]


class Encoder(Protocol):
    """Anything that gives vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit-length vector a text, in order."""
        ...


class Original:
    """sentence-transformers itself."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text, shape (len(texts), 384)."""
        vectors = self._model.encode(list(texts), normalize_embeddings=True)
        return np.asarray(vectors, dtype=np.float32)


class Graph:
    """One exported graph, run as the assistant runs it: one text at a time, without padding."""

    def __init__(self, path: Path, tokenizer: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )
        self._tokenizer = Tokenizer.from_file(str(tokenizer))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text, shape (len(texts), 384)."""
        return np.concatenate([self._one(text) for text in texts])

    def _one(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        return np.asarray(self._session.run(None, {"input_ids": ids})[0], dtype=np.float32)


def exercise_questions(records: list[Record]) -> Questions:
    """Return names and aliases as queries, instructions without them as documents."""
    told = [record for record in records if record.get("instructions")]
    names = [[record["name"], *record.get("aliases", ())] for record in told]
    steps = [" ".join(record["instructions"]) for record in told]
    documents = [_without(text, spoken) for text, spoken in zip(steps, names, strict=True)]
    pairs = [(name, row) for row, spoken in enumerate(names) for name in spoken]
    sample = random.Random(1).sample(pairs, min(800, len(pairs)))  # noqa: S311
    return Questions("exercises", [q for q, _ in sample], documents, [r for _, r in sample])


def page_questions(pages: Sequence[Page]) -> Questions:
    """Return the FAQ's questions as queries; every section of every page is a document."""
    documents: list[str] = []
    queries: list[str] = []
    right: list[int] = []
    for page in pages:
        for section in page.sections:
            if section.kind == "faq":
                queries.append(section.heading)
                right.append(len(documents))
            documents.append(f"{page.title}. {page.text[section.start : section.end]}")
    return Questions("own pages", queries, documents, right)


def scores(vectors: Vectors, queries: Vectors, right: list[int]) -> tuple[float, float]:
    """Return (MRR@10, nDCG@10) with one right document a query.

    A right document in second place gives 1/2 and 1/log2(3).
    """
    similar = queries @ vectors.T
    own = similar[np.arange(len(right)), right]
    place = (similar > own[:, None]).sum(axis=1) + 1
    seen = place <= 10
    return float(np.where(seen, 1 / place, 0).mean()), float(
        np.where(seen, 1 / np.log2(place + 1), 0).mean()
    )


def _without(text: str, names: list[str]) -> str:
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(pattern, "it", text, flags=re.IGNORECASE)


def speed(model: Encoder, texts: Sequence[str]) -> tuple[float, float]:
    """Return (milliseconds for a short question, median; texts a second)."""
    singles = []
    for number in range(60):
        started = time.perf_counter()
        model.encode([SHORT.format(number)])
        singles.append(time.perf_counter() - started)
    started = time.perf_counter()
    model.encode(texts)
    return median(singles[10:]) * 1000, len(texts) / (time.perf_counter() - started)


def export_all(folder: Path, original: Any) -> dict[str, Encoder]:
    """Write every variant to the folder and return them by name, the original first."""
    tokenizer, source = folder / "tokenizer.json", folder / "float.onnx"
    exporting.write_tokenizer(original, tokenizer)
    exporting.write_float_graph(original, source)
    found: dict[str, Encoder] = {"sentence-transformers": Original(original)}
    found["float32"] = Graph(source, tokenizer)
    for name, options in VARIANTS.items():
        path = folder / f"{len(found)}.onnx"
        exporting.quantise(source, path, **options)
        found[name] = Graph(path, tokenizer)
    return found


def main() -> None:
    """Print one row a variant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exercises", type=Path)
    parser.add_argument("--limit", type=int, default=991, help="exercises to use")
    options = parser.parse_args()
    sets = [exercise_questions(find_exercises(options.exercises)[0][: options.limit])]
    with closing(build(read_settings())) as assistant:
        sets.append(page_questions([assistant.page(names.slug) for names in assistant.pages()]))
    original = exporting.load_original()
    with tempfile.TemporaryDirectory() as folder:
        models = export_all(Path(folder), original)
        rows = [
            _row(name, model, models["sentence-transformers"], sets)
            for name, model in models.items()
        ]
    _show(rows, sets)


def _row(name: str, model: Encoder, original: Encoder, sets: Sequence[Questions]) -> list[str]:
    cells = [f"{figure:.1f}" for figure in speed(model, sets[0].documents[:100])]
    vectors = model.encode(sets[0].documents[:100])
    cosine = (vectors * original.encode(sets[0].documents[:100])).sum(axis=1)
    cells += [f"{cosine.mean():.4f}", f"{cosine.min():.4f}"]
    for asked in sets:
        found = scores(model.encode(asked.documents), model.encode(asked.queries), asked.right)
        cells += [f"{figure:.4f}" for figure in found]
    return [name, *cells]


def _show(rows: list[list[str]], sets: Sequence[Questions]) -> None:
    table = Table("", "ms a question", "texts/s", "cosine", "least", box=None)
    for asked in sets:
        table.add_column(f"MRR, {asked.name}", justify="right")
        table.add_column(f"nDCG, {asked.name}", justify="right")
    for row in rows:
        table.add_row(*row)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)
    console.print(table)
    for asked in sets:
        console.print(f"{asked.name}: {len(asked.queries)} questions, {len(asked.documents)} texts")


if __name__ == "__main__":
    main()
