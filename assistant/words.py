"""Words of a text for matching: folded, stemmed, and with their place in the text."""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
_STEMMER = snowballstemmer.stemmer("english")
_STEMMING = threading.Lock()  # the stemmer keeps the word it works on in itself
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as folded for comparison, its stem, and where it stands."""

    folded: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the English stem of one lower-case word.

    >>> stem("rotations"), stem("crunches")
    ('rotat', 'crunch')
    """
    with _STEMMING:
        return str(_STEMMER.stemWord(word))


def clean(text: str) -> str:
    """Return the text in NFKC without characters that a reader cannot see.

    >>> clean("pla\u200bnk")
    'plank'
    """
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def fold(text: str) -> str:
    """Return lower-case text with straight apostrophes and single spaces, hyphens as spaces.

    >>> fold("Push‑Ups — don’t  stop")
    "push ups don't stop"
    """
    lowered = text.lower().replace("’", "'").replace("‘", "'")
    return " ".join(re.sub(r"[-‐‑‒–—_/]", " ", lowered).split())


@lru_cache(maxsize=4_096)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order; offsets are code points of the given text."""
    found = []
    for match in _WORD.finditer(text):
        folded = match.group().lower().replace("’", "'")
        bare = folded.removesuffix("'s")
        found.append(Word(folded, stem(bare), match.start(), match.end()))
    return tuple(found)


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text in order."""
    return tuple(word.stem for word in words(text))
