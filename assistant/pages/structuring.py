"""Headings that no markup names: questions, bold lines, known phrases, labels such as "Level:".

What comes out has a heading above each answer, so that the sections can be cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.pages.blocks import INNER_HEADING, PSEUDO_HEADING, RESUME, Block
from assistant.pages.characters import plain
from assistant.pages.headings import (
    LABELLED,
    LONGEST,
    exact_tag,
    is_lead_in_heading,
    is_question,
    leads_in,
    loose_tag,
)
from assistant.pages.plain_headings import is_lone_question
from assistant.pages.sentences import END
from assistant.pages.telling import kind_told

ASKS = re.compile(r"(?:Q(?:uestion)?\s*\d{0,2}\s*[:.)–—-]|Question\s+\d{1,2})\s*(?=\S)", re.I)
ANSWERS = re.compile(r"(?:A(?:nswer)?\s*\d{0,2}\s*[:–—]|Answer\s*\d{0,2}\s*[.)-])\s*", re.I)
INNER_ANSWER = re.compile(r"\?\s+A(?:nswer)?\s*\d{0,2}\s*[:.–—]\s+(?=\S)", re.I)
PROSE = re.compile(r"[.!?…][\"'”’)\]]*$")
BINDS = re.compile(
    r"(?:\b(?:if|if you|when|have|has|with|who|are)\s*:?|^(?:do not|don['’]t|never|avoid)\b.*:)$",
    re.I,
)
MOST_ASKED_WORDS = 16  # of a line with two questions in it
WARNS = re.compile(r"\b(?:do not|don['’]t|avoid|unless|if|not for|first)\b", re.I)
LABEL = re.compile(r"(?P<label>[^:.!?|]{2,40})(?::| \|)\s+(?P<rest>\S.*)")
FACTS = frozenset({"equipment", "muscles", "level"})


def structured(blocks: Sequence[Block], names: tuple[str, ...]) -> tuple[Block, ...]:
    """Return the blocks with every heading as a heading."""
    split = list(questions_split(blocks, names))
    promoted = [promotion(block, split[at + 1 : at + 2], names) for at, block in enumerate(split)]
    bound = [binding(block, promoted[at - 1] if at else None) for at, block in enumerate(promoted)]
    bound = [restricting(block, bound[at + 1 :]) for at, block in enumerate(bound)]
    return tuple(labels_split(bound, names))


def binding(block: Block, above: Block | None) -> Block:
    """Return a heading without markup that binds its list ("Do not do this if:") as what it is.

    Below another heading it is that section's first line, elsewhere a section of its own.
    """
    if block.kind != "heading" or block.sure or block.question or not BINDS.search(block.text):
        return block
    if above is not None and above.kind == "heading" and above.text and not above.question:
        return Block("paragraph", block.text)
    return replace(block, binds=True)


def restricting(block: Block, below: Sequence[Block]) -> Block:
    """Return a line that leads in a list of conditions as the heading of restrictions."""
    warns = leads_in(block.text) or WARNS.search(block.text)
    if block.kind != "paragraph" or len(block.text) > LONGEST or not warns:
        return block
    items = [item.text for item in takewhile(lambda each: each.kind == "item", below)]
    if kind_told(items) != "restrictions":
        return block
    return Block("heading", block.text, level=PSEUDO_HEADING, sure=False, binds=True)


def questions_split(blocks: Sequence[Block], names: tuple[str, ...]) -> Iterator[Block]:
    """Yield the blocks with questions and answers that share a line or carry "Q:" apart."""
    asked = False
    umbrella = 0
    for block in blocks:
        if block.kind == "heading":
            asked = block.question or is_question(block.text)
            if not asked and block.level <= (umbrella or PSEUDO_HEADING):
                umbrella = block.level if loose_tag(block.text, names) == "faq" else 0
            if ASKS.match(block.text) and asked:
                block = replace(block, text=ASKS.sub("", block.text, count=1), question=True)
            yield block
            continue
        parts = list(question_parts(block, asked=asked, in_faq=bool(umbrella)))
        asked = parts[-1].kind == "heading" or (asked and parts[0].kind != "heading")
        yield from parts


def question_parts(block: Block, *, asked: bool, in_faq: bool) -> Iterator[Block]:
    """Yield a paragraph or item as question and answer, when it is both."""
    text = block.text
    asks = ASKS.match(text)
    if asks and "?" in text:
        inner = INNER_ANSWER.search(text)
        cut = inner.start() + 1 if inner else text.index("?") + 1
        yield asking(text[asks.end() : cut])
        rest = text[inner.end() :] if inner else text[cut:].strip()
    elif block.lead.rstrip().endswith("?") and len(block.lead) <= 2 * LONGEST:
        yield asking(block.lead.strip())
        rest = text[len(block.lead) :].strip()
    elif in_faq and not asked and (cut := first_question(text)):
        yield asking(text[:cut].strip())
        rest = text[cut:].strip()
    elif asked and (answers := ANSWERS.match(text)):
        rest = text[answers.end() :]
    else:
        yield block
        return
    rest = ANSWERS.sub("", rest, count=1) if ANSWERS.match(rest) else rest
    if rest:
        yield replace(block, kind="paragraph", text=rest.lstrip(":–—- "), level=0, lead="")


def asking(text: str) -> Block:
    """Return the heading of an FAQ entry."""
    return Block("heading", text.strip(), level=INNER_HEADING, question=True, sure=False)


def first_question(text: str) -> int:
    """Return where the question ends with which a text begins, or 0."""
    asks = text.endswith("?") and not re.search(r"[.!]\s", text)
    if asks and len(text) <= LONGEST and len(text.split()) <= MOST_ASKED_WORDS:
        return len(text)  # "Why the wall? Could I not simply swing my arms?"
    match = END.search(text)
    cut = match.start() if match else len(text)
    return cut if is_lone_question(text[:cut]) and len(text[:cut]) <= 2 * LONGEST else 0


def promotion(block: Block, below: Sequence[Block], names: tuple[str, ...]) -> Block:
    """Return a paragraph as the heading that it is by its look or its words."""
    if (
        block.kind == "heading"
        and is_lead_in_heading(block.text)
        and below
        and below[0].kind == "item"
    ):
        return Block("paragraph", block.text)
    if block.kind != "paragraph" or len(block.text) > 2 * LONGEST:
        return block
    answered = bool(below) and below[0].kind != "heading"
    heading = Block("heading", block.text, level=PSEUDO_HEADING, sure=False)
    if is_lone_question(block.text) and answered and not is_lone_question(below[0].text):
        return replace(heading, level=INNER_HEADING, question=True)
    if block.linked or (
        block.text.endswith((".", ",", ";", "!", ":")) and not exact_tag(block.text, names)
    ):
        return block
    if (
        answered
        and is_question(block.text)
        and PROSE.search(below[0].text)
        and not exact_tag(block.text, names)
    ):
        return replace(heading, level=INNER_HEADING, question=True)
    if exact_tag(block.text, names):
        return heading
    bold = bool(block.lead) and len(block.lead) >= len(block.text)
    if bold and answered and len(block.text) <= LONGEST and not is_lead_in_heading(block.text):
        return (
            replace(heading, text=block.text.rstrip(":"), sure=True)
            if not negative(block.text)
            else block
        )
    return block


def negative(text: str) -> bool:
    """Return whether a line such as "Do not do this if:" binds the items below it."""
    return bool(re.match(r"(?:do not|don't|never|avoid|not)\b", plain(text)))


def labels_split(blocks: Sequence[Block], names: tuple[str, ...]) -> Iterator[Block]:
    """Yield labelled lines ("Level: beginner") as short sections of their own."""
    asked = False
    titled = False
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            asked, titled = block.question, True
        label = None if asked or block.kind == "heading" else label_of(block, names)
        if label is None or (block.kind == "item" and titled):
            yield block
            continue
        yield Block("heading", label[0], level=INNER_HEADING, sure=False)
        yield replace(block, kind="paragraph", text=label[1], level=0, lead="")
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if following and following.kind != "heading" and not label_of(following, names):
            yield RESUME


def label_of(block: Block, names: tuple[str, ...]) -> tuple[str, str] | None:
    """Return label and body of a labelled line: facts keep their label, prose goes without."""
    match = LABEL.fullmatch(block.text)
    if not match or len(block.text) > 600:
        return None
    tag = exact_tag(match["label"], names)
    if tag not in LABELLED:
        return None
    return match["label"].strip(), block.text if tag in FACTS else match["rest"]
