"""Typing errors in a question's own words: "which muscels", "for a begginer".

Only what is no English word is changed, towards the words that questions are told by.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.dialogue import dialogue_policy, meaning_words
from assistant.intents import all_intents
from assistant.spelling import Spelling, is_english
from assistant.words import words

LEAST = 5  # letters of a word that is corrected
WORD = re.compile(r"[a-z]{5,}")


def spelt(text: str) -> str:
    """Return a text with its typing errors mended.

    >>> spelt("Which muscels does it work?")
    'Which muscles does it work?'
    """
    for word in reversed(words(text)):
        if len(word.folded) < LEAST or not word.folded.isalpha() or is_english(word.folded):
            continue
        meant = _spelling().correct(word.folded)
        if meant:
            text = f"{text[: word.start]}{meant}{text[word.end :]}"
    return text


@lru_cache(maxsize=1)
def _spelling() -> Spelling:
    cues = [cue for each in all_intents() for cue in each.cues]
    cues += [cue for patterns in dialogue_policy().cues.values() for cue in patterns]
    known = {word for cue in cues for word in WORD.findall(cue.pattern)}
    known |= {
        word for each in all_intents() if each.says for word in WORD.findall(each.says.pattern)
    }
    return Spelling(word for word in known | meaning_words() if is_english(word))
