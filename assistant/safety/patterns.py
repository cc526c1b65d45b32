"""The small language in which the policy writes phrases, and its matcher.

A phrase is read word by word:

======================  =====================================================================
``numb``                this word
``bleed~``              any form of it: bleed, bleeds, bleeding, bled
``arm~|leg~``           one of these
``pass_out|faint``      the same, where one of them is more than one word
``my?``                 may be there or not
``..`` and ``...``      up to three, up to five words of any kind (never across a sentence)
``<arm>`` ``<arm|leg>``   a phrase of another concept, of one of these
``<body_part>?``        the same, or nothing
``#`` and ``#160-300``  a number, a number in this range
======================  =====================================================================

Each step looks at a bounded number of words, so matching is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from assistant.errors import SettingError
from assistant.safety.tokens import Token

_PARTS = re.compile(r"<[^>]+>|[^|]+")

GAPS = {"..": 3, "...": 5}
# "calf .. hot" must not be found in "my calf is not hot".
NEVER_SKIPPED = frozenset({"not", "no", "never", "without", "nor", "neither"})
Starts = Mapping[str, Mapping[int, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a phrase: words, concepts, a gap of ``gap`` words, or a number range."""

    words: frozenset[str] = frozenset()
    concepts: tuple[str, ...] = ()
    gap: int = 0
    numbers: tuple[float, float] | None = None
    optional: bool = False


Phrase = tuple[Step, ...]
Read = Callable[[str], tuple[str, ...]]


def _range(text: str) -> tuple[float, float]:
    """Read ``#`` or ``#low-high`` as the numbers that it allows."""
    if text == "#":
        return (0.0, 1e9)
    low, _, high = text[1:].partition("-")
    return (float(low), float(high or low))


def _alternatives(text: str) -> list[str]:
    """Return an alternation as one text for its single words and one for each joined one.

    >>> _alternatives("alive|be_here|live")
    ['alive|live', 'be here']
    """
    parts = _PARTS.findall(text)
    joined = [part for part in parts if "_" in part and not part.startswith("<")]
    if not joined:
        return [text]
    single = "|".join(part for part in parts if part not in joined)
    return [*([single] if single else []), *(part.replace("_", " ") for part in joined)]


def _step(text: str, inflect: Read, read: Read) -> list[Step]:
    """Read one space-separated part of a phrase; a contraction becomes several steps."""
    if text in GAPS:
        return [Step(gap=GAPS[text])]
    optional = text.endswith("?")
    parts = _PARTS.findall(text.removesuffix("?"))
    named = [part[1:-1] for part in parts if part.startswith("<")]
    concepts = tuple(name for part in named for name in part.split("|"))
    numbers = [_range(part) for part in parts if part.startswith("#")]
    plain = [part for part in parts if not part.startswith(("<", "#"))]
    if len(parts) == 1 and plain and not plain[0].endswith("~"):
        return [Step(frozenset([word]), optional=optional) for word in read(plain[0])]
    words: set[str] = set()
    for part in plain:
        words.update(inflect(part[:-1]) if part.endswith("~") else read(part)[:1])
    return [Step(frozenset(words), concepts, 0, numbers[0] if numbers else None, optional)]


def compile_phrase(text: str, inflect: Read, read: Read) -> list[Phrase]:
    """Return the phrases that one line of policy stands for (a first step is never optional).

    Args:
        text: one line in the language of this module.
        inflect: all forms of a word.
        read: a word as the tokeniser gives it (contractions become several words).
    """
    variants: list[Phrase] = []
    try:
        for parts in product(*(_alternatives(part) for part in text.split())):
            written = " ".join(parts).split()
            steps = [step for part in written for step in _step(part, inflect, read)]
            variants += _variants(tuple(steps))
    except ValueError as error:
        raise SettingError(
            f"Safety policy: cannot read the phrase {text!r}.", str(error)
        ) from error
    if any(not phrase or phrase[0].gap for phrase in variants):
        raise SettingError(
            f"Safety policy: the phrase {text!r} starts with a gap or is empty.",
            "Start it with a word, a number or a concept.",
        )
    return variants


def _variants(steps: Phrase) -> Iterator[Phrase]:
    """Yield a phrase once with and once without each optional step at its head."""
    if len(steps) > 1 and steps[0].optional:
        yield (replace(steps[0], optional=False), *steps[1:])
        yield from _variants(steps[1:])
    else:
        yield steps


def match_at(phrase: Phrase, at: int, tokens: Sequence[Token], starts: Starts) -> Sequence[int]:
    """Return every end of a phrase that begins at token ``at`` and stays in one sentence."""
    places = [at]
    for step in phrase:
        reached: list[int] = []
        for place in places:
            _advance(step, place, place > at, tokens, starts, reached)
        if not reached:
            return ()
        places = reached if len(reached) == 1 else sorted(set(reached))
    return [place for place in places if place > at]


def _advance(
    step: Step, place: int, inside: bool, tokens: Sequence[Token], starts: Starts, to: list[int]
) -> None:
    """Add to ``to`` where one step may end when it begins at ``place``."""
    if step.gap or step.optional:
        to.append(place)
    if place >= len(tokens):
        return
    token = tokens[place]
    if inside and token.brk == 3:
        return
    if step.gap:
        to.extend(_skipped(step.gap, place, tokens))
        return
    if token.word in step.words or _in_range(step, token):
        to.append(place + 1)
    for concept in step.concepts:
        if concept in starts:
            to.extend(starts[concept].get(place, ()))


def _skipped(gap: int, place: int, tokens: Sequence[Token]) -> Iterator[int]:
    """Yield where a gap that begins at ``place`` may end: never past a "not" or a sentence."""
    for ahead in range(place, min(place + gap, len(tokens))):
        if tokens[ahead].word in NEVER_SKIPPED or (ahead > place and tokens[ahead].brk == 3):
            return
        yield ahead + 1


def _in_range(step: Step, token: Token) -> bool:
    """Return whether a token is a number that the step allows."""
    if step.numbers is None or token.number is None:
        return False
    return step.numbers[0] <= token.number <= step.numbers[1]
