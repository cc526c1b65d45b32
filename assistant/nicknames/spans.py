"""Stretches of a text that could be a name, and what is seen of each without knowing the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.name_words import name_words
from assistant.pages.characters import plain, stem, stems
from assistant.pages.naming_policy import naming

LONGEST = 6  # words of a name
# "dead bug", "V-sit", "90/90", "Codman's", "R.D.L."
WORD = re.compile(r"[^\W_]+(?:[-'’/&.][^\W_]+)*(?:['’](?!\w))?")
STOP = re.compile(r"[.;:!?()\"“”„«»,—–…\n]|\s-\s")
OPENS, CLOSES = "\"“‘'", "\"”’'.,"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a text in code points, and the signs that are seen of it."""

    start: int
    end: int
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str
    stem: str
    parted: bool  # a stop stands between it and the word before it
    small: bool  # a word that no name begins or ends with


def candidates(title: str, text: str) -> Iterator[Candidate]:
    """Yield every stretch of a text that could be a name of the exercise of a title.

    >>> text = "Many call it the floor angel."
    >>> [text[each.start : each.end] for each in candidates("Snow angel", text)][-3:]
    ['floor', 'floor angel', 'angel']
    """
    words = list(_words(text))
    own = stems(title)
    for first in range(len(words)):
        if words[first].small:
            continue
        for last in range(first, min(first + LONGEST, len(words))):
            if last > first and words[last].parted:
                break
            if not words[last].small:
                said = words[first : last + 1]
                signs = tuple(_signs(text, said, first == 0, own))
                yield Candidate(said[0].start, said[-1].end, signs)


def _words(text: str) -> Iterator[_Word]:
    end = 0
    for match in WORD.finditer(text):
        folded = plain(match[0])
        parted = bool(STOP.search(text[end : match.start()]))
        end = match.end()
        yield _Word(
            match.start(), end, folded, stem(folded), parted, folded in naming().never_in_names
        )


def _signs(text: str, said: list[_Word], opens: bool, own: tuple[str, ...]) -> Iterator[str]:
    raw = text[said[0].start : said[-1].end]
    size = min(len(said), 3)
    yield f"words {len(said)}"
    yield from _letters(text, said, raw, opens)
    before, after = text[: said[0].start].rstrip(), text[said[-1].end :].lstrip()
    yield f"after {before[-1:] if not before[-1:].isalnum() else 'a word'}"
    yield f"before {after[:1] if not after[:1].isalnum() else 'a word'}"
    if before[-1:] and before[-1:] in OPENS and after[:1] and after[:1] in CLOSES:
        yield "quoted"
    if said[-1].stem in naming().heads:
        yield f"ends as exercises do, words {size}"
    found = stems(raw)
    if is_listed(raw):
        yield "in the list of exercises"
        yield f"in the list of exercises, words {size}"
        yield f"in the list of exercises, {'shares' if set(found) & set(own) else 'apart'}"
    yield from _beside(found, own, raw)
    words = {each.stem for each in said}
    if words & naming().generic:
        yield "all plain words" if words <= naming().generic else "a plain word"


def _letters(text: str, said: list[_Word], raw: str, opens: bool) -> Iterator[str]:
    """Yield how a candidate is written: capitals, digits, endings."""
    capitals = [text[word.start].isupper() for word in said]
    first = opens or (said[0].parted and text[: said[0].start].rstrip()[-1:] in '.!?\n"“”:')
    case = (
        "all upper"
        if raw.isupper() and len(raw) > 1
        else "capitals"
        if all(capitals)
        else "some capitals"
        if any(capitals[1:])
        else "one capital"
        if capitals[0]
        else "small"
    )
    yield f"{case}{', opens a sentence' if first else ''}"
    yield f"{case}, words {min(len(said), 3)}"
    if raw.isupper() and 1 < len(raw) < LONGEST:
        yield "initials"
    if any(letter.isdigit() for letter in raw):
        yield "a digit"
    if re.search(r"['’]s?$", raw):
        yield "a genitive"
    if raw.endswith("s") and len(said) == 1:
        yield "one plural"
    if said[-1].folded.endswith("asana"):
        yield "a pose"


def _beside(found: tuple[str, ...], own: tuple[str, ...], raw: str) -> Iterator[str]:
    """Yield how a candidate stands to the title."""
    shared = set(found) & set(own)
    if shared and set(found) <= set(own):
        yield "within the title"
    elif shared and shared == {own[-1]}:
        yield "shares the title's ending"
    elif shared:
        yield "shares words of the title"
    else:
        yield "apart from the title"
    if found and own and found[-1] == own[-1]:
        yield "ends as the title"
    if raw.replace(".", "").casefold() == "".join(word[0] for word in own):
        yield "the title's initials"


def is_listed(name: str) -> bool:
    """Return whether a name is one of the list of exercises in general."""
    return "".join(stems(name)) in _listed()


@cache
def _listed() -> frozenset[str]:
    return frozenset("".join(stems(name)) for name in name_words().others)
