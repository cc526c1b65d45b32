"""Questions that name no exercise: a description, a wish, or too little to go by."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from assistant.answering import answer
from assistant.citations import Piece, Quote
from assistant.dialogue import content, meanings, shows, without
from assistant.domain import Page, ReplyKind
from assistant.drafts import Draft, clarify, offers, outside
from assistant.intents import NAME, unasked
from assistant.library import Library
from assistant.ports import Vectors
from assistant.questions import Question
from assistant.ranking import RankedPassage, asked_text
from assistant.restrictions import named_conditions, precautions
from assistant.retrieval import best_by_page, z_scores
from assistant.safety.records import Assessment
from assistant.wording import say, suggestions

CHOICES = 4  # exercises offered when none was named
UNTELLING = ("restrictions", "equipment")  # sections that do not say what an exercise is for
REASONS_OF_ONE = 2  # sentences quoted where one page alone is named
FOUND = 3  # pages named for "which exercise helps with …"
SIFTED = 30  # pages that are compared for it
ALIKE = 2.5  # a page is named when it scores this near to the best one
SHARED = 0.6  # weight of the words that a reason shares with the wish
# Where a reason may stand, and how much better it reads from there.
REASONS = {"description": 0.06, "other": -0.3, "faq": 0.0, "tips": -0.03}
# How pages are compared for a wish: standard scores of the nearest passages, of the words over
# the whole index, and of the rare words that one sentence shares with the wish (evals/LOG.md).
NEARNESS, WORDING, SENTENCE = 1.0, 1.5, 1.0
NEAREST = 3  # passages of a page whose cosines are averaged
# The cosine of the nearest passage of all pages below which a question is outside them, and
# above which a description ("the one where the knees roll") or a wish finds its pages.
OUTSIDE = 0.33
FINDS = 0.60
STRANGE = 0.58  # below, a question with words of no page is outside them
SOUGHT = 0.45  # the same for a wish
WISHES = 0.34  # enough when an exercise is asked for in so many words
LEXICAL = 300  # passages that the words are looked up in

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
    vector = embed(question.neutral.replace(NAME, "exercise"))
    dense = library.index.dense(vector, 1)
    top = dense[0][1] if dense else 0.0
    hits = [h for h in library.search(looked_for, vector, 40) if h.passage.kind not in UNTELLING]
    hits = best_by_page(hits)
    if question.described and question.intents and top >= OUTSIDE and hits:
        fitting = _compared(library, [hit.passage.page for hit in hits], vector, looked_for)
        return _recognised(question, library, fitting, embed)
    least = WISHES if question.seeks else SOUGHT if question.finds else STRANGE
    strange = bool(library.foreign(looked_for)) and top < least
    if strange and not question.described and not assessment.conditions:
        return outside(library)
    if (question.finds and top >= WISHES) or (not question.intents and top >= FINDS):
        slugs = [hit.passage.page for hit in hits]
        return _found(
            question,
            library,
            _compared(library, slugs, vector, looked_for),
            vector,
            assessment,
            embed,
        )
    firm = any(not intent.weak for intent in question.intents)
    if top < (OUTSIDE if firm else FINDS) and not assessment.conditions:
        return outside(library)
    return clarify(library, tuple(hit.passage.page for hit in hits[:CHOICES]))


def _recognised(question: Question, library: Library, slugs: Sequence[str], embed: Embed) -> Draft:
    """Answer from the page that a description fits best, or offer the pages that it may mean."""
    page = library.page(slugs[0])
    pieces = answer(question, page, rank_for(question, page, library, embed))
    if pieces is None:
        return clarify(library, tuple(slugs[:CHOICES]))
    return Draft("answer", tuple(pieces), (page.slug,), offers(page, pieces))


def _found(
    question: Question,
    library: Library,
    slugs: Sequence[str],
    vector: Vectors,
    assessment: Assessment,
    embed: Embed,
) -> Draft:
    """List the pages that help with what is asked, each with one cited reason.

    For a person with a condition, what a page restricts stands before its reason.
    """
    each = 1 if len(slugs) > 1 else REASONS_OF_ONE
    found = [quote for slug in slugs for quote in _reasons(library, slug, vector, question, each)]
    if not found:
        return outside(library)
    pieces: list[Piece] = [say("find")]
    for quote in found:
        if isinstance(pieces[-1], Quote) and pieces[-1].page is quote.page:
            pieces += [" ", quote]
            continue
        pieces.append(f"\n• {say('find_item', title=quote.page.title)} ")
        if assessment.conditions:
            care = precautions(quote.page, library, assessment.conditions, named_conditions, embed)
            pieces += [*care.pieces(quote.page), "\n"]
        pieces.append(quote)
    pages = list({quote.page.slug: quote.page for quote in found}.values())
    titles = [page.title for page in pages]
    offered = tuple(suggestions()[1].text.format(title=title) for title in titles)
    kind: ReplyKind = "caution" if assessment.conditions else "answer"
    return Draft(kind, tuple(pieces), tuple(page.slug for page in pages), offered)


def _compared(library: Library, slugs: Sequence[str], vector: Vectors, wish: str) -> list[str]:
    """Return the few pages that fit a wish best, of those that were found near to it."""
    wanted = set(content(wish))
    lexical = _by_page(library, dict(library.index.lexical(wish, LEXICAL)))
    pages = list(dict.fromkeys([*slugs, *lexical]))[:SIFTED]
    told = {slug: _told(library, slug) for slug in pages}
    holding = Counter(stem for texts in told.values() for stem in frozenset().union(*texts))
    rare = {stem: math.log((len(pages) + 1) / (1 + holding[stem])) for stem in wanted}
    nearness = {slug: _nearness(library, slug, vector) for slug in pages}
    wording = {slug: lexical.get(slug, 0.0) for slug in pages}
    sentence = {
        slug: max((sum(rare[s] for s in wanted & text) for text in texts), default=0.0)
        for slug, texts in told.items()
    }
    shares = ((nearness, NEARNESS), (wording, WORDING), (sentence, SENTENCE))
    scores = dict.fromkeys(pages, 0.0)
    for values, weight in shares:
        for slug, score in z_scores(values).items():
            scores[slug] += weight * score
    best = sorted(scores, key=lambda slug: -scores[slug])
    return [slug for slug in best if scores[slug] >= scores[best[0]] - ALIKE][:FOUND]


def _by_page(library: Library, scores: Mapping[int, float]) -> dict[str, float]:
    """Return the best score of each page's passages, best first."""
    rows = sorted(scores, key=lambda row: -scores[row])
    pages: dict[str, float] = {}
    for row, passage in zip(rows, library.index.passages(rows), strict=True):
        pages.setdefault(passage.page, scores[row])
    return pages


