"""The concepts of the policy, compiled: which concepts stand where in a list of tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.errors import SettingError
from assistant.safety.patterns import Phrase, Read, compile_phrase, match_at
from assistant.safety.tokens import Token

Found = dict[str, dict[int, list[int]]]

AHEAD = 16  # words after a phrase's first one that are looked up; longer phrases do without


@dataclass(frozen=True, slots=True)
class Near:
    """A concept that is two or more others close together, such as a part and a pain."""

    name: str
    groups: tuple[frozenset[str], ...]
    within: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A symptom of long standing: ``hides`` mean nothing inside ``said``, but for ``unless``."""

    said: str
    unless: str
    hides: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of one concept."""

    concept: str
    phrase: Phrase
    needs: tuple[frozenset[str], ...] = ()
    one_word: bool = False
    near_head: bool = False


@dataclass(frozen=True, slots=True)
class _Headed:
    """The phrases that begin alike: those to try at each place, and those that need a word soon.

    A phrase in ``soon`` stands under each word of the step that has the fewest, so that only the
    words which follow a place are looked up, and not every phrase is tried there.
    """

    anywhere: list[Entry] = field(default_factory=list)
    soon: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Take one more phrase."""
        if not entry.near_head:
            self.anywhere.append(entry)
            return
        for word in min(entry.needs, key=len):
            self.soon.setdefault(word, []).append(entry)


def _entry(concept: str, phrase: Phrase) -> Entry:
    """Return an entry with the word sets that a message must have for it to match."""
    needs = tuple(
        step.words
        for step in phrase[1:]
        if step.words and not (step.optional or step.concepts or step.numbers)
    )
    named = any(step.concepts for step in phrase)
    one_word = len(phrase) == 1 and not (named or phrase[0].numbers)
    longest = sum(step.gap or 1 for step in phrase)
    return Entry(concept, phrase, needs, one_word, bool(needs) and not named and longest <= AHEAD)


class Lexicon:
    """Finds the phrases of all concepts; a phrase may refer to concepts of earlier ranks."""

    def __init__(self, concepts: Mapping[str, Sequence[str]], inflect: Read, read: Read) -> None:
        """Compile every line; raises SettingError for an unreadable line or a circle."""
        self._entries = {
            name: [_entry(name, p) for line in lines for p in compile_phrase(line, inflect, read)]
            for name, lines in concepts.items()
        }
        self._ranks = [self._indexed(names) for names in self._ordered()]

    @property
    def vocabulary(self) -> Counter[str]:
        """Return every word that some phrase names, with the number of phrases that do."""
        entries = [entry for group in self._entries.values() for entry in group]
        return Counter(word for entry in entries for step in entry.phrase for word in step.words)

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

    def _indexed(self, names: Sequence[str]) -> dict[str, _Headed]:
        """Return phrases by what they begin with: a word, ``#`` or ``<concept>``."""
        index: dict[str, _Headed] = {}
        for entry in (entry for name in names for entry in self._entries[name]):
            head = entry.phrase[0]
            keys = [*head.words, *(f"<{name}>" for name in head.concepts)]
            for key in [*keys, "#"] if head.numbers else keys:
                index.setdefault(key, _Headed()).add(entry)
        return index

    def find(self, tokens: Sequence[Token]) -> Found:
        """Return for each concept where its phrases start and where they may end."""
        found: Found = {}
        heads: dict[str, list[int]] = {}
        for at, token in enumerate(tokens):
            heads.setdefault(token.word, []).append(at)
            if token.number is not None:
                heads.setdefault("#", []).append(at)
        words = set(heads)
        ahead = _Ahead(tokens)
        for index in self._ranks:
            places = {**heads, **{f"<{name}>": list(starts) for name, starts in found.items()}}
            fresh = list(_matches(index, places, words, ahead, tokens, found))
            for concept, at, ends in fresh:
                known = found.setdefault(concept, {}).setdefault(at, [])
                known.extend(end for end in ends if end not in known)
        return found


class _Ahead(dict[int, set[str]]):
    """The few words that follow each place, made when it is asked for the first time."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._words = [token.word for token in tokens]

    def __missing__(self, at: int) -> set[str]:
        words = self[at] = set(self._words[at + 1 : at + AHEAD])
        return words


def _matches(
    index: Mapping[str, _Headed],
    places: Mapping[str, list[int]],
    words: set[str],
    ahead: Mapping[int, set[str]],
    tokens: Sequence[Token],
    found: Found,
) -> Iterator[tuple[str, int, Sequence[int]]]:
    """Yield (concept, start, ends) for the phrases of one rank, some more than once."""
    for key, starts in places.items():
        headed = index.get(key)
        if headed is None:
            continue
        for entry in headed.anywhere:
            if not (entry.needs and _lacks(entry.needs, words)):
                yield from _matches_at(entry, starts, tokens, found)
        soon = headed.soon.keys()
        if soon.isdisjoint(words):
            continue
        for at in starts:
            for word in soon & ahead[at]:
                for entry in headed.soon[word]:
                    if not _lacks(entry.needs, ahead[at]):
                        yield from _matches_at(entry, (at,), tokens, found)


def _matches_at(
    entry: Entry, starts: Sequence[int], tokens: Sequence[Token], found: Found
) -> Iterator[tuple[str, int, Sequence[int]]]:
    """Yield (concept, start, ends) for one phrase wherever it stands."""
    for at in starts:
        ends = (at + 1,) if entry.one_word else match_at(entry.phrase, at, tokens, found)
        if ends:
            yield entry.concept, at, ends


def _lacks(needs: Sequence[frozenset[str]], words: set[str]) -> bool:
    """Return whether a message has none of the words that some step needs."""
    # A plain loop: twice as fast here as any() over a generator, on the layer's hottest line.
    for need in needs:  # noqa: SIM110
        if need.isdisjoint(words):
            return True
    return False
