"""Rules about doses: there is one, it is whole, and it does not contradict itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from assistant.checking.doses import (
    EVERY_DAY,
    Dose,
    dose_words,
    doses_in,
    every_day,
    is_compared_hold,
    is_exceptional,
)
from assistant.checking.findings import Fault
from assistant.checking.manuscript import Manuscript, Sentence, brackets_out
from assistant.checking.policy import Policy, shortened
from assistant.checking.spoken import spoken
from assistant.pages.characters import plain, words

AMOUNTS = frozenset({"reps", "hold", "time", "count"})
OFTEN = re.compile(
    r"\b(?:every (?:other|second) day|most days|(?:\w+ ){0,2}times? a day|\w+ days\b)"
)
SEVERAL = re.compile(r"\b(?:repeat|times|sets?|rounds?)\b")


@dataclass(frozen=True, slots=True)
class Stated:
    """A dose and the offset of its sentence."""

    dose: Dose
    start: int


def dose_rules(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield the faults of a page's doses."""
    del policy
    said = [dose for sentence in page.sentences for dose in doses_in(sentence.text)]
    kinds = {dose.kind for dose in said}
    if not kinds & AMOUNTS:
        yield Fault("no-dose", page.first_line)
    else:
        yield from incomplete_dose(page, kinds)
    if "hold" not in kinds:
        yield from no_hold_time(page)
    yield from contradictions(page)


def incomplete_dose(page: Manuscript, kinds: Set[str]) -> Iterator[Fault]:
    """Yield what a dose lacks: how many sets, how often a week."""
    everything = plain(page.page.text)
    if not kinds & {"sets", "count"} and not SEVERAL.search(everything):
        values = {"missing": "how many sets to do", "example": "2 to 3 sets"}
        yield Fault("incomplete-dose", page.first_line, values)
    if "days" not in kinds and not EVERY_DAY.search(everything) and not OFTEN.search(everything):
        values = {"missing": "how often to do it", "example": "on 3 days a week"}
        yield Fault("incomplete-dose", page.first_line, values)


def no_hold_time(page: Manuscript) -> Iterator[Fault]:
    """Yield the first instruction that tells to hold or pause, when none says for how long."""
    for sentence in page.sentences:
        said = spoken(sentence.text)
        if sentence.section.kind == "instructions" and dose_words().untimed.match(said):
            yield Fault(
                "no-hold-time",
                page.line_at(sentence.start),
                {"quote": shortened(sentence.text)},
            )
            return


def contradictions(page: Manuscript) -> Iterator[Fault]:
    """Yield each dose that shares no number with the first one of its kind."""
    first: dict[str, Stated] = {}
    told: set[str] = set()
    for sentence in page.sentences:
        for stated in comparable(sentence):
            kind = stated.dose.kind
            earlier = first.setdefault(kind, stated)
            if kind in told or stated.dose.meets(earlier.dose):
                continue
            told.add(kind)
            values = {
                "here": stated.dose.words,
                "there": earlier.dose.words,
                "line": page.line_at(earlier.start),
            }
            yield Fault("contradicting-doses", page.line_at(stated.start), values)


def comparable(sentence: Sentence) -> Iterator[Stated]:
    """Yield the doses of a sentence that speak of the exercise as such.

    Sentences about versions, beginners or later weeks, what stands in brackets, and restrictions
    are left out; so are pauses, rests and slow phases, which are counted in seconds too.
    """
    if sentence.section.kind in ("restrictions", "breathing") or is_exceptional(sentence.text):
        return
    asked = sentence.section.heading if sentence.section.kind == "faq" else ""
    text = brackets_out(sentence.text)
    for dose in (*doses_in(text), *every_day(asked, text)):
        main = dose.kind != "hold" or is_main_hold(asked, text, dose)
        single = dose.high <= 1 and dose.words.startswith("one")
        if main and not single and dose.kind in ("reps", "sets", "hold", "days"):
            yield Stated(dose, sentence.start)


def is_main_hold(asked: str, text: str, dose: Dose) -> bool:
    """Return whether seconds belong to the hold that the page is about."""
    before = plain(text).partition(dose.words)[0]
    return dose.high >= 5 and is_compared_hold(" ".join(words(before)[-8:]) or asked)
