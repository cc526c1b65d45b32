"""From a question that is understood to a draft of the reply: answer, abstain or clarify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import answer, home_of, spaced, whole_section, without_quotes
from assistant.choosing import chosen
from assistant.citations import Piece, Quote
from assistant.dialogue import content, shows, without
from assistant.domain import Page, ReplyKind
from assistant.drafts import Draft, clarify, how_to_do, offers, outside
from assistant.finding import OUTSIDE, Embed, find_answer, rank_for
from assistant.intents import unasked
from assistant.library import Library
from assistant.questions import Question
from assistant.ranking import RankedPassage, answered, likeliest, nearest
from assistant.restrictions import (
    is_answered,
    names_it,
    precautions,
    restrictions_of,
    told,
)
from assistant.retrieval import best_by_page
from assistant.safety.records import Assessment, Condition
from assistant.stated_conditions import only_asked_about
from assistant.strangers import stranger
from assistant.wording import listed, say

FEW_WORDS = 4  # beyond what is asked for, among which an unusual one names the exercise
COMPARES = 0.4  # share from which an entry of the FAQ is the whole answer to a comparison
NEARLY = 0.1  # share from which such an entry compares at all
SQUARE = 0.6  # share from which an entry of the FAQ answers the question itself
APPLIES = 0.35  # share from which a restriction is likely what a person speaks of
MOST_COMPARED = 3  # exercises that one reply answers for
BARELY_ASKED = ("safety", "restrictions", "pain")  # answered by a restriction alone
AGES = ("child", "under_18", "older")
# A name that several pages share means the page that answers, when the log odds that it does are
# this high and this far ahead of the next page's, and the question says enough to tell by.
KNOWN, AHEAD, TELLING = 1.0, 2.5, 2
FOUND = 3  # pages named near to an exercise that has none


def respond(question: Question, library: Library, embed: Embed, assessment: Assessment) -> Draft:
    """Return the draft of a reply to a question that is neither urgent nor small talk."""
    if shows("command", question.message):
        return outside(library)
    if question.unknown and not question.exercises:
        return _unknown(question, library, embed)
    if len(question.exercises) > 1:
        return _several(question, library, embed, assessment)
    if question.exercises:
        draft = _about(question, library, embed)
        if question.ambiguous and not _speaks_of(draft, question.ambiguous, library):
            return _noted(clarify(library, question.ambiguous), assessment)
        if question.seeks and question.named and draft.kind == "abstain":
            return _noted(find_answer(question, library, embed, assessment), assessment)
        return _careful(draft, question, library, embed, assessment)
    only = _only_page(question, library)
    if only:
        return _taken_for(only, question, library, embed, assessment)
    strange = stranger(question, library.foreign(unasked(question.neutral)))
    if strange and not question.ambiguous and not assessment.conditions:
        return _unknown(replace(question, unknown=strange), library, embed)
    if question.ambiguous:
        return _noted(_one_of(question, library, embed, assessment), assessment)
    return _noted(find_answer(question, library, embed, assessment), assessment)


def _speaks_of(draft: Draft, slugs: Sequence[str], library: Library) -> bool:
    """Return whether an answer names one of some exercises: "better than a lunge" and which?"""
    quotes = [piece.text for piece in draft.pieces if isinstance(piece, Quote)]
    return any(not library.exercises_in(text).isdisjoint(slugs) for text in quotes)


def _only_page(question: Question, library: Library) -> str | None:
    """Return the page that alone has an unusual word of a short question: "codmans how often"."""
    asks = any(not intent.weak for intent in question.intents)
    if question.ambiguous or question.finds or not asks or len(question.beyond) > FEW_WORDS:
        return None
    return library.only_page_with(unasked(question.neutral))


def _taken_for(
    slug: str, question: Question, library: Library, embed: Embed, assessment: Assessment
) -> Draft:
    """Answer from the page that seems to be meant, and say that it is taken so."""
    draft = respond(replace(question, exercises=(slug,)), library, embed, assessment)
    lead = say("recognised", title=library.catalog.titles[slug])
    return replace(draft, pieces=(f"{lead}\n", *draft.pieces))


def _noted(draft: Draft, assessment: Assessment) -> Draft:
    """Ask back with the condition that was just told in mind: that is a caution too."""
    if draft.kind != "clarify" or not assessment.fresh:
        return draft
    noted = say("condition_noted", condition=listed(assessment.fresh))
    return replace(draft, kind="caution", pieces=(noted, " ", *draft.pieces))


def _one_of(question: Question, library: Library, embed: Embed, assessment: Assessment) -> Draft:
    """Answer from the one page of several that alone knows what is asked, or ask which is meant."""
    odds = {
        slug: answered(rank_for(question, library.page(slug), library, embed))
        for slug in question.ambiguous
    }
    first, second = sorted(odds.values(), reverse=True)[:2]
    if first < KNOWN or first - second < AHEAD or len(question.content) < TELLING:
        return clarify(library, question.ambiguous)
    chosen = replace(question, exercises=(max(odds, key=lambda slug: odds[slug]),), ambiguous=())
    return respond(chosen, library, embed, assessment)


def _about(question: Question, library: Library, embed: Embed) -> Draft:
    """Answer from the one page that the question is about."""
    page = library.page(question.exercises[0])
    if shows("priced", question.message):
        return _missing(replace(question, intents=()), page)
    ranked = rank_for(question, page, library, embed)
    pieces = answer(question, page, ranked)
    if pieces is None:
        loose = all(intent.weak for intent in question.intents) and not question.named
        if loose and question.beyond and nearest(ranked) < OUTSIDE:
            return outside(library)
        return _missing(question, page)
    if question.unknown:
        pieces = [*pieces, "\n\n", say("unknown", name=question.unknown)]
    return Draft("answer", tuple(pieces), (page.slug,), offers(page, pieces))


def _careful(
    draft: Draft, question: Question, library: Library, embed: Embed, assessment: Assessment
) -> Draft:
    """Put what the page restricts for this person before everything else."""
    page = library.page(question.exercises[0])
    if not assessment.conditions:
        return _wary(draft, question, page, library, embed)
    quotes = [piece for piece in draft.pieces if isinstance(piece, Quote)]
    asks = bool(question.intents) or shows("asks", question.neutral)
    aims = asks and not any(i.id in BARELY_ASKED for i in question.intents)
    if not aims or shows("personal", question.neutral) or shows("allowed", question.neutral):
        quotes = []
    open_ = [
        condition
        for condition in assessment.conditions
        if _concerns(condition, (page.slug,), library)
        if not is_answered(condition, page, library, quotes, embed)
    ]
    if not open_:
        return draft
    found = precautions(page, library, open_, embed)
    rest = without_quotes(draft.pieces, found.quotes)
    pieces = found.pieces(page)
    if draft.kind == "answer" and _asks_more(question, rest):
        pieces = [*pieces, "\n\n", say("condition_then"), "\n", *_trimmed(rest)]
    # A page that does not speak of an age lacks that fact.
    aged = all(condition.name in AGES for condition in open_) and not found.quotes
    kind: ReplyKind = "abstain" if aged and draft.kind == "abstain" else "caution"
    return Draft(kind, tuple(pieces), draft.exercises or (page.slug,), draft.suggestions)


def _asks_more(question: Question, rest: Sequence[Piece]) -> bool:
    """Return whether an answer stands besides the restriction: more was asked than "is it ok?"."""
    quotes = [piece for piece in rest if isinstance(piece, Quote)]
    others = any(intent.id not in BARELY_ASKED for intent in question.intents)
    return bool(quotes) and (others or question.compares or quotes[0].kind == "faq")


def _wary(draft: Draft, question: Question, page: Page, library: Library, embed: Embed) -> Draft:
    """Lead with a restriction that seems to apply, though no condition was recognised."""
    quotes = _fitting(question, page, library)
    if quotes and _squarely(rank_for(question, page, library, embed)):
        return draft
    if not quotes and shows("personal", question.neutral):
        quotes = _suspected(page, rank_for(question, page, library, embed))
    if not quotes and draft.kind == "answer" and _told(question, draft):
        return replace(draft, kind="caution")
    if not quotes:
        return draft
    rest = without_quotes(draft.pieces, quotes)
    # None that the answer would have listed is dropped, or a page could hide the others behind one.
    quotes += [each for each in rest if isinstance(each, Quote) and each.kind == "restrictions"]
    pieces: list[Piece] = [say("restrictions", title=page.title)]
    pieces += [piece for quote in quotes for piece in ("\n• ", quote)]
    rest = without_quotes(rest, quotes)
    if draft.kind == "answer" and _asks_more(question, rest):
        pieces += ["\n\n", say("condition_then"), "\n", *_trimmed(rest)]
    return Draft("caution", tuple(pieces), (page.slug,), draft.suggestions)


def _squarely(ranked: Sequence[RankedPassage]) -> bool:
    """Return whether the FAQ answers the question itself: "how sore may it be" asks of no pain."""
    best = likeliest(ranked)
    faq = best is not None and best.passage.kind == "faq"
    return best is not None and faq and home_of(best, ranked).share >= SQUARE


def _told(question: Question, draft: Draft) -> bool:
    """Return whether a message that asks nothing is answered with a restriction first."""
    quotes = [piece for piece in draft.pieces if isinstance(piece, Quote)]
    return not question.intents and bool(quotes) and quotes[0].kind == "restrictions"


def _fitting(question: Question, page: Page, library: Library) -> list[Quote]:
    """Return the restrictions that a message tells of, unless it asks for something else."""
    if any(not i.weak and i.id not in BARELY_ASKED for i in question.intents):
        return []
    return told(restrictions_of(page, library), question.neutral)


def _suspected(page: Page, ranked: Sequence[RankedPassage]) -> list[Quote]:
    """Return the restriction that is likelier than anything else to be what is asked about."""
    best = likeliest(ranked)
    if best is None or best.passage.kind != "restrictions" or best.share < APPLIES:
        return []
    passage = best.passage
    return [Quote(page, passage.kind, passage.heading, best.span.start, best.span.end)]


def _trimmed(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return pieces without the white space that they begin with."""
    first = next((at for at, piece in enumerate(pieces) if str(piece).strip()), 0)
    return pieces[first:]


