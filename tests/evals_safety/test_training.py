"""What the plain training command learns from, and which thresholds it writes."""

from __future__ import annotations

import inspect
import json
from dataclasses import asdict
from hashlib import sha256

import numpy as np
import pytest

from assistant.safety import assess
from assistant.safety.learned import FOLDER, LEVELS, Floats, load_learned
from assistant.safety.raising import MOST_WORDS, stretches
from evals.safety.choosing import CRISIS, SET_BY_HAND, UNSEEN, Judged, judged_by, thresholds
from evals.safety.fitting import PAGE_WEIGHT, balance_of, whole_rows
from evals.safety.phrases import SETS, Phrase, read_phrases, training_files
from evals.safety.samples import PAGE, sample
from evals.safety.train import train

COMMON_SAYING = 8  # words up to which two writers may hit upon the same message
MANIFEST = json.loads((FOLDER / "learned.json").read_text("utf-8"))


def test_the_plain_command_learns_from_what_the_weights_that_serve_learned_from() -> None:
    sums = {f.name: f"sha256:{sha256(f.read_bytes()).hexdigest()}" for f in training_files()}
    assert list(sums) == list(MANIFEST["trained_on"])
    assert sums == MANIFEST["trained_on"]


def test_no_message_of_a_set_beside_is_learned_from() -> None:
    taught = {phrase.turns for phrase in read_phrases(training_files())}
    beside = {phrase.turns for phrase in read_phrases(sorted(SETS.glob("*.jsonl")))}
    told = [turns for turns in taught & beside if len(turns[-1].split()) > COMMON_SAYING]
    assert beside
    assert told == []


def test_questions_about_pages_take_no_weight_from_other_harmless_messages() -> None:
    told = [Phrase((f"my chest hurts {n}",), "emergency", "heart") for n in range(4)]
    plain = [Phrase((f"i went for a walk {n}",), "none", "story") for n in range(4)]
    pages = [Phrase((f"how many reps {n}",), "none", PAGE) for n in range(40)]
    rows = whole_rows([*map(sample, [*told, *plain, *pages])])
    harmless, alarming = LEVELS.index("none"), LEVELS.index("emergency")
    balance = balance_of(rows)
    assert balance[harmless] == balance[alarming]
    assert {row.weight for row in rows if not row.balanced} == {PAGE_WEIGHT}


def test_the_thresholds_set_by_hand_are_those_that_serve() -> None:
    assert asdict(SET_BY_HAND) == MANIFEST["thresholds"]


@pytest.mark.parametrize("option", ["write", "choose"])
def test_nothing_is_written_and_no_threshold_chosen_unless_asked_for(option: str) -> None:
    assert inspect.signature(train).parameters[option].default is False


def _judged(alarm: float) -> Judged:
    """A harmless message whose alarm is as likely as is said, by words and by all."""
    likely = np.zeros(len(LEVELS), np.float32)
    likely[LEVELS.index("none")], likely[LEVELS.index("stop")] = 1 - alarm, alarm
    return Judged(sample(Phrase(("my plank",), "none", "ordinary")), "none", (likely,), (likely,))


def test_chosen_thresholds_stand_just_above_what_most_harmless_messages_reach() -> None:
    chosen = thresholds([_judged(alarm) for alarm in np.linspace(0, 0.5, 101)])
    assert 0.49 < chosen.alarm < chosen.words < 0.51
    assert (chosen.crisis, chosen.unseen) == (CRISIS, UNSEEN)
    assert chosen != SET_BY_HAND


def test_a_held_out_message_is_judged_within_the_budget_of_words() -> None:
    embedded: list[str] = []

    def embed(text: str) -> Floats:
        embedded.append(text)
        return np.zeros(384, np.float32)

    text = "my chest hurts and my arm is numb. " * 12
    each = sample(Phrase((text,), "emergency", "none of the worded ones"))
    seen = stretches(text, (), load_learned())
    judged = judged_by(load_learned(), each, embed)
    assert judged.rules == assess(text).level
    assert len(judged.words) == len(seen)
    assert 0 < len(judged.beside) == len(embedded) < len(seen)
    assert sum(len(text.split()) for text in embedded) <= MOST_WORDS
