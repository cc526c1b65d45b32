"""The extractive answerer: whole bullets and sentences of one page, chosen and put in order.

Nothing here writes a fact. It picks what the page says about what was asked, the sentence with
the fact first, and gives up (``None``) when the page does not say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from assistant.answerable import answerable, states
from assistant.citations import Piece, Quote
from assistant.dialogue import meanings
from assistant.domain import Page, SectionKind
from assistant.intents import NAME, Intent, cue_text
from assistant.intents import intent as intent_of
from assistant.questions import Question
from assistant.ranking import RankedPassage, RankedUnit, likeliest
from assistant.wording import say
from assistant.words import stems

MOST_WORDS = 105  # of quotes in one answer; instructions are exempt
MOST_CAUTIOUS_WORDS = 170  # where restrictions are listed, which should not be cut short
MOST_QUOTES = 4  # in an answer that is no whole section
SURE = 0.9  # quotes are added until the answer is among them with this likelihood
UNLIKELY = 0.04  # a quote that is less likely than this is not worth its place
OPENING = 2  # sentences of a description that say what an exercise is or is good for
# The log odds that the page answers, below which the reply is that it does not say. Read off what
# `python -m evals.tuning.answerable` prints for pages that were not learned from.
ANSWERS = 0.2
DOINGS = ("faq", "instructions", "tips", "breathing")  # where it is said how to do a thing
LEADS = 0.6  # part of all shares from which a quote leads that states none of several facts asked
SAFE = "safe"  # a sentence with this word is no answer without the page's restrictions
DOING = 0.5  # share from which one sentence answers "am I allowed to turn my foot out"


def answer(question: Question, page: Page, ranked: Sequence[RankedPassage]) -> list[Piece] | None:
    """Return quotes and frame words that answer the question from one page, or None.

    ``ranked`` are the page's passages, best first. Several questions in one message are answered
    one after the other; None only when the page answers none of them.
    """
    entry = own_entry(question.message, ranked)
    if entry is not None:
        safe = any(asked.id == "safety" for asked in (*entry.asks, *question.intents))
        return spaced(_safety(page, ranked, entry) if safe else _answer_of(page, entry))
    pieces: list[Piece] = _leading(question, page, ranked)
    used = {(piece.start, piece.end) for piece in pieces if isinstance(piece, Quote)}
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


def _leading(question: Question, page: Page, ranked: Sequence[RankedPassage]) -> list[Piece]:
    """Return the one quote that answers what no kind of fact asked for would show.

    "My mate bounces the weights every rep" has words of repetitions and load, and is about neither.
    """
    asked = question.intents
    if len(asked) < 2 or any(each.whole or each.opening for each in asked):
        return []
    choices = sorted(_choices(page, ranked), key=lambda each: (-each[0], each[1].start))
    if not choices:
        return []
    highest, best = choices[0]
    told = any(each.answered_by(best.text) for each in asked)
    leads = highest >= LEADS * sum(share for share, _ in choices)
    leads = leads and answerable(question, None, ranked) >= ANSWERS
    return [best] if leads and not told and best.kind != "restrictions" else []


def own_entry(message: str, ranked: Sequence[RankedPassage]) -> RankedPassage | None:
    """Return the FAQ entry whose own question the message is, word for word."""
    said = stems(message)
    entries = (each for each in ranked if each.passage.kind == "faq" and each.passage.units)
    return next((each for each in entries if stems(each.passage.heading) == said), None)


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


def without_quotes(pieces: Iterable[Piece], quotes: Collection[Quote]) -> list[Piece]:
    """Return pieces without some quotes, and without the words that only led to these."""
    left: list[Piece] = []
    led: str | None = None  # the kind of a quote that was taken out after the last words kept
    for piece in pieces:
        if isinstance(piece, str) and not piece.strip(" \n•"):
            continue
        if isinstance(piece, Quote) and piece in quotes:
            led = piece.kind if left and isinstance(left[-1], str) else None
            continue
        if led and (isinstance(piece, str) or piece.kind != led):
            left.pop()
        led = None
        left.append(piece)
    if led:
        left.pop()
    return spaced(left)


def _answer_one(
    question: Question,
    intent: Intent | None,
    page: Page,
    ranked: Sequence[RankedPassage],
) -> list[Piece] | None:
    bare = intent is None and cue_text(question.neutral) == NAME  # asks what it is
    if intent is not None and intent.id == "safety" and not _asks_of_doing(question, ranked):
        found = _safety(page, ranked)
    elif intent is not None and intent.whole and not _specific(question, ranked):
        found = _whole(intent, page, ranked)
    elif bare or (intent is not None and intent.opening):
        section = "description" if intent is None else intent.sections[0]
        found = [*whole_section(page, section, ranked)[:OPENING]]
    else:
        return _fact(question, intent, page, ranked)
    if found or bare:
        return found or None
    return _fact(question, None, page, ranked)


def _asks_of_doing(question: Question, ranked: Sequence[RankedPassage]) -> bool:
    """Return whether "am I allowed to turn my foot out" asks how to do it, and not for safety."""
    best = likeliest(ranked)
    if best is None or not _specific(question, ranked):
        return False
    home = home_of(best, ranked)
    claims = SAFE in meanings(best.text) or any(asked.id == "safety" for asked in home.asks)
    telling = best.passage.kind in DOINGS and not claims
    return telling and home.share >= DOING


def _specific(question: Question, ranked: Sequence[RankedPassage]) -> bool:
    """Return whether the question names something of the page beyond the section as a whole."""
    return bool(question.beyond & _stems(ranked))


def _whole(intent: Intent, page: Page, ranked: Sequence[RankedPassage]) -> list[Piece]:
    """Answer with a whole section; steps are numbered."""
    quotes = whole_section(page, intent.sections[0], ranked)
    if not quotes:
        return []
    return [say(intent.id, title=page.title), *_numbered(quotes)]


def _numbered(quotes: Sequence[Quote]) -> list[Piece]:
    """Put the number before each step; other lists keep their bullets."""
    if not quotes or quotes[0].kind != "instructions":
        return list(quotes)
    steps = enumerate(quotes, 1)
    return [piece for number, quote in steps for piece in (f"\n{number}. ", quote)]


def _fact(
    question: Question,
    intent: Intent | None,
    page: Page,
    ranked: Sequence[RankedPassage],
) -> list[Piece] | None:
    """Answer with the likeliest quotes, or None where the page likely does not say.

    Where the page states another kind of fact that stands for the one asked for ("how many" of
    an exercise that is held), that one answers.
    """
    instead = (intent_of(key) for key in (intent.instead if intent is not None else ()))
    for kind in (intent, *(other for other in instead if states(other, ranked))):
        if kind is not None and not question.beyond and _says_another(kind, ranked):
            continue
        if answerable(question, kind, ranked) >= ANSWERS:
            return _likely(page, ranked, kind, len(question.intents) > 1)
    return None


def _says_another(intent: Intent, ranked: Sequence[RankedPassage]) -> bool:
    """Return whether no sentence states a fact, and the FAQ's answer to another is likeliest."""
    best = likeliest(ranked)
    if best is None or not intent.fact or states(intent, ranked):
        return False
    home = home_of(best, ranked)
    return intent not in home.asks and any(asked.fact for asked in home.asks)


