"""The learned judge: how likely each level is for a stretch of a message, from weights in a file.

Two linear models (multinomial logistic regression) share a vocabulary of words, pairs of words
and concepts of the policy. One sees these alone; the other sees the stretch's sentence embedding
too. ``python -m evals.safety.train`` makes ``learned.npz`` from labelled messages, and
``learned.json`` says from which messages and for which embedding model, with its figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from assistant.errors import SettingError
from assistant.safety.windows import Window

Floats = NDArray[np.float32]
LEVELS = ("none", "support", "stop", "crisis", "emergency")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which likelihood a level is raised, chosen by cross-validation.

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
class Learned:
    """The weights of both models, shapes (names, levels), (dimensions, levels), (levels,)."""

    vocabulary: Mapping[str, int]
    words_alone: Floats
    bias_alone: Floats
    words_beside: Floats
    embedding: Floats
    bias_beside: Floats
    thresholds: Thresholds
    model_id: str

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
        return softmax(words + seen + self.bias_beside)

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


@lru_cache(maxsize=1)
def load_learned() -> Learned:
    """Return the weights; raises SettingError when the files are missing or damaged."""
    folder = files("assistant.safety")
    try:
        manifest = json.loads(folder.joinpath("learned.json").read_text("utf-8"))
        with as_file(folder.joinpath("learned.npz")) as path, np.load(path) as arrays:
            names = bytes(arrays["vocabulary"]).decode().split("\n")
            shapes = {name: arrays[name].astype(np.float32) for name in arrays if name[0] != "v"}
        return Learned(
            vocabulary={name: row for row, name in enumerate(names)},
            thresholds=Thresholds(**manifest["thresholds"]),
            model_id=manifest["model_id"],
            **shapes,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingError(
            f"assistant/safety/learned.npz or .json cannot be read: {error}.",
            "Restore both files, or run `python -m evals.safety.train`.",
        ) from error
