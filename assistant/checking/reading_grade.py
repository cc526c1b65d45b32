"""How hard a text is to read: the Flesch–Kincaid grade (US school years)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.checking.spoken import spoken

VOWELS = re.compile(r"[aeiouy]+")
# Letters that are written and not spoken: a last e, -es and -ed, an e before an ending.
SILENT_END = re.compile(
    r"(?:(?<![aeiouy])(?<![^aeiouy]l)e|(?<![td])ed|(?<![csxzgh])(?<![^aeiouy]l)es)$"
)
SILENT_INNER = re.compile(
    r"[aeiouy][^aeiouy]+e(?:ment|ful|ly|less|ness|thing|time|where|body|one|day)"
)
EVERY = re.compile(r"^every")
# Neighbouring vowels that are two syllables.
APART = re.compile(
    r"(?<![ctg])ia|io(?!n|u)|(?<![ctsgx])io(?=n)|(?<![ctsgx])io(?=u)|iu|eo(?!u)|(?<![qg])ua"
    r"|[aeiouy]ing|ie(?:r|st|t)$|(?<=[aeiouy][^aeiouy])ea$"
)


@lru_cache(maxsize=65_536)
def syllables(word: str) -> int:
    """Return about how many syllables an English word has; a number in digits counts as one.

    >>> [syllables(word) for word in ("bridge", "muscle", "stretches", "exercise", "abdominal")]
    [1, 2, 2, 3, 4]
    """
    if not word.isalpha() and not re.search(r"[a-z]", word):
        return 1
    found = len(VOWELS.findall(word)) + len(APART.findall(word))
    found -= bool(SILENT_END.search(word)) + bool(SILENT_INNER.search(word))
    found -= bool(EVERY.match(word))
    return max(1, found)


def reading_grade(sentences: Sequence[str]) -> float:
    """Return the Flesch–Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59.

    The formula is that of Kincaid and others, 1975. No sentences give 0.

    >>> round(reading_grade(["Lie on your back and bend both knees."]), 1)
    -0.7
    """
    counted = [found for found in (spoken(each).split() for each in sentences) if found]
    total = sum(len(found) for found in counted)
    if not total:
        return 0.0
    heard = sum(syllables(word) for found in counted for word in found)
    return 0.39 * total / len(counted) + 11.8 * heard / total - 15.59
