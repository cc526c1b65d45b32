"""``python -m evals.tuning.ranking``: fit the weights of the ranking on development questions.

The questions must be of pages that the model's factors were not learned from, or their cosines
promise more than those of new pages keep.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer

from assistant.embedding import OnnxEmbeddings
from assistant.library import Library
from assistant.ranking import FEATURES, candidates
from assistant.weights import exported_model
from evals.cases import read_cases
from evals.tuning.corpus import open_library
from evals.tuning.lessons import Lesson, lessons_of, units_of

DATASETS = Path(__file__).parents[1] / "datasets"
WEIGHTS = Path(__file__).parents[2] / "assistant" / "policy" / "ranking.json"
STEPS = 400
SHRINKING = 0.02  # weight of the mean square of the weights in the loss
Rows = list[tuple[Lesson, np.ndarray]]


def fit_file(
    sets: Annotated[list[str], typer.Argument(help="Sets to learn from.")],
    held_out: Annotated[str, typer.Option(help="A set to measure on.")] = "",
    data: Annotated[Path, typer.Option(help="Data folder with the index.")] = Path("var"),
    write: Annotated[bool, typer.Option(help="Write policy/ranking.json.")] = False,
) -> None:
    """Fit on the sets, print how often the first and the first three are right."""
    embeddings = OnnxEmbeddings(exported_model(data))
    with open_library(data) as library:
        taught = [row for name in sets for row in _rows(name, library, embeddings)]
        measured = _rows(held_out, library, embeddings) if held_out else []
    weights, nothing = fit(taught)
    for name, rows in (("taught", taught), (held_out, measured)):
        print(name, *(f"{share:.3f}" for share in found(rows, weights)))
    named = {name: round(float(w), 3) for name, w in zip(FEATURES, weights, strict=True)}
    document = json.dumps({"nothing": round(nothing, 3), "weights": named}, indent=1)
    print(document)
    if write:
        WEIGHTS.write_text(document + "\n", "utf-8")


def fit(rows: Rows) -> tuple[np.ndarray, float]:
    """Return weights and the score of "none": the softmax likelihood, weights kept small."""
    weights = torch.zeros(len(FEATURES))
    weights[0] = 10.0
    weights.requires_grad_()
    nothing = torch.tensor([4.0], requires_grad=True)
    optimizer = torch.optim.Adam([weights, nothing], lr=0.1)
    lessons = [(torch.tensor(f), list(each.right) or [len(f)]) for each, f in rows]
    for _ in range(STEPS):
        losses = []
        for features, right in lessons:
            scores = torch.cat([features @ weights, nothing])
            losses.append(scores.logsumexp(0) - scores[right].logsumexp(0))
        loss = torch.stack(losses).mean() + SHRINKING * (weights**2).mean()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return weights.detach().numpy(), nothing.item()


def found(rows: Rows, weights: np.ndarray) -> tuple[float, float]:
    """Return how often the best unit, and one of the best three, is right."""
    ranked = [
        (np.argsort(-(features @ weights), kind="stable")[:3], each.right)
        for each, features in rows
        if each.right
    ]
    count = max(1, len(ranked))
    first = sum(best[0] in right for best, right in ranked)
    return first / count, sum(bool(set(best) & set(right)) for best, right in ranked) / count


def _rows(name: str, library: Library, embeddings: OnnxEmbeddings) -> Rows:
    slugs: Sequence[str] = tuple(library.catalog.titles)
    units = {slug: units_of(library.page(slug)) for slug in slugs}
    lessons = lessons_of(read_cases(DATASETS / f"{name}.jsonl"), library, units)
    return [(each, _features(each, library, embeddings)) for each in lessons]


def _features(lesson: Lesson, library: Library, embeddings: OnnxEmbeddings) -> np.ndarray:
    vector = embeddings.encode([lesson.text])[0]
    rows = library.index.rows(lesson.page)
    passages = library.index.passages(rows)
    cosines = library.index.vectors(rows) @ vector
    question, intents_in = lesson.question, library.heading_intents
    found = candidates(library.index, rows, passages, question, vector, cosines, intents_in)
    return np.array([each.features for each in found], dtype=np.float32)


if __name__ == "__main__":
    typer.run(fit_file)
