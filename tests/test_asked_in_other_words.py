"""The whole way on pages of our own: comparisons, conditions in names, restrictions in prose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.bootstrap import build, ingest
from assistant.domain import Reply
from assistant.pipeline import Assistant
from assistant.settings import read_settings

GOLDFISH = """---
title: Goldfish jaw exercise
aliases: [TMJ goldfish]
---
## Instructions

- Let the jaw drop over three seconds while the tongue stays up.

## Medical restrictions

- A broken jaw in the last three months
- Rheumatoid arthritis of the jaw joint during a flare-up

## FAQ

### How sore may it be?

An ache of 2 out of 10 that fades within 30 minutes is fine.

### How many repetitions are enough?

Do 6 repetitions, 6 times a day.
"""
RICE = """---
title: Rice bucket dig
---
## Instructions

- Push the hand into the rice until it covers the wrist.

## Description

Climbers stole it from the Zwicky brothers. It wakes the muscles that open the hand.
Not for anyone with a torn finger pulley until a hand therapist agrees.

## FAQ

### Will it cure my tennis elbow?

Not by itself, but it lets you keep doing something while the elbow calms down.

### How many repetitions are enough?

Do 20 repetitions of each grip.

### Is it better than the goldfish for desk workers?

They have nothing in common but the chair that you sit on.
"""


@pytest.fixture(scope="module")
def asked(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "goldfish.md").write_text(GOLDFISH, "utf-8")
    (folder / "rice.md").write_text(RICE, "utf-8")
    settings = read_settings(data=folder / "data")
    ingest([folder / "goldfish.md", folder / "rice.md"], settings)
    assistant = build(settings)
    yield assistant
    assistant.close()


def text_of(reply: Reply) -> str:
    return "".join(segment.text for segment in reply.segments)


def test_a_condition_in_the_name_of_an_exercise_is_not_the_visitors(asked: Assistant) -> None:
    reply = asked.ask("how many tmj goldfish should i do?")
    assert (reply.kind, reply.safety.level) == ("answer", "none")
    assert "6 repetitions" in text_of(reply)


def test_a_condition_beside_the_name_still_is(asked: Assistant) -> None:
    reply = asked.ask("i broke my jaw two weeks ago, is the tmj goldfish ok?")
    assert reply.kind == "caution"
    assert "broken jaw" in reply.citations[0].quote


def test_a_condition_that_is_the_visitors_own_is_kept_though_a_name_has_it(
    asked: Assistant,
) -> None:
    for message in (
        "my tmj goldfish jaw hurts, how many should i do?",
        "i have tmj goldfish ok for me?",
    ):
        assert asked.ask(message).kind in ("caution", "urgent"), message


def test_how_sore_it_may_be_asks_of_no_restriction(asked: Assistant) -> None:
    reply = asked.ask("how sore can it get with the goldfish?")
    assert reply.kind == "answer"
    assert "2 out of 10" in text_of(reply)


def test_what_it_does_for_an_ailment_is_answered_where_the_page_speaks_of_it(
    asked: Assistant,
) -> None:
    reply = asked.ask("does it sort out tennis elbow or is that a myth", page="rice")
    assert reply.kind == "answer"
    assert "Not by itself" in text_of(reply)


def test_may_i_with_that_ailment_stays_a_caution(asked: Assistant) -> None:
    reply = asked.ask("i have tennis elbow, can i do this?", page="rice")
    assert reply.kind == "caution"


def test_a_restriction_within_the_prose_comes_first(asked: Assistant) -> None:
    reply = asked.ask("i tore a finger pulley last month, can i do rice bucket digs?")
    assert reply.kind == "caution"
    assert "torn finger pulley" in reply.citations[0].quote


def test_a_word_that_one_page_alone_has_names_it(asked: Assistant) -> None:
    reply = asked.ask("how many repetitions of the zwicky?")
    assert reply.exercises == ("rice",)
    assert "20 repetitions" in text_of(reply)


def test_a_fact_of_two_exercises_is_told_of_both(asked: Assistant) -> None:
    first = asked.ask("how many rice bucket digs should i do")
    reply = asked.ask("is that more than for the goldfish?", conversation_id=first.conversation_id)
    assert set(reply.exercises) == {"rice", "goldfish"}
    assert "20 repetitions" in text_of(reply)
    assert "6 repetitions" in text_of(reply)
    assert {citation.page for citation in reply.citations} == {"rice", "goldfish"}


def test_two_questions_of_two_exercises_get_their_own_answers(asked: Assistant) -> None:
    reply = asked.ask("how many rice bucket digs and how sore can it get with the goldfish?")
    assert "20 repetitions" in text_of(reply)
    assert "2 out of 10" in text_of(reply)


def test_the_faqs_word_on_both_is_enough_where_nothing_else_was_asked(asked: Assistant) -> None:
    reply = asked.ask("goldfish or rice bucket?")
    assert "nothing in common" in text_of(reply)
    assert [citation.page for citation in reply.citations] == ["rice"]
