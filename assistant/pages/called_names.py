"""Names that a description gives in passing: "lifters also call it the cross-bench pullover"."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.pages.characters import plain
from assistant.pages.naming_policy import naming

MOST = 6  # names that one sentence gives
FEW = 4  # words of a name that is only told so
# "the DB pullover, the lying pullover or, when …": where one name ends and the next begins.
BETWEEN = re.compile(
    r",?\s+(?:(?:and|or|nor|sometimes|even),?\s+)+(?:just\s+|simply\s+|plain\s+)?|,\s*|/"
)
# What ends a list of names: the end of the sentence, or a clause of another kind.
BEYOND = re.compile(
    r"[.;:!?()–—]|\s-\s|\b(?:is|are|was|were|that|which|who|because|since|for|works?|helps?|can|from|"
    r"depending|though|although|but|it|they|you|we|in which|the last one|whatever)\b"
)

# What follows a name without being part of it: "the lying leg curl with ankle weights".
ADDED = re.compile(r"\s+(?:too|also|as well|alike)$|\s(?:with|in|among|amongst)\s.*")


def called_names(sentence: str, name_in: Callable[[str], str | None]) -> list[str]:
    """Return the names that a sentence says are used for the exercise.

    Args:
        sentence: one sentence of the description.
        name_in: the name that a piece of text is, or None when it is none.
    """
    found: list[str] = []
    for match in naming().called.finditer(sentence):
        rest = sentence[match.end() :]
        end = BEYOND.search(rest)
        said = rest[: end.start()] if end else rest
        for part in BETWEEN.split(said)[:MOST]:
            name = name_in(ADDED.sub("", part.strip(" \t\"'“”‘’*_")))
            if name and is_telling(name) and not naming().unnamed.search(plain(name)):
                found.append(name)
    return found


def is_telling(name: str) -> bool:
    """Return whether words can be a name by themselves: several, or one that names often are.

    >>> is_telling("half moon"), is_telling("boring"), is_telling("skaters")
    (True, False, True)
    >>> is_telling("Bhujangasana")
    True
    """
    words = plain(name).split()
    if len(words) == 1:
        return words[0].endswith(("s", "asana")) or words[0] in naming().heads
    return len(words) <= FEW
