"""The timing of the safety layer: whole messages, every one read anew, honest percentiles."""

from __future__ import annotations

import time

import pytest

from assistant.safety import assess
from evals.safety.timing import (
    LENGTH,
    TARGET,
    Timing,
    lengthened,
    ordinary,
    printed,
    timed,
    timings,
)


def test_long_messages_are_as_long_as_a_message_may_be_and_the_same_every_time() -> None:
    messages = ordinary()
    assert len(messages) > 1_000
    long = lengthened(messages, 5)
    assert {len(text) for text in long} == {LENGTH}
    assert long == lengthened(messages, 5)
    assert any(message in long[0] for message in messages)


def test_the_figure_of_a_message_is_its_best_run_and_the_percentiles_are_over_messages() -> None:
    def slow_once(message: str) -> None:
        seen.append(message)
        time.sleep(0.02 if message == "slow" or seen.count(message) == 2 else 0.0)

    seen: list[str] = []
    row = timed("some", slow_once, ["quick", "also quick", "third", "slow"], 3)
    assert row.p50 < 10 < 15 < row.p99
    assert seen.count("quick") == 4  # once to warm up


def test_every_message_is_read_anew() -> None:
    text = "is a plank good for my lower back and how long should i hold it? " * 12
    assess(text)
    assert timed("read", assess, [text], 1).p50 > 0.3


@pytest.mark.parametrize(("p99", "word"), [(TARGET, "5 ms holds"), (5.1, "DOES NOT HOLD")])
def test_each_row_stands_beside_the_target(p99: float, word: str) -> None:
    assert word in list(printed([Timing("some", 1.0, p99)]))[1]


def test_both_kinds_of_messages_are_timed_in_both_stages() -> None:
    rows = timings(assess, ordinary()[:5], 1)
    assert [row.name for row in rows] == [
        "ordinary, rules",
        "ordinary, whole layer",
        "of 1,000 characters, rules",
        "of 1,000 characters, whole layer",
    ]
    assert rows[2].p50 > rows[0].p50
