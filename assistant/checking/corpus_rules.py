"""Rules between pages: the same names, the same address, the same sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.checking.findings import Fault
from assistant.checking.manuscript import Manuscript
from assistant.checking.name_rules import alias_place, first_use
from assistant.checking.policy import Policy, shortened
from assistant.checking.spoken import spoken
from assistant.pages.characters import stems, words

PageFault = tuple[Manuscript, Fault]
MOST_SHARING = 50
"""A run of words on more pages than this is a turn of phrase, and costs time."""


def corpus_rules(pages: Sequence[Manuscript], policy: Policy) -> Iterator[PageFault]:
    """Yield the faults that show only when pages are laid side by side."""
    yield from no_addresses(pages)
    yield from same_places(pages)
    yield from same_names(pages)
    alike = {(a, b): share for a, b, share in near_duplicates(pages, policy)}
    for (first, second), share in alike.items():
        page, other = pages[second], pages[first]
        values = {"percent": f"{share:.0%}", "other": place(other, other.first_line)}
        yield page, Fault("near-duplicate", page.first_line, values)
    yield from same_sentences(pages, policy, set(alike))


def place(page: Manuscript, line: int) -> str:
    """Return a file and line as messages and editors write them."""
    return f"{page.file}:{line}"


def no_addresses(pages: Sequence[Manuscript]) -> Iterator[PageFault]:
    """Yield the pages without an address; when no page has one, that is told once."""
    lacking = [page for page in pages if page.page.url is None]
    if len(lacking) == len(pages) and len(pages) > 1:
        yield pages[0], Fault("no-url", 1, {"which": f"None of the {len(pages)} pages has an"})
        return
    for page in lacking:
        line = 1 if page.suffix in (".md", ".txt") else page.first_line
        yield page, Fault("no-url", line, {"which": "The page has no"})


def same_places(pages: Sequence[Manuscript]) -> Iterator[PageFault]:
    """Yield the pages whose slug or address another one has."""
    slugs: dict[str, Manuscript] = {}
    addresses: dict[str, Manuscript] = {}
    for page in pages:
        other = slugs.setdefault(page.page.slug, page)
        if other is not page:
            values = {"slug": page.page.slug, "other": place(other, other.first_line)}
            line = page.source.number_of("slug", page.begins) if "slug" in page.header else None
            yield page, Fault("duplicate-slug", line or page.first_line, values)
        url = page.page.url
        other = addresses.setdefault(url, page) if url else page
        if other is not page:
            values = {"url": url or "", "other": place(other, other.first_line)}
            line = page.source.number_of(url or "", page.begins)
            yield page, Fault("duplicate-address", line or page.first_line, values)


def same_names(pages: Sequence[Manuscript]) -> Iterator[PageFault]:
    """Yield the titles and aliases that are names of an earlier page too."""
    owners: dict[str, tuple[Manuscript, str]] = {}
    named = [(page, page.page.title, "title") for page in pages]
    named += [(page, alias, "alias") for page in pages for alias in page.page.aliases]
    for page, name, kind in named:
        key = "".join(stems(name))
        owner, owned = owners.setdefault(key, (page, kind))
        if owner is not page:
            values = {"name": name, "other": owner.file, "kind": owned}
            yield page, Fault("colliding-name", name_line(page, name, kind), values)


def name_line(page: Manuscript, name: str, kind: str) -> int:
    """Return the number of the line on which a page's name stands first."""
    if kind == "title":
        return page.first_line
    if page.header:
        found = page.source.number_of(name, alias_place(page))
        if found is not None:
            return found
    return page.line_at(first_use(page, name))


def near_duplicates(
    pages: Sequence[Manuscript], policy: Policy
) -> Iterator[tuple[int, int, float]]:
    """Yield (earlier, later, Jaccard similarity of their runs of words) of pages that are alike."""
    length = int(policy.limit("shingle_words"))
    runs = [shingles(page.spoken.split(), length) for page in pages]
    holders: dict[int, list[int]] = {}
    for number, own in enumerate(runs):
        for run in own:
            holders.setdefault(run, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if 1 < len(numbers) <= MOST_SHARING:
            shared.update(combinations(numbers, 2))
    for (first, second), count in sorted(shared.items()):
        share = count / (len(runs[first]) + len(runs[second]) - count)
        if share >= policy.limit("near_duplicate"):
            yield first, second, share


def shingles(found: Sequence[str], length: int) -> set[int]:
    """Return the hashes of all runs of ``length`` words.

    >>> len(shingles(["a", "b", "c", "a", "b"], 2))
    3
    """
    return {hash(tuple(found[at : at + length])) for at in range(len(found) - length + 1)}


def same_sentences(
    pages: Sequence[Manuscript], policy: Policy, alike: set[tuple[int, int]]
) -> Iterator[PageFault]:
    """Yield, for each page and earlier page, the first sentence that stands on both.

    Questions count as sentences; pages that are alike anyway are skipped.
    """
    least = int(policy.limit("sentence_words"))
    set_phrases = {tuple(words(phrase)) for phrase in policy.listed("set_phrases")}
    first: dict[tuple[str, ...], tuple[int, int]] = {}
    for number, page in enumerate(pages):
        shared: dict[int, list[tuple[str, int, int]]] = {}
        for text, offset in sayings(page):
            key = tuple(spoken(text).split())
            if len(key) < least or key in set_phrases:
                continue
            owner, start = first.setdefault(key, (number, offset))
            if owner != number and (owner, number) not in alike:
                shared.setdefault(owner, []).append((text, offset, start))
        for owner, found in shared.items():
            yield page, shared_fault(page, pages[owner], found)


def shared_fault(
    page: Manuscript, owner: Manuscript, found: Sequence[tuple[str, int, int]]
) -> Fault:
    """Return the fault for sentences (text, own offset, offset there) that two pages share."""
    text, offset, start = min(found, key=lambda each: each[1])
    one = len(found) == 1
    values = {
        "sentences": "This sentence also stands" if one else f"{len(found)} sentences also stand",
        "other": place(owner, owner.line_at(start)),
        "quote": shortened(text),
    }
    return Fault("repeated-sentence", page.line_at(offset), values)


def sayings(page: Manuscript) -> Iterator[tuple[str, int]]:
    """Yield the sentences and the questions of a page with their offsets."""
    for sentence in page.sentences:
        yield sentence.text, sentence.start
    for section in page.sections("faq"):
        yield section.heading, section.start - len(section.heading) - 1
