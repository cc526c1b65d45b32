"""Retrieval measures agree with hand-worked figures, whatever the shape of the questions."""

from __future__ import annotations

from math import log2
from pathlib import Path
from typing import Any

import pytest

from evals.beir import judge_collection, judge_folder, read_collection, write_pages
from evals.cases import BadCase
from evals.retrieving import among, judge, mean, measured, queries, searched
from tests.evals.replies import case


def hit(page: str, start: int, text: str) -> dict[str, Any]:
    return {"page": page, "start": start, "end": start + len(text), "text": text}


RIGHT = hit("plank", 0, "Hold for 20 to 40 seconds.")
ALSO = hit("plank", 90, "Beginners: 20 to 40 seconds.")
WRONG = hit("plank", 40, "Do not hold your breath.")


def plain(items: Any, what: str) -> Any:
    return items


def test_ndcg_is_the_hand_worked_figure() -> None:
    run = {"q": {"x": 3.0, "a": 2.0, "y": 1.0, "b": 0.0}}
    found = measured({"q": {"a": 1, "b": 1}}, run)["q"]
    ideal = 1 + 1 / log2(3)
    assert found["nDCG@10"] == pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal)
    assert found["MRR@10"] == 0.5
    assert (found["HR@1"], found["HR@5"]) == (0, 1)


def test_a_query_without_hits_counts_zero_and_stays_in_the_mean() -> None:
    found = measured({"q": {"a": 1}, "r": {"a": 1}}, {"q": {"a": 1.0}, "r": {}})
    assert mean(found)["nDCG@10"] == 0.5


def test_every_passage_that_holds_the_snippet_is_relevant() -> None:
    found = judge([case()], lambda q, k: [WRONG, RIGHT], among([RIGHT, ALSO, WRONG]))
    assert found["c-1"]["nDCG@10"] == pytest.approx((1 / log2(3)) / (1 + 1 / log2(3)))


def test_over_http_the_relevant_ones_are_searched_for_by_their_snippet() -> None:
    def search(query: str, k: int) -> list[dict[str, Any]]:
        return [RIGHT, ALSO, WRONG] if query == "20 to 40 seconds" else [RIGHT]

    assert judge([case()], search, searched(search))["c-1"]["nDCG@10"] < 1
    assert judge([case()], search, searched(search))["c-1"]["MRR@10"] == 1


def test_only_questions_that_name_their_exercise_are_searched_over_all_pages() -> None:
    names = {"plank": ("Plank", "front hold")}
    unnamed = {"turns": [{"message": "how long?", "page": "plank"}], "suite": "page_context"}
    named = {"turns": [{"message": "Front hold: how long?", "page": "plank"}]}
    cases = [
        case(id="everyday"),
        case(id="unnamed", **unnamed),
        case(id="named", **unnamed | named),
        case(id="two turns", turns=[{"message": "hi"}, {"message": "plank"}]),
        case(id="missing", suite="missing"),
        case(id="no source", sources=[]),
    ]
    assert [each.id for each in queries(cases, names)] == ["everyday", "named"]


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    lines = [
        ("d1", "Plank", "Hold your body straight on your forearms and breathe steadily."),
        ("d2", "Squat", "Bend your knees, sit back, and keep both heels on the floor."),
    ]
    corpus = [f'{{"_id": "{d}", "title": "{t}", "text": "{x}"}}' for d, t, x in lines]
    (tmp_path / "corpus.jsonl").write_text("\n".join(corpus))
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "q1", "text": "heels in a squat"}\n{"_id": "q2", "text": "not judged"}\n'
    )
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td2\t1\n")
    return tmp_path


def test_a_collection_asks_its_judged_queries_only(beir: Path) -> None:
    assert read_collection(beir).queries == {"q1": "heels in a squat"}


def test_a_document_stands_where_its_best_passage_does(beir: Path, tmp_path: Path) -> None:
    collection = read_collection(beir)
    slugs = write_pages(collection, tmp_path / "pages")
    first, second = slugs
    hits = [hit(first, 0, "a"), hit(first, 9, "b"), hit(second, 0, "c")]
    found = judge_collection(collection, lambda q, k: hits, slugs, plain)
    assert found["q1"]["MRR@10"] == 0.5


def test_a_collection_is_indexed_and_searched_for_real(beir: Path) -> None:
    found = judge_folder(read_collection(beir), None, plain)
    assert found["assistant"]["HR@1"] == 1
    assert found["assistant"]["indexed"] == 1


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("corpus.jsonl", '{"_id": "d1"}', "corpus.jsonl:1: text must be"),
        ("queries.jsonl", "nonsense", "queries.jsonl:1: not JSON"),
        ("qrels/test.tsv", "head\tof\tfile\nq1\td2", "test.tsv:2: wanted query id"),
        ("qrels/test.tsv", "q9\td2\t1", "test.tsv:1: queries.jsonl has no query 'q9'"),
        ("qrels/test.tsv", "q1\td9\t1", "test.tsv:1: corpus.jsonl has no document 'd9'"),
    ],
)
def test_what_is_wrong_in_a_collection_is_named(
    beir: Path, file: str, text: str, said: str
) -> None:
    (beir / file).write_text(text)
    with pytest.raises(BadCase) as caught:
        read_collection(beir)
    assert said in str(caught.value)


def test_a_missing_file_is_named(beir: Path) -> None:
    (beir / "queries.jsonl").unlink()
    with pytest.raises(BadCase, match=r"queries.jsonl is missing"):
        read_collection(beir)
