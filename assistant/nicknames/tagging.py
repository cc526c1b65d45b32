"""How likely a stretch of a text names the exercise of its page, or another one.

A multinomial logistic regression over the signs of a candidate and over what the first layers of
the language model see of it and of the words around it. ``python -m evals.tuning.nicknames``
makes the weights from labelled passages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.nicknames.spans import Candidate, candidates
from assistant.ports import Vectors

States = Callable[[str], tuple[Vectors, list[tuple[int, int]]]]

KINDS = ("none", "name", "other")
WEIGHTS = Path(__file__).parent / "weights.npz"
SURE = 0.42  # likelihood from which a candidate is a name


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text, how likely it is one of the exercise, and how likely another's."""

    name: str
    likelihood: float
    rival: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class NameWeights:
    """Weights of the signs (signs, 3), of the states (3 x 384, 3) and the bias (3,)."""

    signs: dict[str, int]
    of_signs: Vectors
    of_states: Vectors
    bias: Vectors


@cache
def name_weights() -> NameWeights:
    """Read the learned weights once."""
    with np.load(WEIGHTS) as data:
        names = [str(sign) for sign in data["signs"]]
        parts = [data[part].astype(np.float32) for part in ("of_signs", "of_states", "bias")]
    return NameWeights({sign: at for at, sign in enumerate(names)}, *parts)


def told_names(title: str, text: str, states: States, least: float = SURE) -> list[Found]:
    """Return the names that a passage of a page gives the exercise of its title."""
    found, likely = weighed(title, text, states)
    return [_named(text, found, likely, at) for at in chosen(found, likely, least)]


def names_and_hints(title: str, text: str, states: States) -> tuple[list[Found], list[Found]]:
    """Return the names of a passage as ``told_names`` does, and every stretch that may be one."""
    found, likely = weighed(title, text, states)
    sure = [_named(text, found, likely, at) for at in chosen(found, likely, SURE)]
    return sure, [_named(text, found, likely, at) for at in range(len(found))]


def weighed(title: str, text: str, states: States) -> tuple[list[Candidate], Vectors]:
    """Return the candidates of a passage and how likely each is of each of ``KINDS``."""
    found = list(candidates(title, text))
    if not found:
        return [], np.zeros((0, len(KINDS)), np.float32)
    return found, likelihoods(found, seen(title, text, found, states))


def _named(text: str, found: Sequence[Candidate], likely: Vectors, at: int) -> Found:
    name = text[found[at].start : found[at].end]
    return Found(name, float(likely[at, 1]), float(likely[at, 2]))


def chosen(found: Sequence[Candidate], likely: Vectors, least: float) -> list[int]:
    """Return which candidates are names of the exercise, in reading order.

    Of candidates that overlap the likeliest counts, be it a name or another exercise's.
    """
    best = likely[:, 1:].max(axis=1)
    names: list[int] = []
    taken: list[Candidate] = []
    for at in np.argsort(-best, kind="stable").tolist():
        one = found[at]
        if best[at] < least:
            break
        if any(one.start < other.end and other.start < one.end for other in taken):
            continue
        taken.append(one)
        if likely[at, 1] > likely[at, 2]:
            names.append(at)
    return sorted(names, key=lambda at: found[at].start)


def likelihoods(found: Sequence[Candidate], states: Vectors) -> Vectors:
    """Return how likely each candidate is of each of ``KINDS``, shape (candidates, 3)."""
    weights = name_weights()
    scores = states @ weights.of_states + weights.bias
    for row, candidate in enumerate(found):
        known = [weights.signs[sign] for sign in candidate.signs if sign in weights.signs]
        scores[row] += weights.of_signs[known].sum(axis=0)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely: Vectors = powers / powers.sum(axis=1, keepdims=True)
    return likely


def seen(title: str, text: str, found: Sequence[Candidate], states: States) -> Vectors:
    """Return the states of each candidate: its own mean, and the ones before and after it.

    Shape (candidates, 3 x 384); of a candidate beyond the model's longest text all are 0.
    """
    before = f"{title}: "
    all_states, spans = states(before + text)
    rows = np.zeros((len(found), 3, all_states.shape[1]), dtype=np.float32)
    starts = [start - len(before) for start, _ in spans]
    ends = [end - len(before) for _, end in spans]
    for row, candidate in enumerate(found):
        own = [
            at
            for at in range(1, len(spans))
            if starts[at] >= candidate.start and ends[at] <= candidate.end and ends[at] > starts[at]
        ]
        if own:
            rows[row, 0] = all_states[own].mean(axis=0)
            rows[row, 1] = all_states[own[0] - 1]
            rows[row, 2] = all_states[min(own[-1] + 1, len(spans) - 1)]
    return rows.reshape(len(found), -1)
