"""How people speak in a conversation: small talk, finding, comparing, following up, correcting.

The cues are ``policy/dialogue.yaml``; every function here is pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from assistant.errors import SettingError
from assistant.intents import compile_cue, cue_text
from assistant.words import stem, words

DRAWN_OUT = re.compile(r"(\w)\1+(?!\w)")
SLOT = r"(?P<name>\S+(?: \S+){0,3}?)"  # a name of up to four words
KINDS = (
    "seek",
    "find",
    "compare",
    "asks",
    "weighs",
    "choice",
    "amounts",
    "refuses",
    "pair",
    "somebody",
    "beside",
    "beside_page",
    "aside",
    "either",
    "described",
    "kind_of",
    "pictured",
    "does",
    "personal",
    "told_of",
    "either_way",
    "moving_on",
    "aid",
    "allowed",
    "suffers",
    "for_trouble",
    "owned",
    "own",
    "command",
    "outside",
    "priced",
    "again",
    "correction",
    "pointing",
    "first",
    "second",
    "previous",
    "returns",
    "refers",
)


@dataclass(frozen=True, slots=True)
class Praise:
    """Words that praise, others beside them, those that begin a question, and the reply."""

    telling: frozenset[str]
    beside: frozenset[str]
    asks: frozenset[str]
    reply: str

    def is_all_of(self, said: str) -> bool:
        """Return whether folded words say nothing but praise."""
        words_said = said.split()
        if not words_said or words_said[0] in self.asks or self.telling.isdisjoint(words_said):
            return False
        return self.telling | self.beside >= set(words_said)


@dataclass(frozen=True, slots=True)
class DialoguePolicy:
    """Cues by what they show, ready replies to small talk, and words that say nothing.

    ``before`` has the words that tell how what follows them is meant; ``remedied`` names the
    conditions that an exercise may be asked about as a remedy; ``slots`` find where a question
    has the name of an exercise.
    """

    cues: dict[str, tuple[re.Pattern[str], ...]]
    slots: tuple[re.Pattern[str], ...]
    before: dict[str, frozenset[str]]
    remedied: frozenset[str]
    smalltalk: tuple[tuple[tuple[re.Pattern[str], ...], str], ...]
    stop: frozenset[str]
    praise: Praise


@lru_cache(maxsize=1)
def dialogue_policy() -> DialoguePolicy:
    """Read the policy once."""
    file = resources.files("assistant") / "policy" / "dialogue.yaml"
    data = yaml.safe_load(file.read_text("utf-8"))
    praise = data["praise"]
    return DialoguePolicy(
        cues={kind: tuple(map(compile_cue, data[kind])) for kind in KINDS},
        slots=tuple(compile_cue(cue.replace("<name>", SLOT)) for cue in data["slots"]),
        before={kind: frozenset(said.split()) for kind, said in data["before"].items()},
        remedied=frozenset(data["remedied"]),
        smalltalk=tuple(
            (tuple(map(compile_cue, entry["cues"])), entry["reply"])
            for entry in data["smalltalk"].values()
        ),
        stop=frozenset(data["stop"].split()),
        praise=Praise(
            telling=frozenset(praise["telling"].split()),
            beside=frozenset(praise["beside"].split()),
            asks=frozenset(praise["asks"].split()),
            reply=praise["reply"],
        ),
    )


def shows(kind: str, text: str) -> bool:
    """Return whether a text has a cue of this kind.

    >>> shows("previous", "back to the last one")
    True
    """
    said = cue_text(text)
    return any(cue.search(said) for cue in dialogue_policy().cues[kind])


def ends_in(kind: str, text: str) -> bool:
    """Return whether the last word of a text is one that tells how the next is meant.

    >>> ends_in("mine", "what do my"), ends_in("mine", "")
    (True, False)
    """
    said = text.split()
    return bool(said) and cue_text(said[-1]) in dialogue_policy().before[kind]


def in_slot(text: str) -> str:
    """Return the folded words of a question that stand where an exercise is named, or nothing.

    >>> in_slot("How many reps of the Bulgarian bag spin should I do?"), in_slot("How many reps?")
    ('bulgarian bag spin', '')
    """
    said = cue_text(text)
    found = (cue.search(said) for cue in dialogue_policy().slots)
    return next((match["name"] for match in found if match), "")


def without(kind: str, text: str) -> str:
    """Return the folded words of a text without the cues of one kind.

    >>> without("find", "something for balance")
    'balance'
    """
    said = cue_text(text)
    for cue in dialogue_policy().cues[kind]:
        said = cue.sub(" ", said)
    return " ".join(said.split())


def smalltalk_reply(text: str) -> str | None:
    """Return the ready reply when a message is small talk and nothing else.

    Letters drawn out at the end of a word do not matter: "heyyy", "thankss".
    """
    said = cue_text(text)
    praise = dialogue_policy().praise
    for form in dict.fromkeys((said, DRAWN_OUT.sub(r"\1", said))):
        for cues, reply in dialogue_policy().smalltalk:
            if any(cue.search(form) for cue in cues):
                return reply
        if praise.is_all_of(form):
            return praise.reply
    return None


def content(text: str) -> tuple[str, ...]:
    """Return the meanings that say what a text is about, each once, in order.

    >>> content("Should my shoulders stay on the floor?")
    ('shoulder', 'stay', 'floor')
    """
    stop = dialogue_policy().stop
    kept = (meaning(w.stem) for w in words(text) if w.folded.replace("'", "") not in stop)
    return tuple(dict.fromkeys(kept))


def is_telling(word: str) -> bool:
    """Return whether a folded word says something: no stop word and none with synonyms."""
    return word not in dialogue_policy().stop and stem(word) not in _meanings()


def meaning(word_stem: str) -> str:
    """Return the stem that stands for all words that mean the same (``policy/synonyms.yaml``).

    >>> meaning("hammi") == meaning("hamstr")
    True
    """
    return _meanings().get(word_stem, word_stem)


def meaning_words() -> frozenset[str]:
    """Return every word that has synonyms."""
    return frozenset(word for group in _groups() for word in group)


@lru_cache(maxsize=8_192)
def meanings(text: str) -> frozenset[str]:
    """Return the meanings of all words of a text."""
    return frozenset(meaning(word.stem) for word in words(text))


@lru_cache(maxsize=1)
def _meanings() -> dict[str, str]:
    return meanings_by_stem(_groups())


def meanings_by_stem(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return for the stem of every word that of the first word of its group.

    Raises SettingError when two groups have words of one stem, as only one of them would count.

    >>> meanings_by_stem([["floor", "ground"], ["mat", "rugs"]])
    {'floor': 'floor', 'ground': 'floor', 'mat': 'mat', 'rug': 'mat'}
    """
    told: dict[str, tuple[str, str]] = {}
    for first, *others in groups:
        for word in (first, *others):
            beside, known = told.setdefault(stem(word), (word, first))
            if known != first:
                raise SettingError(
                    f"assistant/policy/synonyms.yaml: {word!r} in the line of {first!r} has the "
                    f"stem of {beside!r} in the line of {known!r}.",
                    "Leave it in one of the two lines.",
                )
    return {word_stem: stem(first) for word_stem, (_, first) in told.items()}


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, ...], ...]:
    file = resources.files("assistant") / "policy" / "synonyms.yaml"
    return tuple(tuple(group) for group in yaml.safe_load(file.read_text("utf-8")))
