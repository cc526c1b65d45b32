"""Which exercises a name finds: every typed word stands somewhere in the title or another name.

Example: "trunk ROTÁTION lower" finds the page whose other name is "lower trunk rotation".
The site's script does the same as one types.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from assistant.ports import PageNames

_BETWEEN = re.compile(r"[\s-]+")


def found_slugs(pages: Iterable[PageNames], query: str) -> frozenset[str]:
    """Return the slugs of the pages that the query finds; an empty query finds them all."""
    words = [word for word in _BETWEEN.split(_plain(query)) if word]
    return frozenset(page.slug for page in pages if _has_all(page, words))


def near_pages(pages: Sequence[PageNames], query: str, most: int = 3) -> list[PageNames]:
    """Return the pages that a mistaken name may mean: those that it finds, then those like it.

    "hip bridge" finds the page whose other name it is; "planks" is like "Plank".
    """
    if not query:
        return []
    found = found_slugs(pages, query)
    by_title = {_plain(page.title): page for page in pages}
    like = (by_title[title] for title in get_close_matches(_plain(query), by_title, most, 0.7))
    near = {page.slug: page for page in (*(p for p in pages if p.slug in found), *like)}
    return list(near.values())[:most]


def _has_all(page: PageNames, words: list[str]) -> bool:
    names = _plain(" ".join((page.title, *page.aliases)))
    return all(word in names for word in words)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return "".join(one for one in letters if unicodedata.category(one)[0] != "M").lower()
