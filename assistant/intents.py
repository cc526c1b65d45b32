"""What a question asks for: repetitions, breathing, safety… (``policy/intents.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from assistant.domain import SectionKind
from assistant.words import fold

NAME = "xx"
_GAP = r"(?:\S+ ){0,5}?"


@dataclass(frozen=True, slots=True)
class Intent:
    """One kind of question, and where and how a page answers it."""

    id: str
    name: str
    cues: tuple[re.Pattern[str], ...]
    sections: tuple[SectionKind, ...]
    says: re.Pattern[str] | None = None
    fact: bool = False
    near: float = 0.0
    instead: tuple[str, ...] = ()
    whole: bool = False
    opening: bool = False
    alone: bool = False
    weak: bool = False

    def answered_by(self, text: str) -> bool:
        """Return whether a sentence says what an answer to this kind of question says."""
        return self.says is not None and _says(self.says, text)


@lru_cache(maxsize=65_536)
def _says(pattern: re.Pattern[str], text: str) -> bool:
    """Search a sentence of a page; kept, because the same sentences are searched again."""
    return pattern.search(fold(text)) is not None


def compile_cue(cue: str) -> re.Pattern[str]:
    """Return the pattern of one cue of the policy, to be searched in ``cue_text``.

    >>> bool(compile_cue("how many ... (sets|rounds)").search("so how many total sets"))
    True
    """
    pattern = cue.replace("( |$)", r"\b")
    pattern = pattern.replace(" ... ", " " + _GAP)
    return re.compile(r"(?<!\S)" + pattern + r"(?!\w)" if not pattern.startswith("^") else pattern)


def cue_text(text: str) -> str:
    """Return folded words without punctuation, as cues are written.

    >>> cue_text("Don't I need a mat?")
    'dont i need a mat'
    """
    return " ".join(re.findall(r"[^\W_]+", fold(text).replace("'", "")))


@lru_cache(maxsize=1)
def all_intents() -> tuple[Intent, ...]:
    """Read the policy once; the order is the precedence."""
    file = resources.files("assistant") / "policy" / "intents.yaml"
    entries = yaml.safe_load(file.read_text("utf-8"))
    return tuple(
        Intent(
            id=key,
            name=entry["name"],
            cues=tuple(compile_cue(cue) for cue in entry["cues"]),
            sections=tuple(entry["sections"]),
            says=re.compile(entry["says"]) if "says" in entry else None,
            fact=entry.get("fact", False),
            near=entry.get("near", 0.0),
            instead=tuple(entry.get("instead", ())),
            whole=entry.get("whole", False),
            opening=entry.get("opening", False),
            alone=entry.get("alone", False),
            weak=entry.get("weak", False),
        )
        for key, entry in entries.items()
    )


def intent(key: str) -> Intent:
    """Return one kind of question by its id; raises KeyError."""
    return {each.id: each for each in all_intents()}[key]


@lru_cache(maxsize=4_096)
def intents_of(text: str) -> tuple[Intent, ...]:
    """Return what a text asks for, in the order of the policy.

    Where two kinds match the same words, the earlier one of the policy is meant; a weak kind
    counts only when no other does. Exercise names should stand as "xx" in the text.

    >>> [found.id for found in intents_of("how many reps and how often")]
    ['frequency', 'reps']
    """
    return tuple(_matched(cue_text(text)))


def unasked(text: str) -> str:
    """Return what a text says beyond the cues of what it asks.

    >>> unasked("how do i breathe when my knees go down")
    'how do i when my knees go down'
    """
    said = cue_text(text)
    kept = list(said)
    for spans in _matched(said).values():
        for start, end in spans:
            kept[start:end] = " " * (end - start)
    return " ".join("".join(kept).split())


def _matched(said: str) -> dict[Intent, list[tuple[int, int]]]:
    taken: list[tuple[int, int]] = []
    found: dict[Intent, list[tuple[int, int]]] = {}
    for each in all_intents():
        spans = _free_spans(each.cues, said, taken)
        if spans:
            taken.extend(spans)
            found[each] = spans
    strong = {each: spans for each, spans in found.items() if not each.weak}
    return strong or found


def _free_spans(
    cues: Sequence[re.Pattern[str]], said: str, taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    spans = [match.span() for cue in cues for match in cue.finditer(said)]
    return [
        (start, end)
        for start, end in spans
        if not any(start < stop and begin < end for begin, stop in taken)
    ]
