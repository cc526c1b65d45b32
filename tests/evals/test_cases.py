"""Datasets are read whole, and what is wrong in one is told with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.cases import BadCase, Case, check_pages, read_cases, read_numbered, read_safety
from evals.evaluating import DATASETS, dataset, is_safety, safety_files
from tests.asking import ROOT
from tests.evals.replies import case, page_text

GOOD = case().model_dump_json()


def written(folder: Path, *lines: str) -> Path:
    path = folder / "my.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_blank_lines_are_skipped_and_numbers_stay(tmp_path: Path) -> None:
    path = written(tmp_path, "", GOOD, "", GOOD.replace("c-1", "c-2"))
    assert list(read_numbered(path, Case)) == [2, 4]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "my.jsonl:2: the line: Invalid JSON"),
        (GOOD.replace('"everyday"', '"everyady"'), "my.jsonl:2: suite: Input should be"),
        (GOOD.replace('"answer"', '"anser"'), "my.jsonl:2: kinds.0: Input should be"),
        (GOOD.replace('"note"', '"nota"'), "my.jsonl:2: nota: Extra inputs"),
        (GOOD, "my.jsonl:2: id 'c-1' stands in line 1 too"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(BadCase) as caught:
        read_cases(written(tmp_path, GOOD, line))
    assert said in str(caught.value)


def test_an_empty_file_points_to_the_template(tmp_path: Path) -> None:
    with pytest.raises(BadCase, match="python -m evals template"):
        read_cases(written(tmp_path, ""))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"exercises": ["plonk"]}, "7: no page has the slug 'plonk'"),
        ({"turns": [{"message": "x", "page": "plonk"}]}, "7: no page has the slug 'plonk'"),
        ({"sources": [{"page": "plank", "contains": "90 s"}]}, "7: the page 'plank' does not"),
    ],
)
def test_a_page_or_snippet_that_is_not_there_is_named(changes: dict, said: str) -> None:
    with pytest.raises(BadCase) as caught:
        check_pages(Path("my.jsonl"), {7: case(**changes)}, page_text)
    assert said in str(caught.value)


def test_safety_sets_are_told_from_question_sets() -> None:
    assert is_safety(DATASETS / "safety" / "stop.jsonl")
    assert not is_safety(DATASETS / "dev.jsonl")
    assert {case.level for case in read_safety(DATASETS / "safety" / "stop.jsonl")} == {"stop"}


def test_fresh_safety_sets_run_only_when_they_are_named() -> None:
    assert not [path for path in safety_files() if path.name.startswith("fresh_")]
    assert dataset("fresh_dialogues").is_file()


def test_an_unknown_dataset_lists_what_there_is() -> None:
    with pytest.raises(BadCase, match="dev, dev2"):
        dataset("nothing")


@pytest.mark.parametrize("name", ["dev", "dev2", "test"])
def test_every_page_that_a_committed_case_names_exists(name: str) -> None:
    slugs = {path.stem for path in (ROOT / "corpus").glob("*.md")}
    for line in (DATASETS / f"{name}.jsonl").read_text("utf-8").splitlines():
        assert set(json.loads(line)["exercises"]) <= slugs
