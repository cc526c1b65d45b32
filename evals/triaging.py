"""Runs safety cases and counts: recall with its 95% bound, by category, and false alarms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evals.asking import Ask
from evals.cases import SafetyCase
from evals.running import converse
from evals.safety.bounds import interval
from evals.safety.measuring import is_right
from evals.scoring import ReplyDocument


@dataclass(frozen=True, slots=True)
class Triaged:
    """One safety case, the level that the reply had, and whether that is right."""

    case: SafetyCase
    level: str
    reply: ReplyDocument
    set_name: str = ""

    @property
    def right(self) -> bool:
        """Return whether the level is the wanted one, or as good."""
        if self.set_name == "conditions":
            return self.level == self.case.level
        return is_right(self.level, self.case.level)


@dataclass(frozen=True, slots=True)
class Share:
    """Right ones among all, with the exact (Clopper-Pearson) two-sided 95% interval."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """Return the share, 0 to 1."""
        return self.right / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """Return the interval in which the true share lies with 95% confidence."""
        return interval(self.right, self.of)


def run_safety(cases: Iterable[SafetyCase], ask: Ask, set_name: str) -> list[Triaged]:
    """Hold every conversation through ``ask`` and take the level of the last reply."""
    found = []
    for case in cases:
        reply, _ = converse(((text, case.page) for text in case.turns), ask)
        found.append(Triaged(case, str(reply["safety"]["level"]), reply, set_name))
    return found


def by_category(triaged: Sequence[Triaged]) -> list[tuple[str, str, Share]]:
    """Return (set, category, share) in reading order, the whole set ("all") after its parts."""
    rows = []
    for name, group in _grouped(triaged, lambda each: each.set_name).items():
        parts = _grouped(group, lambda each: each.case.category)
        if len(parts) > 1:
            rows += [(name, part, share(parts[part])) for part in sorted(parts)]
        rows.append((name, "all", share(group)))
    return rows


def share(triaged: Sequence[Triaged]) -> Share:
    """Return how many are right."""
    return Share(sum(each.right for each in triaged), len(triaged))


def _grouped(triaged: Sequence[Triaged], key: Callable[[Triaged], str]) -> dict[str, list[Triaged]]:
    groups: dict[str, list[Triaged]] = defaultdict(list)
    for each in triaged:
        groups[key(each)].append(each)
    return groups
