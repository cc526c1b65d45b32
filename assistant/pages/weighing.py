"""What signs of a text tell: learned weights, a few numbers a sign (``policy/*_weights.json``)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from assistant.pages.policy import FOLDER


@dataclass(frozen=True, slots=True)
class Weights:
    """A multinomial logistic regression over signs that are there or not.

    ``of`` holds for each sign one weight a kind, in the order of ``kinds``, as does ``bias``.
    """

    kinds: tuple[str, ...]
    bias: tuple[float, ...]
    of: Mapping[str, tuple[float, ...]]

    def likelihoods(self, signs: Iterable[str]) -> dict[str, float]:
        """Return how likely each kind is, between 0 and 1; unknown signs say nothing.

        >>> weights = Weights(("tip", "step"), (0.0, 0.0), {"first": (-2.0, 2.0)})
        >>> round(weights.likelihoods(["first"])["step"], 2)
        0.98
        """
        sums = list(self.bias)
        for sign in signs:
            for at, weight in enumerate(self.of.get(sign, ())):
                sums[at] += weight
        most = max(sums)
        odds = [math.exp(each - most) for each in sums]
        total = sum(odds)
        return {kind: each / total for kind, each in zip(self.kinds, odds, strict=True)}


@cache
def weights(name: str) -> Weights:
    """Read learned weights once; ``name`` is the file's without its ending."""
    data = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return Weights(
        tuple(data["kinds"]),
        tuple(data["bias"]),
        {sign: tuple(each) for sign, each in data["weights"].items()},
    )
