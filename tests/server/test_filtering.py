import dataclasses

import httpx
import pytest

from assistant.domain import PageFacts
from server.filtering import chosen, filters_of, fitting
from tests.server.fake_assistant import PAGE, FakeAssistant
from tests.server.running import running


def facts(**equipment: str) -> list[PageFacts]:
    """Return pages by slug with their equipment, separated by commas."""
    return [
        PageFacts(slug, None, tuple(filter(None, line.split(", "))), ())
        for slug, line in equipment.items()
    ]


def found(pages: list[PageFacts]) -> dict[str, list[str]]:
    """Return the choices of the only filter, each with its slugs."""
    (made,) = filters_of(pages)
    return {choice.label: sorted(choice.slugs) for choice in made.choices}


def test_a_choice_fits_every_page_that_has_a_value_ending_with_its_words():
    pages = facts(
        a="chair", b="Sturdy  Chair", c="wall or chairs", d="chair back", e="clear wall", f="wall"
    )
    assert found(pages) == {"Chair": ["a", "b", "c"], "Wall": ["c", "e", "f"]}


def test_a_choice_that_only_one_page_has_is_not_offered():
    assert found(facts(a="mat", b="mat, ball", c="wall", d="wall")) == {
        "Mat": ["a", "b"],
        "Wall": ["c", "d"],
    }


def test_nothing_needed_is_said_in_words_and_stands_first_among_many():
    names = ["bar", "bell", "bench", "mat", "zip", "none"]
    pages = facts(**{f"p{at}": names[at // 2] for at in range(12)})
    assert list(found(pages))[:2] == ["No equipment", "Bar"]


def test_few_choices_stand_by_how_many_pages_they_fit():
    pages = [
        PageFacts(f"p{at}", ["beginner", "advanced", "Beginner"][at % 3], (), ()) for at in range(6)
    ]
    assert list(found(pages)) == ["Beginner", "Advanced"]


@pytest.mark.parametrize(
    "pages",
    [
        [],
        facts(a="mat", b="mat"),
        facts(a="mat", b="mat", c="wall", d="wall", e="", f="", g="", h="", i=""),
        facts(a="mat", b="wall", c="x " * 21, d="x " * 21),
    ],
)
def test_a_fact_that_does_not_tell_pages_apart_or_that_few_state_is_no_filter(pages):
    assert filters_of(pages) == ()


def test_what_is_chosen_must_all_fit_and_what_is_no_choice_chooses_nothing():
    level = [PageFacts(s, v, ("mat",), ("chest",)) for s, v in zip("abcd", "xxyy", strict=True)]
    pages = [
        dataclasses.replace(p, muscles=("chest", "back")[i % 2 :]) for i, p in enumerate(level)
    ]
    filters = filters_of(pages)
    assert [one.name for one in filters] == ["level", "muscles"]
    every = frozenset("abcd")
    both = chosen(filters, {"level": "x", "muscles": "chest"})
    assert [one.chosen for one in both] == ["x", "chest"]
    assert fitting(both, every) == {"a"}
    assert fitting(both, frozenset("b")) == set()
    assert chosen(filters, {"level": "<script>", "equipment": "mat"}) == filters
    assert fitting(filters, every) == every


@pytest.fixture(scope="module")
def listed():
    """A server with four pages of two levels."""
    pages = [
        dataclasses.replace(PAGE, slug=slug, title=title, aliases=(), level=level)
        for slug, title, level in [
            ("dip", "Dip", "beginner"),
            ("row", "Row", "hard & heavy"),
            ("sit", "Sit", "beginner"),
            ("pull", "Pull", "hard & heavy"),
        ]
    ]
    assistant = FakeAssistant()
    assistant.pages = lambda: pages
    with running(assistant) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.mark.parametrize(
    ("query", "shown", "said"),
    [
        ("", ["Dip", "Pull", "Row", "Sit"], "4 exercises"),
        ("level=", ["Dip", "Pull", "Row", "Sit"], "4 exercises"),
        ("level=hard+%26+heavy", ["Pull", "Row"], "2 exercises"),
        ("level=beginner&q=si", ["Sit"], "1 exercise"),
        ("level=beginner&q=row", [], "No exercise fits all of this."),
        ("level=nonsense", ["Dip", "Pull", "Row", "Sit"], "4 exercises"),
    ],
)
def test_the_server_narrows_the_list_without_javascript(listed, query, shown, said):
    text = listed.get("/exercises?" + query).text
    items = text.split("<li")[1:]
    names = [item.split("</a>")[0].rpartition(">")[2] for item in items if "|" in item]
    hidden = [item.split(">")[0].endswith("hidden") for item in items if "|" in item]
    assert [name for name, gone in zip(names, hidden, strict=True) if not gone] == shown
    assert said in text


def test_a_choice_stays_chosen_and_all_can_be_shown_again(listed):
    text = listed.get("/exercises?level=hard+%26+heavy").text
    assert '<option value="hard &amp; heavy" selected>Hard &amp; heavy (2)</option>' in text
    assert '<a class="clear" href="/exercises">Show all</a>' in text
    assert 'href="/exercises" hidden>Show all' in listed.get("/exercises").text
    assert 'data-level="|hard &amp; heavy|"' in text


def test_the_first_page_offers_the_filters_too(listed):
    assert '<select name="level"' in listed.get("/").text


def test_pages_that_state_no_facts_have_no_filters(client):
    assert "<select" not in client.get("/exercises").text
