"""How well a restriction fits what a person said, by the concepts of ``safety/ailments.yaml``."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from assistant.safety.ailments import Ailments, ailments, load_ailments

TELLS = {"parts": 1.0, "kinds": 1.0, "conditions": 2.0, "states": 2.0}
ROOT, ROOT_TELLS = "trouble", 0.25  # "dodgy", "problem": any trouble of the part
EXACT = 0.05  # more where the very thing was said and does not only follow
WIDER = 0.5  # the person said the wider word: a shoulder problem for a frozen shoulder
BESIDE = 0.35  # the person said a sister: a strain for a tear
TOGETHER = 0.8  # all that a bullet lists taken as one: "fracture or operation of foot or ankle"
BEFORE = re.compile(r" \(|: | – |, (?:since|because|once|when|where|if|as(?! with)|which) ")
OR = re.compile(r",? or |, |; | / ")


def fit(said: Collection[str], bullet: str) -> float:
    """Return how well a restriction fits: 0 not at all, from about 1.5 it speaks of this.

    Args:
        said: concepts of what the person said, as ``ailments`` gives them.
        bullet: the words of the restriction; only what it is for counts, not what to do.

    >>> from assistant.safety.ailments import ailments
    >>> fit(ailments("had my hip done"), "Recent hip replacement (ask your surgeon)")
    2.1
    >>> fit(ailments("had my hip done"), "Knee replacement (ask your surgeon)")
    0.0
    """
    if not said:
        return 0.0
    if "\n" in bullet:  # a list with the line that it hangs on: one of its items is enough
        return max(fit(said, line) for line in bullet.split("\n"))
    whole, *each = _listed(bullet)
    alone = [_overlap(frozenset(said), part) for part in each]
    return max([*alone, TOGETHER * _overlap(frozenset(said), whole) if each else 0.0, 0.0])


def conflict(said: Collection[str], bullet: str) -> bool:
    """Return whether both name parts of the body and none lies in the other."""
    if "\n" in bullet:
        return all(conflict(said, line) for line in bullet.split("\n"))
    return _apart(load_ailments(), said, _listed(bullet)[0])


def head(bullet: str) -> str:
    """Return the part of a restriction that says whom it is for, where it stands first.

    >>> head("Glaucoma, as straining raises the pressure (ask first)")
    'Glaucoma'
    """
    first = BEFORE.split(bullet, maxsplit=1)[0]
    return first if ailments(first) else bullet


@lru_cache(maxsize=8_192)
def _listed(bullet: str) -> tuple[frozenset[str], ...]:
    """Return the concepts of the whole, then of each thing that a restriction lists."""
    text = head(bullet)
    return (ailments(text), *(ailments(part) for part in OR.split(text)))


def _overlap(said: frozenset[str], listed: frozenset[str]) -> float:
    """Return the weight of what is listed and follows from what was said, or nearly does."""
    known = load_ailments()
    meant = known.closure(said)
    telling = known.of_sort("conditions", listed) | known.of_sort("states", listed)
    if known.of_sort("states", listed) and not telling & meant:
        return 0.0
    if _apart(known, said, listed):
        return sum((_share(known, said, meant, name) for name in telling & meant), 0.0)
    return sum(_share(known, said, meant, name) for name in listed)


def _share(known: Ailments, said: frozenset[str], meant: frozenset[str], name: str) -> float:
    """Return how much of one listed concept was said."""
    weight = ROOT_TELLS if name == ROOT else TELLS[known.sorts[name]]
    if name in meant:
        return weight + (EXACT if name in said else 0.0)
    parts = known.of_sort("parts", known.follows[name])
    if parts and known.of_sort("parts", meant) and not parts & meant:
        return 0.0
    telling = weight > 1 and not parts  # "bad" is no vertigo
    wider = known.follows[name] - parts - ({ROOT} if telling else frozenset())
    if wider & said:
        return WIDER * weight
    return BESIDE * weight if (wider & meant) - {ROOT} else 0.0


def _apart(known: Ailments, said: Collection[str], listed: Collection[str]) -> bool:
    """Return whether parts are named on both sides and none is, or lies in, one of the others."""
    mine, theirs = _parts(known, said), _parts(known, listed)
    if not mine or not theirs:
        return False
    near = (a == b or a in known.follows[b] or b in known.follows[a] for a in mine for b in theirs)
    return not any(near)


def _parts(known: Ailments, concepts: Collection[str]) -> frozenset[str]:
    """Return the parts that are named, and the innermost that are meant: the kneecap."""
    parts = known.of_sort("parts", known.closure(concepts))
    wider = frozenset().union(*(known.follows[part] for part in parts)) if parts else frozenset()
    return (parts - wider) | known.of_sort("parts", concepts)
