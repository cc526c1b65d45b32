"""Two questions in one message: "how many clamshells, and how long do I hold the bridge?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.dialogue import content, shows
from assistant.intents import NAME, cue_text, intents_of
from assistant.mention import Mention

LEAD = 2  # words that stand at least before the name in the second question
JOINT = re.compile(r"(?:[,;.?&]|\b(?:and|also|n|plus|while|but|then)\b)[\s,]*", re.I)


def clauses(message: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the two parts of a message that ask something of one exercise each, or nothing.

    >>> bridge = Mention(48, 54, "bridge", ("bridge",), "full")
    >>> clam = Mention(9, 18, "clamshell", ("clam",), "full")
    >>> clauses("how many clamshells, and how long do I hold the bridge?", [clam, bridge])
    ('how many clamshells', 'how long do I hold the bridge?')
    """
    named = sorted((m for m in mentions if m.slugs), key=lambda mention: mention.start)
    if len(named) != 2:
        return ()
    one, other = named
    for joint in JOINT.finditer(message, one.end, other.start):
        rest = JOINT.match(message, joint.end())
        before, after = message[: joint.start()], message[rest.end() if rest else joint.end() :]
        begun = _without(before, one, 0)
        asked = _without(after, other, len(message) - len(after))
        led = after[: len(after) - (len(message) - other.start)]
        leads = len(cue_text(led).split()) >= LEAD
        if leads and (content(begun) or intents_of(begun)) and _asks(asked):
            return before, after
    return ()


def _asks(text: str) -> bool:
    """Return whether a clause asks something by itself: not "for the bridge" alone."""
    firm = any(not intent.weak for intent in intents_of(text))
    return firm or (shows("asks", text) and bool(content(text)))


def _without(clause: str, mention: Mention, moved: int) -> str:
    start, end = mention.start - moved, mention.end - moved
    return f"{clause[:start]}{NAME}{clause[end:]}"
