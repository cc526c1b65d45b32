"""Which elements of an HTML page belong to the site and not to the exercise."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.pages.furniture import furniture
from assistant.pages.headings import exact_tag, is_question, loose_tag
from assistant.pages.policy import html_words
from assistant.pages.visibility import Attributes

SITE_TAGS = frozenset({"nav", "footer", "header", "aside", "form", "dialog", "menu", "search"})
CALLOUT = re.compile(r"warn|caution|note|tip|callout|alert|important|info|safety", re.I)
NAME_PARTS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
MOST = 0.5
"""Share of a page's known headings that its main part has at least."""
MOST_HEADINGS = 500
HEADINGS = "h1,h2,h3,h4,h5,h6,summary,dt"
MAIN_TAGS = frozenset({"instructions", "tips", "breathing", "restrictions", "faq"})


def is_site_part(node: LexborNode, tag: str, attributes: Attributes) -> bool:
    """Return whether an element is navigation, banner, sidebar, promotion and the like."""
    if tag in SITE_TAGS:
        return not stays(node, tag, attributes)
    if not attributes or tag in ("html", "body", "main", "article"):
        return False
    if (attributes.get("role") or "").lower() in furniture().roles:
        return not holds_content(node)
    if tag in html_words("framing"):
        return False
    return has_site_name(attributes) and not holds_content(node)


def has_site_name(attributes: Attributes) -> bool:
    """Return whether a class or the id has a word such as "cookie" or "sidebar"."""
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return not furniture().classes.isdisjoint(part.lower() for part in NAME_PARTS.findall(names))


def stays(node: LexborNode, tag: str, attributes: Attributes) -> bool:
    """Return whether an element of a site's tag has content of the page all the same."""
    if tag == "aside":
        names = f"{attributes.get('class') or ''} {attributes.get('role') or ''}"
        if CALLOUT.search(names) and not has_site_name(attributes):
            return True
        return node.css_first("a") is None and any(exact_tag(label) for label in labels(node))
    if tag in ("nav", "menu", "search"):
        return node.css_first("h1,main") is not None
    if tag == "dialog":
        return "open" in attributes and holds_content(node)
    return holds_content(node)


def holds_content(node: LexborNode) -> bool:
    """Return whether the page's title or a section of an exercise stands in an element."""
    if node.css_first("h1,main") is not None:
        return True
    return any(exact_tag(label) in MAIN_TAGS for label in labels(node))


def labels(node: LexborNode) -> list[str]:
    """Return the texts of the headings in an element."""
    return [(heading.text() or "").strip() for heading in node.css(HEADINGS)]


def core_of(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the innermost ``<main>`` or ``<article>`` that has most of the known headings."""
    body = tree.body
    if body is None:
        return None
    enough = MOST * known_headings(body)
    if not enough:
        return None
    fitting = [node for node in candidates(tree) if known_headings(node) >= enough]
    return fitting[-1] if fitting else None


def candidates(tree: LexborHTMLParser) -> Iterable[LexborNode]:
    """Yield the elements that may hold the content, outer ones first."""
    yield from tree.css("main,[role=main],article,[itemprop=articleBody]")[:50]


def known_headings(node: LexborNode) -> int:
    """Return how many headings, bold or marked up, are a known section or a question."""
    found = node.css(f"{HEADINGS},button,strong,b")[:MOST_HEADINGS]
    texts = ((one.text() or "").strip() for one in found)
    return sum(1 for text in texts if exact_tag(text) or is_question(text) or loose_tag(text))
