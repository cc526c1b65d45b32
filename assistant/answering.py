"""The extractive answerer: whole bullets and sentences of one page, chosen and put in order.

Nothing here writes a fact. It picks what the page says about what was asked, the sentence with
the fact first, and gives up (``None``) when the page does not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.citations import Piece, Quote
from assistant.dialogue import content
from assistant.domain import Page, SectionKind
from assistant.intents import Intent, unasked
from assistant.questions import Question
from assistant.retrieval import RankedPassage, RankedUnit
from assistant.wording import say

MOST_WORDS = 105  # of quotes in one answer; instructions are exempt
NEAR = 0.10  # a further bullet joins the answer when it scores this near to the best
MOST_UNITS = 3
# Below these the page does not answer: the cosine of the best unit or passage, helped by the
# share of the question's telling words that the unit has. Set on the development questions.
FACT_COSINE = 0.30
OPEN_COSINE = 0.42
OPEN_COVERAGE = 0.5


def answer(question: Question, page: Page, ranked: Sequence[RankedPassage]) -> list[Piece] | None:
    """Return quotes and frame words that answer the question from one page, or None.

    ``ranked`` are the page's passages, best first. Several questions in one message are
    answered one after the other; None only when the page answers none of them.
    """
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
    return spaced(pieces, MOST_WORDS) if used else None


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
        if result:
            result.append(_separator(result[-1], piece))
        result.append(piece)
    while result and isinstance(result[-1], str):
        result.pop()
    return result


def _answer_one(
    question: Question, intent: Intent | None, page: Page, ranked: Sequence[RankedPassage]
) -> list[Piece] | None:
    if intent is None:
        return _open(page, ranked)
    if intent.id == "safety":
        return _safety(page, ranked)
    if intent.whole and not _specific(question):
        return _whole(intent, page, ranked)
    if intent.says is not None:
        return _fact(intent, page, ranked)
    if _specific(question):
        return _open(page, ranked)
    return _matching(intent, page, ranked) or _open(page, ranked)


def _specific(question: Question) -> bool:
    """Return whether the question is about more than the section as a whole."""
    return bool(content(unasked(question.neutral)))


def _whole(intent: Intent, page: Page, ranked: Sequence[RankedPassage]) -> list[Piece] | None:
    quotes = whole_section(page, intent.sections[0], ranked)
    if not quotes:
        return _matching(intent, page, ranked) or _open(page, ranked)
    return [say(intent.id, title=page.title), *quotes]


def _matching(intent: Intent, page: Page, ranked: Sequence[RankedPassage]) -> list[Piece] | None:
    """Answer from the FAQ entry that asks the same, else from the sections of the intent."""
    for each in ranked:
        if _asks(each, intent):
            return list(_answer_of(page, each))
    near = [each for each in ranked if each.passage.kind in intent.sections]
    near = [each for each in near if each.passage.kind != "faq"]
    if not near:
        return None
    first = min(intent.sections.index(each.passage.kind) for each in near)
    chosen = [each for each in near if intent.sections.index(each.passage.kind) == first]
    return list(_best_units(page, [unit for each in chosen for unit in each.units]))


def _fact(intent: Intent, page: Page, ranked: Sequence[RankedPassage]) -> list[Piece] | None:
    """Answer with the sentence that states the fact, and the rest of its FAQ answer."""
    for each in ranked:
        if _asks(each, intent) and any(intent.answered_by(u.text) for u in each.units):
            return list(_answer_of(page, each))
    units = [
        unit
        for each in ranked
        for unit in each.units
        if intent.answered_by(unit.text) and max(unit.cosine, each.cosine) >= FACT_COSINE
    ]
    if not units:
        return None
    best = max(units, key=lambda unit: (unit.score, -unit.span.start))
    return list(_best_units(page, [unit for unit in units if unit.score >= best.score - NEAR / 2]))


def _safety(page: Page, ranked: Sequence[RankedPassage]) -> list[Piece] | None:
    """Answer with the FAQ's word on safety, then with the restrictions, the nearest first."""
    pieces: list[Piece] = []
    entry = next((each for each in ranked if _asks_id(each, "safety")), None)
    if entry is not None:
        pieces.extend(_answer_of(page, entry))
    units = [u for r in ranked if r.passage.kind == "restrictions" for u in r.units]
    units.sort(key=lambda unit: (-unit.score, unit.span.start))
    if units:
        key = "safety_also" if pieces else "restrictions"
        pieces += [say(key, title=page.title), *(_quote(page, unit) for unit in units)]
    return pieces or _open(page, ranked)


def _open(page: Page, ranked: Sequence[RankedPassage]) -> list[Piece] | None:
    """Answer a question of no known kind from the nearest FAQ entry or bullets."""
    units = [unit for each in ranked for unit in each.units]
    if not units:
        return None
    best = max(units, key=lambda unit: (unit.score, -unit.span.start))
    home = next(each for each in ranked if each.passage.id == best.passage.id)
    near = max(best.cosine, home.cosine)
    if near < OPEN_COSINE and best.coverage < OPEN_COVERAGE:
        return None
    if home.passage.kind == "faq":
        return list(_answer_of(page, home))
    return list(_best_units(page, [u for u in units if u.passage.kind != "faq"]))


def _best_units(page: Page, units: Sequence[RankedUnit]) -> list[Quote]:
    """Return the best unit and those near to it, the best first, then in reading order."""
    ordered = sorted(units, key=lambda unit: (-unit.score, unit.span.start))
    if not ordered:
        return []
    best, *others = ordered
    near = [unit for unit in others if unit.score >= best.score - NEAR][: MOST_UNITS - 1]
    return [_quote(page, unit) for unit in (best, *sorted(near, key=lambda u: u.span.start))]


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
    return _asks_id(each, intent.id)


def _asks_id(each: RankedPassage, key: str) -> bool:
    return any(asked.id == key for asked in each.asks)


def _separator(before: Piece, after: Piece) -> str:
    """Return the white space between two pieces: bullets stand on lines of their own."""
    if isinstance(after, Quote) and after.kind != "faq" and isinstance(before, Quote):
        return "\n• "
    if isinstance(after, Quote) and isinstance(before, str):
        return "\n• " if after.kind not in ("faq", "description") else "\n"
    return "\n\n"
