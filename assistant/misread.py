"""Names with one letter wrong that makes another word: "hip trust", "waking lunge"."""

from __future__ import annotations

from collections import defaultdict

from assistant.spelling import is_slip


class Misread:
    """Names of several words, found by all of their words but one."""

    def __init__(self) -> None:
        self._beside: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)

    def add(self, tokens: tuple[str, ...], slug: str) -> None:
        """Remember a name of a page."""
        for at, token in enumerate(tokens):
            self._beside[_without(tokens, at)].add((token, slug))

    def meant(self, tokens: tuple[str, ...]) -> set[str]:
        """Return the pages of names that differ in one letter of one word.

        >>> misread = Misread()
        >>> misread.add(("hip", "thrust"), "hip-thrust")
        >>> misread.meant(("hip", "trust")), misread.meant(("hip", "thrust"))
        ({'hip-thrust'}, set())
        """
        return {
            slug
            for at, token in enumerate(tokens)
            for meant, slug in self._beside.get(_without(tokens, at), ())
            if len(tokens) > 1 and is_slip(token, meant)
        }


def _without(tokens: tuple[str, ...], at: int) -> tuple[str, ...]:
    return (*tokens[:at], "", *tokens[at + 1 :])
