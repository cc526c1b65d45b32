"""From a question that is understood to a draft of the reply: answer, abstain or clarify."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.answering import answer, nearest, spaced
from assistant.citations import Piece, Quote
from assistant.dialogue import content, meanings, shows, without
from assistant.domain import Hit, Page, ReplyKind
from assistant.intents import NAME, unasked
from assistant.library import Library
from assistant.ports import Vectors
from assistant.questions import Question
from assistant.restrictions import precautions
from assistant.retrieval import RankedPassage, best_by_page
from assistant.safety.assessing import assess
from assistant.safety.records import Assessment
from assistant.wording import listed, say, suggestions

CHOICES = 4  # exercises offered when none was named
UNTELLING = ("restrictions", "equipment")  # sections that do not say what an exercise is for
FOUND = 3  # pages named for "which exercise helps with …"
SIFTED = 12  # pages whose sentences are compared for it
ALIKE = 0.15  # a page is named when its reason scores this near to the best one
SHARED = 0.30  # weight of the words that a reason shares with the wish
# Where a reason may stand, and how much better it reads from there.
REASONS = {"description": 0.06, "other": 0.03, "faq": 0.0, "tips": -0.03}
# The cosine of the nearest passage of all pages below which a question is outside them, and
# above which a description ("the one where the knees roll") or a wish finds its pages.
OUTSIDE = 0.25
FINDS = 0.40
STRANGE = 0.50  # below, a question with words of no page is outside them
WISHES = 0.33  # enough when an exercise is asked for in so many words

Embed = Callable[[str], Vectors]


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply before its citations are numbered and verified."""

    kind: ReplyKind
    pieces: tuple[Piece, ...]
    exercises: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


def respond(question: Question, library: Library, embed: Embed, assessment: Assessment) -> Draft:
    """Return the draft of a reply to a question that is neither urgent nor small talk."""
    if question.unknown and not question.exercises:
        return _unknown(question, library, embed)
    if len(question.exercises) > 1:
        return _several(question, library, embed)
    if question.exercises:
        draft = _about(question, library, embed)
        return _careful(draft, question, library, embed, assessment)
    if question.ambiguous:
        return _clarify(library, question.ambiguous)
    return _unnamed(question, library, embed, assessment)


def _about(question: Question, library: Library, embed: Embed) -> Draft:
    """Answer from the one page that the question is about."""
    page = library.page(question.exercises[0])
    ranked = _ranked(question, page, library, embed)
    pieces = answer(question, page, ranked, bool(library.foreign(unasked(question.neutral))))
    if pieces is None:
        if question.beyond and not question.named and nearest(ranked) < OUTSIDE:
            return _outside(library)
        return _missing(question, page)
    if question.unknown:
        pieces = [*pieces, "\n\n", say("unknown", name=question.unknown)]
    return Draft("answer", tuple(pieces), (page.slug,), offers(page, pieces))


def _careful(
    draft: Draft, question: Question, library: Library, embed: Embed, assessment: Assessment
) -> Draft:
    """Put what the page restricts for this person before everything else."""
    if not assessment.conditions:
        return draft
    page = library.page(question.exercises[0])
    found = precautions(page, library, assessment.conditions, named_conditions, embed)
    rest = [piece for piece in draft.pieces if piece not in found.quotes]
    pieces = found.pieces(page)
    if draft.kind == "answer" and any(isinstance(piece, Quote) for piece in rest):
        pieces = [*pieces, "\n\n", say("condition_then"), "\n", *_trimmed(rest)]
    return Draft("caution", tuple(pieces), draft.exercises or (page.slug,), draft.suggestions)


