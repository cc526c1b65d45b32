from __future__ import annotations

import json
from pathlib import Path

from evals.bench.exercises import (
    find_exercises,
    generated,
    multiplied,
    plain_text,
    questions,
    write_pages,
)

FEW = [record for record, _ in zip(generated(), range(30), strict=False)]


def test_the_grammar_gives_as_many_different_exercises_as_the_file_has() -> None:
    records = list(generated())
    assert len(records) >= 991
    assert len({record["id"] for record in records}) == len(records)
    assert records == list(generated())


def test_a_named_file_is_read_and_named(tmp_path: Path) -> None:
    records, origin = find_exercises(write_pages(FEW, tmp_path))
    assert records == FEW
    assert origin == "exercises.jsonl"


def test_copies_differ_in_name_and_id_and_in_nothing_else() -> None:
    records = multiplied(FEW, 3)
    assert len(records) == 3 * len(FEW)
    assert len({record["name"] for record in records}) == len(records)
    assert records[: len(FEW)] == FEW
    assert records[-1]["instructions"] == FEW[-1]["instructions"]


def test_questions_are_all_different_and_name_an_exercise_each() -> None:
    asked = questions(FEW, 120)
    assert len(set(asked)) == 120
    names = [record["name"] for record in FEW]
    assert all(any(name in question for name in names) for question in asked)


def test_the_tutorial_sees_every_word_of_the_record() -> None:
    text = plain_text(FEW[3])
    for words in (FEW[3]["name"], *FEW[3]["instructions"], FEW[3]["equipment"]):
        assert words in text


def test_pages_are_written_one_record_a_line(tmp_path: Path) -> None:
    lines = write_pages(FEW, tmp_path).read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == FEW
