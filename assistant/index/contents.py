"""The rows of the next generation: unchanged pages keep theirs, the others are cut anew."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.domain import Page
from assistant.index.earlier import Earlier
from assistant.index.reading import Reader
from assistant.index.records import Entry, page_digest, text_digest


@dataclass(slots=True)
class Contents:
    """Pages sorted by slug, the passages of each, and the texts of those that were cut now."""

    pages: list[Page]
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    texts: dict[bytes, str] = field(default_factory=dict)

    def rows(self) -> list[Entry]:
        """Return all passages in the order of their rows."""
        return [entry for page in self.pages for entry in self.entries[page.slug]]


def split(pages: list[Page], earlier: Earlier | None, reader: Reader, model_id: str) -> Contents:
    """Cut pages into passages, except where the earlier generation has the same page already."""
    contents = Contents(pages)
    unchanged = _reusable(earlier, reader, model_id)
    for page in pages:
        digest, entries = unchanged.get(page.slug, (b"", []))
        if digest != page_digest(page):
            entries = _cut(page, reader, contents.texts)
        contents.entries[page.slug] = entries
    return contents


def same_contents(pages: dict[str, Page], earlier: Earlier, reader: Reader, model_id: str) -> bool:
    """Say whether the earlier generation is intact and holds exactly these pages."""
    manifest = earlier.manifest
    if not earlier.whole or (manifest.model, manifest.reader) != (model_id, reader.version):
        return False
    if pages.keys() != earlier.pages.keys():
        return False
    # A page that was not parsed again is the very object of the earlier generation.
    return all(
        page is earlier.pages[slug][1] or page_digest(page) == earlier.pages[slug][0]
        for slug, page in pages.items()
    )


def _reusable(
    earlier: Earlier | None, reader: Reader, model_id: str
) -> dict[str, tuple[bytes, list[Entry]]]:
    if earlier is None:
        return {}
    if (earlier.manifest.model, earlier.manifest.reader) != (model_id, reader.version):
        return {}
    entries: dict[str, list[Entry]] = {}
    for entry in earlier.entries:
        entries.setdefault(entry.passage.page, []).append(entry)
    return {slug: (digest, entries.get(slug, [])) for slug, (digest, _) in earlier.pages.items()}


def _cut(page: Page, reader: Reader, texts: dict[bytes, str]) -> list[Entry]:
    entries = []
    for passage in reader.passages_of(page):
        parts = (reader.embedding_text(page, passage), *reader.unit_texts(page, passage))
        digests = [text_digest(part) for part in parts]
        texts.update(zip(digests, parts, strict=True))
        entries.append(Entry(passage, digests[0], tuple(digests[1:])))
    return entries
