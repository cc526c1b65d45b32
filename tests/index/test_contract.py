"""The same promises, kept by the index on disk and by the one in memory."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from assistant.index import open_index
from assistant.ports import Index
from tests.fakes import HashingEmbeddings, MemoryIndex
from tests.index.conftest import Site
from tests.index.pages_for_tests import (
    MODEL,
    embedding_text,
    passages_of,
    unit_texts,
)

MODEL_OBJECT = HashingEmbeddings()


@pytest.fixture(params=["disk", "disk with Chroma", "memory"])
def index(request: pytest.FixtureRequest, published: Site) -> Iterator[Index]:
    opened = open_index(published.data, model_id=MODEL)
    if request.param == "disk with Chroma":
        opened.warm()
    yield _in_memory(opened) if request.param == "memory" else opened
    opened.close()


def _in_memory(index: Index) -> MemoryIndex:
    pages = [page for name in index.names() if (page := index.page(name.slug))]
    pairs = [(page, passage) for page in pages for passage in passages_of(page)]
    vectors = MODEL_OBJECT.embed_documents([embedding_text(*pair) for pair in pairs])
    units = [np.array(MODEL_OBJECT.embed_documents(unit_texts(*pair))) for pair in pairs]
    return MemoryIndex(pages, [passage for _, passage in pairs], np.array(vectors), units)


def _question(text: str) -> np.ndarray:
    return np.array(MODEL_OBJECT.embed_query(text), np.float32)


def test_names_come_sorted_by_slug_with_title_and_aliases(index: Index) -> None:
    names = list(index.names())
    assert [name.slug for name in names] == sorted(name.slug for name in names)
    assert (names[0].title, names[0].aliases) == ("Lift knee 0", ("Lift knee 0 exercise",))


def test_facts_come_sorted_by_slug_as_the_pages_have_them(index: Index) -> None:
    facts = list(index.facts())
    assert [fact.slug for fact in facts] == [name.slug for name in index.names()]
    for fact in facts:
        page = index.page(fact.slug)
        assert page is not None
        assert (fact.level, fact.equipment, fact.muscles) == (
            page.level,
            page.equipment,
            page.muscles,
        )
    assert (facts[0].level, facts[0].equipment) == ("beginner", ("wall", "mat ½"))


def test_a_page_comes_whole_and_an_unknown_slug_gives_none(index: Index) -> None:
    page = index.page("move-0001")
    assert page is not None
    assert "Do ½ of the range" in page.text
    assert page.sections[1].heading == "Tips"
    assert index.page("no-such-page") is None


def test_rows_of_a_page_are_one_range_and_all_pages_fill_all_rows(index: Index) -> None:
    assert list(index.rows("move-0000")) == [0, 1, 2]
    rows = [row for name in index.names() for row in index.rows(name.slug)]
    assert rows == list(range(12))
    assert len(index.rows("no-such-page")) == 0


def test_passages_come_in_the_order_asked_and_quote_their_page(index: Index) -> None:
    passages = index.passages([7, 0, 7])
    assert [passage.page for passage in passages] == ["move-0002", "move-0000", "move-0002"]
    for passage in passages:
        page = index.page(passage.page)
        assert page is not None
        assert page.text[passage.start : passage.end] == passage.text
        for span in passage.units:
            assert page.text[span.start : span.end] == passage.words(span)
    assert index.passages([]) == []


def test_vectors_have_unit_length_and_come_in_the_order_asked(index: Index) -> None:
    vectors = index.vectors([5, 2])
    assert vectors.shape == (2, 48)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[1], index.vectors(range(2, 3))[0])
    assert index.vectors([]).shape == (0, 48)


def test_every_unit_has_a_vector(index: Index) -> None:
    for row, passage in enumerate(index.passages(range(12))):
        vectors = index.unit_vectors(row)
        assert vectors.shape == (len(passage.units), 48)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-2)


def test_dense_finds_the_passage_itself_first_and_scores_by_cosine(index: Index) -> None:
    for row in range(12):
        hits = index.dense(index.vectors([row])[0], 3)
        assert hits[0][0] == row
        assert hits[0][1] == pytest.approx(1, abs=1e-3)
        assert [score for _, score in hits] == sorted((s for _, s in hits), reverse=True)


def test_dense_agrees_with_comparing_every_vector(index: Index) -> None:
    question = _question("keep the hip in line")
    exact = index.vectors(range(12)) @ question
    hits = index.dense(question, 12)
    assert [row for row, _ in hits] == list(np.argsort(-exact))
    assert [score for _, score in hits] == pytest.approx(sorted(exact, reverse=True), abs=1e-3)


def test_dense_does_not_depend_on_the_length_of_the_question(index: Index) -> None:
    question = _question("keep the hip in line")
    assert [r for r, _ in index.dense(question * 7, 4)] == [r for r, _ in index.dense(question, 4)]


@pytest.mark.parametrize(("k", "found"), [(0, 0), (1, 1), (12, 12), (500, 12)])
def test_dense_gives_at_most_k(index: Index, k: int, found: int) -> None:
    assert len(index.dense(_question("knee"), k)) == found


def test_lexical_finds_a_passage_by_its_words_in_another_form(index: Index) -> None:
    hits = index.lexical("ranges of the hips?", 3)
    assert index.passages([hits[0][0]])[0].page == "move-0001"
    assert [score for _, score in hits] == sorted((s for _, s in hits), reverse=True)
    assert len(index.lexical("knee", 1)) == 1


@pytest.mark.parametrize("text", ["", "   ", "?!", "zyzzyva", '"', "AND OR NOT (", "a:b^z~"])
def test_lexical_finds_nothing_for_a_text_without_known_words(index: Index, text: str) -> None:
    assert index.lexical(text, 5) == []
