from __future__ import annotations

import json
import math
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.embedding import LazyEmbeddings
from assistant.focus import Focus
from assistant.index import OpenIndex
from assistant.library import Library
from assistant.ports import Vectors
from assistant.questions import understand
from assistant.ranking import FEATURES, answered, asked_text, coverage, ranking_weights, rarity
from tests.asking import SLUGS, units_of


@given(
    st.dictionaries(st.sampled_from(["knee", "floor", "plank", "belli"]), st.floats(0, 9)),
    st.text(max_size=40) | st.sampled_from(["knees on the floor", "my tummy", "plank plank"]),
)
def test_coverage_is_a_share(weights: dict[str, float], text: str) -> None:
    assert 0 <= coverage(weights, text) <= 1 + 1e-9


def test_a_rare_word_weighs_more_than_one_that_every_passage_has(index: OpenIndex) -> None:
    passages = index.passages(index.rows("plank"))
    weights = rarity(["plank", "zebra"], passages)
    assert weights["zebra"] > weights["plank"] > 0


@pytest.fixture(scope="module")
def embed(embeddings: LazyEmbeddings):
    def vector(text: str) -> Vectors:
        return np.asarray(embeddings.embed_query(text), dtype=np.float32)

    return vector


@pytest.mark.parametrize("slug", SLUGS)
def test_ranking_a_page_keeps_every_passage_of_it_and_of_no_other(
    library: Library, embed, slug: str
) -> None:
    question = understand("how often should I do it?", library.catalog, slug, Focus())
    ranked = library.rank(slug, question, embed(question.text))
    units = [unit for each in ranked for unit in each.units]
    page = library.page(slug)
    assert {each.passage.page for each in ranked} == {slug}
    assert sorted(u.span.start for u in units) == sorted(u.start for u in units_of(page))
    assert all(page.text[u.span.start : u.span.end] == u.text for u in units)
    order = [each.share for each in ranked]
    assert order == sorted(order, reverse=True)


def test_the_entry_that_asks_the_same_comes_first(library: Library, embed) -> None:
    question = understand("how many days a week?", library.catalog, "harbour-reach", Focus())
    best = library.rank("harbour-reach", question, embed(question.text))[0]
    assert best.passage.heading == "How often should I do the harbour reach?"


def test_a_page_that_is_not_there_has_no_passages(library: Library, embed) -> None:
    question = understand("how often?", library.catalog, None, Focus())
    assert library.rank("moon-jump", question, embed("how often?")) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_shares_are_the_softmax_of_the_scores_and_of_none(
    library: Library, embed, slug: str
) -> None:
    question = understand("how many reps?", library.catalog, slug, Focus())
    ranked = library.rank(slug, question, embed(asked_text(question)))
    units = [unit for each in ranked for unit in each.units]
    nothing = math.exp(ranking_weights().nothing)
    total = sum(math.exp(unit.score) for unit in units) + nothing
    for unit in units:
        assert unit.share == pytest.approx(math.exp(unit.score) / total)
    assert answered(ranked) == pytest.approx(math.log((total - nothing) / nothing), abs=1e-3)


def test_a_question_of_another_field_has_lower_odds_than_one_of_the_page(
    library: Library, embed
) -> None:
    def odds(message: str) -> float:
        question = understand(message, library.catalog, "harbour-reach", Focus())
        return answered(library.rank("harbour-reach", question, embed(asked_text(question))))

    assert odds("how long do i hold it") > 0 > odds("who won the world cup in 2018")


def test_the_weights_file_names_every_feature_and_no_other() -> None:
    file = resources.files("assistant") / "policy" / "ranking.json"
    assert set(json.loads(file.read_text("utf-8"))["weights"]) == set(FEATURES)
