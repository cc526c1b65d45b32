"""``.md``: front matter in YAML, then Markdown, read as the HTML that it stands for."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from assistant.pages.blocks import Block, Draft
from assistant.pages.front_matter import Facts, facts_of, split_front_matter
from assistant.pages.headings import exact_tag
from assistant.pages.html_format import fragment_blocks
from assistant.pages.naming import LONGEST_TITLE
from assistant.pages.plain_headings import DOTS

DOT_BULLET = re.compile(rf"^(\s*)(?:[{DOTS}]\ufe0f?|\*\u00a0)\s*(?=\S)", re.M)
DASH_LINE = re.compile(r"^\s*[–—]\s+\S")


@cache
def markdown() -> MarkdownIt:
    """Return CommonMark with tables; indented text is no code here, as pages hold no programs."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").disable("code")


def read_markdown(text: str) -> Draft:
    """Return the draft of a Markdown page."""
    header, body = split_front_matter(text)
    facts = facts_of(header) if header else Facts()
    blocks = markdown_blocks(body)
    heads = [block.text for block in blocks if block.kind == "heading" and block.level == 1]
    return Draft(
        blocks,
        title=facts.title or (heads[0] if heads else ""),
        aliases=facts.aliases,
        equipment=facts.equipment,
        muscles=facts.muscles,
        level=facts.level,
        url=facts.url,
        slug=facts.slug,
        titles=tuple(block.text for block in blocks[:1] if may_be_title(block)),
    )


def may_be_title(block: Block) -> bool:
    """Return whether the first block of a page without title may be one."""
    return block.kind != "item" and len(block.text) < LONGEST_TITLE and not exact_tag(block.text)


def markdown_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text."""
    return fragment_blocks(markdown().render(with_plain_bullets(text)))


def with_plain_bullets(text: str) -> str:
    """Return the text with bullets such as "•" and lists of "–" as Markdown knows them."""
    text = DOT_BULLET.sub(r"\1- ", text.replace("\u00a0", " "))
    lines = text.split("\n")
    listed = False
    for at, line in enumerate(lines):
        opens = at == 0 or not lines[at - 1].strip() or listed
        listed = bool(DASH_LINE.match(line)) and opens
        if listed:
            lines[at] = re.sub(r"[–—]", "-", line, count=1)
    return "\n".join(lines)
