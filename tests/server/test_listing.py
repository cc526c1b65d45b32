import pytest

from server.listing import found_slugs, near_pages
from tests.server.fake_assistant import PAGE


@pytest.mark.parametrize("query", ["", "wall", "SQUAT hold", "sít-wall", "hold  wall"])
def test_words_of_the_title_and_the_other_names_find_the_page(query):
    assert found_slugs([PAGE], query) == {"wall-sit"}


def test_a_word_that_no_name_has_finds_nothing(client):
    assert found_slugs([PAGE], "wall plank") == frozenset()
    assert "No exercise has this name." in client.get("/exercises?q=plank").text
    assert "<li hidden>" in client.get("/exercises?q=plank").text


@pytest.mark.parametrize("mistaken", ["wall sits", "wal sit", "squat hold", "SÍT"])
def test_a_mistaken_name_is_near_the_page_that_it_may_mean(mistaken):
    assert near_pages([PAGE], mistaken) == [PAGE]


@pytest.mark.parametrize("other", ["", "kettlebell", "nowhere"])
def test_another_name_is_near_nothing(other):
    assert near_pages([PAGE], other) == []
