"""What the learned judge sees of a message is named as the policy names it."""

from __future__ import annotations

import pytest

from assistant.safety.assessing import read_message
from assistant.safety.learned import load_learned
from assistant.safety.policy import LEXICON_FILES, document
from assistant.safety.windows import FORMS, LONGEST, MEANT, windows


def concepts() -> set[str]:
    """Return the names of all concepts of the policy."""
    read = [document(name) for name in LEXICON_FILES]
    said = {f"condition_{name}" for each in read for name in each.get("conditions", ())}
    return said.union(*(each["concepts"] for each in read))


def test_every_concept_that_the_weights_know_is_one_of_the_policy() -> None:
    # A concept of another name is unseen by the judge, and nothing else would say so. Who renames
    # one teaches the judge anew: `python -m evals.safety.train --write`.
    known = [name.split(":") for name in load_learned().vocabulary if name.startswith("c:")]
    assert len(known) > 1_000
    assert {concept for _, concept, _ in known} - concepts() == set()
    assert {meant for _, _, meant in known} <= {*MEANT, "live"}


def test_the_frames_of_a_forms_questions_are_concepts_and_not_shown() -> None:
    assert concepts() >= FORMS
    names = {name.split(":")[1] for name in load_learned().vocabulary if name.startswith("c:")}
    assert names.isdisjoint(FORMS)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("my chest hurts", {"w:chest", "b:my_chest", "b:^_my", "c:chest:live"}),
        ("no chest pain", {"c:chest:denied", "denied:chest"}),
        ("8 reps", {"w:#", "b:#_reps"}),
    ],
)
def test_a_window_shows_words_pairs_and_concepts_with_how_they_are_meant(
    text: str, shown: set[str]
) -> None:
    (window,) = windows(read_message(text))
    assert shown <= window.features


def test_windows_are_the_sentences_and_each_two_neighbours_and_a_long_one_is_cut() -> None:
    seen = windows(read_message("my knee clicks. my back is stiff. how many reps?"))
    assert [each.text for each in seen if not each.neighbours] == [
        "my knee clicks",
        "my back is stiff",
        "how many reps",
    ]
    assert [each.words for each in seen if each.neighbours] == [7, 7]
    parts = windows(read_message("word " * (2 * LONGEST + 1)))
    assert all(each.words <= LONGEST for each in parts if not each.neighbours)
