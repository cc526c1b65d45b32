"""Site furniture: is this line navigation, promotion, a cookie banner, a loading text?

The words stand in ``policy/furniture.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from assistant.pages.characters import WORD, plain, words
from assistant.pages.policy import read_policy, words_of

LONGEST = 140
"""Characters of the longest line that is compared with the whole-line phrases."""
LONGEST_PHRASE = 6
"""Words of a phrase that may stand in a chain of them."""
LONGEST_OPENED = 240
"""Characters of the longest line that is known by how it begins."""
LONGEST_PART = 4
"""Words of the longest part of a path or a menu in one line."""
ROW = re.compile(r"\s+[|/›»>→·]\s+")
LABELLED = re.compile(r"(?:related|tags?|categor(?:y|ies)|share|filed under|posted in)\s*:", re.I)
FACT = re.compile(r"\d\s*(?:[-–x×%°]|sets?|reps?|rounds?|s\b|sec|min|kg|lb|cm|times|per)", re.I)
SOME_WORDS = r"(?: \S+){0,8}"


def bare(text: str) -> str:
    """Return a line for comparisons: words only, single spaces."""
    return " ".join(re.findall(r"[©@][^\W_]*|[^\W_]+(?:['&][^\W_]+)*", plain(text)))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Whole-line phrases: exact ones, and patterns with stars."""

    exact: frozenset[str]
    closed: re.Pattern[str]
    free: re.Pattern[str]


def pattern_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern that matches any of the phrases, ``*`` being some words."""
    parts = []
    for phrase in phrases:
        tokens = ["*" if set(token) == {"*"} else bare(token) for token in phrase.split()]
        parts.append("".join(SOME_WORDS if t == "*" else " " + re.escape(t) for t in tokens))
    return re.compile("|".join(parts) if parts else r"(?!)")


def phrases_of(entries: list[str]) -> Phrases:
    """Return the compiled form of one list of the policy."""
    return Phrases(
        exact=frozenset(bare(entry) for entry in entries if "*" not in entry),
        closed=pattern_of(e for e in entries if "*" in e and "**" not in e),
        free=pattern_of(e for e in entries if "**" in e),
    )


@dataclass(frozen=True, slots=True)
class Furniture:
    """The compiled policy."""

    lines: Phrases
    openings: re.Pattern[str]
    headings: Phrases
    signals: re.Pattern[str]
    content: re.Pattern[str]
    classes: frozenset[str]
    roles: frozenset[str]

    def is_line(self, text: str, *, item: bool = False) -> bool:
        """Return whether a whole line is furniture; bullets match only the exact phrases."""
        if self.matches(self.lines, text, exact_only=item):
            return True
        if item or len(text) > LONGEST_OPENED or self.matches(self.headings, text):
            return False
        return self.opens(text)

    def opens(self, text: str) -> bool:
        """Return whether a line begins as furniture does: "You may also like: …"."""
        if is_row(text) or LABELLED.match(text.strip()):
            return True
        return bool(self.openings.match(f" {bare(text)} "))

    def is_heading(self, text: str) -> bool:
        """Return whether a heading makes what stands below it furniture."""
        return self.matches(self.headings, text) or self.is_line(text)

    def matches(self, phrases: Phrases, text: str, *, exact_only: bool = False) -> bool:
        """Return whether the whole line is one of the phrases."""
        if len(text) > LONGEST:
            return False
        line = bare(text)
        if line in phrases.exact:
            return True
        if exact_only:
            return False
        if is_chain(line.split(), phrases.exact):
            return True
        spaced = " " + line
        if phrases.free.fullmatch(spaced):
            return True
        return bool(phrases.closed.fullmatch(spaced)) and not self.about_exercise(text)

    def advertising(self, text: str) -> int:
        """Return how many different signs of advertising the text shows."""
        return len(set(self.signals.findall(plain(text))))

    def about_exercise(self, text: str) -> int:
        """Return how many different words of the field the text has."""
        found = (self.content.match(word) for word in words(text))
        return len({match[0] for match in found if match})

    def is_promotion(self, text: str, *, suspected: bool = False) -> bool:
        """Return whether a paragraph is advertising, a cookie notice or a legal notice.

        One sign is enough where furniture is to be expected and no word of the field stands.
        """
        signs = self.advertising(text)
        if signs == 0:
            return False
        field = self.about_exercise(text)
        if suspected and field == 0:
            return True
        return signs >= 4 or (signs >= 2 and field <= signs)


def is_row(text: str) -> bool:
    """Return whether a line is a path or a menu: short parts between marks, no fact in numbers.

    >>> is_row("Home > Exercises > Core"), is_row("Sets | 3 | 10 reps")
    (True, False)
    """
    parts = ROW.split(text)
    short = all(0 < len(part.split()) <= LONGEST_PART for part in parts)
    return len(parts) > 2 and short and not text.endswith((".", ":")) and not FACT.search(text)


def is_chain(found: list[str], phrases: frozenset[str]) -> bool:
    """Return whether words are nothing but phrases one after another, as in a menu.

    >>> is_chain("log in sign up".split(), frozenset({"log in", "sign up"}))
    True
    """
    reached = {0}
    for end in range(1, len(found) + 1):
        starts = range(max(0, end - LONGEST_PHRASE), end)
        if any(at in reached and " ".join(found[at:end]) in phrases for at in starts):
            reached.add(end)
    return len(found) > 0 and len(found) in reached


@cache
def furniture() -> Furniture:
    """Return the policy of ``furniture.yaml``, compiled once."""
    policy = read_policy("furniture")
    signals = sorted((plain(s) for s in words_of(policy["signals"])), key=len, reverse=True)
    content = sorted(words_of(policy["content"]), key=len, reverse=True)
    return Furniture(
        lines=phrases_of(words_of(policy["lines"])),
        openings=re.compile(rf"(?:{pattern_of(words_of(policy['openings'])).pattern})(?= )"),
        headings=phrases_of(words_of(policy["headings"])),
        signals=re.compile(r"(?<!\w)(?:" + "|".join(re.escape(s) for s in signals) + ")"),
        content=re.compile("|".join(re.escape(c) for c in content)),
        classes=frozenset(words_of(policy["classes"])),
        roles=frozenset(words_of(policy["roles"])),
    )


def letters(text: str) -> bool:
    """Return whether a line has any word at all."""
    return WORD.search(text) is not None
