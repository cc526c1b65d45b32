"""``python -m evals.tuning.ranking``: fit the weights of the ranking on development questions.

The questions are of pages that the factors were not learned from, or their cosines would promise
more than those of new pages keep.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, cast

import numpy as np
import torch
import typer

from assistant.adapters.low_rank import FACTORS, add_learned
from assistant.adapters.sentence_transformers import load_original
from assistant.domain import Passage
from assistant.library import Library
from assistant.passages import embedding_text, unit_texts
from assistant.ports import Index, Vectors
from assistant.ranking import FEATURES, candidates
from evals.tuning.corpus import open_library, read_set
from evals.tuning.folds import FOLDS
from evals.tuning.lessons import Lesson

WEIGHTS = Path(__file__).parents[2] / "assistant" / "policy" / "ranking.json"
STEPS = 400
SPREAD = (0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
SHRINKING = 0.02  # weight of the mean square of the weights in the loss
Rows = list[tuple[Lesson, np.ndarray]]
Known = dict[tuple[str, ...], Vectors]
Choices = tuple[np.ndarray, Sequence[int]]


def fit_file(
    factors: Annotated[Path, typer.Option(help="Factors of the embedding model.")] = FACTORS,
    data: Annotated[Path, typer.Option(help="Data folder with the index.")] = Path("var"),
    write: Annotated[bool, typer.Option(help="Write policy/ranking.json.")] = False,
) -> None:
    """Fit on the sets that the factors were not learned from, and print the weights."""
    sets = {name: _rows(name, data, factors) for name in FOLDS["kept"]}
    for name, rows in sets.items():
        weights, _ = fit(asked([row for other in sets if other != name for row in sets[other]]))
        print(f"{name} by the others:", *(f"{share:.3f}" for share in found(rows, weights)))
    weights, nothing = fit(asked([row for rows in sets.values() for row in rows]))
    named = {name: round(float(w), 3) for name, w in zip(FEATURES, weights, strict=True)}
    document = json.dumps({"nothing": round(nothing, 3), "weights": named}, indent=1)
    print(document)
    if write:
        WEIGHTS.write_text(document + "\n", "utf-8")


def asked(rows: Rows) -> list[Choices]:
    """Return the features of each lesson's units, and which of them are right."""
    return [(features, lesson.right) for lesson, features in rows]


def fit(choices: Sequence[Choices]) -> tuple[np.ndarray, float]:
    """Return weights and the score of "none": the softmax likelihood, weights kept small."""
    weights = torch.zeros(choices[0][0].shape[1])
    weights[0] = 10.0
    weights.requires_grad_()
    nothing = torch.tensor([4.0], requires_grad=True)
    optimizer = torch.optim.Adam([weights, nothing], lr=0.1)
    lessons = [(torch.tensor(f), list(right) or [len(f)]) for f, right in choices]
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


class Recoded:
    """An index whose vectors are those of another model."""

    def __init__(self, index: Index, model: Any, library: Library, known: Known) -> None:
        """Take what the model encoded before, which is added to."""
        self._index = index
        self._model = model
        self._pages = library.page
        self._known = known

    def rows(self, slug: str) -> Sequence[int]:
        """Return the rows of a page."""
        return self._index.rows(slug)

    def passages(self, rows: Sequence[int]) -> Sequence[Passage]:
        """Return the passages of rows."""
        return self._index.passages(rows)

    def lexical(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return at most ``k`` (row, BM25 score), best first."""
        return self._index.lexical(text, k)

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """Return the vectors of passages."""
        passages = self.passages(rows)
        return self.encode(*(embedding_text(self._pages(p.page), p) for p in passages))

    def unit_vectors(self, row: int) -> Vectors:
        """Return the vectors of a passage's units."""
        passage = self.passages([row])[0]
        return self.encode(*unit_texts(self._pages(passage.page), passage))

    def encode(self, *texts: str) -> Vectors:
        """Return the vectors of texts."""
        if texts not in self._known:
            found = self._model.encode(list(texts), normalize_embeddings=True)
            self._known[texts] = np.asarray(found, dtype=np.float32)
        return self._known[texts]


def _rows(name: str, data: Path, factors: Path) -> Rows:
    model = load_original()
    add_learned(model[0].auto_model, factors)
    with open_library(name, data) as library:
        index = Recoded(library.index, model, library, {})
        lessons = read_set(name, library).lessons
        return [(each, _features(each, library, index)) for each in lessons]


def _features(lesson: Lesson, library: Library, index: Recoded) -> np.ndarray:
    rows = index.rows(lesson.page.rpartition("/")[2])
    passages = index.passages(rows)
    vector = index.encode(lesson.text)[0]
    cosines = index.vectors(rows) @ vector
    question, intents_in = lesson.question, library.heading_intents
    found = candidates(cast(Index, index), rows, passages, question, vector, cosines, intents_in)
    return np.array([each.features for each in found], dtype=np.float32)


if __name__ == "__main__":
    typer.run(fit_file)
