"""Furniture out of the blocks: by its words everywhere, in scraped text by its place too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from assistant.pages.blocks import PSEUDO_HEADING, Block
from assistant.pages.characters import stems
from assistant.pages.furniture import furniture, letters
from assistant.pages.headings import exact_tag, loose_tag
from assistant.pages.scraped import FACT_TAGS, PROSE, about, scraped_content
from assistant.pages.telling import kind_told

LINK_WORDS = 7  # words of the longest link to another page
GAP = Block("paragraph", "")
"""Stands where furniture was."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (none before the first one) and the blocks below it."""

    heading: Block | None
    body: tuple[Block, ...]


def pruned(blocks: Sequence[Block], names: tuple[str, ...], *, scraped: bool) -> tuple[Block, ...]:
    """Return the blocks without furniture; ``scraped`` text is also judged by its structure."""
    kept = without_lists(without_furniture_sections(blocks, scraped=scraped))
    if scraped:
        kept = without_repeats(kept, names)
    kept = [
        GAP if is_furniture(block, names) and not opens_steps(block, below) else block
        for block, below in pairwise([*kept, GAP])
    ]
    if scraped:
        pairs = pairwise([*kept, GAP])
        kept = [GAP if is_furniture_title(one, below, names) else one for one, below in pairs]
    found: list[Block] = []
    known = 0
    for part in parts_of(kept):
        level = part.heading.level if part.heading is not None else 0
        below_known = 0 < known < level and not scraped
        if level and not below_known:
            known = level if part.heading and loose_tag(part.heading.text, names) else 0
        found.extend(pruned_part(part, names, scraped=scraped, below_known=below_known))
    return tuple(found)


def is_furniture(block: Block, names: tuple[str, ...]) -> bool:
    """Return whether a block is furniture wherever it stands."""
    if block.kind == "heading":
        if not block.text or exact_tag(block.text, names):
            return False
        return furniture().is_line(block.text) or (
            not block.sure and furniture().is_promotion(block.text)
        )
    if not letters(block.text) and not any(c.isdigit() for c in block.text):
        return True
    if furniture().is_line(block.text, item=block.kind == "item"):
        return True
    return block.kind == "paragraph" and furniture().is_promotion(block.text)


def opens_steps(block: Block, below: Block) -> bool:
    """Return whether a line stands above numbered steps, as "Let's go" may, and so heads them."""
    steps = below.numbered and bool(PROSE.search(below.text))
    policy = furniture()
    return block.kind == "heading" and steps and not policy.matches(policy.headings, block.text)


def is_furniture_title(block: Block, below: Block, names: tuple[str, ...]) -> bool:
    """Return whether an unknown line was only taken for a heading because of an advertisement."""
    if block.kind != "heading" or not block.text or not block.sure or below.text:
        return False
    return below.kind == "paragraph" and loose_tag(block.text, names) is None


def without_furniture_sections(blocks: Sequence[Block], *, scraped: bool) -> list[Block]:
    """Return the blocks without those under headings such as "Related exercises".

    Above the first known section of a scraped text, where menus stand, sentences are kept.
    """
    kept = []
    below = 0
    begun = not scraped
    for at, block in enumerate(blocks):
        if block.kind == "heading" and block.text:
            following = blocks[at + 1 :]
            known = is_content_heading(block) or lists_conditions(following)
            known = known or opens_steps(block, following[0] if following else GAP)
            if below and not (block.level <= below or scraped or known):
                continue
            below = 0
            begun = begun or known
            if not known and (block.linked or furniture().is_heading(block.text)):
                below = block.level
                continue
        elif scraped and block.kind == "paragraph" and is_furniture_heading(block):
            below = PSEUDO_HEADING
            continue
        if not below or not (begun or block.kind == "item" or not PROSE.search(block.text)):
            kept.append(block)
    return kept