def _trimmed(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return pieces without the white space that they begin with."""
    first = next((at for at, piece in enumerate(pieces) if str(piece).strip()), 0)
    return pieces[first:]


def _pieces(question: Question, page: Page, library: Library, embed: Embed) -> list[Piece] | None:
    return answer(question, page, _ranked(question, page, library, embed))


def _ranked(question: Question, page: Page, library: Library, embed: Embed) -> list[RankedPassage]:
    asked = question.neutral.replace(NAME, "this exercise")
    return library.rank(page.slug, question, embed(asked))


def _several(question: Question, library: Library, embed: Embed) -> Draft:
    """Answer for each exercise on its own, so that no fact crosses from one to another."""
    pieces = _compared(question, library, embed)
    if pieces:
        slugs = tuple(dict.fromkeys(p.page.slug for p in pieces if isinstance(p, Quote)))
        return Draft(
            "answer", tuple(pieces), question.exercises[:3], offers(library.page(slugs[0]), pieces)
        )
    answered = []
    for slug in question.exercises[:3]:
        page = library.page(slug)
        found = _pieces(question, page, library, embed)
        separator = "\n\n" if pieces else ""
        if found is None:
            pieces.append(separator + _not_said(question, page))
            continue
        answered.append(slug)
        pieces += [separator + say("both", title=page.title), "\n", *_only_quotes(found, 2)]
    kind: ReplyKind = "answer" if answered else "abstain"
    return Draft(kind, tuple(pieces), question.exercises[:3])


def _compared(question: Question, library: Library, embed: Embed) -> list[Piece]:
    """Return the FAQ answer in which one of the pages speaks of the other, if there is one."""
    if not question.compares and question.intents:
        return []
    vector = embed(question.text)
    best: tuple[float, list[Piece]] = (0.0, [])
    for slug in question.exercises:
        others = set(question.exercises) - {slug}
        for ranked in library.rank(slug, question, vector):
            passage = ranked.passage
            if passage.kind != "faq" or not ranked.units or ranked.cosine <= best[0]:
                continue
            if library.exercises_in(f"{passage.heading} {passage.text}") & others:
                start, end = ranked.units[0].span.start, ranked.units[-1].span.end
                page = library.page(slug)
                best = ranked.cosine, [Quote(page, "faq", passage.heading, start, end)]
    return best[1]


def _only_quotes(pieces: Sequence[Piece], most: int) -> list[Piece]:
    return spaced([piece for piece in pieces if isinstance(piece, Quote)][:most])


def _unnamed(question: Question, library: Library, embed: Embed, assessment: Assessment) -> Draft:
    """Answer a question that names no exercise: find pages, recognise one, ask, or decline."""
    beyond = unasked(question.neutral)
    pointing = bool(question.intents) and shows("refers", question.neutral)
    if not question.finds and not question.described and (pointing or not content(beyond)):
        return _clarify(library, tuple(library.catalog.titles)[:CHOICES])
    wish = without("find", without("seek", question.neutral)) if question.finds else beyond
    looked_for = (wish or question.neutral).replace(NAME, "exercise")
    vector = embed(looked_for)
    dense = library.index.dense(vector, 1)
    top = dense[0][1] if dense else 0.0
    hits = [h for h in library.search(looked_for, vector, 40) if h.passage.kind not in UNTELLING]
    hits = best_by_page(hits)
    if question.described and question.intents and top >= OUTSIDE and hits:
        return _recognised(question, library, hits, embed)
    strange = bool(library.foreign(looked_for)) and top < STRANGE
    if strange and not question.described:
        return _outside(library)
    if (question.finds and top >= WISHES) or (not question.intents and top >= FINDS):
        return _found(question, library, hits, vector, assessment, embed)
    firm = any(not intent.weak for intent in question.intents)
    if top < (OUTSIDE if firm else FINDS):
        return _outside(library)
    return _clarify(library, tuple(hit.passage.page for hit in hits[:CHOICES]))


def _recognised(question: Question, library: Library, hits: Sequence[Hit], embed: Embed) -> Draft:
    """Answer from the page that a description fits best, or offer the pages that it may mean."""
    page = library.page(hits[0].passage.page)
    pieces = _pieces(question, page, library, embed)
    if pieces is None:
        return _clarify(library, tuple(hit.passage.page for hit in hits[:CHOICES]))
    return Draft("answer", tuple(pieces), (page.slug,), offers(page, pieces))


def _found(
    question: Question,
    library: Library,
    hits: Sequence[Hit],
    vector: Vectors,
    assessment: Assessment,
    embed: Embed,
) -> Draft:
    """List the pages that help with what is asked, each with one cited reason.

    For a person with a condition, what a page restricts stands before its reason.
    """
    reasons = [_reason(library, hit.passage.page, vector, question) for hit in hits[:SIFTED]]
    found = sorted((r for r in reasons if r is not None), key=lambda each: -each[0])
    found = [each for each in found if each[0] >= found[0][0] - ALIKE][:FOUND]
    if not found:
        return _outside(library)
    pieces: list[Piece] = [say("find")]
    for _, quote in found:
        pieces.append(f"\n• {say('find_item', title=quote.page.title)} ")
        if assessment.conditions:
            care = precautions(quote.page, library, assessment.conditions, named_conditions, embed)
            pieces += [*care.pieces(quote.page), "\n"]
        pieces.append(quote)
    titles = [quote.page.title for _, quote in found]
    offered = tuple(suggestions()[1].text.format(title=title) for title in titles)
    kind: ReplyKind = "caution" if assessment.conditions else "answer"
    return Draft(kind, tuple(pieces), tuple(quote.page.slug for _, quote in found), offered)


def _reason(
    library: Library, slug: str, vector: Vectors, question: Question
) -> tuple[float, Quote] | None:
    """Return the sentence of a page that speaks most of what is asked; never a restriction."""
    page = library.page(slug)
    wanted = set(question.content)
    best: tuple[float, Quote] | None = None
    rows = library.index.rows(slug)
    for row, passage in zip(rows, library.index.passages(rows), strict=True):
        if passage.kind not in REASONS:
            continue
        cosines = library.index.unit_vectors(row) @ vector
        for span, cosine in zip(passage.units, cosines, strict=True):
            text = page.text[span.start : span.end]
            shared = len(wanted & meanings(text)) / (len(wanted) or 1)
            score = float(cosine) + SHARED * shared + REASONS[passage.kind]
            if best is None or score > best[0]:
                quote = Quote(page, passage.kind, passage.heading, span.start, span.end)
                best = score, quote
    return best if best and best[0] >= FINDS else None


def _missing(question: Question, page: Page) -> Draft:
    """Say that the page does not say it, and offer what it does answer."""
    words = f"{_not_said(question, page)} {say('missing_offer')}"
    return Draft("abstain", (words,), (page.slug,), offers(page, ()))


def _not_said(question: Question, page: Page) -> str:
    facts = [intent for intent in question.intents if intent.says is not None]
    if facts and not question.finds:
        return say("missing", title=page.title, what=facts[0].name)
    return say("missing_open", title=page.title)


def _unknown(question: Question, library: Library, embed: Embed) -> Draft:
    """Say that there is no page for the exercise, and name the nearest ones."""
    vector = embed(question.unknown)
    near = best_by_page(library.search(question.unknown, vector, 20))[:FOUND]
    titles = [hit.passage.title for hit in near]
    words = say("unknown", name=question.unknown)
    if titles:
        words += " " + say("unknown_near", titles=listed(titles))
    offered = tuple(suggestions()[1].text.format(title=title) for title in titles)
    return Draft("abstain", (words,), (), offered)


def _clarify(library: Library, slugs: Sequence[str]) -> Draft:
    titles = tuple(library.catalog.titles[slug] for slug in slugs)
    return Draft("clarify", (say("clarify"),), (), titles)


def _outside(library: Library) -> Draft:
    titles = list(library.catalog.titles.values())[:FOUND]
    offered = tuple(suggestions()[1].text.format(title=title) for title in titles)
    return Draft("abstain", (f"{say('outside')} {say('outside_offer')}",), (), offered)


def offers(page: Page, pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return questions that the page answers and that were not just answered, at most three."""
    shown = {piece.heading for piece in pieces if isinstance(piece, Quote)}
    asked = [s.heading for s in page.sections if s.kind == "faq" and s.heading not in shown]
    ready = [each.text.format(title=page.title) for each in suggestions()]
    return tuple(dict.fromkeys([*asked, *ready]))[:3]


@lru_cache(maxsize=8_192)
def named_conditions(bullet: str) -> frozenset[str]:
    """Return the conditions that a restriction speaks of, by the safety policy's own words."""
    return frozenset(condition.name for condition in assess(bullet).conditions)


def as_vector(values: Sequence[float]) -> Vectors:
    """Return an embedding as the array that the index compares."""
    return np.asarray(values, dtype=np.float32)
