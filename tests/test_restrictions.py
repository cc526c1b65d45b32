from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.citations import Quote
from assistant.domain import Page
from assistant.embedding import LazyEmbeddings
from assistant.errors import SettingError
from assistant.library import Library
from assistant.ports import Vectors
from assistant.restrictions import (
    Precautions,
    applying,
    named_conditions,
    precautions,
    restrictions_of,
    told,
)
from assistant.safety import Condition, assess
from assistant.stated_conditions import (
    apart_from_names,
    known_conditions,
    only_asked_about,
    remedied,
)
from tests.asking import SLUGS, units_of

Look = Callable[[str, str], Precautions]


@pytest.fixture(scope="module")
def look(library: Library, embeddings: LazyEmbeddings) -> Look:
    def embed(text: str) -> Vectors:
        return np.asarray(embeddings.embed_query(text), dtype=np.float32)

    def precautions_for(slug: str, said: str) -> Precautions:
        conditions = assess(said).conditions
        assert conditions, said
        page = library.page(slug)
        return precautions(page, library, conditions, embed)

    return precautions_for


@pytest.mark.parametrize(
    ("slug", "said", "words"),
    [
        ("plank", "I am pregnant", "Pregnancy"),
        ("plank", "I have glaucoma", "Glaucoma"),
        ("glute-bridge", "I'm 20 weeks pregnant", "Pregnancy"),
        ("lying-knee-rolls", "I have osteoporosis", "Osteoporosis"),
        ("lying-knee-rolls", "I have a slipped disc", "slipped disc"),
        ("lantern-squat", "I had a knee replacement", "knee replacement"),
    ],
)
def test_the_bullet_that_names_the_condition_is_found_whole(
    look: Look, library: Library, slug: str, said: str, words: str
) -> None:
    found = look(slug, said)
    assert any(words in quote.text for quote in found.quotes)
    assert found.silent == ()
    units = {(unit.start, unit.end) for unit in units_of(library.page(slug))}
    assert {(quote.start, quote.end) for quote in found.quotes} <= units
    assert {quote.kind for quote in found.quotes} == {"restrictions"}


def test_a_condition_that_the_page_does_not_name_is_no_all_clear(
    look: Look, library: Library
) -> None:
    found = look("pebble-lift", "I have glaucoma")
    assert found.quotes == ()
    assert found.mentioned == ()
    assert len(found.silent) == 1
    words = "".join(str(piece) for piece in found.pieces(library.page("pebble-lift")))
    assert "does not mention it" in words
    assert "not mean that it is safe" in words


def test_of_two_conditions_each_is_named_as_found_or_as_missing(
    look: Look, library: Library
) -> None:
    found = look("lantern-squat", "I had a knee replacement and I have glaucoma")
    assert any("knee" in label for label in found.mentioned)
    (silent,) = found.silent
    pieces = found.pieces(library.page("lantern-squat"))
    assert isinstance(pieces[0], str)
    assert found.mentioned[0] in pieces[0]
    assert any(isinstance(piece, Quote) for piece in pieces)
    assert silent in str(pieces[-1])


@pytest.mark.parametrize("slug", SLUGS)
def test_without_a_condition_nothing_is_put_first(library: Library, slug: str) -> None:
    def never(text: str) -> Vectors:
        raise AssertionError("nothing is compared")

    page = library.page(slug)
    found = precautions(page, library, (), never)
    assert found == Precautions((), (), ())
    assert found.pieces(page) == []


def test_a_bullet_is_read_with_the_words_of_the_safety_policy() -> None:
    (pregnant,) = assess("I am pregnant").conditions
    assert pregnant.name in named_conditions("Pregnancy after the first trimester (prop up).")
    assert named_conditions("Keep your shoulders down.") == frozenset()


def test_a_condition_keeps_the_persons_own_words() -> None:
    (condition,) = assess("I have glaucoma").conditions
    assert isinstance(condition, Condition)
    assert "glaucoma" in condition.words


