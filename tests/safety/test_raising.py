"""The learned stage: it raises, never lowers, and no failure of it passes silently."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.embedding import LazyEmbeddings
from assistant.safety import RANK, SafetyLayer, assess, categories, urgent_reply
from assistant.safety.learned import LEVELS, Categories, Floats, Learned, load_learned
from assistant.safety.raising import (
    MOST_WORDS,
    SURE,
    judge,
    raised,
    stretches,
    worth_embedding,
)
from assistant.safety.records import Assessment
from assistant.safety.windows import Window
from evals.safety.phrases import read_phrases, training_files
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


def test_it_is_wired_into_the_assistant(layer: SafetyLayer) -> None:
    assert layer.trouble() == ()


def test_likelihoods_sum_to_one_for_every_level() -> None:
    learned = load_learned()
    assert learned.bias_alone.shape == learned.bias_beside.shape == (len(LEVELS),)
    assert learned.embedding.shape == (384, len(LEVELS))
    assert learned.words_alone.shape == (len(learned.vocabulary), len(LEVELS))


# The category of what the judge raised


def _learned(level: str, bias: dict[str, float]) -> Learned:
    """The weights with one category head more, which goes by its bias alone."""
    learned, size = load_learned(), len(bias)
    head = Categories(
        tuple(bias),
        np.zeros((len(learned.vocabulary), size), np.float32),
        np.zeros((384, size), np.float32),
        np.array(list(bias.values()), np.float32),
    )
    return replace(learned, categories={level: head})


def _raised_to(level: str, embeddings: LazyEmbeddings) -> list[tuple[Window, Floats]]:
    """The windows of a taught message that the judge raises to a level and the rules do not."""
    learned = replace(load_learned(), categories={})
    for phrase in read_phrases(training_files()):
        text = phrase.turns[-1]
        if len(phrase.turns) > 1 or RANK[assess(text).level] >= RANK[level]:  # type: ignore[index]
            continue
        seen = stretches(text, (), learned)
        if judge(learned, seen, embeddings.embed_documents).level == level:
            return seen
    raise AssertionError(f"no taught message is raised to {level}")


@pytest.mark.parametrize(
    ("level", "bias", "told"),
    [
        ("emergency", {"heart": 0.0, "stroke": 2.0}, "stroke"),
        ("emergency", {"heart": 0.0, "stroke": 0.1, "head": 0.0}, None),
        ("support", {"eating_disorder": 0.0, "medication": 0.1, "minor": 0.0}, "medication"),
    ],
)
def test_a_sure_category_is_told_and_one_of_support_always(
    embeddings: LazyEmbeddings, level: str, bias: dict[str, float], told: str | None
) -> None:
    seen = _raised_to(level, embeddings)
    verdict = judge(_learned(level, bias), seen, embeddings.embed_documents)
    assert (verdict.level, verdict.category) == (level, told)
    other = _learned("emergency" if level == "support" else "support", bias)
    assert judge(other, seen, embeddings.embed_documents).category is None


def test_a_told_category_chooses_the_wording_and_what_the_rules_know_goes_first() -> None:
    general = raised(Assessment(), "emergency")
    heart = raised(Assessment(), "emergency", "heart")
    assert general.categories == ()
    assert heart.categories == ("heart",)
    assert urgent_reply(heart, "GB") != urgent_reply(general, "GB")
    assert "999" in "".join(urgent_reply(heart, "GB")[:2])
    known = raised(Assessment("stop", ("clot",)), "emergency", "heart")
    assert known.categories == ("clot",)
    assert raised(Assessment(), "support", "eating_disorder").urgent
    assert raised(Assessment("emergency", ("head",)), "stop", "joint").categories == ("head",)


def test_every_category_that_can_be_taught_has_words_of_its_own() -> None:
    for level in SURE:
        assert len(categories(level)) >= 3
        for name in categories(level):
            assert raised(Assessment(), level, name).categories == (name,)
    assert "default" not in categories("emergency")
    named = {each for known in load_learned().categories.values() for each in known.names}
    assert named <= {name for level in SURE for name in categories(level)}


def test_the_budget_of_embedded_words_is_kept() -> None:
    message = "I have a sharp pain here and it is bad. " * 24
    chosen = worth_embedding(load_learned(), stretches(message[:1000], (), load_learned()))
    assert chosen
    assert len(chosen) == 1 or sum(window.words for window in chosen) <= MOST_WORDS
