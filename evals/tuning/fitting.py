"""Fitting what ``assistant.pages.weighing`` reads: kinds told by signs that are there or not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant.pages.weighing import Weights

RAREST = 3  # examples that a sign is learned from
STRENGTH = 1.0  # the inverse of what keeps weights small
STEPS = 500
SMALL = 0.1  # weights all below this say nothing
DIGITS = 2

Signs = Sequence[Sequence[str]]


def fitted(signs: Signs, kinds: Sequence[str]) -> Weights:
    """Return the weights fitted on examples, each with its signs and its kind."""
    counts = Counter(sign for each in signs for sign in set(each))
    names = sorted(sign for sign, count in counts.items() if count >= RAREST)
    model = LogisticRegression(C=STRENGTH, max_iter=STEPS)
    model.fit(_matrix(signs, {name: at for at, name in enumerate(names)}), list(kinds))
    rows, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one row, for the second kind alone
        rows, bias = np.vstack([-rows / 2, rows / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    kept = {
        name: tuple(round(float(w), DIGITS) for w in rows[:, at])
        for at, name in enumerate(names)
        if np.abs(rows[:, at]).max() >= SMALL
    }
    return Weights(tuple(map(str, model.classes_)), tuple(map(float, bias.round(DIGITS))), kept)


def held_out(
    signs: Signs, kinds: Sequence[str], groups: Sequence[str], folds: int
) -> list[dict[str, float]]:
    """Return each example's likelihoods by weights that were fitted without its group's fold."""
    fold = {group: at % folds for at, group in enumerate(sorted(set(groups)))}
    found: list[dict[str, float]] = [{} for _ in signs]
    for held in range(folds):
        rest = [at for at, group in enumerate(groups) if fold[group] != held]
        weights = fitted([signs[at] for at in rest], [kinds[at] for at in rest])
        for at, group in enumerate(groups):
            if fold[group] == held:
                found[at] = weights.likelihoods(signs[at])
    return found


def shares(kinds: Sequence[str], found: Sequence[dict[str, float]]) -> Iterator[str]:
    """Yield for each kind how many of its examples are told, and how many told so are of it."""
    told = [max(each, key=lambda kind: each[kind]) for each in found]
    right = Counter(kind for kind, said in zip(kinds, told, strict=True) if kind == said)
    all_of, all_told = Counter(kinds), Counter(told)
    for kind in sorted(all_of):
        recall = right[kind] / all_of[kind]
        precision = right[kind] / max(1, all_told[kind])
        yield f"{kind:14} {all_of[kind]:6}  recall {recall:.3f}  precision {precision:.3f}"


def write_weights(weights: Weights, path: Path) -> None:
    """Write weights as JSON, one sign a line, so that a change can be read."""
    signs = [f"{json.dumps(sign)}: {json.dumps(each)}" for sign, each in weights.of.items()]
    head = (
        f'{{"kinds": {json.dumps(weights.kinds)}, "bias": {json.dumps(weights.bias)}, "weights": {{'
    )
    path.write_text(head + "\n" + ",\n".join(signs) + "\n}}\n", "utf-8")


def _matrix(signs: Signs, names: dict[str, int]) -> csr_matrix:
    pairs = [(row, names[s]) for row, each in enumerate(signs) for s in set(each) if s in names]
    rows, columns = zip(*pairs, strict=True)
    return csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(signs), len(names)))
