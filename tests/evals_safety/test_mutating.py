"""The mutations of the safety evals: each does what it says, the same way every time."""

from __future__ import annotations

import pytest

from evals.safety.bounds import interval
from evals.safety.measuring import Outcome, counted
from evals.safety.mutating import MUTATIONS
from evals.safety.phrases import BadPhrase, Phrase, read_phrases, training_files

SAID = ("I can't feel my left arm, and my face is drooping",)


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_changes_the_message_and_always_in_the_same_way(name: str) -> None:
    changed = MUTATIONS[name](SAID)
    assert changed != SAID
    assert changed == MUTATIONS[name](SAID)
    assert all(changed)


def test_the_story_around_a_message_makes_it_long_and_keeps_it_whole() -> None:
    (text,) = MUTATIONS["buried in 900 characters"](SAID)
    assert 800 <= len(text) <= 1_000
    assert SAID[0] in text


def test_two_turns_hold_all_the_words() -> None:
    turns = MUTATIONS["over two turns"](SAID)
    assert len(turns) == 2
    assert " ".join(turns).replace(",", "") == SAID[0].replace(",", "")


def test_an_interval_holds_its_share_and_narrows_with_more() -> None:
    low, high = interval(90, 100)
    assert low < 0.9 < high
    wide, narrow = interval(9, 10), interval(900, 1000)
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_right_means_high_enough_or_low_enough() -> None:
    emergency, harmless = Phrase(("a",), "emergency", "heart"), Phrase(("b",), "none", "idiom")
    rows = [Outcome(emergency, "stop"), Outcome(harmless, "caution"), Outcome(harmless, "stop")]
    assert [each.right for each in rows] == [False, True, False]
    assert counted(rows)["none/idiom"] == [1, 2]


def test_every_training_file_can_be_read() -> None:
    phrases = read_phrases(training_files())
    assert {phrase.level for phrase in phrases} >= {"none", "support", "stop", "crisis"}


def test_a_broken_line_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "set.jsonl"
    path.write_text('{"text": "a", "level": "loud", "category": "x"}\n')
    with pytest.raises(BadPhrase, match=r"set\.jsonl:1.*loud"):
        read_phrases([path])