def _several(question: Question, library: Library, embed: Embed, assessment: Assessment) -> Draft:
    """Answer for each exercise on its own, so that no fact crosses from one to another."""
    slugs = question.exercises[:MOST_COMPARED]
    compared, squarely = _compared(question, library, embed)
    if any(_concerns(c, slugs, library) for c in assessment.conditions):
        compared, squarely = {}, False
    elif not compared and (choice := chosen(question, library, embed)):
        return _careful(
            choice, _about_one(question, choice.exercises[0]), library, embed, assessment
        )
    drafts = []
    own = {part.exercises[0]: part for part in question.parts}
    for slug in compared if squarely else slugs:
        single = own.get(slug) or _about_one(question, slug)
        page = library.page(slug)
        found = compared.get(slug) or answer(single, page, rank_for(single, page, library, embed))
        if not assessment.conditions and not any(i.id in BARELY_ASKED for i in single.intents):
            found = _unrestricted(found or ())
        found = found or _introduced(question, page, library, embed)
        if compared and not found:
            continue  # the other page's word on both is the answer
        pieces = _only_quotes(found, 2) if found else [_not_said(single, page)]
        draft = Draft("answer" if found else "abstain", tuple(pieces), (slug,))
        drafts.append((page, _careful(draft, single, library, embed, assessment)))
    both: list[Piece] = []
    for page, draft in drafts:
        both += ["\n\n" * bool(both) + say("both", title=page.title), "\n", *draft.pieces]
    kinds = {draft.kind for _, draft in drafts}
    kind: ReplyKind = next((k for k in ("caution", "answer") if k in kinds), "abstain")
    return Draft(kind, tuple(both), slugs)


