"""All forms of an English word, so that the policy names it once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

_VOWELS = "aeiou"


def _doubles(word: str) -> bool:
    """Return whether the last letter is doubled before -ed and -ing (stop, stopped)."""
    return (
        len(word) >= 3
        and word[-1] not in _VOWELS + "wxyhr"
        and word[-2] in _VOWELS
        and word[-3] not in _VOWELS
        and (len(re.findall("[aeiouy]+", word)) == 1 or word[-3:] in ("mit", "fer"))
    )


def _regular(word: str) -> set[str]:
    """Return the regular forms: plural or third person, past, -ing."""
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return {word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    if word.endswith("ie"):
        return {word + "s", word + "d", word[:-2] + "ying"}
    if word.endswith("e"):
        return {word + "s", word + "d", word[:-1] + "ing"}
    forms = {word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")}
    stem = word + word[-1] if _doubles(word) else word
    return forms | {stem + "ed", stem + "ing"}


def inflect(word: str, irregular: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the word and its forms, sorted.

    >>> inflect("stop", {})
    ('stop', 'stopped', 'stopping', 'stops')
    """
    return tuple(sorted({word, *_regular(word), *irregular.get(word, ())}))


def inflector(irregular: Mapping[str, Sequence[str]]) -> partial[tuple[str, ...]]:
    """Return :func:`inflect` with a table of irregular forms."""
    return partial(inflect, irregular=irregular)
