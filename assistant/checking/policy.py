"""The rules' texts, limits and phrases (``policy/checks.yaml``), compiled once a profile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from assistant.checking.findings import SEVERITIES, Fault, Finding, Severity
from assistant.pages.characters import words
from assistant.pages.policy import read_policy, words_of

LONGEST_QUOTE = 70


@dataclass(frozen=True, slots=True)
class RuleText:
    """How grave a kind of fault is (none: it is off), what is said, how to mend it."""

    severity: Severity | None
    found: str
    mend: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One profile of the check.

    Attributes:
        strict: whether it is the strict profile.
        rules: the texts by the rule's name.
        limits: numbers, and lists of required keys.
        data: the other tables of the file as they stand.
    """

    strict: bool
    rules: Mapping[str, RuleText]
    limits: Mapping[str, Any]
    data: Mapping[str, Any]

    def limit(self, name: str) -> float:
        """Return one of the limits that are numbers."""
        return float(self.limits[name])

    def listed(self, name: str) -> list[str]:
        """Return one of the lists of words."""
        return words_of(self.data[name])

    def finding(self, fault: Fault, file: str) -> Finding | None:
        """Return a fault in words, or nothing when its rule is off."""
        rule = self.rules[fault.rule]
        if rule.severity is None:
            return None
        found, mend = rule.found.format(**fault.values), rule.mend.format(**fault.values)
        return Finding(file, fault.line, rule.severity, fault.rule, found, mend)


@cache
def read_checks(strict: bool = False) -> Policy:
    """Return the policy of a profile."""
    data = read_policy("checks")
    limits = cast("dict[str, Any]", data["limits"])
    if strict:
        limits = {**limits, **cast("dict[str, Any]", data["strict_limits"])}
    entries = cast("dict[str, dict[str, str]]", data["rules"])
    rules = {name: rule_text(entry, strict) for name, entry in entries.items()}
    return Policy(strict, rules, limits, data)


def rule_text(entry: Mapping[str, str], strict: bool) -> RuleText:
    """Return a rule's entry with the severity of a profile."""
    word = entry.get("strict", entry["severity"]) if strict else entry["severity"]
    severity = next((each for each in SEVERITIES if each == word), None)
    if severity is None and word != "off":
        raise ValueError(f"checks.yaml: a severity is error, warning, note or off, not {word!r}")
    return RuleText(severity, entry["found"], entry["mend"])


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for phrases in words joined by single spaces; ``*`` is any one word.

    >>> phrase_pattern(["safe for * everyone"]).search("it is safe for almost everyone")[0]
    'safe for almost everyone'
    """
    parts = []
    for phrase in sorted(phrases, key=len, reverse=True):
        tokens = [
            [r"\S+"] if t == "*" else [re.escape(w) for w in words(t)] for t in str(phrase).split()
        ]
        parts.append(" ".join(word for token in tokens for word in token))
    return re.compile(r"(?<!\S)(?:" + "|".join(parts) + r")(?!\S)" if parts else r"(?!)")


def shortened(text: str) -> str:
    """Return a text as a quote in a message, cut at a word."""
    if len(text) <= LONGEST_QUOTE:
        return text
    return text[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(",;:") + "…"
