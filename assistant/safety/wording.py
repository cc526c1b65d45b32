"""What is said when a message is urgent: sentences from ``wording.yaml``, filled in by region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from assistant.errors import SettingError
from assistant.safety.policy import document
from assistant.safety.records import Assessment

DEFAULT_REGION = "INT"


@lru_cache(maxsize=1)
def _wording() -> Mapping[str, Any]:
    """Return the wording file."""
    wording: Mapping[str, Any] = document("wording")
    return wording


def regions() -> tuple[str, ...]:
    """Return the codes of the regions that the wording knows."""
    return tuple(_wording()["regions"])


def categories(level: str) -> tuple[str, ...]:
    """Return the categories of a level that have words of their own."""
    return tuple(name for name in _wording()[level] if name not in ("default", "general"))


def narrowness(category: str) -> int:
    """Return the place of a category among those whose words are for one thing alone."""
    narrow: Sequence[str] = _wording()["narrow"]
    return narrow.index(category) if category in narrow else len(narrow)


def _region(code: str) -> Mapping[str, str]:
    """Return a region's numbers and lines; raises SettingError for an unknown code."""
    found: Mapping[str, str] | None = _wording()["regions"].get(code.upper())
    if found is None:
        raise SettingError(
            f"The region {code!r} is not known.", f"Use one of {', '.join(regions())}."
        )
    return found


def _filled(sentences: Sequence[str], region: str) -> tuple[str, ...]:
    """Return sentences with the numbers of a region, each with the space that follows it."""
    lines = [sentence.format_map(dict(_region(region))) for sentence in sentences]
    return tuple(line + " " for line in lines[:-1]) + tuple(lines[-1:])


def _for(level: str, categories: Sequence[str]) -> Sequence[str]:
    """Return the sentences of the first category that has its own, else the level's default."""
    wording: Mapping[str, Sequence[str]] = _wording()[level]
    return next((wording[c] for c in categories if c in wording), wording.get("default", ()))


def urgent_reply(assessment: Assessment, region: str = DEFAULT_REGION) -> tuple[str, ...]:
    """Return what to do now, as sentences to show one after another.

    For ``emergency``, ``stop`` and ``crisis``, and for an eating-disorder signal; empty for any
    other assessment. The emergency number stands in the first two sentences, except where a
    kind first sentence and the crisis or support line come first.
    """
    if not assessment.urgent:
        return ()
    sentences = _urgent(assessment)
    if assessment.standing:
        sentences += _wording()["held"]
    return _filled(sentences, region)


def _urgent(assessment: Assessment) -> list[str]:
    """Return the sentences of a level that is urgent, of its category where that has its own."""
    if assessment.level == "support":
        return _support(assessment)
    sentences = list(_for(assessment.level, assessment.categories))
    if assessment.level == "emergency" and "crisis" in assessment.categories:
        sentences += _for("crisis", ())
    return sentences


def support_lines(assessment: Assessment, region: str = DEFAULT_REGION) -> tuple[str, ...]:
    """Return the lines for eating, medicines, a child or violence at home; empty without one."""
    return _filled(_support(assessment), region)


def _support(assessment: Assessment) -> list[str]:
    wanted = [*assessment.categories, *(condition.name for condition in assessment.conditions)]
    wanted = ["minor" if name == "under_18" else name for name in wanted]
    known = _wording()["support"]
    chosen = [name for name in dict.fromkeys(wanted) if name in known][:2]
    return [line for name in chosen for line in known[name]]


def conditional_line(region: str = DEFAULT_REGION) -> tuple[str, ...]:
    """Return what opens the answer to a general question about a red flag."""
    return _filled(_wording()["conditional"], region)


def standing_line(region: str = DEFAULT_REGION) -> tuple[str, ...]:
    """Return what opens an answer when an earlier message named a red flag."""
    return _filled(_wording()["standing"], region)


def relieved_line(region: str = DEFAULT_REGION) -> tuple[str, ...]:
    """Return what is said to a person who took back what was urgent."""
    return _filled(_wording()["relieved"], region)
