"""Fitted weights of features, and the softmax of scores with one more choice, "none of these"."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from assistant.ports import Vectors


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to a score, in the order asked for, and what "none" scores."""

    features: Vectors
    nothing: float


@lru_cache(maxsize=4)
def read_weights(name: str, features: Sequence[str]) -> Weights:
    """Read the fitted weights of ``policy/<name>.json`` once; ``features`` must be a tuple."""
    file = resources.files("assistant") / "policy" / f"{name}.json"
    data = json.loads(file.read_text("utf-8"))
    weights = np.array([data["weights"][each] for each in features], dtype=np.float32)
    return Weights(weights, float(data["nothing"]))


def shares_of(scores: Vectors, nothing: float) -> Vectors:
    """Return the softmax over the scores and one more, which is left out of the result.

    >>> shares_of(np.array([0.0]), 0.0).tolist()
    [0.5]
    """
    if not len(scores):
        return scores
    highest = max(float(scores.max()), nothing)
    powers = np.exp(scores - highest)
    shares: Vectors = powers / (powers.sum() + math.exp(nothing - highest))
    return shares
