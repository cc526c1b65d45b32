"""Which kind a section with an unknown heading has, told by what its lines say.

The words stand under ``text`` in ``policy/headings.yaml``; what they leave open, learned weights
tell (``line_kinds``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import cast

from assistant.domain import SectionKind
from assistant.pages.characters import words
from assistant.pages.headings import word_pattern
from assistant.pages.line_kinds import line_kinds
from assistant.pages.policy import read_policy, words_of
from assistant.pages.sentences import sentence_spans

LEAST_LINES = 2
TOLD: tuple[SectionKind, ...] = ("restrictions", "instructions", "breathing")
SHARE = 0.6  # of the lines that are likelier of a kind than of all others together
MEAN = 0.55  # likelihood of a kind over all lines


def kind_told(lines: Iterable[str]) -> SectionKind | None:
    """Return the kind that enough lines of a section speak of, or None.

    >>> kind_told(["Slipped disc: keep it small.", "Pregnancy (ask your midwife)."])
    'restrictions'
    """
    said = list(lines)
    if len(said) < LEAST_LINES:
        return None
    for kind, share, _ in _policy():
        if speaking(said, kind) >= max(LEAST_LINES, share * len(said)):
            return kind
    return None


def speaking(lines: Iterable[str], kind: SectionKind) -> int:
    """Return how many lines speak of what lines of a kind speak of."""
    pattern = next(pattern for other, _, pattern in _policy() if other == kind)
    return sum(bool(pattern.search(" ".join(words(line)))) for line in lines)


def kind_likely(texts: Iterable[str]) -> SectionKind | None:
    """Return the kind that most sentences of a section likely are, or None.

    Restrictions name a condition somewhere.

    >>> kind_likely(["Lie on your back with your knees bent.", "Lift your hips off the floor."])
    'instructions'
    """
    parts = sentences_of(texts)
    if len(parts) < LEAST_LINES:
        return None
    return kind_of_all(parts)


def kind_of_all(parts: Sequence[str]) -> SectionKind | None:
    """Return the kind that most of some sentences likely are, or None."""
    likely = [line_kinds(part) for part in parts]
    for kind in TOLD:
        named = kind != "restrictions" or speaking(parts, kind)
        most = sum(each[kind] > 0.5 for each in likely) >= SHARE * len(parts)
        if named and (most or sum(each[kind] for each in likely) >= MEAN * len(parts)):
            return kind
    return None


def sentences_of(texts: Iterable[str]) -> list[str]:
    """Return the sentences of some texts."""
    return [text[a:b] for text in texts for a, b in sentence_spans(text)]


@cache
def _policy() -> tuple[tuple[SectionKind, float, re.Pattern[str]], ...]:
    return tuple(_read())


def _read() -> Iterator[tuple[SectionKind, float, re.Pattern[str]]]:
    entries = cast("Mapping[SectionKind, Mapping[str, object]]", read_policy("headings")["text"])
    for kind, entry in entries.items():
        yield kind, float(str(entry["share"])), word_pattern(words_of(entry["words"]))
