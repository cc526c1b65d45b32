"""Words of a text as names are compared by them: stems, in one spelling, typing errors mended."""

from __future__ import annotations

from collections.abc import Container, Sequence

from assistant.compound_words import CompoundWords
from assistant.name_words import name_words
from assistant.spelling import Spelling
from assistant.words import Word, stem


def tokens_of(found: Sequence[Word]) -> tuple[str, ...]:
    """Return the tokens of words that are spelt as meant, one a word."""
    return tuple(stem(_spelling_of(word.folded)) for word in found)


def _spelling_of(folded: str) -> str:
    spellings = name_words().spellings
    folded = spellings.get(folded, folded)
    return spellings.get(folded, folded).removesuffix("'s")


class NameTokens:
    """Reads a visitor's words towards the names of one index."""

    def __init__(self, spelling: Spelling, compounds: CompoundWords, names: Container[str]) -> None:
        """Take how words of names are spelt, and the keys of whole names."""
        self._spelling = spelling
        self._compounds = compounds
        self._names = names

    def of(self, found: Sequence[Word]) -> tuple[str, ...]:
        """Return the tokens of a message's words, one a word."""
        return self._compounds.tokens([self._token(word.folded) for word in found], found)

    def _token(self, written: str) -> str:
        meant = name_words().spellings.get(written, written)
        if meant == written and stem(meant) not in self._names and not self._is_known(written):
            meant = self._spelling.correct(meant) or meant
        meant = _spelling_of(meant)
        return stem(meant.removesuffix("s") if self._is_known(meant) else meant)

    def _is_known(self, word: str) -> bool:
        """Return whether a word is one of a name, or its initials, with an "s" or without."""
        short = word.removesuffix("s")
        return self._spelling.knows(short) or short in self._names
