"""Pages that are there twice: the later one is left out, and its owner is told of the earlier."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain import Page, Quarantined
from assistant.pages.sources import SourceResult


class Seen:
    """The slugs, texts and addresses of the pages so far, with the source of each."""

    def __init__(self) -> None:
        self.slugs: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.addresses: dict[tuple[str, str], str] = {}

    def checked(self, result: SourceResult) -> SourceResult:
        """Return a source's result with the pages that were there before quarantined."""
        pages: list[Page] = []
        refused: list[Quarantined] = []
        for page in result.pages:
            why = self.refusal(page)
            if why:
                refused.append(Quarantined(page.source, *why))
            else:
                pages.append(page)
        if not refused:
            return result
        return replace(result, pages=tuple(pages), quarantined=(*result.quarantined, *refused))

    def refusal(self, page: Page) -> tuple[str, str] | None:
        """Return why a page is a duplicate, and the advice; remember it when it is none."""
        text = page.content_hash
        address = (page.url or "", page.title.casefold())
        if text in self.texts:
            return (
                f"The page {page.title!r} says the same as {self.texts[text]}.",
                "Keep one of the two.",
            )
        if page.url and address in self.addresses:
            return (
                f"The page {page.title!r} has the address of {self.addresses[address]}.",
                "Keep one of the two.",
            )
        if page.slug in self.slugs:
            return (
                f"The page {page.title!r} has the slug {page.slug!r} of {self.slugs[page.slug]}.",
                "Give it a `slug` of its own, or keep one of the two.",
            )
        self.texts[text] = self.slugs[page.slug] = page.source
        self.addresses[address] = page.source
        return None
