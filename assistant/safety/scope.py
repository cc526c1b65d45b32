"""How a phrase is meant: denied, long past, only asked about, or somebody's story.

The words that say so are concepts of ``frames.yaml``; here is only how far each reaches.
Everything is taken as said of the present unless one of them covers it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.safety.lexicon import Found
from assistant.safety.patterns import NEVER_SKIPPED
from assistant.safety.tokens import Token

REACH = 9  # words that a denial denies at most
LIST_REACH = 7  # words after a comma within which an "or" tells that a denied list goes on
LONGEST = 16  # words before a denial within which a phrase that holds it may begin
SCREENING = 9  # words of a form's question at most: longer ones tell something besides


@dataclass(frozen=True, slots=True)
class Scopes:
    """For each token: the kinds of frame that cover it; and where sentences begin."""

    denied: frozenset[int] = frozenset()
    past: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()
    story: frozenset[int] = frozenset()
    sentences: tuple[int, ...] = ()
    breaks: frozenset[int] = field(default=frozenset())

    def of(self, at: int) -> str:
        """Return which frame covers a token: denied, past, asked, story, or an empty string."""
        if at in self.denied:
            return "denied"
        if at in self.past:
            return "past"
        if at in self.asked:
            return "asked"
        return "story" if at in self.story else ""

    def framed(self) -> list[tuple[int, str]]:
        """Return each token that a frame covers with its frame, in reading order."""
        covered = self.denied | self.past | self.asked | self.story
        return [(at, self.of(at)) for at in sorted(covered)]


def spans(found: Found, concept: str) -> list[tuple[int, int]]:
    """Return the longest span at each place where a concept stands, in reading order."""
    return sorted((start, max(ends)) for start, ends in found.get(concept, {}).items())


def _segments(size: int, breaks: frozenset[int]) -> list[range]:
    """Return the stretches between breaks."""
    edges = [0, *sorted(at for at in breaks if 0 < at < size), size]
    return [range(low, high) for low, high in pairwise(edges) if low < high]


def _containing(segments: Sequence[range], at: int) -> int:
    """Return the index of the segment that holds a token."""
    return bisect_right(segments, at, key=lambda segment: segment.start) - 1


def _reach(tokens: Sequence[Token], found: Found, start: int, hard: frozenset[int]) -> int:
    """Return the end of what a denial that ends before ``start`` denies."""
    fresh = found.get("new_statement", {})
    for at in range(start, min(len(tokens), start + REACH)):
        if at in hard or (at > start and at in fresh):
            return at
        if at > start and tokens[at].brk == 1 and not _in_list(tokens, found, at, hard):
            return at
    return min(len(tokens), start + REACH)


def _in_list(tokens: Sequence[Token], found: Found, at: int, hard: frozenset[int]) -> bool:
    """Return whether a comma continues a denied list: "no pain, numbness or tingling"."""
    fresh = found.get("new_statement", {})
    for place in range(at, min(len(tokens), at + LIST_REACH)):
        if place in hard or place in fresh or tokens[place].word in ("i", "my", "is", "am"):
            return False
        if tokens[place].word in ("or", "nor"):
            return True
    return False


def _denials(
    tokens: Sequence[Token], found: Found, hard: frozenset[int], kept: Sequence[tuple[int, int]]
) -> frozenset[int]:
    """Return the tokens that are denied; a "not" inside a longer phrase denies nothing."""
    furthest: dict[int, int] = {}
    for low, high in [*kept, *spans(found, "not_a_denial")]:
        furthest[low] = max(high, furthest.get(low, 0))
    denied: set[int] = set()
    for start, end in spans(found, "denial"):
        if tokens[start].word == "no" and end < len(tokens) and tokens[end].brk == 1:
            continue  # an answer denies nothing that follows: "no, his face is drooping"
        around = any(furthest.get(low, 0) >= end for low in range(start - LONGEST, start))
        if not around and furthest.get(start, 0) <= end:
            denied.update(range(end, _reach(tokens, found, end, hard)))
    return frozenset(denied | _answered_no(tokens, found, hard))


def _answered_no(tokens: Sequence[Token], found: Found, hard: frozenset[int]) -> set[int]:
    """Return the tokens of screening questions that are answered with a "no" of their own.

    "Do I have chest pain? No." and "any fever no, any cough no", but never "has it eased? no".
    """
    ends = frozenset(at for at, token in enumerate(tokens) if token.brk == 3)
    commas = frozenset(at for at, token in enumerate(tokens) if token.brk == 1)
    asks, no = found.get("screening", {}), found.get("answer_no", {})
    fails = found.get("not_screening", {})
    denied: set[int] = set()

    def deny(asked: range) -> None:
        if asked.start in asks and len(asked) <= SCREENING and fails.keys().isdisjoint(asked):
            denied.update(asked)

    for asked, answer in pairwise(_segments(len(tokens), ends)):
        after = answer.start + 1
        if answer.start in no and (after >= len(tokens) or tokens[after].brk > 0):
            deny(asked)
    for clause in _segments(len(tokens), hard | commas):
        if clause[-1] in no and len(clause) < SCREENING:
            deny(clause[:-1])
    return denied


def _past(tokens: Sequence[Token], found: Found, hard: frozenset[int]) -> frozenset[int]:
    """Return the tokens that are told of a time long gone, or of a matter since cleared."""
    commas = frozenset(at for at, token in enumerate(tokens) if token.brk == 1)
    fresh = frozenset(found.get("new_statement", {}))
    segments = _segments(len(tokens), hard | commas | fresh)
    now = {at for start, end in spans(found, "present") for at in range(start, end)}
    recent = {_containing(segments, at) for at in now}
    told: set[int] = set()
    for start, end in spans(found, "past"):
        if now.isdisjoint(range(start, end)):
            index = _containing(segments, start)
            for chosen in (index, *_beside(segments, index, end - start, hard)):
                told.update(() if chosen in recent else segments[chosen])
    return frozenset(told | _cleared(tokens, found, hard))


def _beside(segments: Sequence[range], index: int, size: int, hard: frozenset[int]) -> list[int]:
    """Return the neighbour that a bare "two years ago," belongs to, as a list of its index."""
    segment = segments[index]
    if len(segment) - size > 2:
        return []
    if index and segment.start not in hard:
        return [index - 1]
    return [index + 1] if index + 1 < len(segments) and segment.stop not in hard else []


def _cleared(tokens: Sequence[Token], found: Found, hard: frozenset[int]) -> set[int]:
    """Return the clauses that tell of some weeks ago, in a sentence that says it was cleared.

    Being cleared counts only for a clause with a time of its own, so that "my doctor cleared me
    last year" says nothing about what happens now.
    """
    ends = frozenset(at for at, token in enumerate(tokens) if token.brk == 3)
    commas = frozenset(at for at, token in enumerate(tokens) if token.brk == 1)
    sentences, clauses = _segments(len(tokens), ends), _segments(len(tokens), hard | commas)
    cleared = {_containing(sentences, start) for start in found.get("cleared", ())}
    told: set[int] = set()
    for start in found.get("recent_past", ()):
        clause = set(clauses[_containing(clauses, start)])
        own = not clause.isdisjoint(found.get("past_verb", {}))
        now = not clause.isdisjoint(found.get("present", {}))
        same = not clause.isdisjoint(found.get("cleared", {}))
        if _containing(sentences, start) in cleared and own and not now and not same:
            told |= clause
    return told


def _asked(tokens: Sequence[Token], found: Found, hard: frozenset[int]) -> frozenset[int]:
    """Return the tokens of general questions and of what-ifs that tell of nothing real.

    A clause up to a comma is taken alone too: "signs of a stroke, I am on a course" asks.
    """
    commas = frozenset(at for at, token in enumerate(tokens) if token.brk == 1)
    covered: set[int] = set()
    for breaks in (hard, hard | commas):
        segments = _segments(len(tokens), breaks)
        real = {_containing(segments, at) for at in found.get("personal", ())}
        real |= {_containing(segments, at) for at in found.get("actual", ())}
        starts = () if "own_case" in found else found.get("general_question", ())
        for index in {_containing(segments, start) for start in starts} - real:
            covered.update(segments[index])
    return frozenset(covered | _supposed(tokens, found, hard, commas))


def _supposed(
    tokens: Sequence[Token], found: Found, hard: frozenset[int], commas: frozenset[int]
) -> set[int]:
    """Return what follows a what-if: never what was said before it, which may be real.

    A wish with a "not" of its own ends at a comma: "I don't want to make a fuss, my chest hurts".
    So does a fear, or a statement of one's own: "scared I'll die, my chest is being crushed".
    """
    fears = found.get("fear", {})
    fresh = found.get("own_turn", {})
    segments, clauses = _segments(len(tokens), hard), _segments(len(tokens), hard | commas)
    real = {_containing(segments, at) for at in found.get("actual", ())}
    covered: set[int] = set()
    for start, end in (*spans(found, "what_if"), *spans(found, "fear")):
        index = _containing(segments, start)
        if index in real:
            continue
        wish = any(token.word in NEVER_SKIPPED for token in tokens[start:end])
        stop = clauses[_containing(clauses, end - 1)].stop if wish else segments[index].stop
        if start in fears:
            over = (at for at in range(end, stop) if at in commas or at in fresh)
            new = (at for at in over if at in fresh or not _in_list(tokens, found, at, hard))
            stop = next(new, stop)
        covered.update(range(start, stop))
    return covered


def _stories(tokens: Sequence[Token], found: Found, hard: frozenset[int]) -> frozenset[int]:
    """Return the tokens of what was read, heard or seen in a film, or happened long ago."""
    covered: set[int] = set()
    fresh = frozenset(found.get("own_turn", {}))
    segments = _segments(len(tokens), hard | fresh)
    for start, _end in spans(found, "story"):
        covered.update(segments[_containing(segments, start)])
    return frozenset(covered)


def scopes(tokens: Sequence[Token], found: Found, kept: Sequence[tuple[int, int]]) -> Scopes:
    """Return how each token is meant.

    Args:
        tokens: the message.
        found: where the concepts stand, frames included.
        kept: spans of phrases that carry their own "not" ("cannot feel"), which deny nothing.
    """
    size = len(tokens)
    ends = frozenset(at for at, token in enumerate(tokens) if token.brk == 3)
    hard = frozenset(at for at, token in enumerate(tokens) if token.brk >= 2)
    hard |= frozenset(found.get("turn", {}))
    return Scopes(
        denied=_denials(tokens, found, hard, kept),
        past=_past(tokens, found, hard),
        asked=_asked(tokens, found, hard),
        story=_stories(tokens, found, hard),
        sentences=tuple(segment.start for segment in _segments(size, ends)),
        breaks=hard,
    )
