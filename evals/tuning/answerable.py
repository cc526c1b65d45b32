"""``python -m evals.tuning.answerable``: fit how likely a page answers a question at all.

The questions are of pages that the factors of the embedding model did not learn from. Prints, on
sets that were held out in turn, how many answered questions are kept when so many unanswered ones
are kept with them; run ``evals.tuning.ranking`` first.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.answerable import FEATURES, signs
from assistant.embedding import open_embeddings
from assistant.library import Library
from assistant.ports import Vectors
from assistant.settings import read_settings
from evals.tuning.corpus import FURTHER, open_library, read_set
from evals.tuning.folds import FOLDS
from evals.tuning.lessons import Lesson

WEIGHTS = Path(__file__).parents[2] / "assistant" / "policy" / "answerable.json"
PARTS = 5  # sets are held out in so many parts
STEPS = 3_000
SHRINKING = 0.3  # inverse strength of the weights' regularisation, as scikit-learn takes it
KEPT_WRONGLY = (0.1, 0.15, 0.2, 0.25, 0.3)
Embed = Callable[[str], Vectors]


def fit_file(
    write: Annotated[bool, typer.Option(help="Write policy/answerable.json.")] = False,
    data: Annotated[Path, typer.Option(help="Data folder with the index.")] = Path("var"),
) -> None:
    """Fit on the sets that the factors were not learned from, and print what is kept."""
    embeddings, _ = open_embeddings(read_settings(data=data))

    def embed(text: str) -> Vectors:
        return np.asarray(embeddings.embed_query(text), dtype=np.float32)

    features, right, sets = [], [], []
    for name in (*FOLDS["kept"], *FURTHER):
        with open_library(name, data) as library:
            for lesson in read_set(name, library).lessons:
                if _is_weighed(lesson):
                    features.append(_signs(lesson, library, embed))
                    right.append(bool(lesson.right))
                    sets.append(name)
    table, answered = np.array(features), np.array(right)
    _measure(table, answered, np.array(sets))
    coefficients, bias = _fitted(table, answered)
    weights = {n: round(float(w), 3) for n, w in zip(FEATURES, coefficients, strict=True)}
    document = json.dumps({"nothing": round(-bias, 3), "weights": weights}, indent=1)
    print(document)
    if write:
        WEIGHTS.write_text(document + "\n", "utf-8")


def _is_weighed(lesson: Lesson) -> bool:
    """Return whether no whole section is the answer: one is shown whatever the weights say."""
    first = lesson.question.intents[:1]
    return not any(intent.id == "safety" or intent.whole or intent.opening for intent in first)


def _signs(lesson: Lesson, library: Library, embed: Embed) -> Vectors:
    page = lesson.page.rpartition("/")[2]
    ranked = library.rank(page, lesson.question, embed(lesson.text))
    intent = next(iter(lesson.question.intents), None)
    return signs(lesson.question, intent, ranked)


def _fitted(features: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, float]:
    """Return weights and bias."""
    model = LogisticRegression(max_iter=STEPS, C=SHRINKING)  # type: ignore[no-untyped-call]
    model.fit(features, right)
    return model.coef_[0], float(model.intercept_[0])


def _measure(features: np.ndarray, right: np.ndarray, sets: np.ndarray) -> None:
    likely = np.zeros(len(right))
    names = sorted(set(sets))
    for part in range(PARTS):
        own = np.isin(sets, names[part::PARTS])
        coefficients, bias = _fitted(features[~own], right[~own])
        likely[own] = features[own] @ coefficients + bias
    print(f"{right.sum()} answered, {(~right).sum()} not; area {roc_auc_score(right, likely):.4f}")
    for share in KEPT_WRONGLY:
        least = np.quantile(likely[~right], 1 - share)
        kept = (likely[right] >= least).mean()
        print(f"from log odds {least:5.2f}: {kept:.3f} of the answered, {share:.2f} of the others")


if __name__ == "__main__":
    typer.run(fit_file)
