"""Blocks to the canonical text and its sections.

The text has one line a heading, bullet or paragraph. Lines of one list stand together; an empty
line parts lists, paragraphs and sections. A list that needs the line above it ("Do not do this
if:") starts with that line, so that a run of lines whose first one leads in is quoted whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.domain import Section, SectionKind
from assistant.pages.blocks import Block
from assistant.pages.headings import (
    exact_tag,
    is_question,
    kind_of,
    leads_in,
    loose_tag,
    starred_tag,
)
from assistant.pages.telling import LEAST_LINES, kind_likely, kind_of_all, kind_told, sentences_of

STEPS: SectionKind = "instructions"
OWN_LISTS = ("restrictions", STEPS)  # lists that stay what they are below a question
MIXED = ("other", "description")  # whose runs of lines may be of another kind
FEWEST_LINES = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A section to be: its kind, its heading (shown when ``titled``) and its runs of lines."""

    kind: SectionKind
    heading: str
    runs: tuple[tuple[str, ...], ...]
    titled: bool = True


def runs_of(body: Sequence[Block]) -> tuple[tuple[str, ...], ...]:
    """Return the runs of lines: a paragraph, a list, or a list with the line that leads in."""
    runs: list[list[str]] = []
    before: Block | None = None
    base = 0
    for block in body:
        opens = True
        if before is not None and block.kind == "item":
            if before.kind == "paragraph":
                opens = not leads_in(before.text)
                base = block.level
            elif leads_in(before.text) and block.level > before.level:
                if len(runs[-1]) > 1:
                    runs.append([runs[-1].pop()])
                opens, base = False, block.level
            else:
                opens = block.level < base
                base = block.level if opens else base
        elif block.kind == "item":
            base = block.level
        if opens:
            runs.append([])
        runs[-1].append(block.text)
        before = block
    return tuple(tuple(run) for run in runs)


@dataclass(frozen=True, slots=True)
class Above:
    """A heading that stands above the current block: its level, its tag and its section."""

    level: int
    tag: str | None
    kind: SectionKind
    heading: str


def pieces_of(blocks: Sequence[Block], title: str, names: tuple[str, ...]) -> Iterator[Piece]:
    """Yield the sections in reading order; headings with nothing below them are left out."""
    above: list[Above] = [Above(0, None, "description", title)]
    parts = list(parts_of(blocks))
    steps = only_steps(parts, names)
    told_how = any(heading and tells_how(heading, names) for heading, _ in parts)
    for at, (heading, body) in enumerate(parts):
        titled = heading is not None and bool(heading.text)
        while heading is not None and len(above) > 1 and closes(heading, above):
            above.pop()
        if heading is not None and titled:
            tag = tag_of(heading, body, above[-1].tag, names)
            words = heading.text if heading.binds else heading.text.rstrip(" :")
            told = told_by(heading, body, tag, above[-1].tag)
            alone = tag == "faq" and above[-1].tag != "faq" and not told_how
            if told is None and body is steps and tag in (None, "tips"):
                told = STEPS
            elif told is None and alone and exact_tag(heading.text, names) == STEPS:
                told = STEPS  # "How do I do it?" where nothing else tells how
            above.append(Above(heading.level, told or tag, told or kind_of(tag), words))
            if heading.binds:
                body, titled = [Block("paragraph", heading.text), *body], False
        if body and not (above[-1].tag == "faq" and is_umbrella(above[-1], parts[at + 1 :])):
            piece = Piece(above[-1].kind, above[-1].heading, runs_of(body), titled=titled)
            told_by_heading = above[-1].tag is not None
            yield from parted(piece, told_by_heading) if piece.kind in MIXED else (piece,)


def parted(piece: Piece, told_by_heading: bool) -> Iterator[Piece]:
    """Yield a section of mixed text in parts, where runs of lines tell their own kind.

    Below a known heading only restrictions are parted, which are worth a mistake.
    """
    kinds: list[SectionKind] = []
    for kind, group in groupby(piece.runs, key=lambda run: kind_of_all(sentences_of(run))):
        runs = list(group)
        enough = len(sentences_of(line for run in runs for line in run)) >= LEAST_LINES
        kept = kind if enough and (kind == "restrictions" or not told_by_heading) else None
        kinds += [kept or piece.kind] * len(runs)
    for kind, alike in groupby(zip(kinds, piece.runs, strict=True), key=lambda each: each[0]):
        yield replace(piece, kind=kind, runs=tuple(run for _, run in alike))
        piece = replace(piece, titled=False)


