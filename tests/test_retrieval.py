from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.embedding import LazyEmbeddings
from assistant.index import OpenIndex
from assistant.ports import Vectors
from assistant.retrieval import best_by_page, fuse, search, z_scores

scores = st.dictionaries(
    st.integers(0, 50),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 4)),
    max_size=12,
)


@given(scores, scores)
def test_fusing_gives_every_row_of_either_half_once_best_first(
    dense: dict[int, float], lexical: dict[int, float]
) -> None:
    fused = fuse(dense, lexical)
    assert sorted(row for row, _ in fused) == sorted(set(dense) | set(lexical))
    values = [score for _, score in fused]
    assert values == sorted(values, reverse=True)
    assert all(math.isfinite(value) for value in values)


@given(scores)
def test_one_half_alone_keeps_its_own_order(dense: dict[int, float]) -> None:
    order = [dense[row] for row, _ in fuse(dense, {})]
    assert all(a >= b or math.isclose(a, b, abs_tol=1e-3) for a, b in pairwise(order))


@given(scores.filter(lambda found: len(set(found.values())) > 1))
def test_z_scores_have_mean_zero_and_keep_the_order(found: dict[int, float]) -> None:
    result = z_scores(found)
    assert math.isclose(sum(result.values()), 0, abs_tol=1e-6)
    best, worst = max(found, key=found.__getitem__), min(found, key=found.__getitem__)
    assert result[best] > result[worst]


def test_equal_scores_and_no_scores_do_not_divide_by_zero() -> None:
    assert z_scores({}) == {}
    assert z_scores({1: 5.0, 2: 5.0}) == {1: 0.0, 2: 0.0}
    assert fuse({}, {}) == []


@pytest.fixture(scope="module")
def embed(embeddings: LazyEmbeddings):
    def vector(text: str) -> Vectors:
        return np.asarray(embeddings.embed_query(text), dtype=np.float32)

    return vector


@pytest.mark.parametrize(
    ("text", "slug", "words"),
    [
        ("pebbles toes bowl", "pebble-lift", "pebble"),
        ("broom handle slide away", "harbour-reach", "handle"),
        ("bag like a lantern in front of the chest", "lantern-squat", "lantern"),
        ("knees fall to the side lying on the back", "lying-knee-rolls", "knees"),
    ],
)
def test_the_best_passage_is_of_the_page_that_speaks_of_it(
    index: OpenIndex, embed, text: str, slug: str, words: str
) -> None:
    hits = search(index, text, embed(text), 5)
    assert hits[0].passage.page == slug
    assert any(words in hit.passage.text for hit in hits if hit.passage.page == slug)
    assert len(hits) == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_each_page_comes_once_by_its_best_passage(index: OpenIndex, embed) -> None:
    hits = search(index, "how many reps", embed("how many reps"), 60)
    pages = best_by_page(hits)
    names = [hit.passage.page for hit in pages]
    assert len(set(names)) == len(names) > 5
    assert pages[0] == hits[0]
    assert all(hit.score == max(h.score for h in hits if h.passage == hit.passage) for hit in pages)


def test_a_search_for_no_words_still_ranks_by_meaning(index: OpenIndex, embed) -> None:
    assert len(search(index, "???", embed("???"), 3)) == 3
