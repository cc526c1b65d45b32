"""Cross-validation: how the judge does on messages that it has not met, and its thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from sklearn.model_selection import GroupKFold

from assistant.safety.assessing import assess
from assistant.safety.learned import Floats, Learned, Thresholds
from assistant.safety.raising import (
    SUPPORT,
    SURE,
    alarm,
    decide,
    stretches,
    worth_embedding,
)
from assistant.safety.records import RANK
from evals.safety.fitting import fit
from evals.safety.samples import Embed, Sample, grouped

FOLDS = 5  # parts of the messages, each judged by a fit on the four others
# Shares of the harmless messages that may be taken for what they are not.
FALSE_ALARMS = 0.007
FALSE_BY_WORDS = 0.001
FALSE_SUPPORT = 0.003
EMERGENCY_SHARE = 0.4  # of the alarm's likelihood, from which it is an emergency and no stop
CRISIS = 0.62  # likelihood of a crisis by itself; the folds choose none
UNSEEN = 0.02  # likelihood of anything but "none", below which a window is not embedded
# What training writes unless it is asked to choose: set by hand for the weights that serve, higher
# than the folds ask for (evals/LOG.md, thirteenth version).
SET_BY_HAND: Final = Thresholds(
    alarm=0.76, words=0.952, support=0.84, crisis=0.85, emergency=EMERGENCY_SHARE, unseen=UNSEEN
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A held-out message: the rules' level, and what the judge sees of each window."""

    sample: Sample
    rules: str
    words: tuple[Floats, ...]
    beside: tuple[Floats, ...]
    category: tuple[str, float] | None = None

    @property
    def harmless(self) -> bool:
        """Return whether the message is harmless and the rules left it so."""
        return self.sample.label == "none" and RANK[self.rules] < RANK["stop"]  # type: ignore[index]


def cross_validated(samples: Sequence[Sample], embed: Embed, model_id: str) -> list[Judged]:
    """Return every message judged by a fit that saw neither it nor a near-duplicate of it."""
    groups = grouped(np.array([embed(each.phrase.turns[-1]) for each in samples]))
    labels = [each.label for each in samples]
    judged = []
    for train, held in GroupKFold(FOLDS).split(samples, labels, groups):
        learned = fit([samples[row] for row in train], embed, model_id)
        judged += [judged_by(learned, samples[row], embed) for row in held]
    return judged


def judged_by(learned: Learned, sample: Sample, embed: Embed) -> Judged:
    """Return what a fit sees of one message, window by window, within the budget of words."""
    *earlier, message = sample.phrase.turns
    seen = stretches(message, earlier, learned)
    judge = replace(learned, thresholds=replace(learned.thresholds, unseen=UNSEEN))
    return Judged(
        sample,
        rules=assess(message, earlier).level,
        words=tuple(likely for _, likely in seen),
        beside=tuple(
            learned.beside(window, embed(window.text)) for window in worth_embedding(judge, seen)
        ),
        category=_category(learned, sample, embed),
    )


def _category(learned: Learned, sample: Sample, embed: Embed) -> tuple[str, float] | None:
    """Return what the judge takes for the category of a message that is labelled with one."""
    if sample.category is None:
        return None
    whole = sample.whole
    return learned.category(sample.phrase.level, whole, embed(whole.text))


def categories_right(judged: Sequence[Judged]) -> dict[str, dict[str, list[int]]]:
    """Return for each level right and all, of every message and of those that are believed."""
    counts: dict[str, dict[str, list[int]]] = {}
    for each in judged:
        if each.category is None:
            continue
        level, (name, likely) = each.sample.phrase.level, each.category
        row = counts.setdefault(level, {"all": [0, 0], "believed": [0, 0]})
        believed = likely >= SURE[level]  # type: ignore[index]
        for key in ("all", "believed") if believed else ("all",):
            row[key][0] += name == each.sample.category
            row[key][1] += 1
    return counts


def thresholds(judged: Sequence[Judged]) -> Thresholds:
    """Return the thresholds at which harmless messages stay within the wanted false alarms."""
    harmless = [each for each in judged if each.harmless]
    return Thresholds(
        alarm=_limit([_most(each.beside, alarm) for each in harmless], FALSE_ALARMS),
        words=_limit([_most(each.words, alarm) for each in harmless], FALSE_BY_WORDS),
        support=_limit([_most(each.beside, _support) for each in harmless], FALSE_SUPPORT),
        crisis=CRISIS,
        emergency=EMERGENCY_SHARE,
        unseen=UNSEEN,
    )


def _limit(scores: Sequence[float], share: float) -> float:
    """Return a threshold that ``share`` of the scores reach."""
    return round(float(np.quantile(scores, 1 - share)) + 1e-4, 4)


def _most(seen: Sequence[Floats], of: object) -> float:
    return max((of(likely) for likely in seen), default=0.0)  # type: ignore[operator]


def _support(likely: Floats) -> float:
    return float(likely[SUPPORT])


def level_of(judged: Judged, learned: Learned, limits: Thresholds) -> str:
    """Return the level that the whole layer would give to a held-out message."""
    judge = replace(learned, thresholds=limits)
    levels = [judged.rules]
    levels += [decide(likely, judge, limits.words) for likely in judged.words]
    levels += [decide(likely, judge) for likely in judged.beside]
    return max(levels, key=lambda level: RANK[level])  # type: ignore[index]