def _concerns(condition: Condition, slugs: Sequence[str], library: Library) -> bool:
    """Return whether a condition is somebody's, or restricted by one of the pages asked about."""
    pages = map(library.page, slugs)
    return not only_asked_about(condition) or any(names_it(condition, p, library) for p in pages)


def _unrestricted(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the quotes that restrict nothing, of two exercises that are compared in a fact."""
    return [each for each in pieces if isinstance(each, Quote) and each.kind != "restrictions"]


def _about_one(question: Question, slug: str) -> Question:
    """Return what a question of several exercises asks of one of them."""
    alone = without("either", question.neutral)
    return _plainly(replace(question, exercises=(slug,), unknown="", neutral=alone, parts=()))


def _plainly(question: Question) -> Question:
    """Return a question of facts in the policy's words: "rest times: a or b" has few of its own."""
    facts = [intent.name for intent in question.intents if intent.fact]
    if not facts:
        return question
    plain = " and ".join(facts)
    return replace(question, neutral=plain, content=content(plain))


def _introduced(
    question: Question, page: Page, library: Library, embed: Embed
) -> list[Piece] | None:
    """Return what a page says its exercise is, where two are compared and nothing was asked."""
    if any(intent.fact for intent in question.intents) or not (
        question.compares or shows("either", question.neutral)
    ):
        return None
    return [*whole_section(page, "description", rank_for(question, page, library, embed))[:1]]


def _compared(
    question: Question, library: Library, embed: Embed
) -> tuple[dict[str, list[Piece]], bool]:
    """Return the FAQ answer in which one of the pages speaks of the other, by its page.

    And whether it answers the question squarely, so that nothing needs to stand beside it.
    """
    if any(intent.fact for intent in question.intents):
        return {}, False
    if question.parts or (not question.compares and question.intents):
        return {}, False
    vector = embed(question.text)
    best: tuple[float, float, dict[str, list[Piece]]] = (-1.0, 0.0, {})
    for slug in question.exercises:
        others = set(question.exercises) - {slug}
        for ranked in library.rank(slug, question, vector):
            passage = ranked.passage
            likely = passage.kind == "faq" and ranked.units and ranked.share >= NEARLY
            if not likely or ranked.cosine <= best[0]:
                continue
            if library.exercises_in(f"{passage.heading} {passage.text}") & others:
                start, end = ranked.units[0].span.start, ranked.units[-1].span.end
                quote = Quote(library.page(slug), "faq", passage.heading, start, end)
                best = ranked.cosine, ranked.share, {slug: [quote]}
    beyond = content(without("compare", without("either", question.neutral)))
    return best[2], bool(best[2]) and (best[1] >= COMPARES or len(beyond) < TELLING)


def _only_quotes(pieces: Sequence[Piece], most: int) -> list[Piece]:
    return spaced([piece for piece in pieces if isinstance(piece, Quote)][:most])


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
    return Draft("abstain", (words,), (), how_to_do(titles))
