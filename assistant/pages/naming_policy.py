"""The words of ``policy/naming.yaml`` by which names of exercises are told from other words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.pages.characters import stem, stems
from assistant.pages.policy import read_policy, words_of

TOKEN = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Naming:
    """The compiled policy of ``naming.yaml``."""

    categories: frozenset[str]
    generic: frozenset[str]
    praises: frozenset[str]
    determiners: frozenset[str]
    ends: frozenset[str]
    heads: frozenset[str]
    pose: re.Pattern[str]
    of_poses: re.Pattern[str]
    asks: re.Pattern[str]
    known_as: re.Pattern[str]
    called: re.Pattern[str]
    telling: re.Pattern[str]
    another: re.Pattern[str]
    apart: frozenset[str]
    never_in_names: frozenset[str]
    within_names: frozenset[str]
    unnamed: re.Pattern[str]
    muscle: re.Pattern[str]
    label: re.Pattern[str]


@cache
def naming() -> Naming:
    """Return the policy, compiled once."""
    policy = read_policy("naming")
    asks = sorted(
        (ask.removesuffix(" X") for ask in words_of(policy["asks"])), key=len, reverse=True
    )
    labels = sorted(words_of(policy["labels"]), key=len, reverse=True)
    known = sorted(words_of(policy["known_as"]), key=len, reverse=True)
    return Naming(
        categories=frozenset(words_of(policy["categories"])),
        generic=frozenset(stem(word) for word in words_of(policy["generic"])),
        praises=frozenset(stem(word) for word in words_of(policy["praises"])),
        determiners=frozenset(words_of(policy["determiners"])),
        ends=frozenset(words_of(policy["ends"])),
        heads=frozenset(" ".join(stems(word)) for word in words_of(policy["heads"])),
        pose=re.compile(
            r"(?:\b(?:" + "|".join(words_of(policy["pose_words"])) + r")[ -]+){0,3}\b\w{2,}asana\b",
            re.I,
        ),
        of_poses=_any_of([*words_of(policy["telling"]), *words_of(policy["of_poses"])]),
        asks=re.compile(r"\b(?:" + "|".join(re.escape(ask) for ask in asks) + r")\s+(?=\S)", re.I),
        known_as=re.compile(r"\b(?:" + "|".join(re.escape(k) for k in known) + r")\s+", re.I),
        called=re.compile(
            r"\b(?:" + "|".join(words_of(policy["called"])) + r")\s+(?:either\s+)?(?=\S)", re.I
        ),
        telling=_any_of(policy["telling"]),
        another=_any_of(policy["another"]),
        apart=frozenset(words_of(policy["apart"])),
        never_in_names=frozenset(words_of(policy["never_in_names"])),
        within_names=frozenset(words_of(policy["within_names"])),
        unnamed=re.compile(str(policy["unnamed"])),
        muscle=re.compile(str(policy["muscle"])),
        label=re.compile(
            r"[\s(\[]*(?:" + "|".join(re.escape(k) for k in labels) + r")\s*:\s*", re.I
        ),
    )


def _any_of(patterns: object) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words_of(patterns)) + r")\b", re.I)


def joined_stems(text: str) -> str:
    """Return the folded words of a text, so that names can be found in it as words."""
    return " " + " ".join(stems(text)) + " "
