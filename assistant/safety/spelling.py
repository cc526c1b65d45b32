"""Typos: an unknown word is read as the policy's word that it is one slip away from.

Words of the policy, common English words and the real words of ``words.yaml`` are left alone, so
that "chset" is read as "chest" and "chess" is not, nor "ramped" as "raped"; but a common word is
read as another form of its own ("hallucinate" as "hallucinating"). Longer words may have two
slips; words of up to three letters must be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from assistant.spelling import is_rare

MAX_LENGTH = 20  # letters: a longer word is left as it is, as comparing it costs much
CANDIDATES = 12  # nearest policy words of one first letter that are weighed
ROOT = 5  # letters that two forms of one word share at least, one of them perhaps of the ending
_ENDING = re.compile(  # what forms of one word end in beyond what they share
    "(s|es|e?d|e|ings?|[eo]rs?|(at)?ions?|y|ie[sd]|(i?)ly|al(ly)?|ic(al)?|ity|ness|[ai]ble|ive|ous(ly)?"
    "|ments?|[ae]n(t|ce)|is[tm]s?|i[sz]ed?|is|en(ed|ing)?)?"
)


class Speller:
    """Reads unknown words as the nearest word of the policy; remembers its latest answers."""

    def __init__(self, vocabulary: Mapping[str, int], protected: Iterable[str]) -> None:
        """Take the policy's words with how often it uses each, and real words that look like them.

        Of two words that are equally near the one that the policy uses more often is meant.
        """
        self._words = {word: count for word, count in vocabulary.items() if word.isalpha()}
        self._protected = frozenset(protected)
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) >= 4:
                self._by_letter.setdefault(word[0], []).append(word)
        self.read = lru_cache(maxsize=4096)(self._read)

    def known(self, word: str) -> bool:
        """Return whether a word is left as it is."""
        return word in self._words or word in self._protected

    def _read(self, word: str) -> tuple[str, ...]:
        """Return the word, corrected or split into two policy words when it is unknown."""
        if len(word) < 4 or self.known(word) or not word.isalpha():
            return (word,)
        shorter = _less_repeated(word) if is_rare(word) else []
        for known in (self._words, self._protected):
            for candidate in shorter:
                if candidate in known:
                    return (candidate,)
        if len(word) > MAX_LENGTH:
            return (word,)
        near = self._nearest(shorter[0] if shorter else word)
        if not is_rare(word):  # no typo, but "hallucinations" may be known as "hallucinating"
            return (near,) if near and _same_root(word, near) else (word,)
        return (near,) if near else self._halves(word)

    def _nearest(self, word: str) -> str | None:
        """Return the likeliest policy word within the limit for this length."""
        limit = 2 if len(word) >= 8 else 1
        found: list[tuple[int, int, int, str]] = []
        for letter in {word[0], word[1]}:
            bucket = self._by_letter.get(letter, [])
            hits = process.extract(
                word, bucket, scorer=OSA.distance, score_cutoff=limit, limit=CANDIDATES
            )
            found += [
                (int(distance), _unlikeliness(word, meant), -self._words[meant], meant)
                for meant, distance, _at in hits
                if _plausible(word, meant, int(distance))
            ]
        return min(found)[3] if found else None

    def _halves(self, word: str) -> tuple[str, ...]:
        """Return two policy words that were typed without the space between, else the word."""
        for cut in range(4, len(word) - 2):
            left, right = word[:cut], word[cut:]
            if left in self._words and right in self._words:
                return (left, right)
        return (word,)


def _same_root(word: str, other: str) -> bool:
    """Return whether two words differ by the endings of their forms alone.

    >>> _same_root("hallucinate", "hallucinating"), _same_root("station", "statin")
    (True, False)
    """
    shared = Prefix.similarity(word, other)
    stems = range(max(ROOT - 1, shared - 2), shared + 1) if shared >= ROOT else ()
    return any(_ENDING.fullmatch(word[stem:]) and _ENDING.fullmatch(other[stem:]) for stem in stems)


def _plausible(typed: str, meant: str, distance: int) -> bool:
    """Return whether a short word may be this typo: same letters, or same first and last."""
    if sorted(typed) == sorted(meant):
        return True
    if len(meant) < 4 or typed[0] != meant[0]:
        return len(meant) >= 6 and distance == 1 and typed[1:] == meant
    if len(typed) <= 4:
        return typed[-1] == meant[-1] and len(meant) >= 4
    return abs(len(typed) - len(meant)) <= distance


def _unlikeliness(typed: str, meant: str) -> int:
    """Rank slips of the same size: letters swapped, letters left out, letters added, others."""
    if sorted(typed) == sorted(meant):
        return 0
    if _within(typed, meant):
        return 1
    return 2 if _within(meant, typed) else 3


def _within(short: str, long: str) -> bool:
    """Return whether the letters of one word stand in the other in the same order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def _less_repeated(word: str) -> list[str]:
    """Return the word with stretched letters (three or more) cut to two, and to one."""
    twice: list[str] = []
    once: list[str] = []
    for index, letter in enumerate(word):
        if index < 2 or word[index - 1] != letter or word[index - 2] != letter:
            twice.append(letter)
        if index == 0 or word[index - 1] != letter:
            once.append(letter)
    shorter = "".join(twice)
    return [shorter, "".join(once)] if len(shorter) < len(word) else []
