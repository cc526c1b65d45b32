"""Two questions in one message are parted, one question about two exercises is not."""

from __future__ import annotations

import pytest

from assistant.clauses import clauses
from assistant.mention import Mention

NAMES = ("bridges", "bridge", "planks", "plank")


def parts(message: str) -> tuple[str, ...]:
    found = []
    for name in NAMES:
        at = message.find(name)
        if at >= 0 and not any(m.start <= at < m.end for m in found):
            found.append(Mention(at, at + len(name), name, (name.rstrip("s"),), "full"))
    return clauses(message, sorted(found, key=lambda mention: mention.start))


@pytest.mark.parametrize(
    ("message", "second"),
    [
        ("how many bridges and how long do i hold the plank", "how long do i hold the plank"),
        ("how low in the bridge, also how many sets of planks?", "how many sets of planks?"),
        ("bridge with feet up or down? and how many seconds plank", "how many seconds plank"),
        ("muscles of the bridge & reps for the plank", "reps for the plank"),
    ],
)
def test_two_questions_are_parted(message: str, second: str) -> None:
    before, after = parts(message)
    assert after == second
    assert message.startswith(before)


@pytest.mark.parametrize(
    "message",
    [
        "how many reps for bridges and planks",
        "how many reps for the bridge and for the plank",
        "bridge or plank, which one first",
        "bridge and plank same amount of sets?",
        "difference between bridge and plank, what gets stretched",
        "is the bridge harder than the plank",
        "how many bridges",
    ],
)
def test_one_question_stays_whole(message: str) -> None:
    assert parts(message) == ()
