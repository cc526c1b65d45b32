"""A message cut into stretches that can be judged alone, and what a learned judge sees of each.

A window is one sentence, a part of a long one, or two neighbours, so that a red flag in a long
story is judged by its own words. What a window shows is a set of names: its words and pairs of
words, the policy's concepts in it, and for both how they are meant ("denied", "past", "asked",
"story"). Fitness idioms are not shown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.safety.reading import Reading, Span

LONGEST = 26
SHORTEST = 3
MEANT = ("denied", "past", "asked", "story")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a message: what it shows, and its text as an embedding model reads it."""

    features: frozenset[str]
    text: str
    words: int
    over_turns: bool = False


def windows(reading: Reading) -> list[Window]:
    """Return the stretches of a message: each part, and each two neighbouring parts."""
    parts = list(_parts(reading))
    ranges = parts + [range(a.start, b.stop) for a, b in pairwise(parts)]
    starts, spans = _spans(reading)
    return [_window(reading, each, starts, spans) for each in ranges]


def joined(earlier: Window, now: Window) -> Window:
    """Return what was said before and now as one stretch."""
    return Window(
        earlier.features | now.features,
        f"{earlier.text}. {now.text}",
        earlier.words + now.words,
        over_turns=True,
    )


def _parts(reading: Reading) -> Iterator[range]:
    """Yield sentences; one that is too long is cut at its clauses, else by number of words."""
    edges = [at for at, token in enumerate(reading.tokens) if token.brk == 3]
    for low, high in pairwise([*sorted({0, *edges}), len(reading.tokens)]):
        yield from _cut(reading, low, high)


def _cut(reading: Reading, low: int, high: int) -> Iterator[range]:
    """Yield the parts of one sentence."""
    while high - low > LONGEST:
        choice = range(low + LONGEST // 2, low + LONGEST)
        at = max(choice, key=lambda place: (reading.tokens[place].brk, _opens(reading, place)))
        yield range(low, at)
        low = at
    if high > low:
        yield range(low, high)


def _opens(reading: Reading, place: int) -> bool:
    return reading.tokens[place].word in ("and", "but", "then", "so", "because", "now", "when")


def _spans(reading: Reading) -> tuple[list[int], list[tuple[int, str]]]:
    """Return where concepts start, in order, and the name that each is shown by."""
    shown = sorted(
        (span.start, f"c:{name}:{_meant(span)}")
        for name, spans in reading.spans.items()
        for span in spans
    )
    return [start for start, _ in shown], shown


def _meant(span: Span) -> str:
    return next((name for name in MEANT if getattr(span, name)), "live")


def _window(
    reading: Reading, place: range, starts: Sequence[int], spans: Sequence[tuple[int, str]]
) -> Window:
    shown = {
        name
        for _, name in spans[bisect_left(starts, place.start) : bisect_left(starts, place.stop)]
    }
    before, said = "^", list[str]()
    for at in place:
        token = reading.tokens[at]
        word = "#" if token.number is not None else token.word or "<idiom>"
        shown.update((f"w:{word}", f"b:{before}_{word}"))
        state = reading.scopes.of(at)
        if state:
            shown.add(f"{state}:{word}")
        if token.word:
            said.append(f". {token.word}" if token.brk == 3 and said else token.word)
        before = word
    return Window(frozenset(shown), " ".join(said).replace(" . ", ". "), len(said))
