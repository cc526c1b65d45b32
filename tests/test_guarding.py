"""Nothing in the way of an assessment fails silently, and a fault beside it stops nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.guarding import Guarded
from assistant.library import Library
from assistant.safety import Assessment, assess

JAW = "my jaw clicks, how many reps of the plank?"


def broken(assessment: Assessment, library: Library) -> Assessment:
    raise LookupError("the names of " + str(library))


def fails(message: str, earlier: Sequence[str]) -> Assessment:
    raise RuntimeError("the layer is gone: " + message)


def test_names_that_cannot_be_told_apart_leave_the_layers_own_word_and_are_said(
    library: Library,
) -> None:
    guarded = Guarded(assess, broken)
    assert guarded("how many reps?", (), library) == Assessment()
    (line,) = guarded.trouble()
    assert line.startswith("Names beside conditions, failing:")
    assert "LookupError" in line
    assert "start again" in line
    assert guarded(JAW, (), library) == assess(JAW)
    assert guarded("I have crushing chest pain", (), library).level == "emergency"


def test_a_layer_that_raises_gives_the_general_stop_and_is_said_without_the_message(
    library: Library,
) -> None:
    guarded = Guarded(fails)
    found = guarded("how many reps?", (), library)
    assert (found.level, found.reasons) == ("stop", ("safety.layer_failed",))
    (line,) = guarded.trouble()
    assert line.startswith("Safety layer, failing:")
    assert "how many" not in line


def test_the_line_goes_with_the_next_message_that_passes(library: Library) -> None:
    broken_now = [True]

    def sometimes(assessment: Assessment, library: Library) -> Assessment:
        return broken(assessment, library) if broken_now[0] else replace(assessment)

    guarded = Guarded(assess, sometimes)
    guarded(JAW, (), library)
    assert guarded.trouble()
    broken_now[0] = False
    guarded(JAW, (), library)
    assert guarded.trouble() == ()
