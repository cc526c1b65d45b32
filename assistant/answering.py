"""The extractive answerer: whole bullets and sentences of one page, chosen and put in order.

Nothing here writes a fact. It picks what the page says about what was asked, the sentence with
the fact first, and gives up (``None``) when the page does not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.citations import Piece, Quote
from assistant.dialogue import meanings
from assistant.domain import Page, SectionKind
from assistant.intents import Intent
from assistant.intents import intent as intent_of
from assistant.questions import Question
from assistant.retrieval import RankedPassage, RankedUnit
from assistant.wording import say

MOST_WORDS = 105  # of quotes in one answer; instructions are exempt
MOST_CAUTIOUS_WORDS = 170  # where restrictions are listed, which should not be cut short
MOST_UNITS = 2  # quotes in an answer that is no whole section
NEAR = 0.20  # a further quote joins when it scores this near to the best
NEAR_FACT = 0.04  # the same where one number is asked for
SHORT_ANSWER = 85  # words up to which a further quote may join
# A question of no known kind is answered when the nearest sentence or passage is this near, or
# when one sentence has this share of the question's telling words. Set on development questions.
OPEN_COSINE = 0.40
FIRM_COSINE = 0.48  # for an open answer in place of a fact that was asked for and not found
FOREIGN_COSINE = 0.52  # for a question with words that no page has
OPEN_COVERAGE = 0.5
TELLING = ("faq", "instructions", "tips", "description")  # where any fact may stand
LISTED = ("equipment", "other")  # bare lists, which answer only the question for them
FEW = 2  # words beyond the kind of question that a page need not know
FAQ_ASKS_IT = 0.10  # an FAQ entry that asks the same is preferred to a bullet that scores alike


def answer(
    question: Question, page: Page, ranked: Sequence[RankedPassage], foreign: bool = False
) -> list[Piece] | None:
    """Return quotes and frame words that answer the question from one page, or None.

    ``ranked`` are the page's passages, best first; ``foreign`` tells that the question has
    words of no page, so that only a near answer counts. Several questions in one message are
    answered one after the other; None only when the page answers none of them.
    """
    loose = all(intent.weak for intent in question.intents)
    if foreign and loose and nearest(ranked) < FOREIGN_COSINE:
        return None
    pieces: list[Piece] = []
    used: set[tuple[int, int]] = set()
    wanted: Sequence[Intent | None] = question.intents[:3] or [None]
    for intent in wanted:
        for piece in _answer_one(question, intent, page, ranked) or ():
            if isinstance(piece, Quote):
                if (piece.start, piece.end) in used:
                    continue
                used.add((piece.start, piece.end))
            pieces.append(piece)
    cautious = any(intent.id == "safety" for intent in question.intents)
    return spaced(pieces, MOST_CAUTIOUS_WORDS if cautious else MOST_WORDS) if used else None


def whole_section(page: Page, kind: SectionKind, ranked: Sequence[RankedPassage]) -> list[Quote]:
    """Return every bullet or sentence of the sections of one kind, in the page's order."""
    units = [u for r in ranked if r.passage.kind == kind for u in r.units]
    return [_quote(page, unit) for unit in sorted(units, key=lambda unit: unit.span.start)]


def spaced(pieces: Iterable[Piece], most_words: int | None = None) -> list[Piece]:
    """Put spaces and line breaks between pieces; quotes beyond ``most_words`` are left out."""
    result: list[Piece] = []
    counted = 0
    for piece in pieces:
        if isinstance(piece, Quote):
            counted += len(piece.text.split())
            exempt = most_words is None or piece.kind == "instructions"
            if not exempt and counted > (most_words or 0) and len(result) > 1:
                continue
        separator = _separator(result[-1], piece) if result else ""
        if separator:
            result.append(separator)
        result.append(piece)
    while result and isinstance(result[-1], str):
        result.pop()
    return result


def _answer_one(
    question: Question, intent: Intent | None, page: Page, ranked: Sequence[RankedPassage]
) -> list[Piece] | None:
    if intent is None:
        return _open(page, ranked, ranked)
    if intent.id == "safety" and not _asks_of_doing(question, ranked):
        return _safety(page, ranked)
    if intent.whole and not _specific(question, ranked):
        return _whole(intent, page, ranked)
    if intent.opening:
        opening = whole_section(page, intent.sections[0], ranked)[:MOST_UNITS]
        return [*opening] or _open(page, ranked, ranked)
    if intent.fact:
        found = _fact(intent, page, ranked)
        return found or (_open(page, ranked, ranked, FIRM_COSINE) if intent.near else None)
    return _fitting(question, intent, page, ranked)