def home_of(unit: RankedUnit, ranked: Sequence[RankedPassage]) -> RankedPassage:
    """Return the passage of a unit, with what is known of it."""
    return next(each for each in ranked if each.passage.id == unit.passage.id)


def _safety(
    page: Page, ranked: Sequence[RankedPassage], entry: RankedPassage | None = None
) -> list[Piece]:
    """Answer with the FAQ's word on safety, then with the restrictions, the nearest first."""
    pieces: list[Piece] = []
    asking = (each for each in ranked if any(i.id == "safety" for i in each.asks))
    entry = entry or next(asking, None)
    if entry is not None:
        pieces.extend(_answer_of(page, entry))
    units = [u for r in ranked if r.passage.kind == "restrictions" for u in r.units]
    units.sort(key=lambda unit: (-unit.score, unit.span.start))
    if units:
        key = "safety_also" if pieces else "restrictions"
        pieces += [say(key, title=page.title), *(_quote(page, unit) for unit in units)]
    return pieces


def _likely(
    page: Page, ranked: Sequence[RankedPassage], intent: Intent | None, among_several: bool
) -> list[Piece]:
    """Return the fewest quotes that the answer is likely among.

    FAQ answers are quoted whole, bullets and sentences one by one. Where a kind of fact was
    asked for, a quote that states it stands first; ``among_several`` kinds, only such quotes count.
    """
    choices = sorted(_choices(page, ranked), key=lambda each: (-each[0], each[1].start))
    total = sum(share for share, _ in choices) or 1.0
    if intent is not None and among_several:
        stating = [each for each in choices if intent.answered_by(each[1].text)]
        asking = {each.passage.heading for each in ranked if intent in each.asks}
        stating.sort(key=lambda each: each[1].heading not in asking)
        choices = stating or choices
    chosen: list[Quote] = []
    likelihood = 0.0
    words = 0
    for share, quote in choices:
        length = len(quote.text.split())
        if chosen and (share / total < UNLIKELY or words + length > MOST_WORDS):
            continue
        chosen.append(quote)
        words += length
        likelihood += share / total
        if likelihood >= SURE or len(chosen) == MOST_QUOTES:
            break
    if intent is not None and intent.fact:
        chosen.sort(key=lambda quote: not intent.answered_by(quote.text))
    return _framed(page, chosen)


def _framed(page: Page, quotes: Sequence[Quote]) -> list[Piece]:
    """Return quotes with the restrictions together and said to be such, or they read as advice.

    They stand last, unless one of them is the likeliest answer.
    """
    restricted: list[Piece] = [quote for quote in quotes if quote.kind == "restrictions"]
    others: list[Piece] = [quote for quote in quotes if quote.kind != "restrictions"]
    if not restricted:
        return others
    restricted = [say("restrictions", title=page.title), *restricted]
    return restricted + others if quotes[0].kind == "restrictions" else others + restricted


def _choices(page: Page, ranked: Sequence[RankedPassage]) -> Iterator[tuple[float, Quote]]:
    """Yield what can be quoted and how likely it is the answer."""
    for each in ranked:
        if each.passage.kind == "faq":
            yield from ((each.share, quote) for quote in _answer_of(page, each))
        else:
            yield from ((unit.share, _quote(page, unit)) for unit in each.units)


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
