"""Words that a page may call its exercise by: too unsure for a name, enough where one is asked.

A page says "in the slump slider one end of the nerve is let out". Nobody should read "slump
slider" in a list of names, but whoever asks about it means that page and no other.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.name_words import name_words
from assistant.nicknames.spans import is_listed
from assistant.pages.characters import plain
from assistant.pages.naming_policy import naming
from assistant.safety.ailments import ailments, tells_enough
from assistant.spelling import is_unusual
from assistant.words import stems

LEAST = 0.2  # likelihood from which words are a hint
LISTED = 0.45  # the same where they are another exercise's name, by the list of exercises
COMMON = 0.5  # the same for one word that says something of its own
APART = 0.4  # the same for words of which none is the page's and the last is no kind of exercise
RIVALS = 0.6  # part of the likelihood that they name another exercise, which a hint exceeds
MOST_WORDS = 4


def is_hint(name: str, names: Iterable[str], likelihood: float, rival: float) -> bool:
    """Return whether words that are no sure name may be meant as one.

    ``names`` are those of the page; ``rival`` is how likely the words name another exercise.

    >>> is_hint("slump slider", ["sciatic nerve floss"], 0.51, 0.22)
    True
    >>> is_hint("aqua", ["aqua jogging"], 0.9, 0.0), is_hint("jogging", ["aqua jogging"], 0.9, 0.0)
    (False, True)
    >>> is_hint("triceps", ["crow pose"], 0.24, 0.42), is_hint("pull", ["nerve floss"], 0.22, 0.18)
    (False, False)
    """
    said = stems(name)
    if likelihood < max(LEAST, RIVALS * rival) or not said or not _can_name(name):
        return False
    own = {stem for each in names for stem in stems(each)}
    if any(letter.isdigit() for letter in name) and own.isdisjoint(said):
        return False  # "100 burpees", but "VOR x1"
    if is_listed(name):
        return likelihood >= max(LISTED, rival)
    if len(said) == 1:
        begins = any(stems(each)[:-1].count(said[0]) for each in names)
        return not begins and _one_word(name, said[0], likelihood)
    kind = said[-1] in name_words().heads or said[-1] in naming().heads
    return len(said) <= MOST_WORDS and (kind or not own.isdisjoint(said) or likelihood > APART)


def _can_name(name: str) -> bool:
    """Return whether words are no muscle, no plain words and no piece of a sentence."""
    policy = naming()
    small = policy.never_in_names - policy.within_names
    return (
        small.isdisjoint(plain(name).split())
        and not policy.generic.issuperset(stems(name))
        and not policy.muscle.search(plain(name))
    )


def _one_word(name: str, said: str, likelihood: float) -> bool:
    policy = name_words()
    if said in policy.equipment:
        return likelihood >= COMMON  # "the sled" of a page on pushing one
    if said in policy.body | policy.heads | policy.common or tells_enough(ailments(name)):
        return False
    return likelihood >= (LEAST if is_unusual(plain(name)) else COMMON)
