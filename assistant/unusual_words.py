"""Words of names that are enough to name an exercise: "goldfish", "Copenhagen", "Pallof"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from assistant.name_words import name_words
from assistant.pages.naming_policy import naming
from assistant.ports import PageNames
from assistant.safety.ailments import ailments, tells_enough
from assistant.spelling import is_unusual
from assistant.words import Word, stem, words

# Slug and word: whether hardly any page but this one has the word.
Alone = Callable[[str, str], bool]

SHORTEST = 5  # letters


class UnusualWords:
    """The words of titles that one page alone has, as stems.

    Args:
        entries: the names of the pages.
        owners: which pages have a stem in their names.
        alone: asked once for each word that would do, when it is first looked up.

    >>> from types import SimpleNamespace as Page
    >>> page = Page(slug="jaw", title="Goldfish jaw exercise", aliases=())
    >>> found = UnusualWords([page], {"goldfish": {"jaw"}, "jaw": {"jaw"}}, lambda slug, word: True)
    >>> found.owner("goldfish"), found.owner("jaw")
    ('jaw', None)
    """

    def __init__(
        self, entries: Iterable[PageNames], owners: Mapping[str, set[str]], alone: Alone
    ) -> None:
        self._words = {
            token: (entry.slug, word.folded)
            for entry in entries
            for word in words(entry.title)
            if owners.get(token := stem(word.folded.removesuffix("'s"))) == {entry.slug}
            and _is_unusual(word)
        }
        self._alone = lru_cache(maxsize=None)(alone)

    def owner(self, token: str) -> str | None:
        """Return the page that a word names, if it names one."""
        slug, word = self._words.get(token, ("", ""))
        return slug if slug and self._alone(slug, word) else None


def _is_unusual(word: Word) -> bool:
    policy = name_words()
    common = word.stem in (policy.common | policy.heads) - policy.proper
    long = len(word.folded) >= SHORTEST
    part = naming().muscle.search(word.folded) or tells_enough(ailments(word.folded))
    return long and not common and is_unusual(word.folded) and not part
