"""The concepts of the policy, compiled: which concepts stand where in a list of tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import SettingError
from assistant.safety.patterns import Phrase, Read, compile_phrase, match_at
from assistant.safety.tokens import Token

Found = dict[str, dict[int, list[int]]]


@dataclass(frozen=True, slots=True)
class Near:
    """A concept that is two or more others close together, such as a part and a pain."""

    name: str
    groups: tuple[frozenset[str], ...]
    within: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of one concept."""

    concept: str
    phrase: Phrase


class Lexicon:
    """Finds the phrases of all concepts; a phrase may refer to concepts of earlier ranks."""

    def __init__(self, concepts: Mapping[str, Sequence[str]], inflect: Read, read: Read) -> None:
        """Compile every line; raises SettingError for an unreadable line or a circle."""
        self._entries = {
            name: [Entry(name, p) for line in lines for p in compile_phrase(line, inflect, read)]
            for name, lines in concepts.items()
        }
        self._ranks = [self._indexed(names) for names in self._ordered()]

    @property
    def vocabulary(self) -> set[str]:
        """Return every word that some phrase names."""
        entries = [entry for group in self._entries.values() for entry in group]
        return {word for entry in entries for step in entry.phrase for word in step.words}

    def _references(self, name: str) -> set[str]:
        """Return the concepts that the phrases of one concept refer to."""
        return {c for entry in self._entries[name] for step in entry.phrase for c in step.concepts}

    def _ordered(self) -> list[list[str]]:
        """Return the concepts in ranks, each rank referring to earlier ones only."""
        left = {name: self._references(name) for name in self._entries}
        unknown = {c for refs in left.values() for c in refs} - left.keys()
        ranks: list[list[str]] = []
        done: set[str] = set()
        while left:
            ready = [name for name, refs in left.items() if refs <= done]
            if not ready or unknown:
                raise SettingError(
                    f"Safety policy: {sorted(unknown) or sorted(left)} cannot be resolved.",
                    "Define the concept, or break the circle of references.",
                )
            ranks.append(ready)
            done.update(ready)
            for name in ready:
                del left[name]
        return ranks

    def _indexed(self, names: Sequence[str]) -> dict[str, list[Entry]]:
        """Return phrases by what they begin with: a word, ``#`` or ``<concept>``."""
        index: dict[str, list[Entry]] = {}
        for entry in (entry for name in names for entry in self._entries[name]):
            head = entry.phrase[0]
            keys = [*head.words, *(f"<{name}>" for name in head.concepts)]
            for key in [*keys, "#"] if head.numbers else keys:
                index.setdefault(key, []).append(entry)
        return index

    def find(self, tokens: Sequence[Token]) -> Found:
        """Return for each concept where its phrases start and where they may end."""
        found: Found = {}
        for index in self._ranks:
            fresh: list[tuple[str, int, list[int]]] = []
            heads = [(at, token.word) for at, token in enumerate(tokens)]
            heads += [(at, "#") for at, token in enumerate(tokens) if token.number is not None]
            heads += [(at, f"<{name}>") for name, starts in found.items() for at in starts]
            for at, key in heads:
                for entry in index.get(key, ()):
                    ends = match_at(entry.phrase, at, tokens, found)
                    if ends:
                        fresh.append((entry.concept, at, ends))
            for concept, at, ends in fresh:
                places = found.setdefault(concept, {}).setdefault(at, [])
                places.extend(end for end in ends if end not in places)
        return found
