"""How likely a sentence outside the restrictions still restricts somebody, as prose does.

"My mother, who has a trapped nerve, was told to leave it alone" has no word of a rule in it, so
its embedding is asked beside its signs (``pages.line_kinds``). The weights are learned from
labelled lines (``python -m evals.tuning.restricting``).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from assistant.pages.line_kinds import line_kinds
from assistant.pages.policy import FOLDER
from assistant.ports import Vectors

WEIGHTS = FOLDER / "restricting.json"
MOST = 6.0  # log odds beyond which the signs say nothing more


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: on the log odds by signs, and on each number of the embedding."""

    model: str
    bias: float
    signs: float
    embedding: Vectors


def restricting(line: str, vector: Vectors, model: str) -> float:
    """Return how likely a line restricts, between 0 and 1.

    ``vector`` is its embedding, shape (dimensions,), by the model of that id; one that the weights
    were not learned for is not asked.
    """
    known = _weights()
    if model != known.model:
        return line_kinds(line)["restrictions"]
    return _logistic(known.bias + known.signs * log_odds(line) + float(vector @ known.embedding))


def misfit(model: str) -> tuple[str, ...]:
    """Return the trouble with vectors of a model that the weights were not learned for, if any."""
    known = _weights().model
    if model == known:
        return ()
    return (
        f"Restrictions in prose, signs alone: the weights are for the embedding model {known!r}, "
        f"this is {model!r}. Run `python -m evals.tuning.restricting --write`; then start again.",
    )


def log_odds(line: str) -> float:
    """Return the log odds that a line restricts, by its signs alone.

    >>> log_odds("Hip replacement within the last three months") > 0 > log_odds("Sit tall.")
    True
    """
    return clipped(line_kinds(line)["restrictions"])


def clipped(likely: float) -> float:
    """Return the log odds of a likelihood, none beyond ``MOST``.

    >>> clipped(0.5), clipped(0.0), clipped(1.0)
    (0.0, -6.0, 6.0)
    """
    return max(-MOST, min(MOST, math.log(max(likely, 1e-9) / max(1 - likely, 1e-9))))


@cache
def _weights() -> Weights:
    data = json.loads(WEIGHTS.read_text("utf-8"))
    embedding = np.asarray(data["embedding"], np.float32)
    return Weights(str(data["model"]), float(data["bias"]), float(data["signs"]), embedding)


def _logistic(log: float) -> float:
    return 1 / (1 + math.exp(-log))
