"""A message cut into stretches that can be judged alone, and what a learned judge sees of each.

A window is one sentence, a part of a long one, or two neighbours, so that a red flag in a long
story is judged by its own words. What a window shows is a set of names: its words and pairs of
words, the policy's concepts in it, and for both how they are meant ("denied", "past", "asked",
"story"). Fitness idioms are not shown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.safety.reading import Reading, Span

LONGEST = 26  # words of a part: a longer sentence is cut
MEANT = ("denied", "past", "asked", "story")
# The frames of a form's questions: words so common that they tell the judge nothing.
FORMS = frozenset(["screening", "answer_no", "not_screening"])


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a message: what it shows, and its text as an embedding model reads it."""

    features: frozenset[str]
    text: str
    words: int
    over_turns: bool = False
    neighbours: bool = False


def windows(reading: Reading) -> list[Window]:
    """Return the stretches of a message: each part, and each two neighbouring parts."""
    parts = list(_parts(reading))
    pairs = [range(a.start, b.stop) for a, b in pairwise(parts)]
    names = _names(reading)
    alone = [_window(reading, each, names) for each in parts]
    return alone + [_window(reading, each, names, neighbours=True) for each in pairs]


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


@dataclass(frozen=True, slots=True)
class _Names:
    """What each token shows, and what each concept does with where it starts, in order."""

    words: list[str]
    single: list[str]
    pairs: list[str]
    framed: list[tuple[int, str]]
    starts: list[int]
    concepts: list[str]


def _names(reading: Reading) -> _Names:
    """Return the names that windows are cut from, made once for the whole message."""
    words = [
        "#" if token.number is not None else token.word or "<idiom>" for token in reading.tokens
    ]
    shown = sorted(
        (span.start, f"c:{name}:{_meant(span)}")
        for name, spans in reading.spans.items()
        if name not in FORMS
        for span in spans
    )
    return _Names(
        words,
        single=[f"w:{word}" for word in words],
        pairs=[f"b:{before}_{word}" for before, word in pairwise(["^", *words])],
        framed=[(at, f"{frame}:{words[at]}") for at, frame in reading.scopes.framed()],
        starts=[start for start, _ in shown],
        concepts=[name for _, name in shown],
    )


def _meant(span: Span) -> str:
    return next((name for name in MEANT if getattr(span, name)), "live")


def _window(reading: Reading, place: range, names: _Names, *, neighbours: bool = False) -> Window:
    low, high = place.start, place.stop
    shown = {f"b:^_{names.words[low]}"} if low < high else set()
    shown.update(names.single[low:high], names.pairs[low + 1 : high])
    first, last = bisect_left(names.starts, low), bisect_left(names.starts, high)
    shown.update(names.concepts[first:last])
    first, last = (bisect_left(names.framed, (at, "")) for at in (low, high))
    shown.update(name for _, name in names.framed[first:last])
    said = [token for token in reading.tokens[low:high] if token.word]
    text = " ".join(
        f". {token.word}" if at and token.brk == 3 else token.word for at, token in enumerate(said)
    )
    return Window(frozenset(shown), text.replace(" . ", ". "), len(said), neighbours=neighbours)
