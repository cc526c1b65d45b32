"""What exercise names leave when they are shortened: initials, cut words, brackets dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from assistant.name_words import NameWords, name_words
from assistant.spelling import is_english
from assistant.words import Word, stem, stems, words

JOINING = frozenset(stems("of for the with in on a my to and"))
BESIDES = frozenset(stems("with on against using in from at"))  # before what is only a means

SHORTEST_CUT = 3  # letters of a word cut short: "quad stretch", "down dog"
WITH = stems("with")
ARTICLES = frozenset(stems("a an the my"))
MUCH = 3  # words that a title has beyond the name in it, when it tells more than the name
VERSUS = frozenset(["vs", "versus"])
FEWEST_INITIALS = 3  # "TGU" for the Turkish get-up; of fewer words they mean too much
AND = "and"  # "heel and toe lifts", "heel & toe lifts" and "heel toe lifts" are one name
BRACKETED = re.compile(r"\([^()]*\)")  # "Leg raise (lying)" is the leg raise of its site


def initials_of(name: Sequence[Word]) -> str | None:
    """Return the initials of a name of three words or more, unless they are a word themselves.

    >>> from assistant.words import words
    >>> initials_of(words("Turkish get-up"))
    'tgu'
    >>> initials_of(words("cat arch tilt")) is None
    True
    """
    initials = "".join(word.folded[0] for word in name)
    short = stem(initials)  # "am" of "Adho Mukha Svanasana" is a word
    known = is_english(initials) or is_english(short)
    return short if len(name) >= FEWEST_INITIALS and initials.isalpha() and not known else None


def key_of(tokens: Sequence[str]) -> str:
    """Return the key by which names are compared: joined stems, in one spelling."""
    key = "".join(token for token in tokens if token != AND)
    for spelling, meant in name_words().joined.items():
        key = key.replace(spelling, meant)
    return key


def shortened(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name with one long word before its last cut short.

    >>> ("down", "dog") in shortened(("downward", "dog"))
    True
    """
    for at, token in enumerate(tokens[:-1]):
        for end in range(SHORTEST_CUT, len(token) - 1):
            yield (*tokens[:at], token[:end], *tokens[at + 1 :])


def whole_keys(
    name: str,
    tokens: tuple[str, ...],
    outside: tuple[str, ...],
    key: Callable[[tuple[str, ...]], str],
) -> Iterator[str]:
    """Yield a name's keys: as it is, without brackets, without plain words, its initials.

    ``outside`` are its tokens without those in brackets; ``key`` joins tokens.
    """
    policy = name_words()
    yield key(tokens)
    yield stem("".join(word.folded for word in words(name)))  # "treepose"
    if outside:
        yield key(outside)
    for whole in (tokens, outside):
        plain = tuple(token for token in whole if token not in policy.neutral)
        says = len(plain) > 1 or not policy.vague.issuperset(plain)
        if plain and plain[-1] in policy.heads and says:
            yield key(plain)  # but "easy pose" is no "pose"
    yield from _initials(words(name))


def _initials(name: Sequence[Word]) -> Iterator[str]:
    """Yield the initials of a name, and those without a first word that leaves the exercise as is.

    >>> list(_initials(words("Banded terminal knee extension")))
    ['btke', 'tke']
    """
    plain = name_words().positions | name_words().equipment | name_words().neutral
    bare = name[1:] if name and name[0].stem in plain else name
    yield from filter(None, dict.fromkeys((initials_of(name), initials_of(bare))))


def stops_in(text: str, found: Sequence[Word]) -> list[int]:
    """Return the words before which a comma, a "vs" or the like stands: no name runs across it."""
    return [
        at
        for at, (one, other) in enumerate(pairwise(found), 1)
        if any(c in text[one.end : other.start] for c in ",.;:!?()")
        or not VERSUS.isdisjoint((one.folded, other.folded))
    ]


def goes_on(tokens: Sequence[str], first: int, last: int, stops: Sequence[int]) -> bool:
    """Return whether one word is followed by a kind of exercise: "butterfly sit-up"."""
    policy = name_words()
    kinds = policy.heads - policy.endings
    return last - first == 1 and last < len(tokens) and last not in stops and tokens[last] in kinds


