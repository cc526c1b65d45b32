"""Restrictions before coaching: what a page says about the conditions that a person has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.citations import Piece, Quote
from assistant.domain import Page, Passage, Span
from assistant.fitting import ROOT, conflict, fit
from assistant.intents import cue_text
from assistant.library import Library
from assistant.ports import Vectors
from assistant.questions import neutral
from assistant.restricted_weeks import compared
from assistant.restricting import restricting
from assistant.safety.ailments import ailments, load_ailments
from assistant.safety.assessing import assess
from assistant.safety.records import Condition
from assistant.wording import listed, say

SAME_MEANING = 0.55  # cosine from which a bullet speaks of a condition in other words
FITS = 1.5  # fit from which a bullet speaks of a condition: a part and what is wrong with it
TOLD = 2.0  # the same where no condition was recognised
BESIDE = 0.5  # weight of the rest of the message, when bullets that fit are put in order
NEARNESS = 0.3  # weight of the cosine in the same
CLOSE = 0.5  # a bullet stands beside the best one when it fits half as well
MOST_BULLETS = 3
RESTRICTS = 0.5  # likelihood from which a sentence elsewhere restricts, where it fits besides
STEM = 6  # letters by which "fractured" and "fracture" are one word
WORD = re.compile(r"[^\W\d_]{5,}")  # shorter words ("back", "with") tell too little

Embed = Callable[[str], Vectors]
Bullet = tuple[Quote, Vectors]


@dataclass(frozen=True, slots=True)
class Precautions:
    """What must stand before the answer: bullets that apply, conditions the page is silent on.

    ``limits`` say how the weeks of a person stand to those that a bullet names.
    """

    quotes: tuple[Quote, ...]
    mentioned: tuple[str, ...]
    silent: tuple[str, ...]
    limits: tuple[str, ...] = ()

    def pieces(self, page: Page) -> list[Piece]:
        """Return the words that lead the reply."""
        pieces: list[Piece] = []
        if self.quotes:
            pieces.append(
                say("condition_first", condition=listed(self.mentioned), title=page.title)
            )
            for quote in self.quotes:
                pieces += ["\n• ", quote]
            pieces += [f"\n{limit}" for limit in self.limits]
        if self.silent:
            space = "\n\n" if pieces else ""
            words = say("condition_unmentioned", condition=listed(self.silent), title=page.title)
            pieces.append(space + words)
        return pieces


def names_it(condition: Condition, page: Page, library: Library) -> bool:
    """Return whether a bullet of a page has what the person's words mean, part and trouble."""
    words = ailments(condition.words)
    return any(fit(words, quote.text) >= FITS for quote, _ in _bullets(page, library))


def is_answered(
    condition: Condition, page: Page, library: Library, quotes: Sequence[Quote], embed: Embed
) -> bool:
    """Return whether the FAQ speaks of a condition for which the page restricts nothing.

    "Will it cure my tennis elbow?" is answered by the entry of that name.
    """
    words = ailments(condition.words) | load_ailments().named.get(condition.name, frozenset())
    asked = [f"{each.heading} {each.text}" for each in quotes if each.kind == "faq"]
    if not any(fit(words, text) >= FITS for text in asked):
        return False
    return not precautions(page, library, [condition], embed).quotes


def precautions(
    page: Page,
    library: Library,
    conditions: Sequence[Condition],
    embed: Embed,
) -> Precautions:
    """Return what a page says about each condition, found by its name and by meaning.

    The bullet that fits best what was said last stands first.
    """
    bullets = list(_bullets(page, library))
    found: dict[Quote, tuple[int, float]] = {}
    mentioned: list[Condition] = []
    silent: list[Condition] = []
    limits: list[str] = []
    for condition in conditions:
        fitting = applying(
            bullets, condition, conditions, _without_names(condition, library), embed
        )
        for quote, score in fitting:
            found[quote] = max(found.get(quote, (0, 0.0)), (condition.turn, score))
        limit = (
            compared(_nearest_line(fitting[0][0].text, condition), condition) if fitting else None
        )
        limits += [limit] if limit else []
        (mentioned if fitting else silent).append(condition)
    quotes = sorted(found, key=lambda quote: found[quote], reverse=True)
    silent = [each for each in silent if not _covered(each, mentioned)]
    silent = [each for each in silent if not any(_speaks(q.text, each) for q in quotes)]
    return Precautions(tuple(quotes), _labels(mentioned), _labels(silent), tuple(limits))


def _labels(conditions: Sequence[Condition]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.label for each in conditions))


def _speaks(bullet: str, condition: Condition) -> bool:
    """Return whether a bullet that leads for one condition names another one too."""
    own = load_ailments().named.get(condition.name, frozenset())
    lines = bullet.split("\n")
    return condition.name in named_conditions(bullet) or (
        bool(own) and any(own <= ailments(x) for x in lines)
    )


def _covered(condition: Condition, mentioned: Sequence[Condition]) -> bool:
    """Return whether the page speaks of the same words of the person by another of their names.

    "A trapped nerve in my neck" is a neck problem and a trouble of the spine.
    """
    own = set(cue_text(condition.words).split())
    same = [each for each in mentioned if each.context == condition.context]
    return any(own <= set(cue_text(each.words).split()) for each in same)


