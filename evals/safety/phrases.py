"""Labelled messages: what a person says, the level that is right, and of which kind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from assistant.domain import SafetyLevel

SETS = Path(__file__).parents[1] / "datasets" / "safety"
TRAINING = SETS / "train"
LEVELS = get_args(SafetyLevel)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The person's messages in order (the last one is judged), and the right level."""

    turns: tuple[str, ...]
    level: str
    category: str


class BadPhrase(Exception):
    """A line of a set is not a labelled message; the message names file and line."""


def read_phrases(paths: Iterable[Path]) -> list[Phrase]:
    """Return the phrases of some files in order; raises BadPhrase or OSError."""
    return [phrase for path in paths for phrase in _lines(path)]


def training_files() -> list[Path]:
    """Return the files that the learned stage is trained on."""
    return sorted(TRAINING.glob("*.jsonl"))


def _lines(path: Path) -> Iterator[Phrase]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            yield _phrase(line, f"{path.name}:{number}")


def _phrase(line: str, place: str) -> Phrase:
    """Read one line: ``text`` or ``turns``, ``level`` and ``category``."""
    try:
        entry = json.loads(line)
        turns = entry.get("turns") or [entry["text"]]
        said = tuple(t if isinstance(t, str) else t["message"] for t in turns)
        phrase = Phrase(said, entry["level"], entry["category"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadPhrase(f"{place}: {type(error).__name__}: {error}") from error
    if phrase.level not in LEVELS or not all(said):
        raise BadPhrase(f"{place}: level {phrase.level!r}, or an empty message.")
    return phrase
