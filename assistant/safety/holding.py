"""What was urgent stays urgent: a red flag holds over later messages until it is taken back.

A person who is told to call for help and asks for sets and reps instead is no safer than before.
A later message ends it in two ways, both phrases of ``frames.yaml``: nothing of the kind happened
(``unreal``), or somebody qualified has seen to it (``seen_to``), which leaves a reminder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.safety.reading import Reading
from assistant.safety.records import RANK, Assessment, highest

EARLIER = 8  # messages that are looked back on
JUDGED = "learned.support"

Judge = Callable[[str, Sequence[str]], Assessment]
Read = Callable[[str], Reading]


def hold(message: str, earlier: Sequence[str], judge: Judge, read: Read) -> Assessment:
    """Return the assessment of a message at no lower level than what still holds.

    Args:
        message: what is said now.
        earlier: what the same person said before, oldest first.
        judge: the level of one message by itself, in the light of those before it.
        read: the reading of a message.
    """
    found = judge(message, earlier)
    held: Assessment | None = None
    for at in range(max(0, len(earlier) - EARLIER), len(earlier)):
        own = judge(earlier[at], earlier[max(0, at - EARLIER) : at])
        held = _after(held, own, read(earlier[at]))
    now = _after(held, found, read(message))
    if held is None or now is found:
        return found
    return replace(found, relieved=True) if now is None else _beside(found, now)


def counted_from(readings: Sequence[Reading]) -> int:
    """Return the index of the first message that still counts: the last that took others back."""
    back = (at for at in reversed(range(len(readings))) if takes_back(readings[at]))
    return next(back, 0)


def takes_back(reading: Reading) -> bool:
    """Return whether a message says that nothing of what was told before has happened."""
    return _says(reading, "unreal")


def _after(held: Assessment | None, own: Assessment, reading: Reading) -> Assessment | None:
    """Return what holds after one more message; a caution when it has been seen to."""
    if _holds(own):
        return own if held is None or RANK[own.level] >= RANK[held.level] else held
    if held is None or takes_back(reading):
        return None
    return replace(held, level="caution") if _says(reading, "seen_to") else held


def _holds(own: Assessment) -> bool:
    """Return whether a level lasts; a need for support that only the judge sees is too unsure."""
    return own.urgent and (own.level != "support" or JUDGED not in own.reasons)


def _says(reading: Reading, concept: str) -> bool:
    """Return whether a message says something, and neither denies it nor asks about it."""
    return any(not (s.denied or s.asked) for s in reading.spans.get(concept, ()))


def _beside(found: Assessment, held: Assessment) -> Assessment:
    """Return an assessment with what earlier messages said and still holds."""
    names = held.categories or (held.level,)
    categories = (*held.categories, *found.categories) if held.urgent else found.categories
    return replace(
        found,
        level=highest([found.level, held.level]),
        categories=tuple(dict.fromkeys(categories)),
        reasons=(*found.reasons, *(f"earlier.{name}" for name in names)),
        standing=names,
    )
