"""The learned stage: it raises, never lowers, and no failure of it passes silently."""

from __future__ import annotations

import pytest

from assistant.embedding import LazyEmbeddings
from assistant.safety import RANK, SafetyLayer, assess
from assistant.safety.learned import LEVELS, load_learned
from assistant.safety.raising import raised
from assistant.safety.records import Assessment
from tests.safety.phrasebook import phrases

SEEN = [text for level in ("emergency", "stop", "crisis", "harmless") for text in phrases(level)]


@pytest.fixture(scope="module")
def layer(embeddings: LazyEmbeddings) -> SafetyLayer:
    return SafetyLayer(embeddings.embed_documents, load_learned().model_id)


def _broken(texts: list[str]) -> list[list[float]]:
    raise RuntimeError("no model")


def test_it_never_lowers_what_the_rules_say(layer: SafetyLayer) -> None:
    for text in SEEN[::10]:
        assert RANK[layer(text).level] >= RANK[assess(text).level], text


def test_a_raised_level_keeps_the_conditions_and_says_why() -> None:
    found = assess("i have osteoporosis, can i do this")
    higher = raised(found, "stop")
    assert (higher.level, higher.conditions) == ("stop", found.conditions)
    assert higher.reasons == (*found.reasons, "learned.stop")
    assert raised(Assessment("emergency"), "stop") == Assessment("emergency")


def test_a_failing_model_gives_the_general_stop_and_leaves_an_emergency_alone() -> None:
    layer = SafetyLayer(_broken, load_learned().model_id)
    found = layer("my neighbour fell off the porch and something is not right with him")
    assert found.level == "stop"
    assert layer("crushing chest pain down my left arm").level == "emergency"
    assert layer("i want to kill myself").level == "crisis"


def test_another_model_is_not_asked_and_that_is_said() -> None:
    layer = SafetyLayer(_broken, "ollama:other")
    assert layer("how many reps should i do?").level == "none"
    assert "words alone" in layer.degraded[0]


def test_it_is_wired_into_the_assistant(layer: SafetyLayer) -> None:
    assert layer.degraded == ()


def test_likelihoods_sum_to_one_for_every_level() -> None:
    learned = load_learned()
    assert learned.bias_alone.shape == learned.bias_beside.shape == (len(LEVELS),)
    assert learned.embedding.shape == (384, len(LEVELS))
    assert learned.words_alone.shape == (len(learned.vocabulary), len(LEVELS))
