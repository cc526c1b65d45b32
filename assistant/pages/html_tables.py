"""Tables: each row becomes one line that can be read alone, its cells named by the header."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from assistant.pages.characters import fold
from assistant.pages.policy import html_words
from assistant.pages.visibility import Visibility

LAYOUT = "h1,h2,h3,h4,h5,h6,p,ul,ol,dl,details,table,section,article"
MOST_ROWS = 500


def table_rows(table: LexborNode, visibility: Visibility) -> list[str]:
    """Return a data table's rows as lines; nothing when the table only lays out the page.

    ``<tr><th>Level<th>Reps</tr><tr><td>New<td>8</tr>`` gives ``["Level: New | Reps: 8"]``.
    """
    if any(cell.css_first(LAYOUT) is not None for cell in table.css("td")[:MOST_ROWS]):
        return []
    rows = [cells_of(row, visibility) for row in table.css("tr")[:MOST_ROWS]]
    rows = [row for row in rows if any(text for text, _ in row)]
    if not rows or max(len(row) for row in rows) < 2:
        return []
    if len(rows) > 1 and all(is_head for _, is_head in rows[0]):
        heads = [text for text, _ in rows[0]]
        return [named_row(heads, [text for text, _ in row]) for row in rows[1:]]
    return [labelled_row([text for text, _ in row]) for row in rows]


def named_row(heads: list[str], cells: list[str]) -> str:
    """Return a row with the header's word before each cell."""
    parts = []
    for at, cell in enumerate(cells):
        head = heads[at].rstrip(":") if at < len(heads) else ""
        if cell:
            parts.append(f"{head}: {cell}" if head else cell)
    return " | ".join(parts)


def labelled_row(cells: list[str]) -> str:
    """Return a row without a header: its first cell is the label of the others."""
    filled = [cell for cell in cells if cell]
    return f"{filled[0].rstrip(':')}: {', '.join(filled[1:])}" if len(filled) > 1 else filled[0]


def cells_of(row: LexborNode, visibility: Visibility) -> list[tuple[str, bool]]:
    """Return the visible text of a row's cells, and whether each is a header."""
    found = []
    cell = row.first_child
    while cell is not None:
        if cell.is_element_node and cell.tag in ("td", "th"):
            found.append((fold(visible_text(cell, visibility)), cell.tag == "th"))
        cell = cell.next
    return found


def visible_text(node: LexborNode, visibility: Visibility) -> str:
    """Return the words in an element that a reader sees."""
    words: list[str] = []
    stack = [node]
    while stack:
        one = stack.pop()
        if one.is_text_node:
            words.append(one.text_content or "")
        elif one.is_element_node:
            tag = one.tag or ""
            if tag == "br":
                words.append(" ")
            if tag in html_words("unread") or visibility.hides(one, tag, one.attributes):
                continue
            child = one.last_child
            while child is not None:
                stack.append(child)
                child = child.prev
    return "".join(words)
