r"""Single characters: what a reader cannot see goes, white space folds, the rest stays.

>>> fold("Hold\u00a0for\t½\u200b minute ")
'Hold for ½ minute'
"""

from __future__ import annotations

import re
from functools import lru_cache

# Controls, soft hyphen, zero-width and bidirectional controls, tags, private use, stray surrogates.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffc"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
# Joiners are letters' glue in some scripts and in emoji, and a hiding place everywhere else.
STRAY_JOINER = re.compile(
    "(?<![\u0600-\u1fff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]+"
)
STRAY_SELECTOR = re.compile("(?<![#*0-9\u00a9\u00ae\u2000-\u3300\U0001f000-\U0001faff])\ufe0f+")
QUOTES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"'})
DASHES = re.compile("[\u2010-\u2015\u2212]")
WORD = re.compile(r"[^\W_]+(?:['&][^\W_]+)*")


def visible(text: str) -> str:
    """Return the text without the characters that no reader sees; line breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    text = UNSEEN.sub("", text)
    return STRAY_SELECTOR.sub("", STRAY_JOINER.sub("", text))


def fold(text: str) -> str:
    """Return one line: only visible characters, runs of any white space as one space."""
    return " ".join(visible(text).split())


def plain(text: str) -> str:
    """Return the text for comparisons: lower case, straight quotes, simple dashes."""
    return DASHES.sub("-", text.translate(QUOTES)).casefold()


def words(text: str) -> list[str]:
    """Return the words for comparisons, without punctuation and symbols.

    >>> words("1. Who’s it for? 🎯")
    ['1', "who's", 'it', 'for']
    """
    return WORD.findall(plain(text))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return an English noun with its plural folded away.

    >>> [stem(word) for word in ("presses", "raises", "stretches", "flies", "abs", "press")]
    ['press', 'raise', 'stretch', 'fly', 'ab', 'press']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """Return the words of a name so that spelling and plural do not matter.

    >>> stems("Lying Knee-Rolls") == stems("lying knee roll")
    True
    """
    return tuple(stem(word) for word in words(text))
