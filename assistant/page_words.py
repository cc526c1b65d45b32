"""The words that are a page's own, and what a word before a name makes of the name.

"Barbell squat" is another exercise than the bodyweight squat, unless the page speaks of barbells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from assistant.name_parts import JOINING
from assistant.name_words import NameWords


class PageWords:
    """Stems of the titles and aliases of pages, and what their texts speak of.

    Args:
        policy: the words that exercise names are made of.
        speaks: whether a page's own text has these stems side by side; called rarely.
    """

    def __init__(self, policy: NameWords, speaks: Callable[[str, str], bool]) -> None:
        self._policy = policy
        self.speaks = speaks
        self.of: dict[str, set[str]] = defaultdict(set)

    def holding(self, words: tuple[str, ...]) -> frozenset[str]:
        """Return the one page whose names have all of these words, or none."""
        found = frozenset(slug for slug, own in self.of.items() if own.issuperset(words))
        return found if len(found) == 1 else frozenset()

    def is_harmless(self, slug: str, word: str) -> bool:
        """Return whether a word before the name of a page leaves it the same exercise."""
        policy = self._policy
        if word in policy.neutral or word in self.of[slug]:
            return True
        return word in policy.positions | policy.equipment and self.speaks(slug, word)

    def is_own(self, slug: str, variation: str) -> bool:
        """Return whether a variation is a page's own: in its names, or its equipment."""
        if variation in self.of[slug]:
            return True
        return variation in self._policy.equipment and self.speaks(slug, variation)

    def varied(
        self, tokens: tuple[str, ...], first: int, slugs: frozenset[str], floor: int
    ) -> int | None:
        """Return where a name begins that is another exercise by what stands before it.

        None where nothing does from ``floor`` on, or where it is the pages' own.
        """
        policy = self._policy
        before = first
        while before > floor and tokens[before - 1] in policy.variations | policy.neutral:
            before -= 1
        varied = [t for t in tokens[before:first] if t in policy.variations]
        strange = [t for t in varied if not any(self.is_own(slug, t) for slug in slugs)]
        return before if slugs and strange else None

    def widened(
        self, tokens: tuple[str, ...], first: int, slugs: frozenset[str], floor: int
    ) -> int:
        """Return where a name of one page begins with the words before it that are its own too."""
        own = self.of[next(iter(slugs))] - JOINING if len(slugs) == 1 else set()
        while first > floor and tokens[first - 1] in own:
            first -= 1
        return first
