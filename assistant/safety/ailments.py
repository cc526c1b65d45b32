"""What a text says is wrong with a body, as concepts with what follows from each.

"Had my hip done" and "joint replacement in the leg" meet here: the first is a hip and a
replacement, a hip is in the leg, a replacement is surgery. Used to find the restriction that fits
what a person said; no level depends on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from assistant.errors import SettingError
from assistant.safety.inflection import inflector
from assistant.safety.lexicon import Lexicon
from assistant.safety.policy import document, load_policy
from assistant.safety.spelling import Speller
from assistant.safety.tokens import Token, tokenise

WOUNDS = frozenset({"fracture", "dislocation", "tear", "surgery", "replacement", "arthritis"})
SORTS = ("parts", "kinds", "conditions", "states")


@dataclass(frozen=True, slots=True)
class Ailments:
    """The vocabulary, compiled: phrases, what follows from each concept, and of which sort it is.

    ``named`` is what a condition of the safety policy says by its name alone.
    """

    lexicon: Lexicon
    speller: Speller
    follows: Mapping[str, frozenset[str]]
    hides: Mapping[str, frozenset[str]]
    sorts: Mapping[str, str]
    named: Mapping[str, frozenset[str]]

    def of_sort(self, sort: str, concepts: Collection[str]) -> frozenset[str]:
        """Return the concepts of one sort: parts, kinds, conditions or states."""
        return frozenset(name for name in concepts if self.sorts[name] == sort)

    def closure(self, concepts: Collection[str]) -> frozenset[str]:
        """Return the concepts with all that follows from them."""
        return frozenset(concepts).union(*(self.follows[name] for name in concepts))


@lru_cache(maxsize=1)
def load_ailments() -> Ailments:
    """Return the compiled vocabulary; raises SettingError for a concept that does not exist."""
    written: Mapping[str, Mapping[str, Any]] = document("ailments")
    entries = {name: entry for sort in SORTS for name, entry in written[sort].items()}
    said = {name: e if isinstance(e, list) else e["said"] for name, e in entries.items()}
    means, hides = _given(entries, "means"), _given(entries, "hides")
    named = {name: frozenset(given) for name, given in written["named"].items()}
    used = {each for given in (*means.values(), *hides.values(), *named.values()) for each in given}
    if used - entries.keys():
        raise SettingError(
            f"assistant/safety/ailments.yaml names {sorted(used - entries.keys())}.",
            "Use concepts of the file, or add the missing ones.",
        )
    policy = load_policy()
    read = partial(_read, forms=policy.forms)
    lexicon = Lexicon(said, inflector(document("words")["irregular"]), read)
    real = {*document("words")["real_words"].split(), *written["real_words"]}
    vocabulary = lexicon.vocabulary + policy.lexicon.vocabulary + Counter(policy.forms.keys())
    return Ailments(
        lexicon=lexicon,
        speller=Speller(vocabulary, {*real, *policy.forms, *policy.numbers}),
        follows={name: _following(name, means) for name in entries},
        hides={name: frozenset(given) for name, given in hides.items() if given},
        sorts={name: sort for sort in SORTS for name in written[sort]},
        named=named,
    )


@lru_cache(maxsize=8_192)
def ailments(text: str) -> frozenset[str]:
    """Return the concepts that a text names, without what follows from them.

    >>> sorted(ailments("had my hip done in June"))
    ['hip', 'replacement']
    """
    known, policy = load_ailments(), load_policy()
    tokens = [
        Token(word, token.start, token.end, 0 if at else token.brk, token.number)
        for token in tokenise(text, policy.forms, policy.numbers)[1]
        for at, word in enumerate(known.speller.read(token.word))
    ]
    found = frozenset(known.lexicon.find(tokens))
    return found.difference(*(known.hides[name] for name in found & known.hides.keys()))


def tells_enough(concepts: Collection[str]) -> bool:
    """Return whether concepts are more than a part of the body: an illness or a wound."""
    known = load_ailments()
    return bool(
        WOUNDS & set(concepts)
        or known.of_sort("conditions", concepts)
        or known.of_sort("states", concepts)
    )


def _given(entries: Mapping[str, Any], key: str) -> dict[str, list[str]]:
    """Return the concepts that each entry names under a key."""
    return {name: [] if isinstance(e, list) else e.get(key, []) for name, e in entries.items()}


def _read(word: str, forms: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(token.word for token in tokenise(word, forms, {})[1])


def _following(name: str, means: Mapping[str, list[str]]) -> frozenset[str]:
    """Return all that follows from a concept; raises SettingError for a circle."""
    reached: set[str] = set()
    waiting = list(means[name])
    while waiting:
        following = waiting.pop()
        if following == name:
            raise SettingError(f"assistant/safety/ailments.yaml: {name} means itself.", "Mend it.")
        if following not in reached:
            reached.add(following)
            waiting += means[following]
    return frozenset(reached)
