"""What a line of a page is, by its own words: a step, a restriction, a tip, breathing, equipment.

Headings tell it first; this is for lines below headings that nothing knows, and for pages without
headings. The weights are learned from lines below known ones (``python -m evals.tuning.lines``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from assistant.pages.characters import stems
from assistant.pages.weighing import weights

WEIGHTS = "line_weights"
MOST_WORDS = 40  # of a line that are looked at
DIGIT = re.compile(r"\d")
LABELLED = re.compile(r"^[^:]{2,60}:")


@lru_cache(maxsize=8_192)
def line_kinds(line: str) -> dict[str, float]:
    """Return how likely a line is of each kind; "background" is what is none of the others.

    >>> kinds = line_kinds("Hip replacement within the last three months")
    >>> max(kinds, key=kinds.get)
    'restrictions'
    """
    return weights(WEIGHTS).likelihoods(signs_of(line))


def signs_of(line: str) -> Iterator[str]:
    """Yield what a line is told by: its words, pairs of them, how it begins and ends.

    >>> sorted(signs_of("Sit tall"))
    ['ends in -', 'opens sit', 'opens sit tall', 'pair sit tall', 'size 0', 'word sit', 'word tall']
    """
    found = stems(line)[:MOST_WORDS]
    yield from (f"word {word}" for word in dict.fromkeys(found))
    yield from (f"pair {one} {other}" for one, other in dict.fromkeys(pairwise(found)))
    yield from (f"opens {' '.join(found[:most])}" for most in (1, 2) if len(found) >= most)
    yield f"size {min(len(found) // 4, 6)}"
    last = line.rstrip()[-1:]
    yield f"ends in {last if last in '.?!' else '-'}"
    if DIGIT.search(line):
        yield "has a number"
    if LABELLED.match(line):
        yield "has a label"
    if line[:1].islower():
        yield "begins small"
