"""Which pages answer a wish, and which of their sentences say why."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.embedding import LazyEmbeddings
from assistant.index import OpenIndex
from assistant.ports import Vectors
from assistant.wishes import FEATURES, KINDS, page_shares, reasons_for, wish_weights


@pytest.fixture(scope="module")
def embed(embeddings: LazyEmbeddings):
    def vector(text: str) -> Vectors:
        return np.asarray(embeddings.embed_query(text), dtype=np.float32)

    return vector


def test_the_policy_has_a_weight_for_every_feature() -> None:
    assert wish_weights().features.shape == (len(FEATURES),)


def test_reasons_are_sentences_with_shares_that_sum_to_at_most_one(index: OpenIndex, embed) -> None:
    reasons = reasons_for(index, "something for stiff shoulders", embed("stiff shoulders"))
    shares = [reason.share for reason in reasons]
    assert shares == sorted(shares, reverse=True)
    assert 0 < sum(shares) <= 1 + 1e-6
    assert {reason.passage.kind for reason in reasons} <= set(KINDS)
    assert all(r.passage.start <= r.span.start < r.span.end for r in reasons)


def test_a_wish_in_the_words_of_one_page_finds_it_first(index: OpenIndex, embed) -> None:
    page = index.page("harbour-reach")
    assert page is not None
    section = next(each for each in page.sections if each.kind == "description")
    wish = page.text[section.start : section.end].split(".")[0]
    shares = page_shares(reasons_for(index, wish, embed(wish)))
    assert next(iter(shares)) == "harbour-reach"


def test_what_is_far_from_every_page_is_likely_none_of_them(index: OpenIndex, embed) -> None:
    far, near = "the capital of France", "something for my tight upper back and shoulders"
    likely = {
        text: sum(page_shares(reasons_for(index, text, embed(text))).values())
        for text in (far, near)
    }
    assert likely[far] < likely[near]
