"""Plain characters to tokens: words, numbers and the breaks between clauses and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assistant.safety.cleaning import clean

_PIECES = re.compile(
    r"\d{1,6}(?:[.,]\d{1,4})?(?![a-z@$]{0,9}\d)|[a-z@$0-9]+(?:'[a-z]+){0,2}|[.!?\n]+|[,;:()/+&-]"
)
_LEET = str.maketrans("013457@$", "oieastas")
_SENTENCE, _CLAUSE = frozenset(".!?\n"), frozenset(";:()")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SPLIT = re.compile(r"(\d+(?:[.,]\d+)?)([a-z]+)")


class Token(NamedTuple):
    """One word as policy knows it (``word``), and where it stands in the cleaned text.

    ``brk`` is the break before it: 0 none, 1 comma or dash, 2 clause, 3 sentence. A tuple, since
    a long message makes hundreds, and a frozen dataclass takes three times as long to make.
    """

    word: str
    start: int
    end: int
    brk: int = 0
    number: float | None = None


def _pieces(word: str) -> list[str]:
    """Split ``15kg`` into number and unit, and read digits inside a word as letters."""
    if _NUMBER.fullmatch(word) or word.isalpha() or "'" in word:
        return [word]
    split = _SPLIT.fullmatch(word)
    if split:
        return [split[1], split[2]]
    read = word.strip("$@").translate(_LEET) if any(map(str.isalpha, word)) else word
    return [read] if read else []


def _break(piece: str, spaced: bool) -> int:
    """Return how strong a break a piece of punctuation is; a dash counts only with spaces."""
    if piece[0] in _SENTENCE:
        return 3
    if piece in _CLAUSE:
        return 2
    return 1 if piece == "," or (piece == "-" and spaced) else 0


def _expanded(
    piece: str, start: int, end: int, brk: int, forms: Mapping[str, tuple[str, ...]]
) -> Iterator[Token]:
    """Yield the tokens of one piece: contractions and shorthand written out."""
    word = piece.replace("'", "") if piece not in forms else piece
    for index, part in enumerate(forms.get(word, (word,))):
        number = float(part.replace(",", ".")) if _NUMBER.fullmatch(part) else None
        yield Token(part, start, end, 0 if index else brk, number)


def _scan(text: str, forms: Mapping[str, tuple[str, ...]]) -> Iterator[Token]:
    """Yield tokens in order; ``+`` and ``&`` read as "and", ``/`` between numbers as "over"."""
    brk, lowered = 3, text.lower()
    for match in _PIECES.finditer(lowered):
        piece, start, end = match[0], match.start(), match.end()
        if piece in "+&":
            yield Token("and", start, end, brk)
            brk = 0
        elif piece == "/":
            joined = lowered[start - 1 : start].isdigit() and lowered[end : end + 1].isdigit()
            yield Token("over" if joined else "or", start, end, brk)
            brk = 0
        elif not piece[0].isalnum() and piece[0] not in "@$":
            brk = max(brk, _break(piece, lowered[start - 1 : start].isspace()))
        elif piece.isalpha() and piece not in forms:  # most words: nothing to split or write out
            yield Token(piece, start, end, brk)
            brk = 0
        else:
            for part in _pieces(piece):
                yield from _expanded(part, start, end, brk, forms)
                brk = 0


def _joined(tokens: list[Token]) -> Iterator[Token]:
    """Yield tokens with runs of four or more single letters read as one word ("n u m b")."""
    run: list[Token] = []
    for token in [*tokens, Token("", 0, 0)]:
        if len(token.word) == 1 and token.word.isalpha():
            run.append(token)
            continue
        if len(run) >= 4:
            word = "".join(part.word for part in run)
            yield Token(word, run[0].start, run[-1].end, run[0].brk)
        else:
            yield from run
        run = []
        if token.word:
            yield token


def tokenise(
    text: str, forms: Mapping[str, tuple[str, ...]], numbers: Mapping[str, float]
) -> tuple[str, list[Token]]:
    """Return the cleaned text and its tokens.

    Args:
        text: what was typed.
        forms: contractions and shorthand to the words they stand for ("cant" to "can", "not").
        numbers: number words to their values ("twelve" to 12).
    """
    cleaned = clean(text)
    tokens = []
    for token in _joined(list(_scan(cleaned, forms))):
        value = numbers.get(token.word)
        if value is not None:
            token = Token(token.word, token.start, token.end, token.brk, value)
        tokens.append(token)
    return cleaned, tokens
