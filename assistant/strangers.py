"""Exercises of no list that a question names all the same: "how heavy for a rolling thunder lift".

Told by the place of the words: after what is asked, with a word that no page has.
"""

from __future__ import annotations

from assistant.dialogue import content, in_slot, shows
from assistant.intents import NAME, unasked
from assistant.name_words import name_words
from assistant.pages.characters import stem as page_stem
from assistant.pages.naming_policy import naming
from assistant.questions import Question
from assistant.safety.ailments import ailments
from assistant.spelling import is_unusual
from assistant.words import words

MOST = 4  # words of such a name
POSE = "asana"  # the end of the Sanskrit name of any pose of yoga


def stranger(question: Question, foreign: tuple[str, ...]) -> str:
    """Return the name of the exercise that a question of a fact seems to be about, or nothing.

    Args:
        question: one that names no exercise of a page or of the lexicon.
        foreign: words of it that no page has.
    """
    if question.finds or question.described:
        return ""
    # A part of the body makes it a wish: "something like virasana for my stiff back".
    said = () if ailments(question.neutral) else [w.folded for w in words(question.neutral)]
    pose = next((w for w in said if w.endswith(POSE) and len(w) > len(POSE) + 1), "")
    asks = any(intent.fact or intent.whole or intent.opening for intent in question.intents)
    placed = _placed(question.neutral, foreign)
    if pose or placed or not foreign or not asks:
        return pose or placed
    if shows("own", question.neutral):
        return ""
    left = unasked(question.neutral.split(",")[0])
    telling = set(content(left))
    name = [w.folded for w in words(left) if set(content(w.folded)) & telling]
    known = any(word.stem in name_words().heads for word in words(" ".join(name)))
    few = (
        len(name) <= MOST
        and not telling.isdisjoint(content(" ".join(foreign)))
        and (known or len(foreign) == len(name))
    )
    return " ".join(name) if few else ""


def _placed(neutral: str, foreign: tuple[str, ...]) -> str:
    """Return the words that stand where a name does, if one of them is as unusual as names are.

    A single word must be one that no page has, or "hypertrophy" would be an exercise.

    >>> _placed("is the pilates corkscrew good for beginners", ())
    'pilates corkscrew'
    >>> _placed("how many reps of the move", ()), _placed("how many sets of hypertrophy", ())
    ('', '')
    """
    name = in_slot(neutral)
    said = words(name)
    policy = name_words()
    known = policy.body | policy.equipment | policy.positions
    generic = naming().generic
    telling = [w for w in said if w.stem not in known and page_stem(w.folded) not in generic]
    if NAME in name.split() or ailments(name) or (len(said) == 1 and name not in foreign):
        return ""
    ends = len(said) > 1 and said[-1].stem in policy.heads and len(telling) > 1
    unusual = any(is_unusual(word.folded) and word.folded.isalpha() for word in telling)
    return name if unusual or ends else ""
