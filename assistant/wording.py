"""The assistant's own words (``policy/wording.yaml``): frames around quotes, never facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A ready-made question about a page; ``{title}`` stands for its title."""

    intent: str
    text: str


@lru_cache(maxsize=1)
def _wording() -> dict[str, str]:
    return {key: text for key, text in _policy().items() if isinstance(text, str)}


@lru_cache(maxsize=1)
def suggestions() -> tuple[Suggestion, ...]:
    """Return the questions that are offered about any page."""
    entries = _policy()["suggestions"]
    assert isinstance(entries, list)
    return tuple(Suggestion(**entry) for entry in entries)


def suggested(intent: str, title: str) -> str:
    """Return the question that is offered for an intent; raises KeyError where there is none.

    >>> suggested("how_to", "Plank")
    'How do I do Plank?'
    """
    return {each.intent: each.text for each in suggestions()}[intent].format(title=title)


def say(key: str, **values: str) -> str:
    """Return one piece of wording with its values filled in; raises KeyError for an unknown key."""
    return _wording()[key].format(**values)


def listed(names: Sequence[str]) -> str:
    """Join names as people do.

    >>> listed(["Plank", "Side plank", "Wall sit"])
    'Plank, Side plank and Wall sit'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


@lru_cache(maxsize=1)
def _policy() -> dict[str, object]:
    file = resources.files("assistant") / "policy" / "wording.yaml"
    data: dict[str, object] = yaml.safe_load(file.read_text("utf-8"))
    return data
