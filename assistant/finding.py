"""Questions that name no exercise: a description, a wish, or too little to go by."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from assistant.answering import answer
from assistant.citations import Piece, Quote
from assistant.dialogue import content, shows
from assistant.domain import Page, ReplyKind
from assistant.drafts import Draft, clarify, how_to_do, offers, outside
from assistant.intents import unasked
from assistant.library import Library
from assistant.ports import Vectors
from assistant.questions import Question, wished_text
from assistant.ranking import RankedPassage, asked_text
from assistant.restrictions import precautions
from assistant.safety.records import Assessment
from assistant.wishes import Reason, page_shares, reasons_for
from assistant.wording import say

CHOICES = 4  # exercises offered when none was named
REASONS_OF_ONE = 2  # sentences quoted where one page alone is named
FOUND = 3  # pages named for "which exercise helps with …"
# A page is named when its share is this part of the best one's, or more: where an exercise is
# sought, and where the words may describe one.
ALIKE, ALIKE_DESCRIBED = 0.12, 0.25
# The log odds that any page answers: from where a wish is granted that asks for an exercise in so
# many words, and one that does not ("my neck is so stiff"), and one that
# mentions a fact besides ("shoulders, but I own no weights"). Read off the spread that
# `python -m evals.tuning.wishing` prints for wishes that were not learned from.
SOUGHT, UNSOUGHT, ASIDE = -0.3, 0.5, 1.5
# The part of all shares from which one page is meant and no other: where the question describes
# it, where many words may, and where a fact is asked for and little else.
LIKELY, MOSTLY, ALONE = 0.25, 0.5, 0.8
PICTURING = 4  # words beyond what is asked for, from which they may describe an exercise
TELLING = 2  # words beyond what is asked for, from which a question is about something
# Facts of one exercise, which no other's page may answer: "tai chi cloud hands, how often?"
DOSES = frozenset(["reps", "sets", "hold", "rest", "frequency", "duration", "tempo"])
# The cosine of the nearest passage of all pages below which a question is outside them.
OUTSIDE = 0.33

Embed = Callable[[str], Vectors]


def find_answer(
    question: Question, library: Library, embed: Embed, assessment: Assessment
) -> Draft:
    """Answer a question that names no exercise: find pages, recognise one, ask, or decline."""
    if shows("outside", question.message) and not question.described:
        return outside(library)
    beyond = unasked(question.neutral)
    looks = question.finds or question.described
    pictures = len(content(beyond)) >= PICTURING
    pointing = bool(question.intents) and shows("refers", question.neutral) and not pictures
    if not looks and (pointing or not content(beyond)):
        return clarify(library, tuple(library.catalog.titles)[:CHOICES])
    wish = wished_text(question)
    vector = embed(wish)
    reasons = reasons_for(library.index, wish, vector)
    shares = page_shares(reasons)
    likely = _log_odds(sum(shares.values()))
    facts = any(intent.fact or intent.whole for intent in question.intents)
    firm = any(not intent.weak for intent in question.intents)
    best = max(shares.values(), default=0.0) / (sum(shares.values()) or 1.0)
    if firm and likely >= SOUGHT and best >= _needed(question, facts and likely >= ASIDE, pictures):
        return _recognised(question, library, list(shares), embed)
    telling = len(content(beyond)) >= TELLING
    least = SOUGHT if looks else ASIDE if facts else UNSOUGHT
    asked = {intent.id for intent in question.intents}
    dose = not asked.isdisjoint(DOSES) or ("load" in asked and not pictures)
    borrows = dose and not looks and best < MOSTLY
    if likely >= least and (looks or telling or not facts) and not borrows:
        alike = ALIKE if question.finds else ALIKE_DESCRIBED
        return _found(library, reasons, alike, assessment, embed)
    if (firm and likely >= SOUGHT) or assessment.conditions:
        return clarify(library, tuple(shares)[:CHOICES])
    return outside(library)


def _needed(question: Question, facts: bool, pictures: bool) -> float:
    """Return the part of all shares from which one page is meant: the less is told, the more."""
    if question.described:
        return LIKELY
    if question.finds:
        return math.inf
    return MOSTLY if pictures else ALONE if facts else math.inf


def _log_odds(share: float) -> float:
    """Return the log odds of a share.

    >>> _log_odds(0.5)
    0.0
    """
    return math.log(max(share, 1e-12) / max(1.0 - share, 1e-12))


def _recognised(question: Question, library: Library, slugs: Sequence[str], embed: Embed) -> Draft:
    """Answer from the page that a description fits best, or offer the pages that it may mean."""
    page = library.page(slugs[0])
    pieces = answer(question, page, rank_for(question, page, library, embed))
    if pieces is None:
        return clarify(library, tuple(slugs[:CHOICES]))
    lead = f"{say('recognised', title=page.title)}\n"
    return Draft("answer", (lead, *pieces), (page.slug,), offers(page, pieces))


def _found(
    library: Library,
    reasons: Sequence[Reason],
    alike: float,
    assessment: Assessment,
    embed: Embed,
) -> Draft:
    """List the pages that help with what is asked, each with a cited reason.

    For a person with a condition, what a page restricts stands before its reason.
    """
    shares = page_shares(reasons)
    best = max(shares.values())
    slugs = [slug for slug, share in shares.items() if share >= alike * best][:FOUND]
    pages = [library.page(slug) for slug in slugs]
    held = assessment.conditions
    cares = [precautions(page, library, held, embed) if held else None for page in pages]
    pieces: list[Piece] = [say("find_careful" if any(c and c.quotes for c in cares) else "find")]
    for page, care in zip(pages, cares, strict=True):
        pieces.append(f"\n• {say('find_item', title=page.title)} ")
        if care:
            pieces += [*care.pieces(page), "\n"]
        for quote in _quotes(page, reasons, 1 if len(slugs) > 1 else REASONS_OF_ONE):
            pieces += [" ", quote] if isinstance(pieces[-1], Quote) else [quote]
    titles = [library.catalog.titles[slug] for slug in slugs]
    kind: ReplyKind = "caution" if assessment.conditions else "answer"
    return Draft(kind, tuple(pieces), tuple(slugs), how_to_do(titles))


def _quotes(page: Page, reasons: Sequence[Reason], most: int) -> list[Quote]:
    """Return the likeliest reasons of a page, in reading order."""
    own = [reason for reason in reasons if reason.passage.page == page.slug][:most]
    own.sort(key=lambda reason: reason.span.start)
    return [quote_of(page, reason) for reason in own]


def quote_of(page: Page, reason: Reason) -> Quote:
    """Return the quote of a reason."""
    passage, span = reason.passage, reason.span
    return Quote(page, passage.kind, passage.heading, span.start, span.end)


def rank_for(question: Question, page: Page, library: Library, embed: Embed) -> list[RankedPassage]:
    """Return a page's passages by how well they answer the question, best first."""
    return library.rank(page.slug, question, embed(asked_text(question)))