def _told(library: Library, slug: str) -> list[frozenset[str]]:
    """Return the words of each sentence that may say what an exercise is for."""
    passages = library.index.passages(library.index.rows(slug))
    return [
        meanings(p.text[unit.start - p.start : unit.end - p.start])
        for p in passages
        if p.kind in REASONS
        for unit in p.units
    ]


def _nearness(library: Library, slug: str, vector: Vectors) -> float:
    """Return the mean cosine of the nearest passages of a page."""
    rows = library.index.rows(slug)
    cosines = library.index.vectors(rows) @ vector
    kinds = [passage.kind for passage in library.index.passages(rows)]
    near = sorted((float(c) for c, k in zip(cosines, kinds, strict=True) if k not in UNTELLING))
    return sum(near[-NEAREST:]) / max(1, len(near[-NEAREST:]))


def _reasons(
    library: Library, slug: str, vector: Vectors, question: Question, most: int
) -> list[Quote]:
    """Return the sentences of a page that speak most of what is asked; never a restriction."""
    page = library.page(slug)
    wanted = set(question.content)
    scored: list[tuple[float, Quote]] = []
    rows = library.index.rows(slug)
    for row, passage in zip(rows, library.index.passages(rows), strict=True):
        if passage.kind not in REASONS:
            continue
        cosines = library.index.unit_vectors(row) @ vector
        for span, cosine in zip(passage.units, cosines, strict=True):
            text = page.text[span.start : span.end]
            shared = len(wanted & meanings(text)) / (len(wanted) or 1)
            score = float(cosine) + SHARED * shared + REASONS[passage.kind]
            quote = Quote(page, passage.kind, passage.heading, span.start, span.end)
            scored.append((score, quote))
    best = sorted(scored, key=lambda each: (-each[0], each[1].start))[:most]
    return [quote for _, quote in best]


def rank_for(question: Question, page: Page, library: Library, embed: Embed) -> list[RankedPassage]:
    """Return a page's passages by how well they answer the question, best first."""
    return library.rank(page.slug, question, embed(asked_text(question)))