def parts_of(tokens: tuple[str, ...], policy: NameWords) -> Iterator[tuple[str, ...]]:
    """Yield the parts of a name that say enough to mean it: "knee roll" of "lying knee roll"."""
    for end in (i for i in range(len(tokens)) if tokens[i] in policy.heads):
        for start in range(end + 1):
            window = tokens[start : end + 1]
            if window != tokens and (len(window) > 1 or window[0] not in policy.vague):
                yield window
    if tokens[-1] in policy.vague and _tells(tokens[:-1], policy):
        yield tokens[:-1]
    yield from (t for n in range(1, len(tokens) - 1) if _tells(t := tokens[n:], policy))
    yield from (t for n in range(3, len(tokens)) if _tells(t := tokens[:n], policy))
    for at in (at for at in range(2, len(tokens)) if tokens[at] in BESIDES):
        yield tokens[:at]  # "adductor squeeze" of "adductor squeeze with ball"
    placed = next((at for at, t in enumerate(tokens) if t not in policy.positions), 0)
    if 0 < placed < len(tokens) - 1:
        yield tokens[placed:]  # "leg lowering" of "lying leg lowering"


def openings(title: tuple[str, ...], policy: NameWords) -> Iterator[tuple[str, ...]]:
    """Yield the first two words of a title of more, where they say something: "rice bucket".

    >>> list(openings(("short", "foot", "arch", "dome"), name_words()))
    [('short', 'foot')]
    """
    said = title[:2]
    plain = policy.common | policy.heads
    means = said[-1] in policy.equipment | JOINING or said[0] in policy.positions
    if len(title) > 2 and not plain.issuperset(said) and not means:
        yield said


def parts_within(title: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the parts of two words and more of a title that is no mere name, the longest first.

    >>> list(parts_within(("the", "one", "true", "wall", "sit")))[-1]
    ('wall', 'sit')
    """
    for length in range(len(title) - MUCH, 1, -1):
        yield from (title[at : at + length] for at in range(len(title) - length + 1))


def told_last(title: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the parts of such a title that end it after "with" or "with the".

    >>> list(told_last(("in", "love", "with", "the", "wall", "sit")))
    [('wall', 'sit')]
    >>> list(told_last(("what", "i", "do", "instead", "of", "a", "wall", "sit")))
    []
    """
    for part in parts_within(title):
        before = title[: -len(part)]
        led = before[:-1] if before[-1] in ARTICLES else before
        named = title[len(before) :] == part and part[0] not in ARTICLES
        if named and led[-1:] == WITH:
            yield part


def weak_parts(tokens: tuple[str, ...], policy: NameWords) -> Iterator[tuple[str, ...]]:
    """Yield a name without its vague ending ("hip flexor") or without its middle."""
    if len(tokens) > 1 and tokens[-1] in policy.vague and not _tells(tokens[:-1], policy):
        yield tokens[:-1]
    if tokens[-1] in policy.heads:
        yield from ((token, tokens[-1]) for token in tokens[:-2] if token not in JOINING)


def leaves_much(part: tuple[str, ...], name: tuple[str, ...], policy: NameWords) -> bool:
    """Return whether a part of a name leaves out more than a position or a piece of equipment."""
    harmless = policy.neutral | policy.positions | policy.equipment | policy.body | JOINING
    harmless |= policy.endings
    left = set(name) - set(part)
    if left <= policy.restating and name[: len(part)] == part:
        return False  # "prone cobra" of "prone cobra lift"
    if len(part) > 1 and name[-len(part) :] == part:
        harmless |= policy.heads - policy.variations  # "shoulder tap" of "plank shoulder tap"
    return not left <= harmless


def _tells(tokens: tuple[str, ...], policy: NameWords) -> bool:
    """Return whether words mean an exercise without their ending: "figure four" does."""
    return len(tokens) > 1 and not set(tokens) <= policy.body | policy.positions
