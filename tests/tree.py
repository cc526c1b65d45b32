"""Prints the tree of the repository with a line for each file, as ``docs/tree.md`` shows it.

Run ``python -m tests.tree`` after adding a file, and put what it prints between the marks there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHOWN = ("assistant", "server", "evals")
WIDTH = 30
KINDS = {".py", ".yaml", ".txt", ".js", ".html", ".css"}
DATA = {"datasets": "question sets with their pages, and safety/; README.md says what each is for"}
FOLDERS = {
    "corpus": "72 exercise pages (Markdown with front matter); README.md is the writing brief",
    "docs": "API, settings, page check, evals, insights, safety, widget and this tree, a page each",
    "requirements": "the lock: every package by version and hash, torch by version",
    "tests": "mirrors the folders above; faults/ is the large sweep of kills and damaged files",
}


def tree() -> str:
    """Return the whole tree as text."""
    lines = [line for name in SHOWN for line in _folder(ROOT / name, 0)]
    lines += [f"{name + '/':{WIDTH}} {what}" for name, what in FOLDERS.items()]
    return "\n".join(lines)


def _folder(folder: Path, depth: int) -> Iterator[str]:
    what = DATA.get(folder.name) or _summary(folder / "__init__.py")
    yield f"{'  ' * depth + folder.name + '/':{WIDTH}} {what}".rstrip()
    if folder.name in DATA:
        return
    entries = sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name))
    for path in entries:
        if path.name.startswith(("__init__", "__pycache__", ".")) or path.name == "results":
            continue
        if path.is_dir():
            yield from _folder(path, depth + 1)
        elif path.suffix in KINDS:
            yield f"{'  ' * (depth + 1) + path.name:{WIDTH}} {_summary(path)}".rstrip()


def _summary(path: Path) -> str:
    if not path.exists():
        return ""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        return (ast.get_docstring(ast.parse(text)) or "").split("\n")[0]
    comment = re.match(r"\s*(?:#|//|/\*+|<!--|\{#)[ \t]*\n?[ *]*(.+?)(?:-->|\*/|#\})?$", text, re.M)
    return comment[1].strip().split(". ")[0].rstrip(".,") if comment else ""


if __name__ == "__main__":
    print(tree())
