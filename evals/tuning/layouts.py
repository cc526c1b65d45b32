"""``python -m evals.tuning.layouts``: how well pages of many layouts are read into sections.

Each page of ``datasets/layouts`` has a file of labels beside it: its title, other names, the
lines of each kind as a reader sees them, FAQ entries, and site furniture.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.domain import Page
from assistant.pages import read_sources
from evals.scoring import folded
from evals.tuning.corpus import DATASETS

LAYOUTS = DATASETS / "layouts"
LABELS = ".labels.json"
# Where a line of a kind does no harm: a tip may stand among the steps, a dose nearly anywhere.
FITTING = {
    "restrictions": {"restrictions"},
    "instructions": {"instructions"},
    "breathing": {"breathing", "instructions", "tips", "faq"},
    "tips": {"tips", "faq", "instructions", "other"},
    "dose": {"instructions", "tips", "description", "faq", "other"},
}
SHORTEST = 30  # characters by which a question is known again

Found = tuple[str, str, bool]  # what was labelled, as what, and whether it was read so


def main(
    misses: Annotated[bool, typer.Option(help="Print what was read otherwise.")] = False,
) -> None:
    """Print, for each folder and kind, how many labels were read as they are."""
    for folder in sorted(LAYOUTS.iterdir()):
        found = [each for page, labels in labelled(folder) for each in compared(page, labels)]
        right = Counter(kind for kind, _, read in found if read)
        wanted = Counter(kind for kind, _, _ in found)
        print(folder.name, *(f"{kind} {right[kind]}/{wanted[kind]}" for kind in wanted), sep="  ")
        if misses:
            print(*(f"  {kind}: {text}" for kind, text, read in found if not read), sep="\n")


def labelled(folder: Path) -> Iterator[tuple[Page, dict[str, Any]]]:
    """Yield each page of a folder with its labels; a file that is refused gives an empty page."""
    for file in sorted(folder.glob(f"*{LABELS}")):
        stem = file.name.removesuffix(LABELS)
        sources = [each for each in folder.glob(f"{stem}.*") if each != file]
        pages = [page for result in read_sources(sources) for page in result.pages]
        page = pages[0] if pages else Page(stem, "", "", ())
        yield page, json.loads(file.read_text("utf-8"))


def compared(page: Page, labels: dict[str, Any]) -> Iterator[Found]:
    """Yield what is labelled and whether the page was read so."""
    for kind, fitting in FITTING.items():
        for text in labels.get(kind, ()):
            yield kind, text, bool(kinds_of(page, text) & fitting)
    for entry in labels.get("faq", ()):
        yield "faq", entry["question"], answers(page, entry["question"], entry["answer"])
    lines = {folded(line) for line in page.text.split("\n")}
    for text in labels.get("furniture", ()):
        yield "furniture", text, folded(text.strip(" •*-#")) not in lines
    yield "title", labels["title"], folded(page.title) == folded(labels["title"])


def kinds_of(page: Page, text: str) -> set[str]:
    """Return the kinds of the sections in which a text stands."""
    said = folded(text.strip(" •*-"))
    return {s.kind for s in page.sections if said in folded(page.text[s.start : s.end])}


def answers(page: Page, question: str, answer: str) -> bool:
    """Return whether an entry of the FAQ has this question and begins with this answer."""
    asked, said = folded(question.strip(" ?*Qq:.")), folded(answer)[: 2 * SHORTEST]
    for section in page.sections:
        heading = folded(section.heading)
        same = asked[:SHORTEST] in heading or heading.strip(" ?")[:SHORTEST] in asked
        if (
            section.kind == "faq"
            and same
            and said in folded(page.text[section.start : section.end])
        ):
            return True
    return False


if __name__ == "__main__":
    typer.run(main)