def _asks_of_doing(question: Question, ranked: Sequence[RankedPassage]) -> bool:
    """Return whether "am I allowed to turn my foot out" asks how to do it, and not for safety."""
    if not _specific(question, ranked):
        return False
    best = max((u for r in ranked for u in r.units), key=lambda unit: unit.score)
    home = next(each for each in ranked if each.passage.id == best.passage.id)
    telling = best.passage.kind in TELLING and not any(i.id == "safety" for i in home.asks)
    return telling and best.cosine >= FIRM_COSINE


def _specific(question: Question, ranked: Sequence[RankedPassage]) -> bool:
    """Return whether the question names something of the page beyond the section as a whole."""
    return bool(question.beyond & _stems(ranked))


def _whole(intent: Intent, page: Page, ranked: Sequence[RankedPassage]) -> list[Piece] | None:
    """Answer with a whole section; steps are numbered."""
    quotes = whole_section(page, intent.sections[0], ranked)
    if not quotes:
        return _open(page, _asking(intent, ranked), ranked)
    return [say(intent.id, title=page.title), *_numbered(quotes)]


def _numbered(quotes: Sequence[Quote]) -> list[Piece]:
    """Put the number before each step; other lists keep their bullets."""
    if not quotes or quotes[0].kind != "instructions":
        return list(quotes)
    steps = enumerate(quotes, 1)
    return [piece for number, quote in steps for piece in (f"\n{number}. ", quote)]


def _fact(intent: Intent, page: Page, ranked: Sequence[RankedPassage]) -> list[Piece] | None:
    """Answer with a sentence that states the fact; None when the page has none."""
    stating = [
        unit
        for each in ranked
        if each.passage.kind in intent.sections or each.passage.kind in TELLING
        for unit in each.units
        if intent.answered_by(unit.text)
        and (_asks(each, intent) or max(unit.cosine, each.cosine) >= intent.near)
    ]
    if stating:
        return list(_chosen(page, stating, ranked, intent))
    for other in intent.instead:
        found = _fact(replace(intent_of(other), instead=()), page, ranked)
        if found:
            return found
    return None


def _fitting(
    question: Question, intent: Intent, page: Page, ranked: Sequence[RankedPassage]
) -> list[Piece] | None:
    """Answer from what fits the kind of question best: its FAQ entry, its words, its sections."""
    specific = _specific(question, ranked)
    section = [each for each in ranked if each.passage.kind == intent.sections[0]]
    if specific and intent.whole and section:
        units = [unit for each in (*_asking(intent, ranked), *section) for unit in each.units]
        return list(_chosen(page, units, ranked, intent))
    if specific:
        return _open(page, ranked, ranked, intent=intent)
    units = _stating(intent, ranked)
    stated = bool(units) and len(question.beyond) <= FEW
    units = units or _in_sections(intent, ranked)
    if not units or not (stated or _in_field(question, ranked)):
        return _open(page, ranked, ranked, intent=intent)
    return list(_chosen(page, units, ranked, intent))


def _stating(intent: Intent, ranked: Sequence[RankedPassage]) -> list[RankedUnit]:
    """Return the units of FAQ entries that ask the same, or that say what an answer says."""
    asking = [unit for each in _asking(intent, ranked) for unit in each.units]
    told = [each for each in ranked if each.passage.kind not in LISTED]
    return asking or [u for each in told for u in each.units if intent.answered_by(u.text)]


def _in_sections(intent: Intent, ranked: Sequence[RankedPassage]) -> list[RankedUnit]:
    """Return the units of the first of the intent's sections that the page has."""
    for kind in intent.sections:
        units = [u for r in ranked if r.passage.kind == kind != "faq" for u in r.units]
        if units:
            return units
    return []


def _in_field(question: Question, ranked: Sequence[RankedPassage]) -> bool:
    """Return whether a question has anything to do with the page beyond its kind."""
    beyond = question.beyond
    return not beyond or bool(beyond & _stems(ranked)) or nearest(ranked) >= OPEN_COSINE


