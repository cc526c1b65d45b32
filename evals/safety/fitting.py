"""The two linear models of the learned judge, fitted on samples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from assistant.safety.learned import LEVELS, Categories, Floats, Learned, Thresholds
from assistant.safety.windows import Window
from evals.safety.samples import CATEGORISED, Embed, Sample

RAREST = 2  # messages that show a name before it is learned from
# Factors of the features before fitting: the larger, the less their weights are held down.
WORD_SCALE = 0.5
EMBEDDING_SCALE = 2.0
STRENGTH = 1.0  # C of the regression: the inverse of how much large weights cost
COPY_WEIGHT = 0.3  # of a changed copy, beside 1 for the message itself
PAGE_WEIGHT = 0.3  # of a harmless question about a page, left out where the levels are balanced
STORY_WEIGHT = 0.2  # of an alarming message as one stretch: the most of it may be chatter
ROUNDS = 2  # times that the telling window of each message is chosen anew
EASIEST = Thresholds(alarm=0.5, words=0.5, support=0.5, crisis=0.5, emergency=0.4, unseen=0.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One window with its label, how much it counts, and whether its level is told by it."""

    window: Window
    label: int
    weight: float
    balanced: bool = True


def fit(samples: Sequence[Sample], embed: Embed, model_id: str) -> Learned:
    """Return the judge fitted on whole messages, then again on the windows that tell the level.

    A message is alarming when one of its windows is; which one, the fit before says.
    """
    learned = _fitted(whole_rows(samples), embed, model_id)
    for _ in range(ROUNDS):
        learned = _fitted(_telling(samples, learned, embed), embed, model_id)
    return replace(learned, categories=_categories(samples, learned, embed))


def _categories(samples: Sequence[Sample], learned: Learned, embed: Embed) -> dict[str, Categories]:
    """Return for each level the categories that at least two of its messages are labelled with."""
    fitted: dict[str, Categories] = {}
    for level in CATEGORISED:
        known = [each for each in samples if each.phrase.level == level and each.category]
        if len({each.category for each in known}) >= 2:
            fitted[level] = _categorised(known, learned, embed)
    return fitted


def _categorised(samples: Sequence[Sample], learned: Learned, embed: Embed) -> Categories:
    """Return the categories of one level, learned from whole messages and their copies."""
    rows = [(each.whole, str(each.category), 1.0) for each in samples]
    for each in samples:
        rows += [(copy[-1], str(each.category), COPY_WEIGHT) for copy in each.copies if copy]
    windows, labels, weights = zip(*rows, strict=True)
    words = _matrix(windows, learned.vocabulary)
    vectors = np.array([embed(window.text) for window in windows]) * EMBEDDING_SCALE
    model = _model(hstack([words, csr_matrix(vectors)]).tocsr(), labels, weights, "balanced")
    coefficients, bias, size = model.coef_, model.intercept_, len(learned.vocabulary)
    if len(model.classes_) == 2:  # one row then: the second class against the first
        coefficients, bias = np.vstack([0 * coefficients, coefficients]), np.append(0, bias)
    return Categories(
        names=tuple(str(name) for name in model.classes_),
        words=(coefficients.T[:size] * WORD_SCALE).astype(np.float32),
        embedding=(coefficients.T[size:] * EMBEDDING_SCALE).astype(np.float32),
        bias=bias.astype(np.float32),
    )


def whole_rows(samples: Sequence[Sample]) -> list[Row]:
    """Return a row for each whole message and, of less weight, for each of its changed copies."""
    rows = []
    for each in samples:
        label = LEVELS.index(each.label)
        if each.aside:
            rows.append(Row(each.whole, label, PAGE_WEIGHT, balanced=False))
        elif each.windows:
            rows.append(Row(each.whole, label, 1.0))
        rows += [Row(copy[-1], label, COPY_WEIGHT) for copy in each.copies if copy]
    return rows


