"""Words that a page may call its exercise by, looked up when somebody asks about them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from assistant.name_parts import key_of
from assistant.ports import PageNames


class HintedNames:
    """The hints of pages by their keys: those that one page alone has and that are no name.

    Args:
        entries: the names of the pages.
        key: the key of a name.
        taken: the keys of whole names, which mean their own pages.

    >>> from types import SimpleNamespace as Page
    >>> floss = Page(slug="floss", hints=("slump slider", "pull"))
    >>> found = HintedNames([floss, Page(slug="row", hints=("pull",))], key=str, taken=())
    >>> found.owner("slump slider"), found.owner("pull")
    ('floss', None)
    """

    def __init__(
        self, entries: Iterable[PageNames], key: Callable[[str], str], taken: Container[str]
    ) -> None:
        owners: dict[str, set[str]] = {}
        for entry in entries:
            for hint in entry.hints:
                owners.setdefault(key(hint), set()).add(entry.slug)
        self._owner = {
            hint: min(slugs)
            for hint, slugs in owners.items()
            if len(slugs) == 1 and hint not in taken
        }

    def owner(self, key: str) -> str | None:
        """Return the page that the words of a key mean, if they mean one."""
        return self._owner.get(key)

    def named(self, tokens: tuple[str, ...], endings: Container[str]) -> frozenset[str]:
        """Return the page that a name means with its ending or without, as "crane pose" does."""
        bare = tokens[:-1] if tokens[-1] in endings else tokens
        owner = self.owner(key_of(tokens)) or self.owner(key_of(bare))
        return frozenset({owner} if owner else ())
