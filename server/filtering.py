"""By which facts the list of exercises can be narrowed: only what the pages themselves state.

A page has a choice when one of its values ends with the choice's words: an exercise with a "sturdy
chair", or a "wall or chair", has the choice "chair", which stands for "sturdy chair" too. A choice
fits two pages at least. A fact that less than half of the pages state narrows nothing: most of
what a visitor looks for would be hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.domain import PageFacts
from assistant.words import stems

LABELS = {"level": "Level", "equipment": "Equipment", "muscles": "Works"}
_NOTHING = "none"
_LONGEST = 40
_FEW = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose, and the slugs of the pages that it fits."""

    value: str
    slugs: frozenset[str]

    @property
    def label(self) -> str:
        """Return the value as a visitor reads it."""
        shown = "no equipment" if self.value == _NOTHING else self.value
        return shown[:1].upper() + shown[1:]


@dataclass(frozen=True, slots=True)
class Filter:
    """One fact to narrow the list by; ``chosen`` is the value that was chosen, or empty."""

    name: str
    choices: tuple[Choice, ...]
    chosen: str = ""

    @property
    def label(self) -> str:
        """Return what the fact is called on the pages."""
        return LABELS[self.name]

    def values_of(self, slug: str) -> list[str]:
        """Return the choices that fit a page."""
        return [choice.value for choice in self.choices if slug in choice.slugs]


def filters_of(facts: Sequence[PageFacts]) -> tuple[Filter, ...]:
    """Return the facts that the pages can be narrowed by, each with its choices."""
    made = (_filter(name, facts) for name in LABELS)
    return tuple(one for one in made if one is not None)


def chosen(filters: Iterable[Filter], query: Mapping[str, str]) -> tuple[Filter, ...]:
    """Return the filters with what an address chooses; what is no choice chooses nothing."""
    return tuple(
        replace(one, chosen=value)
        if (value := query.get(one.name, "")) in {choice.value for choice in one.choices}
        else one
        for one in filters
    )


def fitting(filters: Iterable[Filter], slugs: frozenset[str]) -> frozenset[str]:
    """Return those of the slugs that fit everything that is chosen."""
    for one in filters:
        for choice in one.choices:
            if choice.value == one.chosen:
                slugs &= choice.slugs
    return slugs


def _filter(name: str, facts: Sequence[PageFacts]) -> Filter | None:
    stated = {fact.slug: values for fact in facts if (values := _values(fact, name))}
    words = {value: stems(value) for values in stated.values() for value in values}
    known = set(words.values())
    broad = {
        own: value
        for value, own in sorted(words.items(), reverse=True)
        if own and not any(own[at:] in known for at in range(1, len(own)))
    }
    made = [Choice(value, _fitted(stated, words, own)) for own, value in broad.items()]
    choices = [choice for choice in made if len(choice.slugs) > 1]
    if len(choices) < 2 or 2 * len(stated) < len(facts):
        return None
    return Filter(name, tuple(sorted(choices, key=_by_count if len(choices) <= _FEW else _by_name)))


def _values(fact: PageFacts, name: str) -> list[str]:
    """Return a page's values of a fact, each alternative alone; a sentence is no value."""
    own = getattr(fact, name) or ()
    lines = [own] if isinstance(own, str) else own
    values = [value for line in lines for value in line.casefold().split(" or ")]
    return [" ".join(value.split()) for value in values if len(value) <= _LONGEST]


def _fitted(
    stated: Mapping[str, list[str]], words: Mapping[str, tuple[str, ...]], own: tuple[str, ...]
) -> frozenset[str]:
    return frozenset(
        slug
        for slug, values in stated.items()
        if any(words[value][-len(own) :] == own for value in values)
    )


def _by_count(choice: Choice) -> tuple[int, str]:
    return -len(choice.slugs), choice.value


def _by_name(choice: Choice) -> tuple[bool, str]:
    return choice.value != _NOTHING, choice.value
