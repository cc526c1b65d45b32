"""Sentences of a paragraph, as spans; a sentence that needs its neighbour stays with it.

>>> text = "Do 1–2 sets, e.g. after work. Do not bounce. Unless told to, rest. Why? It helps."
>>> [text[start:end] for start, end in sentence_spans(text)]
['Do 1–2 sets, e.g. after work.', 'Do not bounce. Unless told to, rest.', 'Why? It helps.']
"""

from __future__ import annotations

import re

END = re.compile(r"(?<=[.!?])(?<!\.\.)[\"'”’»)\]]*\s+(?=\S)")
NEVER_LAST = frozenset(
    "e.g i.e eg ie approx ca vs dr mr mrs ms prof st fig no nos cf al incl esp resp wt ht u.s u.k p pp vol".split()
)
RARELY_LAST = frozenset(
    "min mins sec secs hr hrs rep reps wk wks lb lbs kg cm mm ft in oz etc max a.m p.m am pm".split()
)
GOES_ON = re.compile(
    r"[\"'“‘(\[]*(?:unless|except|but|however|otherwise|although|though|only if|only when|even then|"
    r"that said|if so|if not|if it does|if they do|in that case|nor)\b",
    re.I,
)
WORDS_OF_A_FRAGMENT = 2


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every sentence of one line, in order, white space left out.

    What starts with "unless", "but" or "however" stays with the sentence before it, and a
    fragment of one or two words ("No.", "Don't!") with the one after it.
    """
    starts = [0]
    ends = []
    for match in END.finditer(text):
        if is_boundary(text, starts[-1], match):
            ends.append(match.start() + len(match[0].rstrip()))
            starts.append(match.end())
    spans = [
        (start, end)
        for start, end in zip(starts, [*ends, len(text.rstrip())], strict=True)
        if start < end
    ]
    return joined(text, spans)


def is_boundary(text: str, start: int, match: re.Match[str]) -> bool:
    """Return whether a sentence ends at this full stop, question or exclamation mark."""
    following = text[match.end()]
    if following.islower() or following in ",;:)]–—-":
        return False
    if text[match.start() - 1] != ".":
        return True
    before = text[max(start, match.start() - 24) : match.start() - 1]
    word = re.split(r"[\s(\[“\"'‘/]", before)[-1].lower() if before else ""
    if word in NEVER_LAST or (len(word) == 1 and word.isalpha()):
        return False
    if word.isdigit() and (
        len(before) == len(word) or before[: -len(word)].rstrip().endswith((":", ";", "."))
    ):
        return False
    return word not in RARELY_LAST or following.isupper()


def joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans with those joined that must not be quoted apart."""
    result: list[tuple[int, int]] = []
    for start, end in spans:
        fragment = result and len(text[slice(*result[-1])].split()) <= WORDS_OF_A_FRAGMENT
        if result and (fragment or GOES_ON.match(text, start) or text[start] == "("):
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    if len(result) > 1 and len(text[slice(*result[-1])].split()) <= WORDS_OF_A_FRAGMENT:
        last = result.pop()
        result[-1] = (result[-1][0], last[1])
    return result
