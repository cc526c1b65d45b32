"""What a message asks, made whole: about which exercises, for what, in which conversation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.catalog import Catalog
from assistant.clauses import clauses
from assistant.dialogue import content, shows, without
from assistant.focus import Focus
from assistant.intents import NAME, Intent, intents_of, unasked
from assistant.meant_names import meant_names
from assistant.mention import Mention
from assistant.mistyped import spelt

FEW = 2  # content words up to which a message needs the one before it to be understood
SHORT = 4  # content words up to which a message can be a mere follow-up


@dataclass(frozen=True, slots=True)
class Question:
    """A message understood.

    ``text`` is the question to retrieve for, whole even when the message was "and how often?".
    ``neutral`` is the same with every exercise name as "xx", for matching what is asked.
    ``parts`` are its two questions where it asks something else of each of two exercises.
    """

    message: str
    text: str
    neutral: str
    intents: tuple[Intent, ...] = ()
    exercises: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    unknown: str = ""
    named: bool = False
    finds: bool = False
    seeks: bool = False
    compares: bool = False
    described: bool = False
    content: tuple[str, ...] = field(default=())
    parts: tuple[Question, ...] = field(default=())

    @property
    def beyond(self) -> frozenset[str]:
        """Return what the question is about besides what it asks for."""
        return frozenset(content(unasked(self.neutral)))


def only_of(question: Question, slug: str) -> Question:
    """Return a question as one about a single page, whatever other exercises it names."""
    return replace(
        question,
        exercises=(slug,),
        ambiguous=(),
        unknown="",
        finds=False,
        seeks=False,
        compares=False,
        parts=(),
    )


def neutral(text: str, mentions: Iterable[Mention]) -> str:
    """Return the text with every exercise name replaced by "xx".

    >>> neutral("is a plank safe?", [Mention(5, 10, "plank", ("plank",), "full")])
    'is a xx safe?'
    """
    for mention in sorted(mentions, key=lambda each: -each.start):
        text = f"{text[: mention.start]}{NAME}{text[mention.end :]}"
    return text


def wished_text(question: Question) -> str:
    """Return what is embedded of a question that names no exercise."""
    return question.neutral.replace(NAME, "exercise")


def understand(message: str, catalog: Catalog, page: str | None, focus: Focus) -> Question:
    """Return what a message asks, from its words, the reader's page and the conversation."""
    mentions = meant_names(catalog.mentions(message), message, catalog, page, focus)
    bare = spelt(neutral(message, mentions))
    known = [mention for mention in mentions if mention.slugs]
    here = bool(page or focus.exercises)
    kind_of = shows("kind_of", bare)
    pointing = here and (shows("refers", bare) or shows("aid", bare))
    seeks = shows("seek", bare) and not pointing
    question = Question(
        message=message,
        text=message,
        neutral=bare,
        intents=intents_of(bare),
        finds=seeks or (shows("find", bare) and not pointing),
        seeks=seeks,
        compares=shows("compare", bare),
        described=kind_of or shows("described", bare) or (not here and shows("pictured", bare)),
        content=content(spelt(neutral(message, known))),
    )
    if not kind_of:
        question = _named(question, mentions, page, focus)
    paired = _paired(question, page, focus)
    if paired:
        return _spelt_out(paired, catalog)
    if not question.named:
        question = _referred(question, catalog, page, focus)
    if len(question.exercises) > 1:
        asked = clauses(message, mentions)
        parts = tuple(understand(clause, catalog, None, Focus()) for clause in asked)
        if all(len(part.exercises) == 1 for part in parts):
            question = replace(question, parts=parts)
    return _whole(question, catalog, focus)


def remember(
    focus: Focus, question: Question, answered: tuple[str, ...], page: str | None
) -> Focus:
    """Return the focus after a question was answered from the pages ``answered``."""
    exercises = question.exercises or answered
    firm = any(not intent.weak for intent in question.intents)
    asked = firm or ((exercises or question.unknown) and (question.intents or question.content))
    history = [slug for slug in focus.history if slug not in exercises]
    return Focus(
        exercises=exercises or (() if question.unknown else focus.exercises),
        history=(*history, *exercises)[-20:],
        question=question.neutral if asked else focus.question,
        unknown=question.unknown,
        page=page,
        choices=question.ambiguous,
    )


def _named(
    question: Question, mentions: Sequence[Mention], page: str | None, focus: Focus
) -> Question:
    """Take the exercises that the message names itself."""
    slugs: list[str] = []
    ambiguous: tuple[str, ...] = ()
    unknown = ""
    for mention in mentions:
        if not mention.slugs:
            unknown = unknown or mention.name
        elif len(mention.slugs) == 1:
            slugs.extend(mention.slugs)
        else:
            near = [s for s in (page, *reversed(focus.exercises)) if s in mention.slugs]
            if near and near[0]:
                slugs.append(near[0])
            else:
                ambiguous = mention.slugs
    here = page or (focus.exercises[-1] if focus.exercises else None)
    if here and question.compares and len(slugs) == 1 and shows("refers", question.neutral):
        slugs.insert(0, here)  # "compare it with the plank"
    weak = all(mention.strength in ("part", "weak") for mention in mentions)
    beside = any(shows("beside", question.message[: mention.start]) for mention in mentions)
    sided = len(set(slugs)) > 1 and shows("either", question.neutral)
    seeks = (question.seeks and not beside) or (question.finds and weak and not sided)
    if seeks and not unknown:
        return question
    return replace(
        question,
        exercises=tuple(dict.fromkeys(slugs)),
        ambiguous=() if slugs and not (question.compares and len(slugs) == 1) else ambiguous,
        unknown=unknown,
        named=bool(mentions),
    )


