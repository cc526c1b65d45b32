"""Words of names that somebody writes apart or together: "kettle bell", "cowface pose"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.spelling import is_english
from assistant.words import Word, stem

SHORTEST = 6  # letters of a word that is two words of a name: "cowface"
SHORTEST_PART = 3  # letters of each part of one that is written apart: "a side" is not "aside"


class CompoundWords:
    """The words that names write as one, and those that stand side by side in names."""

    def __init__(self, names: Iterable[Sequence[Word]]) -> None:
        """Take the words of each name."""
        self._whole: set[str] = set()
        self._apart: dict[str, str] = {}
        for name in names:
            self._whole.update(word.stem for word in name)
            for one, other in pairwise(name):
                together = one.folded + other.folded
                if len(together) >= SHORTEST and not is_english(together):
                    self._apart.setdefault(together, one.stem + other.stem)

    def tokens(self, tokens: Sequence[str], found: Sequence[Word]) -> tuple[str, ...]:
        """Return tokens whose joined form is that of the names, one a word as before.

        Names are compared by their joined tokens, and each token stands for one word of the text:
        so the stem of a word that was written apart is cut in two where the writer cut it.

        >>> from assistant.words import words
        >>> compounds = CompoundWords([words("kettlebell clean"), words("cow face pose")])
        >>> compounds.tokens(("kettl", "bell", "clean"), words("kettle bells clean"))
        ('kettle', 'bel', 'clean')
        >>> compounds.tokens(("cowfac", "pose"), words("cowface pose"))
        ('cowface', 'pose')
        """
        mended = [
            self._apart.get(word.folded.removesuffix("s"), token)
            for token, word in zip(tokens, found, strict=True)
        ]
        for at, (one, other) in enumerate(pairwise(found)):
            together = self._written_apart(one, other)
            if together and together != tokens[at] + tokens[at + 1]:
                cut = min(len(one.folded), len(together) - 1)
                mended[at : at + 2] = together[:cut], together[cut:]
        return tuple(mended)

    def _written_apart(self, one: Word, other: Word) -> str:
        """Return the stem of the word of a name that two words side by side are, or nothing."""
        long = min(len(one.folded), len(other.folded)) >= SHORTEST_PART
        together = stem(one.folded + other.folded)
        beside = long and other.start == one.end + 1
        return together if beside and together in self._whole else ""
