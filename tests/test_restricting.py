"""What restricts in running prose, and what only sounds like it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from assistant.embedding import LazyEmbeddings, embeddings_id
from assistant.exported_model import MODEL_ID
from assistant.pages.line_kinds import line_kinds
from assistant.restricting import WEIGHTS, misfit, restricting
from assistant.settings import read_settings

MODEL = embeddings_id(read_settings())


def likely(line: str, embeddings: LazyEmbeddings) -> float:
    vector = np.asarray(embeddings.embed_query(line), np.float32)
    return restricting(line, vector, MODEL)


@pytest.mark.parametrize(
    "line",
    [
        "My brother-in-law, whose retina had just been lasered, was sent back to the bench.",
        "With a wrist that is still in plaster this has to wait.",
        "Our midwife would rather you skipped it after week thirty.",
    ],
)
def test_prose_that_restricts_is_told(line: str, embeddings: LazyEmbeddings) -> None:
    assert likely(line, embeddings) > 0.5


@pytest.mark.parametrize(
    "line",
    [
        "My brother-in-law, who has gout in his toe, loves it.",
        "Never let the elbows flare.",
        "It came to us from Norway some thirty years ago.",
    ],
)
def test_prose_that_does_not_is_not(line: str, embeddings: LazyEmbeddings) -> None:
    assert likely(line, embeddings) < 0.5


def test_vectors_of_another_model_are_not_asked() -> None:
    line = "Sit tall."
    assert restricting(line, np.ones(3, np.float32), "other") == line_kinds(line)["restrictions"]


def test_the_weights_are_those_of_the_bundled_model() -> None:
    assert json.loads(WEIGHTS.read_text("utf-8"))["model"] == MODEL_ID
    assert misfit(MODEL_ID) == ()


def test_vectors_of_another_model_are_a_trouble_that_says_what_to_do() -> None:
    (line,) = misfit("other")
    assert "'other'" in line
    assert repr(MODEL_ID) in line
    assert "python -m evals.tuning.restricting --write" in line
