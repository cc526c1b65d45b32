"""``.html`` as a reader sees it: headings, lists, questions that open, tables; no site parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from assistant.pages.blocks import Block, Draft, Rejected
from assistant.pages.characters import fold, stems
from assistant.pages.headings import exact_tag, is_question
from assistant.pages.html_walk import Walk
from assistant.pages.naming import overlap, without_site
from assistant.pages.site_parts import core_of
from assistant.pages.visibility import Visibility

SEPARATORS = re.compile(r"\s*[|·•»›]\s*|\s+[-–—]\s+|::")


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, and whether it stands in the part of the page that holds the content."""

    block: Block
    inside: bool


def read_html(html: str, stem: str) -> Draft:
    """Return the draft of an HTML page; raises Rejected when it is nested beyond reason."""
    tree = LexborHTMLParser(html)
    placed = placed_blocks(tree, html)
    title = html_title(tree, placed, stem)
    return Draft(content_of(placed), title=title, url=canonical_url(tree))


def placed_blocks(tree: LexborHTMLParser, html: str) -> list[Placed]:
    """Return the blocks of a parsed page, each with whether the main part holds it."""
    body = tree.body
    if body is None:
        raise Rejected("The page has no body.", "Save the page as a reader sees it.")
    core = core_of(tree)
    walk = Walk(Visibility(tree, html), core.mem_id if core is not None else 0)
    walk.through(body)
    inside = walk.inside if core is not None else [True] * len(walk.blocks)
    return [Placed(block, held) for block, held in zip(walk.blocks, inside, strict=True)]


def content_of(placed: list[Placed]) -> tuple[Block, ...]:
    """Return the blocks inside the core, and known sections and questions that stand outside."""
    kept: list[Block] = []
    follows = False
    for one in placed:
        block = one.block
        if block.kind == "heading":
            known = exact_tag(block.text) or (block.question or is_question(block.text))
            follows = not one.inside and bool(known)
        elif one.inside:
            follows = False
        if one.inside or follows:
            kept.append(block)
    return tuple(kept)


def html_title(tree: LexborHTMLParser, placed: list[Placed], stem: str) -> str:
    """Return the page's title: its ``<h1>``, else ``<title>`` or og:title without the site."""
    node = tree.css_first("head title") or tree.css_first("title")
    document = fold(node.text() or "") if node is not None else ""
    social = meta(tree, "og:title")
    tops = [one for one in placed if one.block.kind == "heading" and one.block.level == 1]
    heads = [one.block.text for one in tops if one.inside] or [one.block.text for one in tops]
    if len(heads) > 1 and (document or stem):
        wanted = set(stems(document or stem))
        return max(heads, key=lambda head: (overlap(wanted, head), -heads.index(head)))
    if heads:
        return heads[0]
    for name in (document, social):
        if name:
            return without_site_name(name, meta(tree, "og:site_name"), stem)
    return ""


def without_site_name(title: str, site: str, stem: str) -> str:
    """Return a document's title without the site's name."""
    parts = [part for part in SEPARATORS.split(title) if part.strip()]
    if site and len(parts) > 1:
        own = [part for part in parts if stems(part) != stems(site)]
        title = " | ".join(own) or title
    return without_site(title, stem)


def meta(tree: LexborHTMLParser, name: str) -> str:
    """Return the content of a meta element, folded, or nothing."""
    for attribute in ("property", "name"):
        node = tree.css_first(f'meta[{attribute}="{name}"]')
        if node is not None:
            return fold(node.attributes.get("content") or "")
    return ""


def canonical_url(tree: LexborHTMLParser) -> str | None:
    """Return the page's own web address, when it declares one."""
    node = tree.css_first('link[rel~="canonical"]')
    declared = (node.attributes.get("href") or "") if node is not None else ""
    return web_address(declared) or web_address(meta(tree, "og:url"))


def web_address(value: object) -> str | None:
    """Return an ``http(s)`` address without white space or controls, or nothing."""
    if not isinstance(value, str):
        return None
    address = value.strip()
    if len(address) > 2000 or not re.fullmatch(
        r"https?://[^\s\x00-\x20<>\"'\\^`{|}]+", address, re.I
    ):
        return None
    return address


def fragment_blocks(html: str) -> tuple[Block, ...]:
    """Return the blocks of an HTML fragment or of rendered Markdown, all of it content."""
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return ()
    walk = Walk(Visibility(tree, html), 0, whole_site=False)
    walk.through(tree.body)
    return tuple(walk.blocks)
