"""No text makes the layer slow: the time of 10,000 hostile characters grows with their number."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

import assistant.safety
from assistant.exported_model import MODEL_ID
from assistant.safety import SafetyLayer
from assistant.safety.policy import LEXICON_FILES, document, load_policy
from tests.safety.timing import own_seconds

SIZE = 10_000
SECONDS = 2.0
# What each regular expression of the layer's code could stumble over, and where it is.
PATTERNS = {
    ("tokens.py", "_PIECES"): [
        "1.1",
        "1,1.",
        "1a",
        "a'a'a'",
        "a'",
        "@$",
        "0",
        "123456",
        ".",
        "!?\n",
    ],
    ("tokens.py", "_NUMBER"): ["1.1.", "1,,", "99999999"],
    ("tokens.py", "_SPLIT"): ["1.5kg", "1kg2", "15kgkgkg", "1a1a1a"],
    ("spelling.py", "_ENDING"): ["ations", "ingsing", "ednessed", "allyally"],
    ("cleaning.py", "re.sub"): ["\x00", "\x00a", "\x7f \x0b"],
}
POLICY_ONLY = {
    ("patterns.py", "_PARTS"),
    ("policy.py", "_SAME"),
    ("policy.py", "_CUT"),
    ("inflection.py", "re.findall"),
}
CHARACTERS = ["e\u0301", "\u0301", "\u200b", "ﷺ", "🤰", "\U0001f469\u200d", "ａ", "а", "’", "½"]
TRIES = 4
SPELLING = ["chesst", "ches", "paaaaain", "a", "aab", "chestpain", "qzxjkvbw", "x y z w "]


def _seconds(text: str) -> float:
    LAYER.forget()
    return own_seconds(lambda: LAYER(text))


def _embedded(texts: list[str]) -> list[list[float]]:
    return [[0.05] * 384 for _ in texts]


LAYER = SafetyLayer(_embedded, MODEL_ID)


def _is_linear(piece: str) -> None:
    """Twice the text may take little more than twice the time; what is quick need not be timed."""
    text = (piece * (SIZE // len(piece) + 1))[:SIZE]
    whole = _seconds(text)
    assert LAYER.mode == "whole"
    if whole > 0.2:  # the least of several tries: other work on the machine only ever adds time
        half = SECONDS
        for _ in range(TRIES):  # in turn, so that a busy moment does not fall on one of them alone
            half = min(half, _seconds(text[: SIZE // 2]))
            whole = min(whole, _seconds(text))
        assert whole < 3 * half + 0.1, piece
    assert whole < SECONDS, piece


def test_every_regular_expression_of_the_layer_has_its_hostile_texts() -> None:
    found = set()
    for path in Path(str(assistant.safety.__file__)).parent.glob("*.py"):
        text = path.read_text("utf-8")
        for name in re.findall(r"^(_[A-Z]+) = re\.compile", text, re.MULTILINE):
            found.add((path.name, name))
        for call in re.findall(r"\bre\.(?:sub|findall|split|match|search|fullmatch)\b", text):
            found.add((path.name, call))
    assert found == PATTERNS.keys() | POLICY_ONLY


@pytest.mark.parametrize("piece", [*itertools.chain(*PATTERNS.values()), *CHARACTERS, *SPELLING])
@pytest.mark.parametrize("between", ["", " ", ". "])
def test_hostile_characters_take_linear_time(piece: str, between: str) -> None:
    _is_linear(piece + between)


def test_thousands_of_different_unknown_words_take_linear_time() -> None:
    letters = itertools.permutations("chestpainumb", 7)
    words = ["".join(letter) for letter in itertools.islice(letters, 0, 400_000, 300)]
    begun = time.thread_time()
    LAYER(" ".join(words)[:SIZE])
    assert time.thread_time() - begun < SECONDS


def _phrases() -> dict[str, list[str]]:
    """The phrases of every concept of the policy."""
    named: dict[str, list[str]] = {}
    for name in (*LEXICON_FILES, "idioms"):
        read = document(name)
        entries = dict(read["concepts"])
        for condition, entry in read.get("conditions", {}).items():
            entries[f"condition_{condition}"] = entry["said"]
        for concept, entry in entries.items():
            lines = entry if isinstance(entry, list) else entry.get("phrases", ())
            named[f"{name}/{concept}"] = [str(line) for line in lines]
    return {concept: lines for concept, lines in named.items() if lines}


def _plain(line: str, first: int) -> str:
    """A phrase said in words that fit it, as far as they can be read off, without its end."""
    said = []
    for part in line.split():
        choice = re.findall(r"[a-z']+(?:_[a-z']+)*", part)
        if part.startswith("."):
            said.append("the")
        elif part.startswith("#"):
            said.append(re.sub(r"\D.*", "", part[1:]) or "7")
        elif choice:
            said.append(choice[first % len(choice)].replace("_", " "))
    return " ".join(said[: max(1, len(said) - 1)])


@pytest.mark.parametrize(("concept", "lines"), _phrases().items(), ids=_phrases())
def test_the_beginnings_of_a_concepts_phrases_take_linear_time(
    concept: str, lines: Sequence[str]
) -> None:
    beginnings = [_plain(line, at) for at, line in enumerate(lines)]
    _is_linear(" ".join(beginnings)[:400] + " ")


@pytest.mark.parametrize("joint", [" ", ", "])
def test_concepts_that_are_others_close_together_take_linear_time(joint: str) -> None:
    for near in load_policy().nears:
        words = [_said(sorted(group)[0]) for group in near.groups]
        _is_linear(joint.join(words) + joint)


def _said(concept: str) -> str:
    """A word or two for a concept: the beginning of its first phrase."""
    lines = next((v for k, v in PHRASES.items() if k.endswith(f"/{concept}")), ["pain"])
    return _plain(f"{lines[0]} x", 0)


PHRASES = _phrases()
