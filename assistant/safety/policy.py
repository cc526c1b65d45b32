"""The policy files, read, checked and compiled once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import files
from typing import Any

import yaml

from assistant.domain import SafetyLevel
from assistant.errors import SettingError
from assistant.safety.inflection import inflector
from assistant.safety.lexicon import Lexicon, Near, Settled
from assistant.safety.records import RANK
from assistant.safety.rules import Rule
from assistant.safety.spelling import Speller
from assistant.safety.tokens import tokenise

OWN_WORDS = frozenset({"ill", "were", "well", "hell", "shell", "wed", "id", "shed"})
# An entry without quotes in which a number stands after "#", which begins a comment there.
_CUT = re.compile(r"\s*-\s+(?:#\d|[^\"'#{\[].*\s#\d)")
_SAME = re.compile(r"<[^<>]+>")
LEXICON_FILES = ("body", "symptoms", "events", "mind", "life", "frames", "conditions")


@dataclass(frozen=True, slots=True)
class Named:
    """A condition that a person can state: the concept that names it, and how to show it."""

    name: str
    label: str
    concept: str
    time: str | None = None
    level: SafetyLevel = "caution"
    broad: bool = False
    mends: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that the layer needs, compiled."""

    lexicon: Lexicon
    idioms: Lexicon
    nears: tuple[Near, ...]
    rules: tuple[Rule, ...]
    named: tuple[Named, ...]
    unlisted: re.Pattern[str]
    settled: tuple[Settled, ...]
    speller: Speller
    forms: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, float]
    frames: frozenset[str]


def document(name: str) -> Any:
    """Return a policy file, every value a string; raises SettingError when it is not YAML."""
    try:
        text = files("assistant.safety").joinpath(f"{name}.yaml").read_text("utf-8")
        _refuse_cut_lines(name, text)
        return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise SettingError(
            f"assistant/safety/{name}.yaml cannot be read: {error}.", "Correct the file."
        ) from error


def _refuse_cut_lines(name: str, text: str) -> None:
    """Raise SettingError for an entry of a list that a number's sign would cut short.

    In YAML " #" begins a comment: "- dislocated at #8-90" is "dislocated at" unless it is quoted.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if _CUT.match(line):
            raise SettingError(
                f"assistant/safety/{name}.yaml, line {number}: ' #' cuts the entry short.",
                "Put the entry into double quotes, or its comment on a line of its own.",
            )


def _group(text: str) -> frozenset[str]:
    """Read ``a|b`` as "either concept"."""
    return frozenset(part.strip() for part in text.split("|"))


def _near(name: str, entry: Mapping[str, Any]) -> Near:
    """Read a concept that is made of others."""
    return Near(name, tuple(_group(part) for part in entry["near"]), int(entry.get("within", 4)))


def _concepts(entries: Mapping[str, Any]) -> tuple[dict[str, list[str]], list[Near]]:
    """Return the phrases of concepts, and those made of others.

    A line that is only ``<other>`` makes the concept wherever the other one stands.
    """
    phrases: dict[str, list[str]] = {}
    nears: list[Near] = []
    for name, entry in entries.items():
        made_of = entry if isinstance(entry, Mapping) else {"phrases": entry}
        lines = list(made_of.get("phrases", ()))
        if "near" in made_of:
            nears.append(_near(name, made_of))
        same = [line for line in lines if _SAME.fullmatch(line)]
        nears += [Near(name, (_group(line[1:-1]),), 0) for line in same]
        phrases[name] = [line for line in lines if line not in same]
    return phrases, nears


def _in_order(nears: list[Near]) -> tuple[Near, ...]:
    """Return the made concepts so that each follows those that it is made of."""
    left, ordered = list(nears), list[Near]()
    while left:
        waiting = {near.name for near in left}
        ready = [near for near in left if not frozenset.union(*near.groups) & waiting]
        if not ready:
            raise SettingError(
                f"Safety policy: {sorted(waiting)} are made of each other.", "Break the circle."
            )
        ordered += ready
        left = [near for near in left if near not in ready]
    return tuple(ordered)


def _rule(entry: Mapping[str, Any], known: set[str]) -> Rule:
    """Read one rule; raises SettingError for a level or concept that does not exist."""
    groups = tuple(_group(part) for part in entry["all"])
    history = tuple(_group(part) for part in entry.get("history", ()))
    level = entry["level"]
    unknown = {name for group in (*groups, *history) for name in group} - known
    if unknown or level not in RANK:
        raise SettingError(
            f"assistant/safety/rules.yaml: rule {entry['id']} names {sorted(unknown) or level}.",
            "Use a concept of the lexicon files and one of the six levels.",
        )
    words = entry.get("within", "sentence")
    within = int(words) if words.isdigit() else words
    return Rule(entry["id"], level, entry["category"], groups, history, within, entry["source"])


def _named(entries: Mapping[str, Mapping[str, Any]], mending: Collection[str]) -> tuple[Named, ...]:
    """Read the conditions that a person can state, and which of them mend."""
    return tuple(
        Named(
            name,
            entry["label"],
            f"condition_{name}",
            entry.get("time"),
            entry.get("level", "caution"),
            "broad" in entry,
            name in mending,
        )
        for name, entry in entries.items()
    )


def _unlisted(entry: Mapping[str, list[str]]) -> re.Pattern[str]:
    """Return the pattern of the names of illnesses that are told by their endings."""
    endings, nouns, others = ("|".join(entry[key]) for key in ("endings", "nouns", "not"))
    named = rf"\b(?!(?:{others})\b)[a-z]{{3,30}}(?:{endings})\b"
    called = rf"(?<![a-z'])[a-z']{{1,30}} (?:{nouns})\b"
    return re.compile(f"{named}|{called}", re.IGNORECASE)


def _forms(entries: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Read contractions and shorthand, each also without its apostrophe unless that is a word."""
    forms = {word: tuple(str(said).split()) for word, said in entries.items()}
    owned = {word for word, said in forms.items() if word.endswith("'s") and len(said) == 1}
    bare = {word.replace("'", ""): said for word, said in forms.items() if word not in owned}
    return {**{w: said for w, said in bare.items() if w not in OWN_WORDS}, **forms}