def test_the_bullet_that_fits_best_stands_first(look: Look) -> None:
    found = look("glute-bridge", "had my knee replaced and i have a groin hernia")
    assert {"hernia", "replacement"} == {
        word for word in ("hernia", "replacement") for q in found.quotes if word in q.text
    }
    assert "hernia" in look("glute-bridge", "my groin hernia is not fixed").quotes[0].text
    assert "knee replacement" in look("glute-bridge", "got a new knee").quotes[0].text


def test_words_told_without_a_known_condition_find_their_bullet(library: Library) -> None:
    bullets = restrictions_of(library.page("glute-bridge"), library)
    (first, *_) = told(bullets, "my retina came off and was reattached")
    assert "retina" in first.text
    assert told(bullets, "how high do my hips go") == []


def test_words_with_two_names_are_not_told_of_as_missing_by_the_other(look: Look) -> None:
    found = look("glute-bridge", "had my knee replaced")
    assert found.mentioned
    assert found.silent == ()


@pytest.mark.parametrize(
    ("said", "nobodys"),
    [
        ("does it do anything for shin splints", True),
        ("which of them is meant for jumper's knee", True),
        ("how many weeks until a frozen shoulder is gone", True),
        ("does it do anything for my shin splints", False),
        ("frozen shoulder here, does it help", False),
        ("is it ok with jumper's knee, does it help", False),
        ("my mum has osteoporosis, what does it do for her", False),
        ("im pregnant, which one is good for me", False),
        ("28 weeks pregnant, does it help with back ache", False),
        ("post op acl, will it help", False),
        ("diabetic. does it help", False),
        ("does this help with sciatica, had it for 3 weeks", False),
        ("will this help grandma with osteoporosis", False),
    ],
)
def test_a_trouble_is_only_asked_about_when_it_is_nobodys(said: str, nobodys: bool) -> None:
    conditions = assess(said).conditions
    assert conditions
    assert {only_asked_about(each) for each in conditions} == {nobodys}


def test_the_troubles_that_an_exercise_may_help_with_are_conditions_of_the_safety_policy() -> None:
    assert known_conditions(remedied()) == remedied()
    assert {"back_pain", "sciatica", "unlisted"} <= remedied()
    assert remedied().isdisjoint({"pregnant", "osteoporosis", "recent_surgery", "heart"})


def test_a_trouble_that_is_no_condition_is_refused_by_its_name() -> None:
    with pytest.raises(SettingError, match=r"remedied has \['shin_splint'\]"):
        known_conditions(frozenset({"back_pain", "shin_splint"}))


@pytest.mark.parametrize("said", ["i have a knee replacement and a hip replacement"])
def test_a_second_condition_of_another_part_is_told_of_as_missing(look: Look, said: str) -> None:
    found = look("lantern-squat", said)
    assert found.mentioned
    assert found.silent


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("where do my knees go in the lying knee rolls", "none"),
        ("my knees hurt in the lying knee rolls", "caution"),
    ],
)
def test_a_part_of_the_body_in_the_name_of_an_exercise_is_no_condition(
    library: Library, said: str, level: str
) -> None:
    assert apart_from_names(assess(said), library).level == level


def test_a_part_of_the_body_that_names_an_exercise_too_is_still_what_hurts(
    embeddings: LazyEmbeddings,
) -> None:
    """The context is without names: "knee" went with those of the knee rolls."""
    line = "Narrow outlet for nerves at the collarbone, with arms that fall asleep overhead"
    page = Page("angel", "Wall angel", line, ())
    bullets = [(Quote(page, "restrictions", "Restrictions", 0, len(line)), _unit(embeddings, line))]
    knee = assess("i have a knee problem").conditions

    def embed(text: str) -> Vectors:
        return _unit(embeddings, text)

    assert applying(bullets, knee[0], knee, "i have a xx problem", embed) == []
    arm = assess("i have a shoulder problem, nerves at the collarbone").conditions
    assert applying(bullets, arm[0], arm, arm[0].context, embed)


def _unit(embeddings: LazyEmbeddings, text: str) -> Vectors:
    return np.asarray(embeddings.embed_query(text), dtype=np.float32)
