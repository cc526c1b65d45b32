"""What the safety layer asks to be said, and that an answer is never without it."""

from __future__ import annotations

import pytest

from assistant.advising import Advice, advise
from assistant.drafts import Draft
from assistant.safety import assess, regions

ANSWER = Draft("answer", ("words",), ("plank",), ("more?",))


@pytest.mark.parametrize(
    "message",
    [
        "I have crushing chest pain going down my left arm",
        "I want to kill myself",
        "I make myself sick after every meal and then exercise",
        "my calf is hot, red and swollen",
    ],
)
@pytest.mark.parametrize("region", regions())
def test_an_urgent_message_is_answered_without_any_page_in_every_region(
    message: str, region: str
) -> None:
    instead = advise(assess(message), region).instead
    assert instead is not None
    assert instead.kind == "urgent"
    assert instead.exercises == ()
    assert all(isinstance(piece, str) and piece.strip() for piece in instead.pieces)
    assert "{" not in "".join(map(str, instead.pieces))


def test_a_question_for_a_dose_is_declined() -> None:
    instead = advise(assess("how much ibuprofen should I take before training?"), "GB").instead
    assert instead is not None
    assert instead.kind == "abstain"


@pytest.mark.parametrize("message", ["how many reps?", "hello", "no chest pain, just a warm-up"])
def test_a_harmless_message_asks_nothing_to_be_said(message: str) -> None:
    advice = advise(assess(message), "GB")
    assert advice == Advice()
    assert advice.before(ANSWER) is ANSWER


def test_a_question_about_a_red_flag_opens_with_the_line_for_it() -> None:
    advice = advise(assess("is chest pain during exercise dangerous?"), "GB")
    assert advice.instead is None
    assert advice.lead


def test_an_earlier_emergency_is_said_again_until_somebody_has_seen_to_it() -> None:
    earlier = ["I have crushing chest pain going down my left arm"]
    again = advise(assess("how many planks?", earlier), "GB").instead
    assert again is not None
    assert again.kind == "urgent"
    seen = advise(assess("how many planks?", [*earlier, "a doctor cleared me"]), "GB")
    assert seen.instead is None
    assert "999" in "".join(seen.lead)


def test_who_takes_an_alarm_back_is_answered_or_only_thanked() -> None:
    advice = advise(assess("false alarm, wrong chat", ["i have crushing chest pain"]), "GB")
    assert advice.instead is None
    assert advice.before(ANSWER).pieces[-1:] == ANSWER.pieces[-1:]
    thanked = advice.before(Draft("abstain", ("no page says that",)))
    assert (thanked.kind, thanked.pieces) == ("smalltalk", advice.lead)
    assert "999" in "".join(thanked.pieces)  # type: ignore[arg-type]


def test_an_answer_with_a_lead_is_a_caution_and_keeps_the_rest() -> None:
    led = Advice(lead=("Mind this.",)).before(ANSWER)
    assert led == Draft("caution", ("Mind this.", "\n\n", "words"), ("plank",), ("more?",))


@pytest.mark.parametrize("kind", ["abstain", "clarify", "caution"])
def test_a_lead_changes_no_other_kind(kind: str) -> None:
    draft = Draft(kind, ())  # type: ignore[arg-type]
    led = Advice(lead=("Mind this.",)).before(draft)
    assert (led.kind, led.pieces) == (kind, ("Mind this.",))
