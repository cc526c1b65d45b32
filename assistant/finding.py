"""Questions that name no exercise: a description, a wish, or too little to go by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering import answer
from assistant.citations import Piece, Quote
from assistant.dialogue import content, meanings, shows, without
from assistant.domain import Hit, Page, ReplyKind
from assistant.drafts import Draft, clarify, offers, outside
from assistant.intents import NAME, unasked
from assistant.library import Library
from assistant.ports import Vectors
from assistant.questions import Question
from assistant.ranking import RankedPassage, asked_text
from assistant.restrictions import named_conditions, precautions
from assistant.retrieval import best_by_page
from assistant.safety.records import Assessment
from assistant.wording import say, suggestions

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


def find_answer(
    question: Question, library: Library, embed: Embed, assessment: Assessment
) -> Draft:
    """Answer a question that names no exercise: find pages, recognise one, ask, or decline."""
    beyond = unasked(question.neutral)
    pointing = bool(question.intents) and shows("refers", question.neutral)
    if not question.finds and not question.described and (pointing or not content(beyond)):
        return clarify(library, tuple(library.catalog.titles)[:CHOICES])
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
        return outside(library)
    if (question.finds and top >= WISHES) or (not question.intents and top >= FINDS):
        return _found(question, library, hits, vector, assessment, embed)
    firm = any(not intent.weak for intent in question.intents)
    if top < (OUTSIDE if firm else FINDS):
        return outside(library)
    return clarify(library, tuple(hit.passage.page for hit in hits[:CHOICES]))


def _recognised(question: Question, library: Library, hits: Sequence[Hit], embed: Embed) -> Draft:
    """Answer from the page that a description fits best, or offer the pages that it may mean."""
    page = library.page(hits[0].passage.page)
    pieces = answer(question, page, rank_for(question, page, library, embed))
    if pieces is None:
        return clarify(library, tuple(hit.passage.page for hit in hits[:CHOICES]))
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
        return outside(library)
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


def rank_for(question: Question, page: Page, library: Library, embed: Embed) -> list[RankedPassage]:
    """Return a page's passages by how well they answer the question, best first."""
    return library.rank(page.slug, question, embed(asked_text(question)))
