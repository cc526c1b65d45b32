"""Rules: which concepts, how close together, make which level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain import SafetyLevel
from assistant.safety.reading import Reading, Span


@dataclass(frozen=True, slots=True)
class Rule:
    """All ``groups`` within ``within`` make ``level``; each group is met by any of its concepts.

    ``within`` is ``sentence``, ``message``, ``conversation``, or a number of words. ``history``
    groups may also be told of the past ("had cancer"); they always count for the conversation.
    """

    id: str
    level: SafetyLevel
    category: str
    groups: tuple[frozenset[str], ...]
    history: tuple[frozenset[str], ...]
    within: str | int
    source: str


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fired; ``asked`` when only its question form did."""

    rule: Rule
    asked: bool = False


def _near(rule: Rule, reading: Reading, meant: str, within: int) -> bool:
    """Return whether the groups stand within some words of the first one."""
    groups = [sorted(reading.of(group, meant), key=lambda s: s.start) for group in rule.groups]
    if not all(groups):
        return False
    return any(
        all(any(_distance(first, other) <= within for other in group) for group in groups[1:])
        for first in groups[0]
    )


def _distance(one: Span, other: Span) -> int:
    """Return the number of words between two spans; far when in different sentences."""
    if one.sentence != other.sentence:
        return 10_000
    return max(0, max(one.start, other.start) - min(one.end, other.end))


def _one_sentence(rule: Rule, reading: Reading, meant: str) -> bool:
    """Return whether one sentence has all groups."""
    sentences = [{span.sentence for span in reading.of(group, meant)} for group in rule.groups]
    return bool(set.intersection(*sentences)) if sentences else False


def _present(rule: Rule, reading: Reading, earlier: Sequence[Reading], meant: str) -> bool:
    """Return whether the groups are met, at least one of them by this message."""
    here = [bool(reading.of(group, meant)) for group in rule.groups]
    if rule.within == "message":
        return all(here)
    before = [any(old.of(group, "live") for old in earlier) for group in rule.groups]
    return any(here) and all(now or then for now, then in zip(here, before, strict=True))


def _met(rule: Rule, reading: Reading, earlier: Sequence[Reading], meant: str) -> bool:
    """Return whether a rule fires on spans that are meant so."""
    if isinstance(rule.within, int):
        met = _near(rule, reading, meant, rule.within)
    elif rule.within == "sentence":
        met = _one_sentence(rule, reading, meant)
    else:
        met = _present(rule, reading, earlier, meant)
    return met and all(
        any(old.of(group, "history") for old in (reading, *earlier)) for group in rule.history
    )


def _absent(groups: Sequence[frozenset[str]], known: set[str]) -> bool:
    """Return whether some group has none of the concepts that were found."""
    for group in groups:  # noqa: SIM110 - run for every rule on every message
        if group.isdisjoint(known):
            return True
    return False


def fired(rules: Sequence[Rule], reading: Reading, earlier: Sequence[Reading]) -> Iterator[Match]:
    """Yield the rules that fire on this message in the light of earlier ones.

    A crisis or a need for support also counts when it is put as a question. Any other rule
    whose phrases are here only inside a general question or a what-if is yielded with ``asked``.
    """
    here = set(reading.spans)
    there = here.union(*(old.spans.keys() for old in earlier))
    for rule in rules:
        known = there if rule.within == "conversation" else here
        if _absent(rule.groups, known) or _absent(rule.history, there):
            continue
        said = "voiced" if rule.level in ("crisis", "support") else "live"
        if _met(rule, reading, earlier, said):
            yield Match(rule)
        elif _met(rule, reading, (), "asked"):
            yield Match(rule, asked=True)
