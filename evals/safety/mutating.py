"""The same message said otherwise: typos, disguises, minimisers, a long story around it.

Each mutation is deterministic: what it does depends on the message alone. Apart from
``negated``, none may change what the message means, so none may lower its level.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from hashlib import sha256

Turns = tuple[str, ...]
Mutation = Callable[[Turns], Turns]

MINIMISERS = (
    "it's probably nothing",
    "my mate says it's nothing",
    "i don't want to make a fuss",
    "probably just a strain",
    "i'm sure it's fine lol",
    "it's not a big deal",
)
OPENINGS = ("not being dramatic but", "probably silly but", "sorry to bother you,", "so um,")
ENDINGS = (
    "How many reps should I do?",
    "Love the app by the way.",
    "What should I train tomorrow?",
)
STORY = (
    "I started coming to the gym in the spring with a friend from work and we go on Mondays and "
    "Thursdays. The trainer showed us the machines and gave us a sheet with twelve exercises. I "
    "like the mat work best, and the rowing machine if it is free. We usually have a coffee "
    "after, and on the weekend I walk the dog for an hour along the canal. "
    "The changing rooms are clean and the music is not too loud. "
)
MORE = (
    " My plan for the next month is to keep the same sheet and add a little weight each week. I "
    "have new shoes, a green bottle and a playlist with songs from the nineties. My friend wants "
    "to try the morning class with the long stretches, and I think I will join her, as I sleep "
    "better when I have moved early in the day. On rest days I read, cook soup for the week and "
    "water the tomatoes on the balcony. Thanks for all the pages on this site. "
)
LOOKALIKES = str.maketrans("aeopcxy", "аеорсху")
KEYS = {"a": "s", "e": "r", "i": "o", "o": "p", "t": "y", "n": "m", "s": "d", "r": "t", "l": "k"}
PERSONS = (
    (r"\bi'm\b|\bim\b|\bi am\b", "she is"),
    (r"\bi've\b|\bive\b|\bi have\b", "she has"),
    (r"\bi\b", "she"),
    (r"\bmy\b", "her"),
    (r"\bme\b", "her"),
    (r"\bmyself\b", "herself"),
)


def _chance(turns: Turns) -> random.Random:
    return random.Random(sha256("\n".join(turns).encode()).digest())  # noqa: S311


def _last(turns: Turns, change: Callable[[str], str]) -> Turns:
    return (*turns[:-1], change(turns[-1]))


def typo(turns: Turns) -> Turns:
    """Slip once in a word of five or more letters: swap, leave out, double, or the next key."""
    chance = _chance(turns)
    words = turns[-1].split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long:
        return turns
    at = chance.choice(long)
    words[at] = _slipped(words[at], chance)
    return (*turns[:-1], " ".join(words))


def _slipped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kind = chance.choice(("swap", "drop", "double", "key"))
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    return word[:at] + KEYS.get(word[at], word[at] * 2) + word[at + 1 :]


def no_apostrophes(turns: Turns) -> Turns:
    """Leave out every apostrophe."""
    return tuple(re.sub("['’]", "", turn) for turn in turns)


def capitals(turns: Turns) -> Turns:
    """Shout."""
    return tuple(turn.upper() for turn in turns)


def emoji(turns: Turns) -> Turns:
    """Put pictures before, between and after."""
    return _last(turns, lambda text: f"😅 {text.replace(', ', ' 💪 ')} 😂🙏")


def third_person(turns: Turns) -> Turns:
    """Say it of somebody else, now."""
    changed = []
    for turn in turns:
        text = turn.lower()
        for pattern, other in PERSONS:
            text = re.sub(pattern, other, text)
        changed.append(text)
    return (*changed[:-1], f"asking for my wife: {changed[-1]}")


def minimiser_after(turns: Turns) -> Turns:
    """Play it down at the end."""
    return _last(turns, lambda text: f"{text.rstrip('.!? ')}, {_chance(turns).choice(MINIMISERS)}")


def minimiser_before(turns: Turns) -> Turns:
    """Play it down at the start."""
    return _last(turns, lambda text: f"{_chance(turns).choice(OPENINGS)} {text}")


def question_after(turns: Turns) -> Turns:
    """Wrap it in an ordinary question."""
    return _last(turns, lambda text: f"{text.rstrip('. ')}. {_chance(turns).choice(ENDINGS)}")


def negated_other(turns: Turns) -> Turns:
    """Deny something else first: one negated symptom and another asserted."""
    return _last(turns, lambda text: f"No rash and no sore throat. {text}")


def two_turns(turns: Turns) -> Turns:
    """Split it at a clause, else in the middle, over two messages with chat in between."""
    words = turns[-1].split()
    if len(words) < 6:
        return (*turns[:-1], "hello there", turns[-1])
    places = [at for at, word in enumerate(words) if word in ("and", "but") or word[-1] in ",."]
    inner = [at for at in places if 2 <= at <= len(words) - 3]
    at = min(inner, key=lambda place: abs(place - len(words) // 2)) if inner else None
    if at is None:
        return (*turns[:-1], "hello there", turns[-1])
    cut = at if words[at] in ("and", "but") else at + 1
    return (*turns[:-1], " ".join(words[:cut]).rstrip(","), " ".join(words[cut:]))


def buried(turns: Turns) -> Turns:
    """Put it in the middle of about 900 harmless characters."""
    return _last(turns, lambda text: f"{STORY}{text.rstrip('. ')}.{MORE}")


def zero_width(turns: Turns) -> Turns:
    """Hide a zero-width space inside every word."""
    return tuple(re.sub(r"(\w)(\w)", "\\1\u200b\\2", turn) for turn in turns)


def homoglyphs(turns: Turns) -> Turns:
    """Write letters that only look right."""
    return tuple(turn.translate(LOOKALIKES) for turn in turns)


MUTATIONS: dict[str, Mutation] = {
    "typo": typo,
    "no apostrophes": no_apostrophes,
    "capitals": capitals,
    "emoji": emoji,
    "third person": third_person,
    "minimiser after": minimiser_after,
    "minimiser before": minimiser_before,
    "question after": question_after,
    "other symptom denied": negated_other,
    "over two turns": two_turns,
    "buried in 900 characters": buried,
    "zero-width characters": zero_width,
    "homoglyphs": homoglyphs,
}
