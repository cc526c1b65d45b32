"""A draft to a page: furniture out, sections cut, names found, facts of the record added."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Page, Section
from assistant.pages.aliases import is_new, labelled_names, own_names
from assistant.pages.blocks import Block, Draft, Rejected
from assistant.pages.characters import fold, stems
from assistant.pages.headings import LABEL_ENDS, exact_tag, loose_tag
from assistant.pages.naming import (
    LONGEST_TITLE,
    exercise_name,
    likely_title,
    slugified,
    title_of_stem,
)
from assistant.pages.naming_policy import naming
from assistant.pages.pruning import pruned
from assistant.pages.sections import Piece, pieces_of, written
from assistant.pages.structuring import structured
from assistant.pages.told_names import pose_names

LEAST_CHARACTERS = 50
LARGE_SOURCE = 2048
BRACKETED = re.compile(r"\(([^()]{3,60})\)")  # "Wall slide (scapular wall slide)"
LONGEST_LABELLED = 300  # characters of a line "Also known as: …"


def assemble(draft: Draft, *, stem: str, source: str, size: int) -> Page:
    """Return the page of a draft.

    Args:
        draft: what the format's reader found.
        stem: the file's name without its ending; gives slug and, failing all else, title.
        source: what to call the source.
        size: bytes of the source, to tell a page that lost nearly everything.

    Raises:
        Rejected: when there is no title to be had, or too little content.
    """
    title = title_of(draft, stem)
    names = (title, *draft.aliases)
    blocks = structured(without_title(draft.blocks, names), names)
    blocks = pruned(blocks, names, scraped=draft.scraped)
    pieces = [*pieces_of(blocks, title, names)]
    pieces += fact_pieces(draft, pieces)
    if not pieces:
        raise Rejected(
            "No content was found on the page.",
            "Give it headings such as Instructions, with text below.",
        )
    text, sections = written(title, pieces)
    refuse_nearly_empty(sections, size)
    declared = declared_aliases(draft, title)
    told = told_aliases(title, declared, pieces)
    return Page(
        slug=slugified(draft.slug or "") or slugified(stem) or slugified(title),
        title=title,
        text=text,
        sections=sections,
        aliases=(*declared, *told),
        url=draft.url,
        level=draft.level or fact_of(sections, text, "level"),
        equipment=draft.equipment or listed_facts(sections, text, "equipment"),
        muscles=draft.muscles or listed_facts(sections, text, "muscles"),
        source=source,
        told=told,
    )


def refuse_nearly_empty(sections: Sequence[Section], size: int) -> None:
    """Raise Rejected for a large source that gave next to nothing."""
    content = sum(section.end - section.start for section in sections)
    if size > LARGE_SOURCE and content < LEAST_CHARACTERS:
        raise Rejected(
            f"The page has {size:,} bytes but only {content} characters of content.",
            "Its text may be built by scripts, or hidden: save the page as a reader sees it.",
        )


def title_of(draft: Draft, stem: str) -> str:
    """Return the title: declared, or the likeliest line, or the file's name in words."""
    title = fold(draft.title) or likely_title(draft.titles, stem) or title_of_stem(stem)
    if not title:
        raise Rejected(
            "The page has no title.", "Put a title on its first line or into its front matter."
        )
    return title[:LONGEST_TITLE].strip()


def without_title(blocks: Sequence[Block], names: Sequence[str]) -> tuple[Block, ...]:
    """Return the blocks without the line that repeats the title before the first section."""
    for at, block in enumerate(blocks):
        if block.kind != "item" and stems(block.text) and stems(block.text) == stems(names[0]):
            return (*blocks[:at], *blocks[at + 1 :])
        if block.kind == "heading" and block.level == 1 and at < 3:
            return (*blocks[:at], *blocks[at + 1 :])
    return tuple(blocks)


def declared_aliases(draft: Draft, title: str) -> tuple[str, ...]:
    """Return the aliases that a page declares or lists, and the bare name in a long title."""
    aliases: list[str] = []
    lines = (block.text for block in draft.blocks if len(block.text) <= LONGEST_LABELLED)
    labelled = [name for line in lines for name in labelled_names(line)]
    bracketed = [inner.strip() for inner in BRACKETED.findall(title) if " " in inner.strip()]
    poses = [name for line in (title, *draft.titles) for name in pose_names(line)]
    poses += [line for line in draft.titles if naming().pose.fullmatch(line)]
    for alias in (*draft.aliases, exercise_name(title), *bracketed, *labelled, *poses):
        if alias and alias.casefold() not in {name.casefold() for name in (title, *aliases)}:
            aliases.append(alias)
    return tuple(aliases)


def told_aliases(title: str, declared: Sequence[str], pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return further names by which the wording of the text calls the exercise."""
    prose = [
        line
        for piece in pieces
        if piece.kind in ("description", "other") or exact_tag(piece.heading) == "description"
        for run in piece.runs
        for line in run
    ]
    questions = [piece.heading for piece in pieces if piece.kind == "faq"]
    found = own_names(exercise_name(title), declared, prose, questions)
    return tuple(name for name in found if is_new(name, declared))


def fact_pieces(draft: Draft, pieces: Sequence[Piece]) -> list[Piece]:
    """Return sections for facts that the record or front matter has and the body has not."""
    have = {exact_tag(piece.heading) or loose_tag(piece.heading) for piece in pieces}
    facts = (
        ("equipment", "Equipment", ", ".join(draft.equipment)),
        ("muscles", "Muscles", ", ".join(draft.muscles)),
        ("level", "Level", draft.level or ""),
    )
    return [
        Piece("equipment" if tag == "equipment" else "other", heading, ((f"{heading}: {value}",),))
        for tag, heading, value in facts
        if value and tag not in have
    ]


def fact_of(sections: Sequence[Section], text: str, tag: str) -> str | None:
    """Return what a section such as "Level" says, without its label, when that is short."""
    for section in sections:
        if exact_tag(section.heading) == tag:
            body = text[section.start : section.end].split("\n")[0]
            value = LABEL_ENDS.split(body, maxsplit=1)[-1].strip()
            return value.rstrip(".") if 0 < len(value) <= 60 else None
    return None


def listed_facts(sections: Sequence[Section], text: str, tag: str) -> tuple[str, ...]:
    """Return what a section such as "Equipment" lists, when it is a list and no prose."""
    for section in sections:
        if exact_tag(section.heading) == tag:
            body = text[section.start : section.end]
            lines = [line for line in body.split("\n") if line]
            if len(lines) == 1:
                line = LABEL_ENDS.split(lines[0], maxsplit=1)[-1]
                lines = line.split(",")
            values = tuple(line.strip(" .") for line in lines)
            return values if all(0 < len(value) <= 60 for value in values) else ()
    return ()
