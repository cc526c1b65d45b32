from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from evals.bench.growing import CopiedEmbeddings
from evals.bench.precision import page_questions, scores
from evals.bench.processes import memory_of, timed_command
from evals.bench.rows import Row, milliseconds, write
from tests.fakes import HashingEmbeddings

FAST = Row("answer", 3.0, 10.0, "ms", "tutorial", 0.6)
SLOW = Row("ingest", 5.0, 10.0, "/s", "tutorial", 1.0, at_least=True)


def test_a_row_holds_when_its_ratio_is_on_the_wanted_side_of_the_target() -> None:
    assert FAST.ratio == pytest.approx(0.3)
    assert FAST.passed
    assert not SLOW.passed


def test_the_results_file_has_every_figure_and_verdict(tmp_path: Path) -> None:
    document = json.loads(write([FAST, SLOW], {"from": "a test"}, tmp_path).read_text())
    assert [row["passed"] for row in document["rows"]] == [True, False]
    assert document["notes"] == {"from": "a test"}


def test_medians_are_given_in_milliseconds() -> None:
    assert milliseconds([0.001, 0.003, 0.9]) == pytest.approx(3.0)


def test_retrieval_scores_count_the_place_of_the_right_document() -> None:
    documents = np.eye(3, dtype=np.float32)
    queries = np.array([[1, 0, 0], [0.9, 0.5, 0]], dtype=np.float32)
    reciprocal, gain = scores(documents, queries, [0, 1])
    assert reciprocal == pytest.approx((1 + 1 / 2) / 2)
    assert gain == pytest.approx((1 + 1 / np.log2(3)) / 2)


def test_no_pages_give_no_questions() -> None:
    assert page_questions([]).queries == []


def test_copies_of_a_text_are_near_it_and_embedded_once() -> None:
    model = HashingEmbeddings()
    copied = CopiedEmbeddings(model)
    texts = [
        "Plank. Hold still.",
        "Plank Variation 1. Hold still.",
        "Plank Variation 2. Hold still.",
    ]
    vectors = np.asarray(copied.embed_documents(texts))
    assert model.texts == ["Plank. Hold still."]
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    similar = vectors @ vectors.T
    assert similar.min() > 0.85
    assert similar[0, 1] < 0.999
    assert copied.embed_documents(texts) == [*vectors.tolist()]


def test_a_command_that_fails_is_no_measurement() -> None:
    assert timed_command("-c", "pass") > 0
    with pytest.raises(Exception, match="non-zero exit status"):
        timed_command("-c", "raise SystemExit(3)")


def test_memory_is_in_megabytes() -> None:
    import os

    assert 5 < memory_of(os.getpid()) < 5000
