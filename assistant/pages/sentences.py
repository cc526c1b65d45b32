"""Sentences of a paragraph, as spans; a sentence that needs its neighbour stays with it.

>>> text = "Do 1–2 sets, e.g. after work. Do not bounce. Unless told to, rest. Why? It helps."
>>> [text[start:end] for start, end in sentence_spans(text)]
['Do 1–2 sets, e.g. after work.', 'Do not bounce. Unless told to, rest.', 'Why? It helps.']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.pages.characters import words
from assistant.pages.policy import read_policy, words_of

END = re.compile(r"(?<=[.!?])(?<!\.\.)[\"'”’»)\]]*\s+(?=\S)")
LONGEST_FRAGMENT = 3
ANSWERS = frozenset({"no", "not", "never", "don't", "yes", "sure", "maybe"})


@dataclass(frozen=True, slots=True)
class Ends:
    """The compiled policy of ``sentences.yaml``."""

    never_last: frozenset[str]
    rarely_last: frozenset[str]
    go_on: re.Pattern[str]


@cache
def ends_policy() -> Ends:
    """Return the policy, compiled once."""
    policy = read_policy("sentences")
    beginnings = "|".join(re.escape(words) for words in words_of(policy["go_on"]))
    return Ends(
        never_last=frozenset(words_of(policy["never_last"])),
        rarely_last=frozenset(words_of(policy["rarely_last"])),
        go_on=re.compile(rf"[\"'“‘(\[]*(?:{beginnings})\b", re.I),
    )


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every sentence of one line, in order, white space left out.

    What starts with "unless", "but" or "however" stays with the sentence before it, and a
    fragment ("No.", "Do not!") with the one after it.
    """
    starts = [0]
    ends = []
    for match in END.finditer(text):
        if is_boundary(text, starts[-1], match):
            ends.append(match.start() + len(match[0].rstrip()))
            starts.append(match.end())
    spans = [
        (start, end)
        for start, end in zip(starts, [*ends, len(text.rstrip())], strict=True)
        if start < end
    ]
    return joined(text, spans)


def is_boundary(text: str, start: int, match: re.Match[str]) -> bool:
    """Return whether a sentence ends at this full stop, question or exclamation mark."""
    following = text[match.end()]
    if following.islower() or following in ",;:)]–—-":
        return False
    if text[match.start() - 1] != ".":
        return True
    before = text[max(start, match.start() - 24) : match.start() - 1]
    word = re.split(r"[\s(\[“\"'‘/]", before)[-1].lower() if before else ""
    if word in ends_policy().never_last or (len(word) == 1 and word.isalpha()):
        return False
    if word.isdigit() and (
        len(before) == len(word) or before[: -len(word)].rstrip().endswith((":", ";", "."))
    ):
        return False
    return word not in ends_policy().rarely_last or following.isupper()


def joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans with those joined that must not be quoted apart."""
    result: list[tuple[int, int]] = []
    for start, end in spans:
        fragment = result and is_fragment(text[slice(*result[-1])])
        if result and (fragment or ends_policy().go_on.match(text, start) or text[start] == "("):
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    if len(result) > 1 and is_fragment(text[slice(*result[-1])]):
        last = result.pop()
        result[-1] = (result[-1][0], last[1])
    return result


def is_fragment(sentence: str) -> bool:
    """Return whether a sentence is too short to stand alone: one word, or "Do not!", "Not yet."."""
    found = words(sentence)
    return len(found) < 2 or (len(found) <= LONGEST_FRAGMENT and not ANSWERS.isdisjoint(found))
