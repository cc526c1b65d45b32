"""What exercise names leave when they are shortened: initials, cut words, brackets dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.spelling import is_english
from assistant.words import Word, stem

SHORTEST_CUT = 3  # letters of a word cut short: "quad stretch", "down dog"
FEWEST_INITIALS = 3  # "TGU" for the Turkish get-up; of fewer words they mean too much
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
    telling = len(name) >= FEWEST_INITIALS and initials.isalpha() and not is_english(initials)
    return stem(initials) if telling else None


def shortened(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name with one long word before its last cut short.

    >>> ("down", "dog") in shortened(("downward", "dog"))
    True
    """
    for at, token in enumerate(tokens[:-1]):
        for end in range(SHORTEST_CUT, len(token) - 1):
            yield (*tokens[:at], token[:end], *tokens[at + 1 :])


def stops_in(text: str, found: Sequence[Word]) -> list[int]:
    """Return the words before which a comma or the like stands: no name runs across it."""
    between = [text[one.end : other.start] for one, other in pairwise(found)]
    return [at for at, gap in enumerate(between, 1) if any(c in gap for c in ",.;:!?()")]
