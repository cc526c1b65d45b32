"""What the lines of pages are, learned: ``python -m evals.tuning.lines``.

Lessons are the lines below headings that the policy knows, of all pages but those of the test
split, and the labelled lines of ``datasets/lines.jsonl``. Prints how well each kind is told in
folders that were not learned from, and writes ``assistant/policy/line_weights.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from assistant.domain import Page
from assistant.pages import read_sources
from assistant.pages.headings import kind_of, loose_tag
from assistant.pages.line_kinds import WEIGHTS, signs_of
from assistant.pages.policy import FOLDER
from assistant.pages.sentences import sentence_spans
from evals.cases import read_cases
from evals.tuning.corpus import DATASETS
from evals.tuning.fitting import fitted, held_out, shares, write_weights

ROOT = Path(__file__).parents[2]
LABELLED = DATASETS / "lines.jsonl"
BACKGROUND = "background"
OWN = ("restrictions", "instructions", "tips", "breathing", "equipment")
LONG = 250  # characters of a line that is learned sentence by sentence
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A line, the kind of its section, and the folder that it is from."""

    text: str
    kind: str
    source: str


def fit_file(
    write: Annotated[bool, typer.Option(help="Write policy/line_weights.json.")] = False,
) -> None:
    """Fit on all lines, print the figures of held-out folders."""
    lines = [*lines_of_pages(), *labelled_lines()]
    signs = [list(signs_of(line.text)) for line in lines]
    kinds = [line.kind for line in lines]
    found = held_out(signs, kinds, [line.source for line in lines], FOLDS)
    print(*shares(kinds, found), sep="\n")
    if write:
        write_weights(fitted(signs, kinds), FOLDER / f"{WEIGHTS}.json")


def lines_of_pages() -> Iterator[Line]:
    """Yield the lines below known headings of the corpus and of the sets' own pages."""
    tested = {slug for case in read_cases(DATASETS / "test.jsonl") for slug in case.exercises}
    for folder in (ROOT / "corpus", *sorted(DATASETS.glob("*/pages"))):
        own = folder.name == "pages"
        for result in read_sources([folder]):
            for page in result.pages:
                if own or page.slug not in tested:
                    yield from lines_of(page, folder.parent.name)


def lines_of(page: Page, source: str) -> Iterator[Line]:
    """Yield a page's lines; long ones and those of no kind of their own sentence by sentence."""
    for section in page.sections:
        if section.kind in OWN and kind_of(loose_tag(section.heading)) != section.kind:
            continue  # its kind was told by its lines, not by its heading
        kind = section.kind if section.kind in OWN else BACKGROUND
        for line in filter(None, page.text[section.start : section.end].split("\n")):
            whole = kind != BACKGROUND and len(line) <= LONG
            parts = [line] if whole else [line[a:b] for a, b in sentence_spans(line)]
            yield from (Line(part, kind, source) for part in parts)


def labelled_lines() -> Iterator[Line]:
    """Yield the lines that were written and labelled for this."""
    for line in LABELLED.read_text("utf-8").splitlines():
        case = json.loads(line)
        kind = case["kind"] if case["kind"] in OWN else BACKGROUND
        yield Line(case["text"], kind, LABELLED.stem)


if __name__ == "__main__":
    typer.run(fit_file)
