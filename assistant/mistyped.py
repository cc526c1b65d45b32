"""Typing errors in a question's own words: "which muscels", "what does the bar wiegh".

Only what is no English word is changed: towards the words that questions are told by, or else
towards a common word that is one slip away.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.dialogue import dialogue_policy, meaning_words
from assistant.intents import all_intents
from assistant.name_words import name_words
from assistant.pages.naming_policy import naming
from assistant.spelling import UNUSUAL, Spelling, is_english, word_meant
from assistant.words import words

LEAST = 5  # letters of a word that is corrected
ENDINGS = ("s", "y", "in")  # "quads", "pinchy" and "sittin" are no slips
BRITISH = (("our", "or"), ("re", "er"), ("is", "iz"), ("ll", "l"), ("mme", "m"), ("ae", "e"))
WORD = re.compile(r"[a-z]{5,}")


def spelt(text: str) -> str:
    """Return a text with its typing errors mended.

    >>> spelt("Which muscels does it work?")
    'Which muscles does it work?'
    >>> spelt("what does the empty bar wiegh"), spelt("is scaption good")
    ('what does the empty bar weigh', 'is scaption good')
    """
    for word in reversed(words(text)):
        written = word.folded
        if len(written) < LEAST or not written.isalpha() or is_english(written):
            continue
        if any(is_english(f"{written[:at]}'{written[at:]}") for at in (-1, -2)):
            continue  # "thats"
        if written in _of_names() or any(is_english(written.replace(*pair)) for pair in BRITISH):
            continue  # "pallof", "metres"
        meant = _spelling().correct(written) or _common(written)
        if meant:
            text = f"{text[: word.start]}{meant}{text[word.end :]}"
    return text


def _common(word: str) -> str | None:
    """Return the common word that was meant, unless the word may be meant as it stands.

    >>> _common("sholder"), _common("crampy"), _common("delts")
    ('shoulder', None, None)
    """
    formed = any(word.endswith(end) and is_english(word.removesuffix(end)) for end in ENDINGS)
    if formed or naming().muscle.search(word):
        return None
    meant, seen = word_meant(word)
    return meant if seen >= UNUSUAL else None


@lru_cache(maxsize=1)
def _of_names() -> frozenset[str]:
    return frozenset(word.folded for name in name_words().others for word in words(name))


@lru_cache(maxsize=1)
def _spelling() -> Spelling:
    cues = [cue for each in all_intents() for cue in each.cues]
    cues += [cue for patterns in dialogue_policy().cues.values() for cue in patterns]
    known = {word for cue in cues for word in WORD.findall(cue.pattern)}
    known |= {
        word for each in all_intents() if each.says for word in WORD.findall(each.says.pattern)
    }
    return Spelling(word for word in known | meaning_words() if is_english(word))
