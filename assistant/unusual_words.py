"""Words of names that are enough to name an exercise: "goldfish", "Copenhagen", "Pallof"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from assistant.name_words import name_words
from assistant.pages.naming_policy import naming
from assistant.ports import PageNames
from assistant.spelling import is_unusual
from assistant.words import Word, stem, words

# Slug and word: whether hardly any page but this one has the word.
Alone = Callable[[str, str], bool]

SHORTEST = 5  # letters


def unusual_words(
    entries: Iterable[PageNames], owners: Mapping[str, set[str]], alone: Alone | None = None
) -> dict[str, str]:
    """Return the stems of such words with the page that alone has them in its names.

    Args:
        entries: the names of the pages.
        owners: which pages have a stem in their names.
        alone: called for words that would do; None where no text is at hand.

    >>> from types import SimpleNamespace as Page
    >>> page = Page(slug="jaw", title="Goldfish jaw exercise", aliases=())
    >>> unusual_words([page], {"goldfish": {"jaw"}, "jaw": {"jaw"}})
    {'goldfish': 'jaw'}
    """
    found = {}
    for entry in entries:
        for word in (word for name in (entry.title, *entry.aliases) for word in words(name)):
            token = stem(word.folded.removesuffix("'s"))
            if owners.get(token) != {entry.slug} or not _is_unusual(word):
                continue
            if alone is None or alone(entry.slug, word.folded):
                found[token] = entry.slug
    return found


def _is_unusual(word: Word) -> bool:
    policy = name_words()
    common = word.stem in policy.common or word.stem in policy.heads
    long = len(word.folded) >= SHORTEST
    return (
        long and not common and is_unusual(word.folded) and not naming().muscle.search(word.folded)
    )
