"""Typing errors in names: a word that is no English word and is close to one that we know."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

# Seen less often, one word can be a name by itself, as "goldfish" can and "shaking" cannot.
UNUSUAL = 3_000
# Seen this often in the dictionary's count of film subtitles, a word is a common one.
COMMON = 300
# Seen this often, a word is what it says and no name with a slip: "plonk" is no plank.
SEEN = 150
SHORTEST_SLIP = 5  # letters: shorter words have too many neighbours
SHORTEST_STRANGE = 5
LONG = 8  # letters from which a word may have two typing errors


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    """Return common English words; loaded at the first word that looks misspelt."""
    counts = _counts()
    return frozenset(word for word, count in counts.items() if count >= COMMON)


@lru_cache(maxsize=1)
def _counts() -> dict[str, int]:
    from spellchecker import SpellChecker

    counts: dict[str, int] = SpellChecker(language="en").word_frequency.dictionary
    return counts


def _errors_allowed(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2


def is_english(word: str) -> bool:
    """Return whether a word stands in the dictionary, and so is no typing error."""
    return word in _counts()


def is_rare(word: str) -> bool:
    """Return whether a word is so rare that it names a thing of its own, as "rower" does."""
    return _counts().get(word, 0) < COMMON


def is_unusual(word: str) -> bool:
    """Return whether a word is unusual enough to be a name by itself, and no form of a verb.

    >>> is_unusual("goldfish"), is_unusual("shaking"), is_unusual("navasana")
    (True, False, True)
    """
    return _counts().get(word, 0) < UNUSUAL and not word.endswith(("ing", "ed", "ly"))


@lru_cache(maxsize=4_096)
def is_strange(word: str) -> bool:
    """Return whether a word is neither English nor a typing error or two from a common word.

    >>> is_strange("steinborn"), is_strange("squat"), is_strange("propper")
    (True, False, False)
    """
    if len(word) < SHORTEST_STRANGE or not word.isalpha() or is_english(word):
        return False
    near = process.extractOne(
        word,
        _common_words(),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=1 if len(word) < LONG else 2,
    )
    return near is None


def is_slip(word: str, meant: str) -> bool:
    """Return whether a word is another of five letters or more with one letter wrong.

    >>> is_slip("trust", "thrust"), is_slip("leg", "log"), is_slip("plank", "plank")
    (True, False, False)
    """
    long = min(len(word), len(meant)) >= SHORTEST_SLIP
    return long and DamerauLevenshtein.distance(word, meant, score_cutoff=1) == 1


@lru_cache(maxsize=4_096)
def word_meant(word: str) -> tuple[str, int]:
    """Return the most seen word that one slip makes this of, and how often it is seen.

    >>> word_meant("wiegh")[0], word_meant("xqzzt")
    ('weigh', ('', 0))
    >>> word_meant("glases")[1] > UNUSUAL > word_meant("flipers")[1] > COMMON
    True
    """
    scorer = DamerauLevenshtein.distance
    near = process.extract(word, _common_words(), scorer=scorer, score_cutoff=1, limit=None)
    return max(((each[0], _counts()[each[0]]) for each in near), key=itemgetter(1), default=("", 0))


@lru_cache(maxsize=1)
def _common_words() -> list[str]:
    return sorted(_english())


class Spelling:
    """Corrects words towards a vocabulary and leaves every common English word alone."""

    def __init__(self, vocabulary: Iterable[str], *likely: Iterable[str]) -> None:
        """Know the vocabulary; of two words that are equally near, a ``likely`` one is meant.

        Several sets of likely words go before each other.
        """
        self._likely = [frozenset(each) for each in likely]
        self._known = frozenset(vocabulary)
        self._vocabulary = frozenset(word for word in self._known if len(word) > 3)
        self._choices = sorted(self._vocabulary)
        self._corrections: dict[str, str | None] = {}

    def knows(self, word: str) -> bool:
        """Return whether a word is of the vocabulary, short ones included."""
        return word in self._known

    def correct(self, word: str) -> str | None:
        """Return the word of the vocabulary that was meant, or None when none is near enough.

        >>> Spelling(["bridge", "plank"]).correct("brigde")
        'bridge'
        >>> Spelling(["bridge", "plank"]).correct("plan") is None
        True
        >>> Spelling(["bridge", "wipers"]).correct("flipers") is None  # "flippers" is nearer
        True
        """
        if word in self._vocabulary or len(word) < 4:
            return None
        if word not in self._corrections:
            if len(self._corrections) > 10_000:
                self._corrections.clear()
            self._corrections[word] = self._nearest(word)
        return self._corrections[word]

    def _nearest(self, word: str) -> str | None:
        found = process.extract(
            word,
            self._choices,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=_errors_allowed(word),
            limit=None,
        )
        if not found or _counts().get(word, 0) >= SEEN:
            return None
        nearest = min(
            found,
            key=lambda each: (each[1], *(each[0] not in known for known in self._likely), each[0]),
        )
        meant = str(nearest[0])
        # Whoever makes two slips still begins the word as it begins.
        least = UNUSUAL if meant[0] == word[0] else COMMON
        return None if nearest[1] > 1 and word_meant(word)[1] >= least else meant
