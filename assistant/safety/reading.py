"""One message, read: which concepts stand where, and how each is meant."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from assistant.safety.lexicon import Found, Near, Settled
from assistant.safety.scope import Scopes
from assistant.safety.tokens import Token

WINDOW = 24  # words before and after a concept within which another may stand close to it
CANDIDATES = 8  # spans of a concept that are tried there, so that repeated words cost little


@dataclass(frozen=True, slots=True)
class Span:
    """Where a concept stands (tokens, half open) and how it is meant."""

    start: int
    end: int
    sentence: int
    denied: bool = False
    past: bool = False
    asked: bool = False
    story: bool = False

    @property
    def live(self) -> bool:
        """Return whether this is said as true now."""
        return not (self.denied or self.past or self.asked or self.story)

    @property
    def voiced(self) -> bool:
        """Return whether this is said as true now, or asked about."""
        return not (self.denied or self.past or self.story)

    @property
    def history(self) -> bool:
        """Return whether this is said as true now or in the past."""
        return not (self.denied or self.asked or self.story)


@dataclass(frozen=True, slots=True)
class Reading:
    """A message's cleaned text, its tokens, the spans of every concept found, and the scopes."""

    text: str
    tokens: tuple[Token, ...]
    spans: dict[str, tuple[Span, ...]]
    scopes: Scopes

    def words(self, span: Span) -> str:
        """Return the person's own words of a span."""
        return self.text[self.tokens[span.start].start : self.tokens[span.end - 1].end]

    def of(self, names: frozenset[str], meant: str) -> list[Span]:
        """Return the spans of some concepts that are meant so (``live`` or ``history``)."""
        spans = [span for name in names for span in self.spans.get(name, ())]
        return [span for span in spans if getattr(span, meant)]


def meant(found: Found, scopes: Scopes) -> dict[str, tuple[Span, ...]]:
    """Return the spans of phrases with their meaning."""
    read: dict[str, tuple[Span, ...]] = {}
    for name, places in found.items():
        read[name] = tuple(
            Span(
                start,
                max(ends),
                bisect_right(scopes.sentences, start) - 1,
                denied=start in scopes.denied,
                past=start in scopes.past,
                asked=start in scopes.asked,
                story=start in scopes.story,
            )
            for start, ends in sorted(places.items())
        )
    return read


def _joined(parts: Sequence[Span]) -> Span:
    """Return the span over some parts; what holds of one part holds of the whole."""
    return Span(
        min(part.start for part in parts),
        max(part.end for part in parts),
        parts[0].sentence,
        denied=any(part.denied for part in parts),
        past=any(part.past for part in parts),
        asked=any(part.asked for part in parts),
        story=any(part.story for part in parts),
    )


def _close(parts: Sequence[Span], within: int, breaks: frozenset[int]) -> bool:
    """Return whether the parts stand in one clause with at most ``within`` words between."""
    ordered = sorted(parts, key=lambda part: part.start)
    for left, right in pairwise(ordered):
        if left.sentence != right.sentence or right.start - left.end > within:
            return False
        if any(at in breaks for at in range(left.end, right.start + 1)):
            return False
    return True


def _window(spans: Sequence[Span], starts: Sequence[int], around: Span) -> Sequence[Span]:
    """Return the few spans that begin near another one."""
    low = bisect_left(starts, around.start - WINDOW)
    high = bisect_right(starts, around.end + WINDOW)
    return spans[low:high][:CANDIDATES]


def _together(
    near: Near, spans: dict[str, tuple[Span, ...]], breaks: frozenset[int]
) -> Iterator[Span]:
    """Yield each joined span of a concept that is others close together."""
    groups = [
        sorted((s for name in group for s in spans.get(name, ())), key=lambda s: s.start)
        for group in near.groups
    ]
    starts = [[span.start for span in group] for group in groups]
    for first in groups[0]:
        others = [_window(g, at, first) for g, at in zip(groups[1:], starts[1:], strict=True)]
        for parts in product([first], *others):
            if _close(parts, near.within, breaks):
                yield _joined(parts)


def add_near(
    nears: Sequence[Near], spans: dict[str, tuple[Span, ...]], breaks: frozenset[int]
) -> None:
    """Add the concepts that are others close together, in the order of the policy."""
    known = set(spans)
    for near in nears:
        if _lacks(near.groups, known):
            continue
        joined = tuple(sorted(_together(near, spans, breaks), key=lambda s: (s.start, s.end)))
        if joined:
            spans[near.name] = (*spans.get(near.name, ()), *joined)
            known.add(near.name)


def _lacks(groups: Sequence[frozenset[str]], known: set[str]) -> bool:
    """Return whether some group has none of the concepts that were found."""
    for group in groups:  # noqa: SIM110 - run for every made concept on every message
        if group.isdisjoint(known):
            return True
    return False


def settle(settled: Sequence[Settled], spans: dict[str, tuple[Span, ...]]) -> None:
    """Take out symptoms that are told as a condition of long standing: "diabetic with numb feet".

    Only what lies inside such a phrase goes, and nothing does when the message has one of the
    words of change or of other signs that the policy lists for it. A sentence that is added never
    brings this about.
    """
    for each in settled:
        if each.said not in spans or each.unless in spans:
            continue
        told = spans[each.said]
        for name in each.hides & spans.keys():
            left = tuple(span for span in spans[name] if not _inside(span, told))
            if left:
                spans[name] = left
            else:
                del spans[name]


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)
