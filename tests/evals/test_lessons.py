"""The further questions to learn from: what is said to answer them stands on their pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pages.reading import read_sources
from evals.cases import read_cases
from evals.scoring import folded

DATASETS = Path(__file__).parents[2] / "evals" / "datasets"
FILES = sorted(DATASETS.glob("*/lessons.jsonl"))


def test_there_are_lessons_on_many_pages() -> None:
    assert len(FILES) == 28


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_answer_of_a_lesson_stands_on_its_page(file: Path) -> None:
    results = read_sources([file.parent / "pages"])
    texts = {page.slug: folded(page.text) for each in results for page in each.pages}
    for case in read_cases(file):
        assert all(folded(source.contains) in texts[source.page] for source in case.sources), case
