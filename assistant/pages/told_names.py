"""Names within a sentence that speaks of names, whatever its grammar: "coaches list it as …".

Found by what names are made of: a run of words without a small one that ends as exercises do
("standing wall drive"). Left out is a sentence that speaks of another exercise ("a harder version
known as …"), and what stands before the words that speak of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.pages.characters import plain, stem, stems
from assistant.pages.naming_policy import TOKEN, naming

LONGEST = 5  # words of a name
BESIDE = re.compile(r"\s|-")


def told_names(sentence: str) -> list[str]:
    """Return the names that a sentence of a description gives the exercise.

    >>> told_names("Trainers list it as the standing wall drive or simply the wall knee drive.")
    ['standing wall drive', 'wall knee drive']
    >>> told_names("A harder version is called the archer push-up.")
    []
    """
    telling = naming().telling.search(sentence)
    if not telling or naming().another.search(sentence):
        return []
    return list(_names(sentence[telling.end() :]))


def _names(text: str) -> Iterator[str]:
    found = list(TOKEN.finditer(text))
    for at, token in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) else None
        goes_on = after and BESIDE.fullmatch(text[token.end() : after.start()])
        if not _is_head(token[0]) or (goes_on and after and _is_head(after[0])):
            continue
        first = at
        while first > 0 and at - first < LONGEST - 1 and _belongs(text, found, first):
            first -= 1
        name = text[found[first].start() : token.end()]
        if first < at and not all(stem(word) in naming().generic for word in plain(name).split()):
            yield name


def _is_head(word: str) -> bool:
    folded = stems(word)
    return bool(folded) and not {folded[-1], " ".join(folded)}.isdisjoint(naming().heads)


def _belongs(text: str, found: list[re.Match[str]], at: int) -> bool:
    """Return whether the word before one is of the same name."""
    word, gap = found[at - 1], text[found[at - 1].end() : found[at].start()]
    return bool(BESIDE.fullmatch(gap)) and plain(word[0]) not in naming().apart
