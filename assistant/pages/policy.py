"""The policy files of this package: words that a person without Python can edit."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "policy"
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def read_policy(name: str) -> dict[str, object]:
    """Return one policy file, such as ``headings``, as it stands in the YAML."""
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        content = yaml.load(file, Loader=Loader)  # noqa: S506 - it is one of the safe loaders
    return dict(content)


@cache
def html_words(key: str) -> frozenset[str]:
    """Return a list of ``html.yaml``: names of elements or classes."""
    return frozenset(words_of(read_policy("html")[key]))


def words_of(value: object) -> list[str]:
    """Return a list of the policy as strings (YAML reads some bare words as other types)."""
    return [str(word) for word in value] if isinstance(value, list) else []
