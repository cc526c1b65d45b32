"""Rules about what one page is called."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from assistant.checking.findings import Fault
from assistant.checking.manuscript import Manuscript
from assistant.checking.policy import Policy
from assistant.pages.characters import stems
from assistant.pages.front_matter import values_of
from assistant.pages.naming import exercise_name, slugified


def name_rules(page: Manuscript, policy: Policy) -> Iterator[Fault]:
    """Yield the faults of a page's title, aliases and file name."""
    del policy
    yield from aliases_like_title(page)
    yield from names_of_text(page)
    yield from file_name(page)


def declared_aliases(page: Manuscript) -> tuple[str, ...]:
    """Return the aliases that the front matter lists, else all that the reader knows."""
    if page.suffix != ".md":
        return page.page.aliases
    return values_of(page.header.get("aliases") or page.header.get("alias"))


def aliases_like_title(page: Manuscript) -> Iterator[Fault]:
    """Yield the aliases that differ from the title in case, plural or hyphens only."""
    seen = {stems(page.page.title)}
    for alias in declared_aliases(page):
        if stems(alias) in seen:
            line = page.source.number_of(alias, alias_place(page)) or page.first_line
            yield Fault("alias-is-title", line, {"alias": alias})
        seen.add(stems(alias))


def alias_place(page: Manuscript) -> int:
    """Return the place in the source from which aliases are looked for."""
    return page.source.find("aliases", page.begins) or page.begins


def names_of_text(page: Manuscript) -> Iterator[Fault]:
    """Yield that the text never uses the title, nor a name that is listed for it.

    The last word of the title ("curl") is enough where no other name is used.
    """
    title = exercise_name(page.page.title)
    spoken = " " + " ".join(stems(page.page.text.partition("\n")[2])) + " "

    def uses(name: str) -> bool:
        return " " + " ".join(stems(name)) + " " in spoken

    if uses(title) or not stems(title):
        return
    used = [alias for alias in page.page.aliases if uses(alias)]
    declared = declared_aliases(page) if page.suffix == ".md" else ()
    unlisted = [name for name in used if name not in declared]
    if unlisted and page.suffix not in (".json", ".jsonl"):
        line = page.line_at(first_use(page, unlisted[0]))
        yield Fault("name-not-used", line, {"title": title, "used": unlisted[0]})
        return
    if not used and not uses(stems(title)[-1]):
        yield Fault("title-not-used", page.first_line, {"title": title})


def first_use(page: Manuscript, name: str) -> int:
    """Return the offset of the first line below the title that has a name, else of the title."""
    wanted = " " + " ".join(stems(name)) + " "
    for section in page.page.sections:
        for offset, line in page.lines(section):
            if wanted in " " + " ".join(stems(line)) + " ":
                return offset
    return 0


def file_name(page: Manuscript) -> Iterator[Fault]:
    """Yield a file name that is changed to make an address."""
    if page.suffix in (".json", ".jsonl"):
        return
    path = PurePath(page.file)
    slug = slugified(path.stem)
    if slug != path.stem:
        values = {"name": path.name, "slug": (slug or page.page.slug) + path.suffix.lower()}
        yield Fault("bad-file-name", 1, values)