def _read(word: str, forms: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return a policy word as the tokeniser gives it."""
    return tuple(token.word for token in tokenise(word, forms, {})[1])


def _lexicon_entries() -> tuple[dict[str, list[str]], list[Near], frozenset[str]]:
    """Return all phrases, the concepts made of others, and the names of the frames."""
    phrases: dict[str, list[str]] = {}
    nears: list[Near] = []
    frames: frozenset[str] = frozenset()
    for name in LEXICON_FILES:
        read = document(name)
        entries = dict(read["concepts"])
        for condition, entry in read.get("conditions", {}).items():
            entries[f"condition_{condition}"] = entry["said"]
        lines, made = _concepts(entries)
        phrases.update(lines)
        nears.extend(made)
        frames |= {*(entries if name == "frames" else ()), *read.get("parts", ())}
    return phrases, nears, frames


@lru_cache(maxsize=1)
def load_policy() -> Policy:
    """Return the compiled policy; raises SettingError naming the file and line at fault."""
    words = document("words")
    forms = _forms(words["written_out"])
    numbers = {word: float(value) for word, value in words["numbers"].items()}
    read = partial(_read, forms=forms)
    inflect = inflector(words["irregular"])
    phrases, nears, frames = _lexicon_entries()
    lexicon = Lexicon(phrases, inflect, read)
    idioms = Lexicon(document("idioms")["concepts"], inflect, read)
    protected = {*words["real_words"].split(), *forms, *numbers}
    return Policy(
        lexicon=lexicon,
        idioms=idioms,
        nears=_in_order(nears),
        rules=tuple(_rule(rule, set(phrases)) for rule in document("rules")["rules"]),
        named=_named(document("conditions")["conditions"], document("conditions")["mends"]),
        unlisted=_unlisted(document("conditions")["unlisted"]),
        settled=tuple(
            Settled(each["said"], each["unless"], frozenset(each["hides"]))
            for each in document("conditions")["settled"]
        ),
        speller=Speller(lexicon.vocabulary + idioms.vocabulary + Counter(forms.keys()), protected),
        forms=forms,
        numbers=numbers,
        frames=frames,
    )
