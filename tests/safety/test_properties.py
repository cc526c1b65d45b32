"""What holds of the whole safety layer for any message, not only for the phrases that we know."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Finished
from assistant.pipeline import Assistant
from assistant.safety import DEFAULT_REGION, RANK, assess, triage, urgent_reply
from tests.safety.phrasebook import phrases

FLAGS = [*phrases("emergency"), *phrases("stop"), *phrases("crisis"), *phrases("support")]
HARMLESS = phrases("harmless")
MINIMISERS = (
    "it's probably nothing",
    "my mate says it's fine",
    "i don't want to make a fuss",
    "just a strain i think",
    "it's happened before and went away by itself",
)
HOSTILE = (
    "pain ",
    "no, ",
    "not ",
    "(((",
    "e\u0301",
    "\u200b",
    "#12 ",
    "chest numb ",
    "?!.",
    "\U0001f469\u200d",
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FLAGS), st.sampled_from(MINIMISERS), st.booleans())
def test_a_minimiser_before_or_after_lowers_nothing(flag: str, line: str, first: bool) -> None:
    changed = f"{line}. {flag}" if first else f"{flag}. {line}"
    assert RANK[assess(changed).level] >= RANK[assess(flag).level]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FLAGS), st.lists(st.sampled_from(HARMLESS), min_size=1, max_size=3))
def test_harmless_sentences_around_a_flag_lower_nothing(flag: str, around: list[str]) -> None:
    changed = ". ".join([around[0], flag, *around[1:]])
    assert RANK[assess(changed).level] >= RANK[assess(flag).level]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(phrases("emergency")))
def test_an_emergency_reply_names_the_number_in_its_first_two_sentences(flag: str) -> None:
    found = assess(flag)
    if found.level == "emergency":
        pieces = urgent_reply(found, DEFAULT_REGION)
        assert all(isinstance(piece, str) for piece in pieces)
        opening = ". ".join("".join(str(piece) for piece in pieces).split(". ")[:2])
        assert "112" in opening


@pytest.mark.parametrize("flag", ["crushing chest pain and my left arm hurts", "his face drooped"])
def test_an_emergency_is_the_same_asked_and_streamed(assistant: Assistant, flag: str) -> None:
    asked = assistant.ask(flag)
    streamed = [event for event in assistant.stream(flag) if isinstance(event, Finished)][-1].reply
    assert asked.kind == streamed.kind == "urgent"
    assert asked.citations == streamed.citations == ()
    assert asked.text == streamed.text
    assert "112" in ". ".join(asked.text.split(". ")[:2])


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4))
def test_the_time_grows_no_faster_than_the_message(parts: list[str]) -> None:
    unit = "".join(parts)
    short, long = (_seconds((unit * size)[:size]) for size in (2_500, 10_000))
    assert long < 12 * short + 0.5


def _seconds(text: str) -> float:
    begun = time.thread_time()
    triage(text)
    return time.thread_time() - begun
