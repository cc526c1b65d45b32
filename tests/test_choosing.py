"""One of two exercises for what somebody wants, and both where nothing is wanted of them."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.choosing import chosen, wanted_of
from assistant.citations import Quote
from assistant.embedding import LazyEmbeddings
from assistant.focus import Focus
from assistant.library import Library
from assistant.ports import Vectors
from assistant.questions import Question, understand


@pytest.fixture
def asked(library: Library) -> dict[str, Question]:
    messages = (
        "tin soldier march or glute bridge for my balance?",
        "which one would steady my balance, glute bridge or the tin soldier march",
        "what is done more often, tin soldier march or glute bridge",
        "how many reps of the tin soldier march or the glute bridge",
        "difference between the tin soldier march and the glute bridge",
        "tin soldier march or glute bridge?",
        "which one is not for my balance, glute bridge or the tin soldier march",
        "what do my feet do in the glute bridge and the tin soldier march",
    )
    return {each: understand(each, library.catalog, None, Focus()) for each in messages}


def test_a_choice_wants_something_and_a_comparison_or_an_amount_does_not(
    asked: dict[str, Question],
) -> None:
    first, second, *others = asked.values()
    assert "balance" in wanted_of(first)
    assert "balance" in wanted_of(second)
    assert [wanted_of(each) for each in others] == [""] * 6


def test_only_the_exercise_whose_page_speaks_of_it_is_quoted(
    asked: dict[str, Question], library: Library, embeddings: LazyEmbeddings
) -> None:
    def embed(text: str) -> Vectors:
        return np.asarray(embeddings.embed_query(text), dtype=np.float32)

    question, _, amount, *_ = asked.values()
    draft = chosen(question, library, embed)
    assert draft is not None
    assert draft.exercises == ("tin-soldier-march",)
    quotes = [piece for piece in draft.pieces if isinstance(piece, Quote)]
    assert "The tin soldier march trains balance on one leg." in [each.text for each in quotes]
    assert {each.page.slug for each in quotes} == {"tin-soldier-march"}
    assert chosen(amount, library, embed) is None


@pytest.mark.parametrize(
    "message",
    ["tin soldier march or glute bridge for my piano?", "which is nicer, plank or glute bridge"],
)
def test_none_is_chosen_where_no_page_is_clearly_nearer(
    message: str, library: Library, embeddings: LazyEmbeddings
) -> None:
    def embed(text: str) -> Vectors:
        return np.asarray(embeddings.embed_query(text), dtype=np.float32)

    question = understand(message, library.catalog, None, Focus())
    assert wanted_of(question)
    assert chosen(question, library, embed) is None
