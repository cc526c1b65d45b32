"""The learned judge: how likely each level is for a stretch of a message, from weights in a file.

Two linear models (multinomial logistic regression) share a vocabulary of words, pairs of words
and concepts of the policy. One sees these alone; the other sees the stretch's sentence embedding
too. A third names the category of what is an emergency or asks for support, which chooses the
wording. ``python -m evals.safety.train --write`` makes ``learned.npz`` from labelled messages,
and ``learned.json`` says from which messages and for which embedding model, with its figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import SettingError
from assistant.safety.windows import Window

Floats = NDArray[np.float32]
LEVELS = ("none", "support", "stop", "crisis", "emergency")
FOLDER = Path(__file__).parent
_PARTS = ("words", "embedding", "bias")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which likelihood a level is raised (``evals.safety.choosing`` sets them).

    ``alarm`` is the likelihood of stop, crisis and emergency together; ``words`` the same when
    only words are seen; ``support`` that of support; ``crisis`` that of a crisis by itself;
    ``emergency`` the share of the alarm from which it is an emergency; ``unseen`` below which a
    stretch is not embedded.
    """

    alarm: float
    words: float
    support: float
    crisis: float
    emergency: float
    unseen: float


@dataclass(frozen=True, slots=True, eq=False)
class Categories:
    """The categories of one level: (names, categories), (dimensions, categories), (categories,)."""

    names: tuple[str, ...]
    words: Floats
    embedding: Floats
    bias: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """The weights of both models, shapes (names, levels), (dimensions, levels), (levels,).

    ``categories`` holds those of the levels whose categories were learned; it may be empty.
    """

    vocabulary: Mapping[str, int]
    words_alone: Floats
    bias_alone: Floats
    words_beside: Floats
    embedding: Floats
    bias_beside: Floats
    thresholds: Thresholds
    model_id: str
    categories: Mapping[str, Categories] = field(default_factory=dict)

    def alone(self, window: Window) -> Floats:
        """Return the likelihood of each level, seen by words and concepts alone."""
        likely: Floats = self.each_alone([window])[0]
        return likely

    def each_alone(self, windows: Sequence[Window]) -> Floats:
        """Return the same for some windows, shape (windows, levels)."""
        seen = np.zeros((len(windows), len(self.bias_alone)), np.float32)
        for at, window in enumerate(windows):
            self.words_alone.take(self._rows(window), 0).sum(0, out=seen[at])
        return softmax(seen + self.bias_alone)

    def beside(self, window: Window, vector: Sequence[float] | Floats) -> Floats:
        """Return the likelihood of each level, seen with the embedding of the window's text."""
        seen = np.asarray(vector, np.float32) @ self.embedding
        words = self.words_beside.take(self._rows(window), 0).sum(0)
        likely = softmax(words + seen + self.bias_beside)
        if not np.isfinite(likely).all():  # below every threshold, so it would pass for harmless
            raise ValueError("the embedding has numbers that are none")
        return likely

    def category(
        self, level: str, window: Window, vector: Sequence[float] | Floats
    ) -> tuple[str, float] | None:
        """Return the likeliest category of a level and how likely; None where none was learned."""
        known = self.categories.get(level)
        if known is None:
            return None
        seen = np.asarray(vector, np.float32) @ known.embedding
        likely = softmax(known.words.take(self._rows(window), 0).sum(0) + seen + known.bias)
        best = int(likely.argmax())
        return known.names[best], float(likely[best])

    def _rows(self, window: Window) -> list[int]:
        rows = map(self.vocabulary.get, window.features)
        return [row for row in rows if row is not None]


def softmax(logits: Floats) -> Floats:
    """Return likelihoods that sum to 1 over the last axis.

    >>> softmax(np.zeros(2, np.float32)).tolist()
    [0.5, 0.5]
    """
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    likelihoods: Floats = powers / powers.sum(-1, keepdims=True)
    return likelihoods


@lru_cache(maxsize=4)
def load_learned(folder: Path = FOLDER) -> Learned:
    """Return the weights; raises SettingError when the files are missing or damaged."""
    try:
        manifest = json.loads((folder / "learned.json").read_text("utf-8"))
        with (folder / "learned.npz").open("rb") as file, np.load(file) as stored:
            arrays = {name: stored[name] for name in stored}
        return _checked(_learned(manifest, arrays))
    except Exception as error:  # numpy, zipfile, zlib and json raise types that share no base
        raise SettingError(
            f"learned.npz or learned.json in {folder} cannot be used: {error}.",
            "Restore both files from the repository, then start again.",
        ) from error


def _learned(manifest: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Learned:
    """Return the weights as the files give them."""
    names = bytes(arrays["vocabulary"]).decode().split("\n")
    floats = {name: array.astype(np.float32) for name, array in arrays.items()}
    return Learned(
        vocabulary={name: row for row, name in enumerate(names)},
        words_alone=floats["words_alone"],
        bias_alone=floats["bias_alone"],
        words_beside=floats["words_beside"],
        embedding=floats["embedding"],
        bias_beside=floats["bias_beside"],
        thresholds=Thresholds(**manifest["thresholds"]),
        model_id=str(manifest["model_id"]),
        categories={
            level: Categories(tuple(known), *(floats[f"{level}_{part}"] for part in _PARTS))
            for level, known in manifest.get("categories", {}).items()
        },
    )


def _checked(learned: Learned) -> Learned:
    """Return weights that can be used; a wrong shape or a number that is none raises ValueError."""
    rows, dimensions = len(learned.vocabulary), learned.embedding.shape[0]
    parts = [
        (learned.words_alone, (rows, len(LEVELS))),
        (learned.words_beside, (rows, len(LEVELS))),
        (learned.embedding, (dimensions, len(LEVELS))),
        (learned.bias_alone, (len(LEVELS),)),
        (learned.bias_beside, (len(LEVELS),)),
    ]
    for known in learned.categories.values():
        parts.append((known.words, (rows, len(known.names))))
        parts.append((known.embedding, (dimensions, len(known.names))))
        parts.append((known.bias, (len(known.names),)))
    for array, shape in parts:
        if array.shape != shape:
            raise ValueError(f"weights of shape {array.shape} where {shape} is wanted")
        if not np.isfinite(array).all():
            raise ValueError("weights that are no numbers")
    return learned