def lists_conditions(below: Sequence[Block]) -> bool:
    """Return whether a list of conditions follows, which is content whatever its heading is."""
    items = [block.text for block in takewhile(lambda each: each.kind == "item", below)]
    return kind_told(items) == "restrictions" and any(leads_on(item) for item in items)


def leads_on(item: str) -> bool:
    """Return whether a line says more than a name, as links to other pages do not."""
    return len(item.split()) > LINK_WORDS


def is_content_heading(block: Block) -> bool:
    """Return whether a heading opens a known section or an answer on this very page."""
    if exact_tag(block.text):
        return True
    asks = block.question or block.text.rstrip().endswith("?")
    return asks and not block.linked and not furniture().is_heading(block.text)


def is_furniture_heading(block: Block) -> bool:
    """Return whether an unmarked line opens a list of other pages."""
    policy = furniture()
    return policy.matches(policy.headings, block.text) and not policy.is_line(block.text)


def without_lists(blocks: list[Block]) -> list[Block]:
    """Return the blocks without lists that are navigation: most items furniture, or all links."""
    groups: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind == "item" and block.group:
            groups.setdefault(block.group, []).append(block)
    dropped = set()
    for number, items in groups.items():
        lines = sum(furniture().is_line(item.text) for item in items)
        linked = all(item.linked for item in items) and not any(PROSE.search(i.text) for i in items)
        if 2 * lines > len(items) or (linked and len(items) > 1):
            dropped.add(number)
    return [block for block in blocks if not (block.kind == "item" and block.group in dropped)]


def without_repeats(blocks: list[Block], names: tuple[str, ...]) -> list[Block]:
    """Return the blocks without unmarked lines that stand in the file more than once.

    Sentences about exercise may: an answer sometimes repeats the description.
    """
    counts = Counter(block.text for block in blocks if block.kind == "paragraph")
    titles = {stems(name) for name in names}
    return [
        GAP if counts[block.text] > 1 and is_repeated_furniture(block, titles) else block
        for block in blocks
    ]


def is_repeated_furniture(block: Block, titles: set[tuple[str, ...]]) -> bool:
    """Return whether a line that a file repeats is furniture: no title, no words on exercise."""
    if block.kind != "paragraph" or stems(block.text) in titles:
        return False
    return not (PROSE.search(block.text) and furniture().about_exercise(block.text))


def parts_of(blocks: Sequence[Block]) -> Iterator[Part]:
    """Yield the headings with what stands below each."""
    heading: Block | None = None
    body: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            yield Part(heading, tuple(body))
            heading, body = block, []
        else:
            body.append(block)
    yield Part(heading, tuple(body))


def pruned_part(
    part: Part, names: tuple[str, ...], *, scraped: bool, below_known: bool
) -> Iterator[Block]:
    """Yield a heading and those blocks below it that are content.

    An unknown heading needs text about exercise, unless it stands below a known one.
    """
    heading = part.heading
    tag = "intro" if heading is None or not heading.text else loose_tag(heading.text, names)
    asks = heading is not None and heading.text.endswith("?")
    if heading is not None and (heading.question or (asks and not scraped)):
        tag = "question"
    body = list(part.body)
    if scraped:
        body = scraped_content(body, tag, names)
        if tag is None and sum(furniture().about_exercise(block.text) for block in body) < 2:
            body = []
    else:
        body = [block for block in body if block.text and not is_link_line(block, tag)]
        if tag == "intro":
            body = [block for block in body if PROSE.search(block.text) or about(block.text, names)]
        shown = below_known or any(about(block.text, names) for block in body)
        if tag is None and not shown:
            body = []
    if heading is not None:
        yield heading
    yield from body


def is_link_line(block: Block, tag: str | None) -> bool:
    """Return whether a paragraph is nothing but links, as menus are, and states no fact."""
    return (
        block.kind == "paragraph"
        and block.linked
        and tag not in FACT_TAGS
        and not PROSE.search(block.text)
    )