def _telling(samples: Sequence[Sample], before: Learned, embed: Embed) -> list[Row]:
    """Return each harmless window, and of each alarming message the most telling one.

    What else an alarming message says is chatter, and teaches nothing but by a small share.
    """
    rows: list[Row] = []
    for each in samples:
        label = LEVELS.index(each.label)
        parts = each.windows[:-1]
        if each.label == "none" or len(parts) < 2 or len(each.phrase.turns) > 1:
            rows += whole_rows([each])
            if each.label == "none" and len(parts) >= 2 and not each.aside:
                rows += [Row(window, label, 0.5) for window in parts]
            continue
        rows.append(Row(each.whole, label, STORY_WEIGHT))
        rows.append(Row(_most(parts, label, before, embed), label, 1.0))
        for copy in each.copies:
            if copy[:-1]:
                told = max(copy[:-1], key=lambda part: float(before.alone(part)[label]))
                rows.append(Row(told, label, COPY_WEIGHT))
    return rows


def _most(parts: Sequence[Window], label: int, before: Learned, embed: Embed) -> Window:
    """Return the window that a fit finds likeliest to be of a level."""
    return max(parts, key=lambda part: float(before.beside(part, embed(part.text))[label]))


def _fitted(rows: Sequence[Row], embed: Embed, model_id: str) -> Learned:
    vocabulary = _vocabulary(rows)
    words = _matrix([row.window for row in rows], vocabulary)
    vectors = np.array([embed(row.window.text) for row in rows]) * EMBEDDING_SCALE
    labels = np.array([row.label for row in rows])
    weights = np.array([row.weight for row in rows]) * balance_of(rows)[labels]
    alone = _model(words, labels, weights)
    beside = _model(hstack([words, csr_matrix(vectors)]).tocsr(), labels, weights)
    size = len(vocabulary)
    return Learned(
        vocabulary=vocabulary,
        words_alone=(alone.coef_.T * WORD_SCALE).astype(np.float32),
        bias_alone=alone.intercept_.astype(np.float32),
        words_beside=(beside.coef_.T[:size] * WORD_SCALE).astype(np.float32),
        embedding=(beside.coef_.T[size:] * EMBEDDING_SCALE).astype(np.float32),
        bias_beside=beside.intercept_.astype(np.float32),
        thresholds=EASIEST,
        model_id=model_id,
    )


def balance_of(rows: Sequence[Row]) -> Floats:
    """Return the weight of each level, so that all count alike, however many rows each has.

    Questions about pages are no part of it: they would take weight from the harmless stories.
    """
    counted = np.bincount([row.label for row in rows if row.balanced], minlength=len(LEVELS))
    weights: Floats = counted.sum() / (len(LEVELS) * np.maximum(counted, 1))
    return weights


def _model(
    matrix: csr_matrix,
    labels: Sequence[object] | Floats,
    weights: Sequence[float] | Floats,
    balance: str | None = None,
) -> LogisticRegression:
    model = LogisticRegression(C=STRENGTH, max_iter=100, class_weight=balance)
    return model.fit(matrix, labels, weights)


def _vocabulary(rows: Sequence[Row]) -> dict[str, int]:
    """Return the names that at least two different messages show, with their rows."""
    counted = Counter(
        name for row in rows if row.weight == 1 or not row.balanced for name in row.window.features
    )
    return {name: at for at, name in enumerate(sorted(n for n in counted if counted[n] >= RAREST))}


def _matrix(windows: Sequence[Window], vocabulary: Mapping[str, int]) -> csr_matrix:
    places = [
        (row, vocabulary[name])
        for row, window in enumerate(windows)
        for name in window.features
        if name in vocabulary
    ]
    rows, columns = zip(*places, strict=True)
    values = np.full(len(places), WORD_SCALE)
    return csr_matrix((values, (rows, columns)), shape=(len(windows), len(vocabulary)))
