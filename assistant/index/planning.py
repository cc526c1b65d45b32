"""Deciding what the next generation holds: pure decisions over what was read and what is there.

Nothing that is stored is lost by accident: a source that suddenly gives no page, or a page that
shrinks to less than half, keeps its earlier version and is reported. A source that is gone from
the given paths is gone from the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from assistant.domain import Page, Quarantined
from assistant.index.records import Source

SHRUNK = 0.5


class Result(Protocol):
    """What reading one source gave; ``assistant.pages.SourceResult`` obeys it."""

    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def sha256(self) -> str: ...  # noqa: D102
    @property
    def pages(self) -> tuple[Page, ...]: ...  # noqa: D102
    @property
    def quarantined(self) -> tuple[Quarantined, ...]: ...  # noqa: D102


@dataclass(slots=True)
class Plan:
    """The pages and sources of the next generation, by slug and by source."""

    pages: dict[str, Page] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    quarantined: list[Quarantined] = field(default_factory=list)
    read: int = 0

    def sorted_pages(self) -> list[Page]:
        """Return the pages in the order of their slugs."""
        return [self.pages[slug] for slug in sorted(self.pages)]


@dataclass(frozen=True, slots=True)
class Before:
    """What the last valid generation holds; empty when there is none."""

    generation: int = 0
    sources: Mapping[str, Source] = field(default_factory=dict)
    page: Callable[[str], Page | None] = lambda _: None


def plan(
    results: Iterable[Result],
    before: Before,
    *,
    kept: Iterable[str] = (),
    accept_shrunk: bool = False,
) -> Plan:
    """Return the next generation's content.

    ``kept`` are earlier sources that stay although they were not read this time.
    """
    out = Plan()
    for result in results:
        _take(out, result, before, accept_shrunk)
    for source in kept:
        _keep(out, before.sources[source], before)
    return out


def untouched(before: Iterable[str], read: Iterable[str], paths: Iterable[Path]) -> list[str]:
    """Return the earlier sources that neither were read now nor lie under the given paths.

    Example:
        >>> untouched(["a/x.md", "b/y.md"], [], [Path("a")])
        ['b/y.md']
    """
    seen = set(read)
    roots = [root for path in paths for root in (str(path), str(Path(path).absolute()))]
    return [
        source
        for source in before
        if source not in seen
        and not any(source == root or source.startswith(root.rstrip("/") + "/") for root in roots)
    ]


def _take(out: Plan, result: Result, before: Before, accept_shrunk: bool) -> None:
    out.quarantined.extend(result.quarantined)
    earlier = before.sources.get(result.source)
    slugs: list[str] = []
    as_read = True
    for page in result.pages:
        out.read += 1
        chosen = page if accept_shrunk else _unless_shrunk(out, page, before)
        as_read = as_read and chosen is page
        if _add(out, chosen, result.source):
            slugs.append(chosen.slug)
        else:
            as_read = False
    if earlier and not result.pages and result.quarantined:
        slugs = _hold(out, result, earlier, before)
        as_read = not slugs
    sha256 = result.sha256 if as_read else ""
    out.sources[result.source] = Source(result.source, sha256, tuple(slugs), result.quarantined)


def _keep(out: Plan, source: Source, before: Before) -> None:
    slugs = tuple(slug for slug in source.slugs if _restore(out, slug, source.source, before))
    sha256 = source.sha256 if slugs == source.slugs else ""
    out.sources[source.source] = Source(source.source, sha256, slugs, source.quarantined)


def _hold(out: Plan, result: Result, earlier: Source, before: Before) -> list[str]:
    slugs = [slug for slug in earlier.slugs if _restore(out, slug, result.source, before)]
    if slugs:
        out.quarantined.append(
            Quarantined(
                result.source,
                f"It gives no page any more, so {', '.join(slugs)} of generation "
                f"{before.generation} stays.",
                "Mend the file, or delete it to take the page out of the index.",
            )
        )
    return slugs


def _restore(out: Plan, slug: str, source: str, before: Before) -> bool:
    page = before.page(slug)
    return page is not None and _add(out, page, source)


def _unless_shrunk(out: Plan, page: Page, before: Before) -> Page:
    old = before.page(page.slug)
    if old is None or len(page.text) >= SHRUNK * len(old.text):
        return page
    out.quarantined.append(
        Quarantined(
            page.source,
            f"Its page {page.slug} shrank from {len(old.text):,} to {len(page.text):,} characters, "
            f"so its text of generation {before.generation} stays.",
            "Check the file; when the short text is right, ingest with --accept-shrunk.",
        )
    )
    return old


def _add(out: Plan, page: Page, source: str) -> bool:
    other = out.pages.get(page.slug)
    if other is None:
        out.pages[page.slug] = page
        return True
    out.quarantined.append(
        Quarantined(
            source,
            f"Its page {page.slug!r} has the same slug as the one from {other.source}.",
            "Give one of them another slug in its front matter or another file name.",
        )
    )
    return False
