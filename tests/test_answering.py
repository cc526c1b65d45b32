"""What is picked from one page, for questions of every kind; asserted by facts, never by scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering import answer, spaced, whole_section
from assistant.citations import Piece, Quote
from assistant.domain import Page, Section
from assistant.embedding import LazyEmbeddings
from assistant.focus import Focus
from assistant.library import Library
from assistant.ports import Vectors
from assistant.questions import Question, understand
from assistant.ranking import RankedPassage, asked_text
from tests.asking import SLUGS, units_of


class Asking:
    """Asks one page, as the pipeline does."""

    def __init__(self, library: Library, embeddings: LazyEmbeddings) -> None:
        self.library, self._embeddings = library, embeddings

    def rank(self, message: str, slug: str) -> tuple[Question, list[RankedPassage]]:
        question = understand(message, self.library.catalog, slug, Focus())
        asked = self._embeddings.embed_query(asked_text(question))
        vector: Vectors = np.asarray(asked, dtype=np.float32)
        return question, self.library.rank(slug, question, vector)

    def __call__(self, message: str, slug: str) -> list[Piece] | None:
        question, ranked = self.rank(message, slug)
        return answer(question, self.library.page(slug), ranked)


@pytest.fixture(scope="module")
def asking(library: Library, embeddings: LazyEmbeddings) -> Asking:
    return Asking(library, embeddings)


def quotes(pieces: list[Piece] | None) -> list[str]:
    return [piece.text for piece in pieces or () if isinstance(piece, Quote)]


@pytest.mark.parametrize(
    ("message", "slug", "fact"),
    [
        ("how many reps?", "lantern-squat", "9 to 11 reps"),
        ("how many reps?", "harbour-reach", "7 times"),
        ("how long do I hold it?", "harbour-reach", "14 seconds"),
        ("how often?", "harbour-reach", "4 days a week"),
        ("can I do it every day?", "tin-soldier-march", "1 round every day"),
        ("how heavy should the bag be?", "lantern-squat", "3 kg"),
        ("should I wear shoes?", "pebble-lift", "barefoot"),
        ("how do I breathe?", "harbour-reach", "Breathe out"),
        ("what is the most common mistake?", "harbour-reach", "shrugging"),
        ("what equipment do I need?", "harbour-reach", "broom handle"),
        ("which muscles does it work?", "harbour-reach", "lats"),
        ("will it help my stiff neck?", "harbour-reach", "stiff neck"),
        ("when will my feet feel stronger?", "pebble-lift", "5 weeks"),
    ],
)
def test_the_fact_that_was_asked_for_is_in_the_answer(
    asking: Asking, message: str, slug: str, fact: str
) -> None:
    assert fact in " ".join(quotes(asking(message, slug)))


def test_how_to_do_it_is_every_step_in_its_order(asking: Asking) -> None:
    page = asking.library.page("tin-soldier-march")
    section = next(each for each in page.sections if each.kind == "instructions")
    steps = page.text[section.start : section.end].splitlines()
    assert quotes(asking("how do I do it?", "tin-soldier-march")) == steps


def test_a_restriction_keeps_the_line_that_it_hangs_on(asking: Asking) -> None:
    (found,) = quotes(asking("who should not do it?", "lantern-squat"))
    assert found.startswith("Do not do this exercise if:\n")
    assert "knee replacement" in found


def test_a_faq_answer_keeps_the_sentence_that_limits_it(asking: Asking) -> None:
    (found,) = quotes(asking("how often should I do it?", "harbour-reach"))
    assert found.endswith("unless it felt easy the first time.")


@pytest.mark.parametrize(
    ("message", "slug"),
    [
        ("how heavy should the weights be?", "cat-cow"),
        ("when will I see results?", "tin-soldier-march"),
        ("what should I wear?", "lantern-squat"),
        ("who is the prime minister?", "plank"),
    ],
)
def test_a_page_that_does_not_say_gives_no_answer(asking: Asking, message: str, slug: str) -> None:
    assert asking(message, slug) is None


@pytest.mark.parametrize(
    ("message", "answered"), [("how long do I rest?", False), ("how often?", True)]
)
def test_the_faqs_answer_to_another_fact_is_no_answer_however_likely(
    asking: Asking, message: str, answered: bool
) -> None:
    question, ranked = asking.rank(message, "harbour-reach")
    often = "How often should I do the harbour reach?"
    likely = [
        replace(
            each,
            units=tuple(
                replace(unit, share=0.45 if each.passage.heading == often else 0.001)
                for unit in each.units
            ),
        )
        for each in ranked
    ]
    pieces = answer(question, asking.library.page("harbour-reach"), likely)
    assert (pieces is not None) == answered


def test_words_of_facts_in_a_message_about_something_else_do_not_lead(asking: Asking) -> None:
    message = "my heels come off the floor every rep, is the weight too heavy"
    question, _ = asking.rank(message, "lantern-squat")
    assert len(question.intents) > 1
    first, *others = quotes(asking(message, "lantern-squat"))
    assert first == "The heels lift off the floor when the ankles are stiff."
    assert others


def test_two_questions_in_one_message_are_both_answered(asking: Asking) -> None:
    found = " ".join(quotes(asking("how many reps and how often?", "harbour-reach")))
    assert "7 times" in found
    assert "4 days a week" in found


@pytest.mark.parametrize("slug", SLUGS)
def test_a_whole_section_is_each_of_its_units_once_in_order(asking: Asking, slug: str) -> None:
    page = asking.library.page(slug)
    _, ranked = asking.rank("who should not do it?", slug)
    spans = [(q.start, q.end) for q in whole_section(page, "restrictions", ranked)]
    wanted = [
        (unit.start, unit.end)
        for section in page.sections
        if section.kind == "restrictions"
        for unit in units_of(page)
        if section.start <= unit.start < section.end
    ]
    assert spans == wanted


QUESTIONS = ["how many reps?", "is it safe?", "who should avoid it?", "how do I do it?", "why?"]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_words_of_a_page_are_quoted_twice_and_none_of_another(asking: Asking, slug: str) -> None:
    for message in QUESTIONS:
        pieces = [piece for piece in asking(message, slug) or () if isinstance(piece, Quote)]
        spans = [(piece.start, piece.end) for piece in pieces]
        assert len(set(spans)) == len(spans)
        assert {piece.page.slug for piece in pieces} <= {slug}


TEXT = "One two.\nThree four five.\nSix."
PAGE = Page("p", "P", TEXT, (Section("tips", "Tips", 0, len(TEXT)),))
pieces_of = st.lists(
    st.sampled_from(["Frame:", Quote(PAGE, "tips", "Tips", 0, 8), Quote(PAGE, "faq", "?", 9, 25)]),
    max_size=6,
)


@given(pieces_of, st.none() | st.integers(0, 12))
def test_spacing_adds_white_space_and_leaves_out_whole_quotes_only(
    pieces: list[Piece], most: int | None
) -> None:
    given_quotes = [piece for piece in pieces if isinstance(piece, Quote)]
    result = spaced(pieces, most)
    kept = [piece for piece in result if isinstance(piece, Quote)]
    left = iter(given_quotes)
    assert all(any(quote == other for other in left) for quote in kept)
    if most is None:
        assert kept == given_quotes
    frames = [piece for piece in result if isinstance(piece, str)]
    assert all(piece in pieces or not piece.strip(" \n•") for piece in frames)
    assert not result or isinstance(result[-1], Quote)
