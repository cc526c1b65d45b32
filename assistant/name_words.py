"""The words that exercise names are made of (``policy/exercise_words.yaml``), and other names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from assistant.words import words

COMMON = ("vague", "neutral", "positions", "variations", "body", "equipment", "everyday")


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words that exercise names are made of, as stems (``policy/exercise_words.yaml``)."""

    heads: frozenset[str]
    vague: frozenset[str]
    endings: frozenset[str]
    restating: frozenset[str]
    activities: frozenset[str]
    neutral: frozenset[str]
    positions: frozenset[str]
    variations: frozenset[str]
    proper: frozenset[str]
    body: frozenset[str]
    equipment: frozenset[str]
    common: frozenset[str]
    spellings: dict[str, str]
    joined: dict[str, str]
    others: tuple[str, ...]


@lru_cache(maxsize=1)
def name_words() -> NameWords:
    """Read the policy's words and names once."""
    policy = resources.files("assistant") / "policy"
    data = yaml.safe_load((policy / "exercise_words.yaml").read_text("utf-8"))
    lines = (policy / "exercise_names.txt").read_text("utf-8").splitlines()

    def stemmed(key: str) -> frozenset[str]:
        return frozenset(word.stem for word in words(data[key]))

    return NameWords(
        heads=stemmed("heads"),
        vague=stemmed("vague"),
        endings=stemmed("endings"),
        restating=stemmed("restating"),
        activities=stemmed("activities"),
        neutral=stemmed("neutral"),
        positions=stemmed("positions"),
        variations=stemmed("variations"),
        proper=stemmed("proper"),
        body=stemmed("body"),
        equipment=stemmed("equipment"),
        common=frozenset().union(*map(stemmed, COMMON)),
        spellings=data["spellings"],
        joined=data["joined"],
        others=tuple(line for line in lines if line and not line.startswith("#")),
    )