def _safety(page: Page, ranked: Sequence[RankedPassage]) -> list[Piece] | None:
    """Answer with the FAQ's word on safety, then with the restrictions, the nearest first."""
    pieces: list[Piece] = []
    entry = next((each for each in ranked if any(i.id == "safety" for i in each.asks)), None)
    if entry is not None:
        pieces.extend(_answer_of(page, entry))
    units = [u for r in ranked if r.passage.kind == "restrictions" for u in r.units]
    units.sort(key=lambda unit: (-unit.score, unit.span.start))
    if units:
        key = "safety_also" if pieces else "restrictions"
        pieces += [say(key, title=page.title), *(_quote(page, unit) for unit in units)]
    return pieces or _open(page, ranked, ranked)


def _open(
    page: Page,
    candidates: Sequence[RankedPassage],
    ranked: Sequence[RankedPassage],
    least: float = OPEN_COSINE,
    intent: Intent | None = None,
) -> list[Piece] | None:
    """Answer a question of no known kind from the nearest FAQ entry or bullets."""
    told = [each for each in candidates or ranked if each.passage.kind not in LISTED]
    units = [unit for each in told for unit in each.units]
    if not units:
        return None
    best = max(units, key=lambda unit: (unit.score, -unit.span.start))
    covered = least == OPEN_COSINE and best.coverage >= OPEN_COVERAGE
    if nearest(told) < least and not covered:
        return None
    return list(_chosen(page, units, ranked, intent))


def _chosen(
    page: Page, units: Sequence[RankedUnit], ranked: Sequence[RankedPassage], intent: Intent | None
) -> list[Quote]:
    """Return the best quotes, the best one first: FAQ answers whole, bullets one by one.

    A further quote joins when it scores near to the best and the answer stays short.
    """
    homes = {each.passage.id: each for each in ranked}

    def merit(unit: RankedUnit) -> tuple[float, int]:
        asks = intent is not None and _asks(homes[unit.passage.id], intent)
        return unit.score + (FAQ_ASKS_IT if asks else 0.0), -unit.span.start

    ordered = sorted(units, key=merit, reverse=True)
    least = merit(ordered[0])[0] - (NEAR_FACT if intent and intent.fact else NEAR)
    quotes: dict[tuple[int, int], Quote] = {}
    for unit in ordered:
        whole = unit.passage.kind == "faq"
        quote = _answer_of(page, homes[unit.passage.id])[0] if whole else _quote(page, unit)
        length = sum(len(each.text.split()) for each in (*quotes.values(), quote))
        if merit(unit)[0] < least or len(quotes) == MOST_UNITS:
            break
        if not quotes or length <= SHORT_ANSWER:
            quotes[quote.start, quote.end] = quote
    return list(quotes.values())


def _asking(intent: Intent, ranked: Sequence[RankedPassage]) -> list[RankedPassage]:
    return [each for each in ranked if _asks(each, intent)]


def nearest(ranked: Sequence[RankedPassage]) -> float:
    """Return the highest cosine of any passage or sentence; 0 when there is none."""
    return max((max(r.cosine, *(u.cosine for u in r.units)) for r in ranked), default=0.0)


def _stems(ranked: Sequence[RankedPassage]) -> set[str]:
    return {word for each in ranked for word in meanings(each.passage.text)}


def _answer_of(page: Page, entry: RankedPassage) -> list[Quote]:
    """Return an FAQ answer as one quote: its sentences stand together and need each other."""
    passage = entry.passage
    if not passage.units:
        return []
    start, end = passage.units[0].start, passage.units[-1].end
    return [Quote(page, passage.kind, passage.heading, start, end)]


def _quote(page: Page, unit: RankedUnit) -> Quote:
    return Quote(page, unit.passage.kind, unit.passage.heading, unit.span.start, unit.span.end)


def _asks(each: RankedPassage, intent: Intent) -> bool:
    return any(asked.id == intent.id for asked in each.asks)


def _separator(before: Piece, after: Piece) -> str:
    """Return what goes between two pieces: bullets stand on lines of their own."""
    if isinstance(before, str) and before.startswith("\n"):
        return ""
    if isinstance(after, str) and after.startswith("\n"):
        return ""
    if isinstance(after, Quote) and after.kind != "faq" and isinstance(before, Quote):
        return "\n• "
    if isinstance(after, Quote) and isinstance(before, str):
        return "\n• " if after.kind not in ("faq", "description") else "\n"
    return "\n\n"
