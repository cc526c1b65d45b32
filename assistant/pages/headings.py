"""Which kind a section has, told by its heading; the words stand in ``policy/headings.yaml``.

>>> exact_tag("4. Common Mistakes:"), exact_tag("How to do the Plank", ("Plank",))
('tips', 'instructions')
>>> loose_tag("Glute bridge contraindications & risks")
'restrictions'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from assistant.domain import SectionKind
from assistant.pages.characters import plain, stems, words
from assistant.pages.policy import read_policy, words_of

LONGEST = 120
"""Characters of the longest line that can be a heading."""
LABELLED = frozenset({"equipment", "muscles", "level", "breathing", "restrictions", "tips"})
"""Tags of a label that opens a section of its own: "Level: beginner"."""
LABEL_ENDS = re.compile(r":| \|")
"""What stands between a label and its value."""
SUBJECT = r"it|you|we|they|this|that"  # "What it is" names a section, "What is it" asks
AUXILIARY = (
    r"is|are|am|was|were|do|does|did|can|could|should|shall|will|would|may|might|must|has|have|"
    r"isn't|aren't|don't|doesn't|can't|shouldn't|won't"
)
ASKING = re.compile(
    rf"(?:{AUXILIARY})\b|(?:what|which|who|whom|whose|why|when|where|how)"
    rf"(?:'s\b|\s+(?!(?:to|{SUBJECT})\b)(?:(?!to\b)\S+\s+){{0,3}}?(?:{AUXILIARY})\b)"
)
NUMBERING = re.compile(r"^(?:(?:step|part|section)\s+)?(?:\d{1,2}|[ivx]{1,4}|[a-h])[.):]\s+", re.I)

LEADS_IN = re.compile(
    r"(?::|[–—]|…|\.\.\.|\b(?:if|if you|when|have|has|had|are|with|without|following|apply|"
    r"applies|below|these|to|or|and|who|not|avoid|never))$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Tags:
    """The compiled policy: phrases to tags, starred phrases and words in the file's order."""

    small: frozenset[str]
    exact: dict[tuple[str, ...], str]
    starred: tuple[tuple[str, re.Pattern[str]], ...]
    words: tuple[tuple[str, re.Pattern[str]], ...]
    lead_ins: frozenset[tuple[str, ...]]


def word_pattern(entries: list[str]) -> re.Pattern[str]:
    """Return a pattern that finds one of the entries as words; ``*`` ends a word anyhow."""
    parts = []
    for entry in entries:
        stem = " ".join(words(entry.rstrip("*")))
        parts.append(re.escape(stem) + ("" if entry.endswith("*") else r"(?!\S)"))
    return re.compile(r"(?<!\S)(?:" + "|".join(parts) + ")")


def star_pattern(phrase: str) -> re.Pattern[str]:
    """Return a pattern for a phrase in which ``*`` stands for up to six words."""
    parts = [
        r"(?: \S+){0,6}" if t == "*" else "".join(" " + re.escape(w) for w in words(t))
        for t in phrase.split()
    ]
    return re.compile("".join(parts))


@cache
def tags() -> Tags:
    """Return the policy of ``headings.yaml``, compiled once."""
    policy = read_policy("headings")
    small = frozenset(words_of(policy["small_words"]))
    kinds = cast("dict[str, dict[str, list[str]]]", policy["kinds"])
    exact: dict[tuple[str, ...], str] = {}
    starred = []
    for tag, entry in kinds.items():
        for phrase in words_of(entry["phrases"]):
            if "*" in phrase:
                starred.append((tag, star_pattern(phrase)))
            else:
                exact.setdefault(essence(phrase, small), tag)
    found = tuple(
        (tag, word_pattern(words_of(entry["words"])))
        for tag, entry in kinds.items()
        if "words" in entry
    )
    lead_ins = frozenset(essence(phrase, small) for phrase in words_of(policy["lead_ins"]))
    return Tags(small, exact, tuple(starred), found, lead_ins)


@lru_cache(maxsize=4096)
def essence(text: str, small: frozenset[str]) -> tuple[str, ...]:
    """Return the words of a heading that matter (all of them when none does)."""
    found = words(NUMBERING.sub("", text.strip()))
    return tuple(word for word in found if word not in small) or tuple(found)


def without_names(found: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without the page's own names in them, plural or not."""
    folded = [stems(word)[0] if stems(word) else word for word in found]
    for name in sorted(names, key=len, reverse=True):
        needle = [part for part in stems(name) if part not in tags().small]
        for at in range(len(folded) - len(needle) + 1):
            if needle and folded[at : at + len(needle)] == needle:
                rest = found[:at] + found[at + len(needle) :]
                return tuple(word for word in rest if word != "s") or found
    return found


@lru_cache(maxsize=4096)
def exact_tag(text: str, names: tuple[str, ...] = ()) -> str | None:
    """Return the tag of a heading that is one of the phrases, as a whole."""
    if len(text) > LONGEST:
        return None
    policy = tags()
    found = essence(text, policy.small)
    for candidate in (found, without_names(found, names)):
        if candidate in policy.exact:
            return policy.exact[candidate]
    return None


def starred_tag(text: str, names: tuple[str, ...] = ()) -> str | None:
    """Return the tag of a heading that fits a phrase with a star."""
    if len(text) > LONGEST:
        return None
    policy = tags()
    found = essence(text, policy.small)
    whole = tuple(words(NUMBERING.sub("", text.strip())))  # "What it is and why we like it"
    for candidate in (without_names(found, names), found, whole):
        line = "".join(" " + word for word in candidate)
        for tag, pattern in policy.starred:
            if pattern.fullmatch(line):
                return tag
    return None


def loose_tag(text: str, names: tuple[str, ...] = ()) -> str | None:
    """Return the tag of a line that the markup says is a heading."""
    found = exact_tag(text, names) or starred_tag(text, names)
    if found or len(text) > LONGEST:
        return found
    line = " ".join(without_names(essence(text, tags().small), names))
    return next((tag for tag, pattern in tags().words if pattern.search(line)), None)


def kind_of(tag: str | None) -> SectionKind:
    """Return the section kind of a tag: muscles, level and the unknown are ``other``."""
    if tag in (None, "muscles", "level"):
        return "other"
    return cast("SectionKind", tag)


def is_question(text: str) -> bool:
    """Return whether a heading asks something, with a question mark or without.

    >>> is_question("Is it safe for me"), is_question("How to do it"), is_question("Why")
    (True, False, False)
    """
    line = plain(text).strip().rstrip("\"')]* ")
    if line.endswith("?"):
        return True
    return bool(ASKING.match(line)) and len(line.split()) > 2


def is_lead_in_heading(text: str) -> bool:
    """Return whether a heading such as "Do not" needs the items below it to make sense."""
    return essence(text, tags().small) in tags().lead_ins


def leads_in(text: str) -> bool:
    """Return whether a line needs what stands below it to make sense."""
    return bool(LEADS_IN.search(text[-24:])) or is_lead_in_heading(text)
