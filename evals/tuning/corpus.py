"""What is learned from: question sets, each with the library of the pages that it asks about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from assistant.embedding import embeddings_id
from assistant.index import LiveIndex
from assistant.library import Library
from assistant.ports import Index
from assistant.settings import read_settings
from evals.cases import read_cases
from evals.indexing import indexed
from evals.tuning.lessons import Lesson, Unit, lessons_of, units_of
from evals.tuning.wishes import Wish, wishes_of

DATASETS = Path(__file__).parents[1] / "datasets"
# Files of questions about the pages of corpus/, and folders of questions with pages of their own.
# The factors that serve have learned from these (their metadata says so, and a test compares).
LEARNED = (
    *("dev", "dev2", "dev3", "wishes"),
    *("fresh", *(f"fresh-{letter}" for letter in "bcde")),
    *(f"extra-{letter}" for letter in "abcdefghij"),
)
# Read since then, so that new factors may learn from them as well: ``--further``.
FURTHER = (*(f"fresh-{letter}" for letter in "hijklmnopqrs"), "extra-l")

Units = dict[str, list[Unit]]


def questions_of(name: str) -> Path:
    """Return the file of questions of a set."""
    folder = DATASETS / name
    return folder / "questions.jsonl" if folder.is_dir() else DATASETS / f"{name}.jsonl"


@contextmanager
def open_library(name: str, data: Path) -> Iterator[Library]:
    """Yield the library that a set asks about: its own pages, or those indexed in ``data``."""
    pages = DATASETS / name / "pages"
    if pages.is_dir():
        with indexed([pages], data) as parts, parts.indexes.use() as index:
            yield Library(index)
        return
    settings = read_settings(data=data)
    live = LiveIndex(settings.data, embeddings_id(settings))
    try:
        with live.use() as index:
            yield Library(cast(Index, index))
    finally:
        live.close()


@dataclass(frozen=True, slots=True)
class Taught:
    """What one set teaches: lessons about one page each, wishes, and the units of its pages."""

    lessons: list[Lesson]
    wishes: list[Wish]
    units: Units


def read_set(name: str, library: Library) -> Taught:
    """Return what a set teaches.

    Pages that a set brings along are named after it: two sets may have one each of a name.
    """
    own = f"{name}/" if (DATASETS / name).is_dir() else ""
    units = {slug: units_of(library.page(slug)) for slug in library.catalog.titles}
    cases = read_cases(questions_of(name))
    further = questions_of(name).with_name("lessons.jsonl")
    taught = [*cases, *(read_cases(further) if own and further.is_file() else ())]
    lessons = [
        replace(lesson, page=f"{own}{lesson.page}") for lesson in lessons_of(taught, library, units)
    ]
    named = {f"{own}{slug}": each for slug, each in units.items()}
    return Taught(lessons, wishes_of(cases, library, named, own), named)
