"""Search by words: stems, BM25's order, and texts that a query language would choke on."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest

from assistant.errors import IndexDamaged, StorageError
from assistant.lexical import Lexical, build_lexical, lexical_text, stems

TEXTS = (
    "Lie on your back and roll both knees to one side.",
    "Hold the plank for 20 to 30 seconds; keep breathing.",
    "Do not roll the knees if you have had hip surgery.",
    "Raise ½ of the way – don’t arch your back, back, back.",
    "Café squat",
)


@pytest.fixture(scope="module")
def lexical(tmp_path_factory: pytest.TempPathFactory) -> Lexical:
    folder = tmp_path_factory.mktemp("lexical")
    build_lexical(folder, TEXTS)
    return Lexical(folder)


def test_words_are_found_in_other_forms(lexical: Lexical) -> None:
    assert {row for row, _ in lexical.search("rolling a knee", 5)} == {0, 2}
    assert [row for row, _ in lexical.search("CAFE SQUATS", 5)] == [4]


def test_scores_are_those_of_bm25(lexical: Lexical) -> None:
    assert [row for row, _ in lexical.search("roll my back", 5)] == [0, 3, 2]
    for row, score in lexical.search("roll back", 5):
        assert score == pytest.approx(bm25("roll back", row), rel=0.05)


def bm25(query: str, row: int, k1: float = 1.2, b: float = 0.75) -> float:
    """Robertson and Zaragoza (2009), with Lucene's idf."""
    documents = [stems(text) for text in TEXTS]
    mean = sum(map(len, documents)) / len(documents)
    counts = Counter(documents[row])
    total = 0.0
    for term in stems(query):
        having = sum(term in document for document in documents)
        idf = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
        norm = k1 * (1 - b + b * len(documents[row]) / mean)
        total += idf * counts[term] * (k1 + 1) / (counts[term] + norm)
    return total


def test_equal_texts_come_in_the_order_of_their_rows(tmp_path: Path) -> None:
    build_lexical(tmp_path, ["same words"] * 50)
    assert [row for row, _ in Lexical(tmp_path).search("words", 10)] == list(range(10))


@pytest.mark.parametrize(
    "text", ["", " ", "…", "zyzzyva", '" OR (', "\0", "\ud83d".encode("utf-8", "replace").decode()]
)
def test_a_text_without_known_words_finds_nothing(lexical: Lexical, text: str) -> None:
    assert lexical.search(text, 5) == []


def test_a_very_long_text_is_searched_by_its_first_terms(lexical: Lexical) -> None:
    assert lexical.search("knee " * 50_000, 2)


def test_no_more_than_k_are_given(lexical: Lexical) -> None:
    assert lexical.search("back", 0) == []
    assert len(lexical.search("back", 1)) == 1


def test_contains_needs_every_word_in_that_row(lexical: Lexical) -> None:
    assert lexical.contains(0, "roll your knees back")
    assert not lexical.contains(0, "plank roll")
    assert not lexical.contains(1, TEXTS[0])


def test_the_same_texts_give_the_same_scores(lexical: Lexical, tmp_path: Path) -> None:
    build_lexical(tmp_path, TEXTS)
    assert Lexical(tmp_path).search("roll back knees", 5) == lexical.search("roll back knees", 5)


def test_a_folder_without_an_index_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="cannot be opened"):
        Lexical(tmp_path)


def test_a_folder_that_cannot_be_written_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises((StorageError, OSError)):
        build_lexical(tmp_path / "file", TEXTS)


def test_the_text_of_a_passage_holds_its_names_heading_and_words() -> None:
    text = lexical_text("Lying knee rolls", ("Lower trunk rotation",), "How many reps?", "6 to 12")
    assert text.split("\n") == [
        "Lying knee rolls",
        "Lower trunk rotation",
        "How many reps?",
        "6 to 12",
    ]
