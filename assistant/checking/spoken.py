"""A text as its words alone: what phrases are looked for in."""

from __future__ import annotations

from functools import lru_cache

from assistant.pages.characters import words


@lru_cache(maxsize=65_536)
def spoken(text: str) -> str:
    """Return the words of a text for comparisons, joined by single spaces.

    >>> spoken("It’s 100% safe!")
    "it's 100 safe"
    """
    return " ".join(words(text))
