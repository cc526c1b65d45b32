"""Which of two exercises is the one for what somebody wants: "for jar lids, A or B?"."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answering import spaced
from assistant.dialogue import content, shows, without
from assistant.drafts import Draft
from assistant.finding import quote_of
from assistant.intents import NAME
from assistant.library import Library
from assistant.ports import Vectors
from assistant.questions import Question
from assistant.wishes import page_shares, reasons_among
from assistant.wording import say

CLEARLY = 0.8  # part of the shares of all from which one exercise is the answer
LIKELY = 0.05  # share of all sentences together from which any of them answers
AIMS = frozenset(["easier", "harder", "timing"])  # kinds of question that may be what is wanted
QUOTES = 3  # sentences that are quoted of the exercise that is chosen

Embed = Callable[[str], Vectors]


def wanted_of(question: Question) -> str:
    """Return for what the exercises of a question are weighed, or nothing.

    "Which one helps with a stiff back, A or B" wants something; "is A harder than B" and "the
    difference of A and B" do not.
    """
    asks = any(not intent.weak and intent.id not in AIMS for intent in question.intents)
    chooses = shows("choice", question.neutral) and not any(
        shows(kind, question.neutral) for kind in ("amounts", "refuses")
    )
    if asks or question.parts or question.unknown or question.ambiguous or not chooses:
        return ""
    bare = without("compare", without("either", question.neutral))
    wish = " ".join(word for word in bare.split() if word != NAME)
    return wish if content(wish) else ""


def chosen(question: Question, library: Library, embed: Embed) -> Draft | None:
    """Return the answer from the one exercise that is clearly nearer to what is wanted."""
    wish = wanted_of(question)
    if not wish:
        return None
    reasons = reasons_among(library.index, question.exercises, wish, embed(wish))
    shares = page_shares(reasons)
    if not shares or sum(shares.values()) < LIKELY:
        return None
    slug, best = next(iter(shares.items()))
    if best < CLEARLY * sum(shares.values()):
        return None
    page = library.page(slug)
    own = [each for each in reasons if each.passage.page == slug][:QUOTES]
    lead = f"{say('chosen', title=page.title)}\n"
    return Draft("answer", (lead, *spaced(quote_of(page, each) for each in own)), (slug,))
