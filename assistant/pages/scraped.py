"""Scraped text: no markup tells content from furniture, so the place of a line has to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.pages.blocks import Block
from assistant.pages.characters import stems
from assistant.pages.furniture import furniture
from assistant.pages.headings import leads_in
from assistant.pages.naming_policy import naming

PROSE = re.compile(r"[.!?…][\"'”’)\]]*$|[.!?]\s+[A-Z“\"]")
# "3 sets of 8", "60–90 seconds rest", "twice a week": no line of a site's furniture below a known
# heading says so.
DOSE = re.compile(
    r"\b(?:\d+|one|two|three|four|five)\s+(?:\w+\s+)?"
    r"(?:rep\w*|sets?|rounds?|seconds?|secs?|breaths?|carries|sessions?|laps?|circles|times)\b|"
    r"\b(?:once|twice|times|days|sessions) (?:a|per|each) (?:day|week)\b|\bevery (?:other )?day\b",
    re.I,
)
LIST_TAGS = frozenset({"instructions", "tips", "breathing", "restrictions"})
FACT_TAGS = frozenset({"equipment", "muscles", "level"})
UNSURE_TAGS = frozenset({None, "intro"})


def scraped_content(body: Sequence[Block], tag: str | None, names: tuple[str, ...]) -> list[Block]:
    """Return the blocks below a heading with this tag that are content.

    An empty block stands where furniture was. Until the first one, sentences are content even
    when they have no word of the field, unless the section is a list; after it they must show
    that they are.
    """
    kept: list[Block] = []
    clean = tag not in UNSURE_TAGS and all(block.kind != "item" for block in body)
    for at, block in enumerate(body):
        below = body[at + 1] if at + 1 < len(body) else None
        if block.text and stays(block, below, body, kept, tag, names, clean=clean):
            kept.append(block)
        else:
            clean = False
    return kept


def stays(
    block: Block,
    below: Block | None,
    body: Sequence[Block],
    kept: Sequence[Block],
    tag: str | None,
    names: tuple[str, ...],
    *,
    clean: bool,
) -> bool:
    """Return whether a block is content of a section with this tag."""
    if block.kind == "item":
        return tag is not None or about(block.text, names) or in_list_about(block, body, names)
    prose = bool(PROSE.search(block.text)) or bool(naming().known_as.search(block.text))
    shown = about(block.text, names)
    if leads_in(block.text) and below is not None and below.kind == "item":
        return shown or tag is not None
    if tag in FACT_TAGS:
        return not kept or (prose and shown)
    if tag == "question" and not kept:
        return prose or shown or len(body) == 1
    dosed = bool(DOSE.search(block.text))
    if tag not in UNSURE_TAGS | {"question", "restrictions"} and dosed:
        return not suspected(block)  # "2 to 3 sessions per week"
    if tag in LIST_TAGS and not prose:
        bulleted = any(one.kind == "item" for one in body)
        return not bulleted and (not kept or (shown and not suspected(block)))
    return prose and (shown or clean or dosed) and not suspected(block)


def in_list_about(item: Block, body: Sequence[Block], names: tuple[str, ...]) -> bool:
    """Return whether most items of an item's list are on exercise: it is kept whole then."""
    shown = [about(each.text, names) for each in body if each.group and each.group == item.group]
    return 2 * sum(shown) > len(shown)


def about(text: str, names: tuple[str, ...]) -> bool:
    """Return whether a text has a word of the field or of the page's own name."""
    if furniture().about_exercise(text):
        return True
    own = {word for name in names for word in stems(name) if len(word) > 3}
    return not own.isdisjoint(stems(text))


def suspected(block: Block) -> bool:
    """Return whether one sign of advertising is enough here, because furniture is near."""
    return furniture().is_promotion(block.text, suspected=True)
