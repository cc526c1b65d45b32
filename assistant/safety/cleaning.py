"""From what was typed to plain characters: nothing hidden, no lookalikes, plain apostrophes."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 12_000  # of a message that are read, so that any message costs little

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ＇`´ʹ′‛"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеѕіјкмнорсухвтгԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχηγωıɑɡℓⅼ",
    "ABESIJKMHOPCTXYaesijkmhopcyxbtrdqwhlABEZHIKMNOPTYXaeiknoptuxnywiagll",
)
_EMOJI = {
    "🤰": " pregnant ",
    "🤮": " vomiting ",
    "🤢": " feel sick ",
    "🚑": " ambulance ",
    "😂": " lol ",
    "🤣": " lol ",
}
_HIDDEN = {"Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"}


def _shown(character: str) -> str:
    """Return a character as it is read: hidden ones go, symbols become a space."""
    category = unicodedata.category(character)
    if character in "\n\r\t":
        return "\n" if character == "\n" else " "
    if category in _HIDDEN:
        return ""
    return " " if category == "So" else character


def clean(text: str) -> str:
    r"""Return the text in plain characters, its case and punctuation kept; linear in its length.

    >>> clean("Chе\u200bst pаin, can’t breathe")
    "Chest pain, can't breathe"
    """
    text = text[:MAX_CHARACTERS]
    for emoji, words in _EMOJI.items():
        text = text.replace(emoji, words)
    if text.isascii():
        return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
    text = unicodedata.normalize("NFD", text).translate(_DASHES)
    text = "".join(map(_shown, text)).translate(_LOOKALIKES)
    return text.translate(_APOSTROPHES)
