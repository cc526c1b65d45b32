"""Which elements of an HTML page a reader cannot see: hidden by attribute, style or class."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.pages.headings import exact_tag
from assistant.pages.policy import html_words

Attributes = Mapping[str, str | None]
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|opacity\s*:\s*0*(?:\.0+)?\s*(?:%|;|!|$)"
    r"|font-size\s*:\s*(?:0*\.?0+(?:px|pt|em|rem|%|vw)?|0*\.\d+(?:px|pt|em|rem)|[01](?:px|pt))\s*(?:;|!|$)"
    r"|(?:text-indent|left|top|right|bottom|margin(?:-left|-top)?)\s*:\s*-\d{3,}(?:\.\d+)?(?:px|pt|em|rem|vw|%)"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)"
    r"|transform\s*:\s*scale[xy]?\(\s*0\s*[,)]|(?:^|[;\s])color\s*:\s*(?:transparent|rgba\([^)]*,\s*0\s*\))"
)
CLIPPED = re.compile(r"(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*[01](?:px|em)?\s*(?:;|!|$)")
COLOR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]+)")
BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
RULE = re.compile(r"([^{}@;]{1,400})\{([^{}]{0,4000})\}")
SIMPLE = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)")
SHOWN_LATER = re.compile(r"(?:^|\s)(?:sm|md|lg|xl|2xl|xxl)[:-]\S+|d-(?:sm|md|lg|xl|xxl)-\S+")
FOLDING = re.compile(r"accordion|faq|collaps|answer|panel|toggle|expand|content|tab", re.I)
WHITE = frozenset({"#fff", "#ffffff", "white", "rgb(255,255,255)"})


@dataclass(frozen=True, slots=True)
class Selector:
    """A simple selector that hides what it matches."""

    tag: str
    classes: frozenset[str]
    ids: frozenset[str]


def styled_away(style: str, *, plain_page: bool = False) -> bool:
    """Return whether declarations hide an element.

    >>> styled_away("position:absolute; left:-9999px"), styled_away("font-size:1rem")
    (True, False)
    """
    css = COMMENT.sub("", style).lower()
    if HIDING.search(css) or ("overflow" in css and CLIPPED.search(css)):
        return True
    color, background = COLOR.search(css), BACKGROUND.search(css)
    if not color:
        return False
    shade = "".join(color[1].split())
    if background:
        return shade == "".join(background[1].split())
    return plain_page and shade in WHITE


def hiding_selectors(sheets: str) -> tuple[Selector, ...]:
    """Return the simple selectors of style sheets that hide, without those for print or sizes."""
    css = without_at_rules(COMMENT.sub("", sheets))
    found: dict[Selector, bool] = {}
    for match in RULE.finditer(css):
        hides = styled_away(match[2])
        for part in match[1].split(","):
            simple = SIMPLE.fullmatch(part.strip())
            if (
                simple
                and part.strip()
                and (hides or "display" in match[2] or "visibility" in match[2])
            ):
                names = re.findall(r"([.#])([\w-]+)", simple[2])
                classes = frozenset(name for sign, name in names if sign == ".")
                ids = frozenset(name for sign, name in names if sign == "#")
                found[Selector(simple[1] or "", classes, ids)] = hides
    return tuple(selector for selector, hides in found.items() if hides)


def without_at_rules(css: str) -> str:
    """Return the style sheet without blocks such as ``@media print {…}``."""
    kept = []
    at = 0
    while (begin := css.find("@", at)) >= 0:
        kept.append(css[at:begin])
        depth = 0
        at = begin
        while at < len(css):
            character = css[at]
            at += 1
            if character == "{":
                depth += 1
            elif character == "}":
                depth -= 1
            if (character == "}" and depth <= 0) or (character == ";" and depth == 0):
                break
    kept.append(css[at:])
    return "".join(kept)


class Visibility:
    """What one page hides."""

    def __init__(self, tree: LexborHTMLParser, html: str) -> None:
        sheets = "\n".join(node.text() or "" for node in tree.css("style"))
        self.selectors = hiding_selectors(sheets[:500_000])
        linked = tree.css_first('link[rel~="stylesheet"]') is not None
        self.plain_page = not linked and "background" not in html.lower()
        self.unfolded = frozenset(unfolded_ids(tree))

    def hides(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        """Return whether a reader cannot see this element (nor open it with a click)."""
        if not attributes and not self.selectors:
            return False
        if not (self.by_attribute(attributes) or self.by_class(tag, attributes)):
            return False
        if attributes.get("hidden") == "until-found" or attributes.get("id") in self.unfolded:
            return False
        return not is_folded_answer(node, attributes)

    def by_attribute(self, attributes: Attributes) -> bool:
        """Return whether an attribute hides the element."""
        if (
            "hidden" in attributes
            or (attributes.get("aria-hidden") or "").strip().lower() == "true"
        ):
            return True
        style = attributes.get("style")
        return bool(style) and styled_away(style or "", plain_page=self.plain_page)

    def by_class(self, tag: str, attributes: Attributes) -> bool:
        """Return whether a class, id or tag is one that the page's own styles hide."""
        names = (attributes.get("class") or "").split()
        known = html_words("hidden").intersection(names)
        if known and not SHOWN_LATER.search(" ".join(names)):
            return True
        own = frozenset(names)
        own_id = frozenset({attributes.get("id") or ""})
        return any(
            (not selector.tag or selector.tag == tag)
            and selector.classes <= own
            and selector.ids <= own_id
            for selector in self.selectors
        )


def unfolded_ids(tree: LexborHTMLParser) -> set[str]:
    """Return the ids that a click on a visible question or section heading shows."""
    found = set()
    for node in tree.css("[aria-controls],[data-bs-target],[data-target]"):
        attributes = node.attributes
        label = (node.text() or "").strip()
        if not (label.endswith("?") or exact_tag(label)) or styled_away(
            attributes.get("style") or ""
        ):
            continue
        for name in ("aria-controls", "data-bs-target", "data-target"):
            found.add((attributes.get(name) or "").lstrip("#"))
    return found - {""}


def is_folded_answer(node: LexborNode, attributes: Attributes) -> bool:
    """Return whether this is the closed answer below a question that opens it."""
    label = " ".join(attributes.get(name) or "" for name in ("class", "id", "itemprop"))
    if not FOLDING.search(label):
        return False
    before = node.prev
    while before is not None and not (before.is_element_node and (before.text() or "").strip()):
        before = before.prev
    return before is not None and (before.text() or "").strip().rstrip(
        "+-–▼▾⌄›>"
    ).rstrip().endswith("?")