def applying(
    bullets: Sequence[Bullet],
    condition: Condition,
    conditions: Sequence[Condition],
    context: str,
    embed: Embed,
) -> list[tuple[Quote, float]]:
    """Return the bullets that speak of a condition and how well they fit it, the best first.

    By what the person's words mean; else by the name of the condition; else, where nothing else
    was told in the message, by all that was said in it; else by nearness of meaning alone.
    ``context`` is that message without the names of exercises.
    """
    known = load_ailments()
    own_words = ailments(condition.words)
    words = own_words | known.named.get(condition.name, frozenset())
    # "Knee" is taken out of "my knee, is the wall angel ok" with the names of exercises.
    message = ailments(context) | own_words
    alone = sum(each.context == condition.context for each in conditions) == 1
    if alone:
        words |= message
    own = {quote: fit(words, quote.text) for quote, _ in bullets}
    whole = {quote: fit(message, quote.text) for quote, _ in bullets}
    chosen = [quote for quote, _ in bullets if own[quote] >= FITS]
    likely = [
        each
        for each in bullets
        if each[0].kind == "restrictions" and not conflict(words or message, each[0].text)
    ]
    if not chosen:
        held = {each.name for each in conditions}
        chosen = by_name(likely, condition, held)
    if not chosen and alone:
        chosen = [quote for quote, _ in bullets if whole[quote] >= FITS]
    if len(chosen) == 1:
        return [(chosen[0], own[chosen[0]] + BESIDE * whole[chosen[0]])]
    vector = embed(f"{condition.label}: {condition.words}")
    if not chosen:
        return _by_meaning(likely, vector)[:MOST_BULLETS]
    return _closest(
        {
            quote: own[quote] + BESIDE * whole[quote] + NEARNESS * float(each @ vector)
            for quote, each in bullets
            if quote in chosen
        }
    )


def _nearest_line(bullet: str, condition: Condition) -> str:
    """Return the line of a restriction, which can be a whole list, that fits a condition best."""
    words = ailments(condition.words)
    return max(bullet.split("\n"), key=lambda line: fit(words, line))


def _closest(scores: Mapping[Quote, float]) -> list[tuple[Quote, float]]:
    """Return the few bullets that fit best, without those that fit far less."""
    best = sorted(scores, key=lambda quote: -scores[quote])
    kept = [quote for quote in best if scores[quote] >= CLOSE * scores[best[0]]]
    return [(quote, scores[quote]) for quote in kept[:MOST_BULLETS]]


def by_name(
    bullets: Sequence[tuple[Quote, object]], condition: Condition, held: set[str]
) -> list[Quote]:
    """Return the bullets that name a condition, those with the person's own words first.

    A bullet with none of those words that is about something else too is left out where a
    closer one stands: "Pregnancy with discomfort lying on the back" is not for back pain.
    """
    naming = [quote for quote, _ in bullets if condition.name in named_conditions(quote.text)]
    own = [quote for quote in naming if named_conditions(quote.text) <= held]
    worded = [quote for quote in naming if _shares_words(quote.text, condition.words)]
    if condition.broad:
        return worded
    return list(dict.fromkeys([*worded, *own])) or naming


def told(bullets: Sequence[Quote], message: str) -> list[Quote]:
    """Return the bullets that fit what a message tells, the best first.

    For a message in which no condition was recognised by its name.
    """
    said = ailments(message) - {ROOT}
    if said == load_ailments().of_sort("parts", said):
        return []
    scores = {quote: fit(said, quote.text) for quote in bullets}
    best = sorted(scores, key=lambda quote: -scores[quote])
    return [q for q in best if scores[q] >= max(TOLD, CLOSE * scores[best[0]])][:MOST_BULLETS]


def restrictions_of(page: Page, library: Library) -> list[Quote]:
    """Return the bullets of a page's restrictions."""
    return [quote for quote, _ in _bullets(page, library)]


def _without_names(condition: Condition, library: Library) -> str:
    """Return the message of a condition without exercise names, which name parts of the body."""
    return neutral(condition.context, library.catalog.mentions(condition.context))


def _shares_words(bullet: str, said: str) -> bool:
    """Return whether the condition part of a bullet has a telling word of the person."""
    heads = {word[:STEM] for word in WORD.findall(bullet.partition(" (")[0].lower())}
    return any(word[:STEM] in heads for word in WORD.findall(said.lower()))


def _bullets(page: Page, library: Library) -> Iterator[Bullet]:
    """Yield what a page restricts: its restrictions, then what reads as one elsewhere."""
    rows = library.index.rows(page.slug)
    passages = library.index.passages(rows)
    elsewhere = []
    for row, passage in zip(rows, passages, strict=True):
        vectors = library.index.unit_vectors(row)
        units = list(zip(passage.units, vectors, strict=True))
        if passage.kind == "restrictions":
            for span, vector in units:
                yield Quote(page, passage.kind, passage.heading, span.start, span.end), vector
        elif passage.kind != "faq":  # whose answers stand whole, as answers
            elsewhere += list(_restricting(page, passage, units, library.index.model))
    yield from elsewhere


def _restricting(
    page: Page, passage: Passage, units: Sequence[tuple[Span, Vectors]], model: str
) -> Iterator[Bullet]:
    """Yield the sentences of a passage that restrict, as told by their embeddings of a model."""
    for span, vector in units:
        if restricting(page.text[span.start : span.end], vector, model) >= RESTRICTS:
            yield Quote(page, passage.kind, passage.heading, span.start, span.end), vector


def _by_meaning(bullets: Sequence[Bullet], vector: Vectors) -> list[tuple[Quote, float]]:
    near = [(quote, float(each @ vector)) for quote, each in bullets]
    near = [pair for pair in near if pair[1] >= SAME_MEANING]
    return sorted(near, key=lambda pair: -pair[1])


@lru_cache(maxsize=8_192)
def named_conditions(bullet: str) -> frozenset[str]:
    """Return the conditions that a restriction speaks of, by the safety policy's own words."""
    return frozenset(condition.name for condition in assess(bullet).conditions)
