"""One walk over an HTML tree, without recursion: elements in, blocks out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from assistant.pages.blocks import INNER_HEADING, RESUME, Block, Rejected
from assistant.pages.characters import fold, visible
from assistant.pages.headings import exact_tag, is_question
from assistant.pages.html_lines import CLOSE, OPEN, is_plain_item, leading, leads_away, lines_of
from assistant.pages.html_tables import table_rows
from assistant.pages.plain_headings import BULLET
from assistant.pages.policy import html_words
from assistant.pages.site_parts import is_site_part
from assistant.pages.visibility import Attributes, Visibility

DEEPEST = 1000
LISTS = frozenset({"ul", "ol", "menu", "dir", "dl"})
HEADS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
STUCK = re.compile(f"(?<=\\w\\w)[:]?{CLOSE}+{OPEN}+(?=\\w\\w)")
BETWEEN = OPEN + CLOSE + " \n\t|·•/›»>,&–-"


@dataclass(slots=True)
class Frame:
    """An open element that decides what its text becomes."""

    tag: str
    level: int = 0
    texts: list[str] = field(default_factory=list)
    lead: str = ""
    linked: bool = True
    folds: bool = False
    numbered: bool = False


class Walk:
    """Gathers the blocks of one tree; ``inside`` tells for each whether the core holds it."""

    def __init__(self, visibility: Visibility, core: int, *, whole_site: bool = True) -> None:
        self.blocks: list[Block] = []
        self.inside: list[bool] = []
        self.visibility = visibility
        self.whole_site = whole_site
        self.core, self.in_core = core, 0
        self.frames: list[Frame] = []
        self.pieces: list[tuple[str, bool, bool]] = []
        self.bold = self.links = self.depth = self.group = self.preformatted = 0
        self.term = ""

    def through(self, root: LexborNode) -> None:
        """Walk over an element and all that is in it."""
        stack: list[tuple[LexborNode, str]] = [(root, "")]
        nesting = 0
        while stack:
            node, leaving = stack.pop()
            if leaving:
                nesting -= 1
                self.leave(node, leaving)
            elif node.is_text_node:
                self.say(node.text_content or "")
            elif node.is_element_node and self.enter(node, tag := (node.tag or "").lower()):
                nesting += 1
                if nesting > DEEPEST:
                    raise Rejected(
                        f"Its elements are nested deeper than {DEEPEST} levels.",
                        "Simplify the page.",
                    )
                stack.append((node, tag))
                child = node.last_child
                while child is not None:
                    stack.append((child, ""))
                    child = child.prev
        self.flush()

    def say(self, text: str) -> None:
        """Add words of the current line."""
        text = visible(text).replace(OPEN, "").replace(CLOSE, "")
        if not self.preformatted:
            text = text.replace("\n", " ")
        if text:
            self.pieces.append((text, self.bold > 0, self.links > 0))

    def enter(self, node: LexborNode, tag: str) -> bool:
        """Open an element; return whether to go into it."""
        attributes = node.attributes
        if tag in html_words("unread") or self.visibility.hides(node, tag, attributes):
            return False
        if self.whole_site and is_site_part(node, tag, attributes):
            self.flush()
            return False
        if tag == "br":
            self.pieces.append(("\n", False, False))
            return False
        if tag == "button" and not self.is_label(node, attributes):
            return False
        if tag == "sup" and node.css_first("a") is not None:
            return False
        if tag == "table" and (rows := table_rows(node, self.visibility)):
            self.flush()
            self.group += 1
            for row in rows:
                self.emit(Block("item", row, group=self.group))
            return False
        self.open_element(node, tag, attributes)
        return True

    def is_label(self, node: LexborNode, attributes: Attributes) -> bool:
        """Return whether a button is the visible label of a section or question."""
        if any(frame.tag in HEADS or frame.tag in ("summary", "dt") for frame in self.frames):
            return True
        label = fold(node.text() or "")
        opens = (
            "aria-controls" in attributes
            or "aria-expanded" in attributes
            or "data-bs-target" in attributes
        )
        return label.endswith("?") or (opens and exact_tag(label) is not None)

    def open_element(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        """Note what the text of this element will be."""
        if tag in html_words("blocks"):
            self.flush()
        else:
            self.pieces.append((OPEN, False, False))
        if node.mem_id == self.core:
            self.in_core += 1
        if tag == "q":
            self.say("“")
        self.count(node, tag, 1)
        if tag in LISTS:
            self.settle()
            self.group += self.depth == 0
            self.depth += 1
        elif frame := self.frame_of(node, tag, attributes):
            self.frames.append(frame)

    def count(self, node: LexborNode, tag: str, step: int) -> None:
        """Note that an element that changes the look of its text opens (1) or closes (-1)."""
        if tag in ("b", "strong"):
            self.bold += step
        elif tag == "a" and leads_away(node.attributes.get("href")):
            self.links += step
        elif tag == "pre":
            self.preformatted += step

    def frame_of(self, node: LexborNode, tag: str, attributes: Attributes) -> Frame | None:
        """Return the frame of an element that decides what its text becomes."""
        if tag in HEADS:
            return Frame(tag, HEADS[tag])
        if tag in ("summary", "dt", "dd"):
            return Frame(tag, INNER_HEADING)
        if tag == "li":
            kind = "li" if is_plain_item(node) else "container"
            above = node.parent
            numbered = above is not None and above.tag == "ol"
            return Frame(kind, max(self.depth - 1, 0), numbered=numbered)
        if attributes.get("role") == "heading":
            level = attributes.get("aria-level") or "2"
            return Frame("heading", int(level) if level in ("1", "2", "3", "4", "5", "6") else 2)
        return None

    def leave(self, node: LexborNode, tag: str) -> None:
        """Close an element and turn its text into what it is."""
        if tag == "q":
            self.say("”")
        if tag in html_words("blocks"):
            self.flush()
        else:
            self.pieces.append((CLOSE, False, False))
        self.count(node, tag, -1)
        if tag in LISTS:
            self.depth -= 1
        if tag in HEADS or tag in ("summary", "dt", "dd", "li") or self.is_heading_frame(node):
            self.flush()
            self.settle()
            self.frames.pop()
        if tag in ("details", "dl"):
            self.emit(RESUME)
        if node.mem_id == self.core:
            self.in_core -= 1

    def is_heading_frame(self, node: LexborNode) -> bool:
        """Return whether a frame was opened for ``role=heading``."""
        return (
            bool(self.frames)
            and self.frames[-1].tag == "heading"
            and node.attributes.get("role") == "heading"
        )

    def flush(self) -> None:
        """End the current line: give it to the open frame, or make it a paragraph."""
        pieces, self.pieces = self.pieces, []
        raw = STUCK.sub(
            lambda m: m[0].rstrip(CLOSE + OPEN) + " ", "".join(text for text, _, _ in pieces)
        )
        raw = raw.replace(OPEN, "").replace(CLOSE, "")
        if not raw.strip():
            return
        lead = fold("".join(leading(pieces)))
        linked = all(link for text, _, link in pieces if text.strip(BETWEEN))
        frame = next(
            (f for f in reversed(self.frames) if f.tag != "container" or not f.folds), None
        )
        if frame is not None and frame.tag != "container":
            frame.lead = frame.lead or (lead if not frame.texts else "")
            frame.linked = frame.linked and linked
            frame.texts.append(fold(raw))
            return
        for line in lines_of(raw):
            bullet = BULLET.match(line)
            if bullet and not exact_tag(line):
                before = self.blocks[-1] if self.blocks else None
                self.group += not (
                    before and before.kind == "item" and not before.linked and self.depth == 0
                )
                self.emit(Block("item", line[bullet.end() :], group=self.group))
            else:
                own = lead if line.startswith(lead) else ""
                self.emit(Block("paragraph", line, lead=own, linked=linked))

    def settle(self) -> None:
        """Turn what the innermost frame has gathered into a block."""
        if not self.frames or not self.frames[-1].texts:
            return
        frame = self.frames[-1]
        text, frame.texts = " ".join(frame.texts), []
        if frame.tag in HEADS or frame.tag == "heading":
            self.emit(Block("heading", text, level=frame.level, linked=frame.linked))
        elif frame.tag == "summary" or (
            frame.tag == "dt" and (is_question(text) or exact_tag(text))
        ):
            self.emit(
                Block(
                    "heading",
                    text,
                    level=INNER_HEADING,
                    question=is_question(text) and not exact_tag(text),
                )
            )
        elif frame.tag == "dt":
            self.term = f"{self.term} / {text}" if self.term else text
        elif frame.tag == "dd" and self.term:
            self.emit(Block("item", f"{self.term.rstrip(':')}: {text}", group=self.group))
            self.term = ""
        elif frame.tag == "dd":
            self.emit(Block("paragraph", text, lead=frame.lead))
        else:
            item = Block("item", text, level=frame.level, group=self.group, lead=frame.lead)
            self.emit(replace(item, linked=frame.linked, numbered=frame.numbered))
            frame.linked, frame.lead = True, ""

    def emit(self, block: Block) -> None:
        """Add a block."""
        self.blocks.append(block)
        self.inside.append(self.in_core > 0)
