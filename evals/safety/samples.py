"""Messages as training samples: their windows, augmented copies, and groups of near-duplicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from assistant.safety import categories
from assistant.safety.assessing import read_message
from assistant.safety.raising import SURE
from assistant.safety.windows import Window, joined, windows
from evals.safety import mutating
from evals.safety.phrases import Phrase

NEAR = 0.80  # cosine from which two messages never stand in different folds
AUGMENTED = (
    mutating.typo,
    mutating.minimiser_after,
    mutating.minimiser_before,
    mutating.third_person,
)
LABELS = {"caution": "none"}
# Categories of the sets that are worded as another; those that have no words teach no category.
WORDED_AS = {"heat_muscle": "heat", "child": "minor"}
CATEGORISED = tuple(SURE)
PAGE = "page"  # the category of questions about pages, which are many and nearly all harmless
Floats = NDArray[np.float32]
Embed = Callable[[str], Floats]


@dataclass(frozen=True, slots=True)
class Sample:
    """One phrase as the judge meets it: its windows, and the windows of its changed copies."""

    phrase: Phrase
    label: str
    windows: tuple[Window, ...]
    copies: tuple[tuple[Window, ...], ...]

    @property
    def category(self) -> str | None:
        """Return the category whose words are right for the phrase, if it has one."""
        if self.phrase.level not in CATEGORISED:
            return None
        name = WORDED_AS.get(self.phrase.category, self.phrase.category)
        return name if name in categories(self.phrase.level) else None

    @property
    def aside(self) -> bool:
        """Return whether it is a harmless question about a page: it counts little in the fit."""
        return self.label == "none" and self.phrase.category == PAGE

    @property
    def whole(self) -> Window:
        """Return the message as one stretch."""
        return self.windows[-1]


def sample(phrase: Phrase) -> Sample:
    """Return a phrase as a sample."""
    return Sample(
        phrase,
        LABELS.get(phrase.level, phrase.level),
        _windows(phrase.turns),
        tuple(_windows(change(phrase.turns)) for change in AUGMENTED if phrase.category != PAGE),
    )


def _windows(turns: Sequence[str]) -> tuple[Window, ...]:
    """Return the windows of the last message, and as the last of them all messages as one."""
    read = [windows(read_message(turn)) for turn in turns]
    parts = list(read[-1])
    every = [window for own in read for window in own[: (len(own) + 1) // 2]]
    if not every:
        return ()
    return (*parts, reduce(joined, every))


def grouped(vectors: Floats) -> NDArray[np.int64]:
    """Return a group for each row: rows nearer than ``NEAR`` share one, over chains too."""
    parent = list(range(len(vectors)))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for one, other in zip(*np.where(np.triu(vectors @ vectors.T, 1) > NEAR), strict=True):
        parent[root(int(one))] = root(int(other))
    return np.array([root(row) for row in range(len(vectors))])
