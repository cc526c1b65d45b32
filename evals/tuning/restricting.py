"""Which sentences restrict, learned: ``python -m evals.tuning.restricting``.

Lessons are those of ``evals.tuning.lines``, each with its embedding by the bundled model. The log
odds by signs come from weights that were fitted without the line's own fold. Prints how well
labelled lines are told that were not learned from; ``--write`` writes the weights. Run
``evals.tuning.lines`` first.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.linear_model import LogisticRegression

from assistant.embedding import open_embeddings
from assistant.pages.line_kinds import signs_of
from assistant.restricting import WEIGHTS, clipped
from assistant.settings import read_settings
from evals.tuning.fitting import held_out
from evals.tuning.lines import FOLDS, LABELLED, Line, labelled_lines, lines_of_pages

SCALE = 5.0  # of the embedding's numbers, which are small, beside the log odds
STEPS = 1_000
DIGITS = 3
KIND = "restrictions"


def fit_file(
    write: Annotated[bool, typer.Option(help="Write policy/restricting.json.")] = False,
    data: Annotated[Path, typer.Option(help="Data folder with the embedding model.")] = Path("var"),
) -> None:
    """Fit on all lines, print the figures of labelled lines that were held out."""
    lines = _folded([*lines_of_pages(), *labelled_lines()])
    embeddings, model = open_embeddings(read_settings(data=data))
    vectors = np.asarray(embeddings.embed_documents([line.text for line in lines]))
    features = np.column_stack([_log_odds(lines), SCALE * vectors])
    right = np.array([line.kind == KIND for line in lines])
    _measure(features, right, [line.source for line in lines])
    if write:
        fitted = _fitted(features, right)
        signs, *embedding = (float(each) for each in fitted.coef_[0])
        weights = {
            "model": model,
            "bias": round(float(fitted.intercept_[0]), DIGITS),
            "signs": round(signs, DIGITS),
            "embedding": [round(SCALE * each, DIGITS) for each in embedding],
        }
        WEIGHTS.write_text(json.dumps(weights) + "\n", "utf-8")


def _folded(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, the labelled ones in parts, so that some can be held out."""
    return [
        Line(line.text, line.kind, f"{line.source} {at % FOLDS}")
        if line.source == LABELLED.stem
        else line
        for at, line in enumerate(lines)
    ]


def _log_odds(lines: Sequence[Line]) -> np.ndarray:
    signs = [list(signs_of(line.text)) for line in lines]
    kinds = [line.kind for line in lines]
    found = held_out(signs, kinds, [line.source for line in lines], FOLDS)
    return np.array([clipped(each[KIND]) for each in found])


def _fitted(features: np.ndarray, right: np.ndarray) -> LogisticRegression:
    return LogisticRegression(max_iter=STEPS).fit(features, right)


def _measure(features: np.ndarray, right: np.ndarray, sources: Sequence[str]) -> None:
    """Print recall and precision on the labelled lines, each part by what the rest taught."""
    likely = np.zeros(len(right))
    labelled = np.array([source.startswith(LABELLED.stem) for source in sources])
    for part in sorted({s for s in sources if s.startswith(LABELLED.stem)}):
        own = np.array([source == part for source in sources])
        likely[own] = _fitted(features[~own], right[~own]).predict_proba(features[own])[:, 1]
    for least in (0.3, 0.5, 0.7):
        told = likely[labelled] >= least
        hits = told & right[labelled]
        recall = hits.sum() / right[labelled].sum()
        print(f"from {least}: recall {recall:.3f}  precision {hits.sum() / told.sum():.3f}")


if __name__ == "__main__":
    typer.run(fit_file)