def _paired(question: Question, page: str | None, focus: Focus) -> Question | None:
    """Return a question of two exercises, one of them or both only spoken of before.

    "Is that more than for the plank?" asks again what was asked last.
    """
    here = page or (focus.exercises[-1] if focus.exercises else None)
    named = question.exercises
    if shows("pair", question.neutral) and not named:
        pair = focus.exercises if len(focus.exercises) > 1 else focus.history[-2:]
    elif len(named) == 1 and here and here != named[0] and shows("weighs", question.neutral):
        pair = (here, *named)
    else:
        return None
    if len(pair) < 2 or question.unknown:
        return None
    facts = any(intent.fact for intent in question.intents)
    beyond = content(without("weighs", without("compare", question.neutral)))
    alone = facts or len(beyond) > 1 or not focus.question
    asked = question.neutral if alone else focus.question
    return replace(
        question,
        exercises=pair,
        neutral=asked,
        intents=intents_of(asked),
        content=content(asked),
        named=True,
        compares=True,
        finds=False,
        seeks=False,
    )


def _referred(question: Question, catalog: Catalog, page: str | None, focus: Focus) -> Question:
    """Take the exercise that the message points back to, the conversation's or the page's."""
    back = _back(question, focus)
    if back:
        return replace(question, exercises=(back,))
    meant = _corrected(question, catalog, page, focus)
    if meant:
        return replace(question, exercises=(meant,))
    if question.finds:
        return question
    here = page if page and (page != focus.page or not focus.history) else None
    if here:
        return replace(question, exercises=(here,))
    if focus.unknown and not question.described:
        return replace(question, unknown=focus.unknown)
    if focus.exercises and not question.described:
        return replace(question, exercises=focus.exercises[-1:])
    return replace(question, exercises=(page,)) if page else question


def _back(question: Question, focus: Focus) -> str | None:
    """Return the exercise that "the first one", "the other one" or "the second" points back to."""
    pair = focus.exercises if len(focus.exercises) > 1 else ()
    if shows("second", question.message):
        return pair[1] if pair else None
    if shows("first", question.message):
        return (pair or focus.history or (None,))[0]
    if shows("previous", question.message) and len(focus.history) > 1:
        return focus.history[-2]
    return None


def _corrected(question: Question, catalog: Catalog, page: str | None, focus: Focus) -> str | None:
    """Return the page meant by "no, the side one", "back to the rice" or a choice offered."""
    pointing = shows("correction", question.message) or (
        shows("pointing", question.message) and bool(focus.history or not page)
    )
    returning = shows("returns", question.message)
    if not pointing and not returning and not focus.choices:
        return None
    candidates = focus.choices or (focus.history if returning else tuple(catalog.titles))
    last = set(content(catalog.titles.get(("", *focus.exercises)[-1], focus.unknown)))
    scored = []
    for slug in candidates:
        name = catalog.own_words(slug)
        said = name & set(question.content)
        if said and slug not in focus.exercises:
            scored.append((len(said), len(name & last), -len(name), slug))
    return max(scored)[-1] if scored else None


def _whole(question: Question, catalog: Catalog, focus: Focus) -> Question:
    """Repeat the last question for another exercise when the message asks nothing itself."""
    if _elliptic(question, focus):
        return _spelt_out(_continued(question, focus), catalog)
    asks = question.intents or question.finds or question.compares
    brief = len(question.content) <= SHORT
    switched = question.exercises and question.exercises != focus.exercises
    if asks or not focus.question or not brief:
        return _spelt_out(question, catalog)
    leftover = [s for s in question.content if s not in _title_stems(question, catalog)]
    pointing = any(shows(kind, question.message) for kind in ("first", "second", "previous"))
    pointing = pointing or shows("correction", question.message)
    if switched and (len(leftover) <= 1 or pointing):
        return _spelt_out(
            replace(
                question,
                neutral=focus.question,
                intents=intents_of(focus.question),
                content=content(focus.question),
            ),
            catalog,
        )
    return _spelt_out(question, catalog)


def _elliptic(question: Question, focus: Focus) -> bool:
    """Return whether a message says too little without the last one: "why not", "how high then"."""
    if question.named or not (focus.question and focus.exercises):
        return False
    if question.exercises != focus.exercises[-1:]:
        return False
    whole = any(intent.fact or intent.whole or intent.alone for intent in question.intents)
    few = FEW if shows("again", question.message) else 1
    return not whole and not question.finds and len(question.content) <= few


def _continued(question: Question, focus: Focus) -> Question:
    together = f"{focus.question} {question.neutral}"
    return replace(
        question,
        neutral=together,
        intents=question.intents or intents_of(focus.question),
        content=(*content(focus.question), *question.content),
    )


def _title_stems(question: Question, catalog: Catalog) -> set[str]:
    return {stem for slug in question.exercises for stem in content(catalog.titles.get(slug, ""))}


def _spelt_out(question: Question, catalog: Catalog) -> Question:
    """Put the exercise's title where the question names or implies it, for retrieval."""
    title = catalog.titles.get(question.exercises[0]) if len(question.exercises) == 1 else None
    if title is None:
        return replace(question, text=question.neutral.replace(NAME, "exercise"))
    if NAME in question.neutral:
        return replace(question, text=question.neutral.replace(NAME, title))
    return replace(question, text=f"{title}: {question.neutral}")
