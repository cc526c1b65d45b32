"""Which kind a section with an unknown heading has, told by what its lines say.

The words stand under ``text`` in ``policy/headings.yaml``. Only kinds that are worth a mistake are
told so: restrictions, which must come before coaching, and breathing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import cast

from assistant.domain import SectionKind
from assistant.pages.characters import words
from assistant.pages.headings import word_pattern
from assistant.pages.policy import read_policy, words_of

LEAST_LINES = 2


def kind_told(lines: Iterable[str]) -> SectionKind | None:
    """Return the kind that enough lines of a section speak of, or None.

    >>> kind_told(["Slipped disc: keep it small.", "Pregnancy (ask your midwife)."])
    'restrictions'
    """
    said = [" ".join(words(line)) for line in lines]
    if len(said) < LEAST_LINES:
        return None
    for kind, share, pattern in _policy():
        telling = sum(bool(pattern.search(line)) for line in said)
        if telling >= max(LEAST_LINES, share * len(said)):
            return kind
    return None


@cache
def _policy() -> tuple[tuple[SectionKind, float, re.Pattern[str]], ...]:
    return tuple(_read())


def _read() -> Iterator[tuple[SectionKind, float, re.Pattern[str]]]:
    entries = cast("Mapping[SectionKind, Mapping[str, object]]", read_policy("headings")["text"])
    for kind, entry in entries.items():
        yield kind, float(str(entry["share"])), word_pattern(words_of(entry["words"]))
