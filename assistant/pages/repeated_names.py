"""Names that a text repeats: runs of words that end as names of exercises do ("… raise")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.pages.characters import plain, stems
from assistant.pages.naming_policy import TOKEN, Naming

LEAST_OFTEN = 2
LONGEST = 4
MOSTLY = 0.6
"""A longer name is preferred when it makes up this share of the shorter one's uses."""


def repeated_names(lines: Sequence[str], policy: Naming) -> list[tuple[str, str]]:
    """Return (name, its folded words) of the runs that the lines use at least twice.

    A run that mostly stands within a longer one is left to that one.
    """
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for line in lines:
        for name in names_in(line, policy):
            key = " " + " ".join(stems(name)) + " "
            counts[key] += 1
            spelled.setdefault(key, name)
    often = {key: count for key, count in counts.items() if count >= LEAST_OFTEN}
    return [
        (spelled[key], key)
        for key, count in often.items()
        if not any(
            key in other and other != key and often[other] >= MOSTLY * count for other in often
        )
    ]


def names_in(line: str, policy: Naming, apart: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the runs of two to four words without a small word that end in a head word.

    The runs that end at one word stand together, the longest last; ``apart`` are further small
    words.
    """
    tokens = [(match[0], match.start(), match.end()) for match in TOKEN.finditer(line)]
    for last, (token, _, end) in enumerate(tokens):
        folded = stems(token)
        if not folded or not ({folded[-1], " ".join(folded)} & policy.heads):
            continue
        for first in range(last, max(-1, last - LONGEST), -1):
            word, start, own_end = tokens[first]
            gap = line[own_end : tokens[first + 1][1]] if first < last else ""
            if first < last and (is_small(word, gap, policy) or plain(word) in apart):
                break
            name = line[start:end]
            found = stems(name)
            if " ".join(found) in policy.heads or all(w in policy.generic for w in found):
                continue
            if len(found) > 1:
                yield name


def is_small(word: str, gap: str, policy: Naming) -> bool:
    """Return whether a word (and the gap after it) cannot be part of a name."""
    small = plain(word)
    return (
        bool(gap.strip())
        or small in policy.determiners
        or small in policy.ends
        or (len(small) < 2 and not word.isupper())  # but "lying Y lift"
    )