def tells_how(heading: Block, names: tuple[str, ...]) -> bool:
    """Return whether a heading that is no question opens the instructions."""
    return not asks(heading) and loose_tag(heading.text, names) == STEPS


def only_steps(
    parts: Sequence[tuple[Block | None, list[Block]]], names: tuple[str, ...]
) -> list[Block] | None:
    """Return the only numbered list of a page that has no instructions by its headings."""
    if any(heading and loose_tag(heading.text, names) == STEPS for heading, _ in parts):
        return None
    lists = [body for _, body in parts if sum(block.numbered for block in body) >= FEWEST_LINES]
    return lists[0] if len(lists) == 1 else None


def told_by(
    heading: Block, body: Sequence[Block], tag: str | None, outer: str | None
) -> SectionKind | None:
    """Return the kind that the lines below a heading tell, where the heading itself leaves it open.

    A question does when it is no entry of a list of questions and has several lines below.
    """
    if tag == "faq" and asks(heading):
        leaves_open = outer != "faq" and len(body) >= FEWEST_LINES
    else:
        leaves_open = tag in (None, "faq") or heading.binds
    if not leaves_open:
        return None
    texts = [block.text for block in body]
    return kind_told(texts) or kind_likely(texts)


def closes(heading: Block, above: Sequence[Above]) -> bool:
    """Return whether a heading ends the section of the innermost one above it.

    What resumes after a folded answer goes on below the list of questions, not in an answer.
    """
    if not heading.text and len(above) > 2 and above[-2].tag == "faq":
        return True
    return above[-1].level >= heading.level


def parts_of(blocks: Sequence[Block]) -> Iterator[tuple[Block | None, list[Block]]]:
    """Yield each heading (none at first) with the blocks below it."""
    heading: Block | None = None
    body: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            yield heading, body
            heading, body = block, []
        else:
            body.append(block)
    yield heading, body


def is_umbrella(heading: Above, below: Sequence[tuple[Block | None, list[Block]]]) -> bool:
    """Return whether a heading only stands above questions, as "FAQ" does."""
    if exact_tag(heading.heading) != "faq" and heading.heading.endswith("?"):
        return False
    first = below[0][0] if below else None
    return first is not None and (first.question or first.level > heading.level)


def asks(heading: Block) -> bool:
    """Return whether a heading is a question by its mark."""
    return heading.question or heading.text.rstrip("\"'”’)] ").endswith("?")


def tag_of(
    heading: Block, body: Sequence[Block], outer: str | None, names: tuple[str, ...]
) -> str | None:
    """Return the tag of a heading: a question's, its own words', or ``outer``, the one above's."""
    exact = exact_tag(heading.text, names)
    if asks(heading):
        listed = sum(block.kind == "item" for block in body) > 1
        own = exact if exact in OWN_LISTS and listed and outer != "faq" else None
        return own or "faq"
    if exact:
        return exact
    starred = starred_tag(heading.text, names) if outer != "faq" else None
    if starred:
        return starred
    if outer == "faq" or is_question(heading.text):
        return "faq"
    return (loose_tag(heading.text, names) if heading.sure else exact) or outer


def written(title: str, pieces: Sequence[Piece]) -> tuple[str, tuple[Section, ...]]:
    r"""Return the canonical text and the spans of its sections.

    >>> written("Plank", [Piece("tips", "Tips", (("Breathe.", "Relax."),))])[0]
    'Plank\n\nTips\nBreathe.\nRelax.\n'
    """
    text = f"{title}\n"
    sections = []
    for piece in pieces:
        text += f"\n{piece.heading}\n" if piece.titled else "\n"
        start = len(text)
        text += "\n\n".join("\n".join(run) for run in piece.runs)
        sections.append(Section(piece.kind, piece.heading, start, len(text)))
        text += "\n"
    return text, tuple(sections)
