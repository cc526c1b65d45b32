"""Gaps: what visitors ask and the pages cannot answer, so what their owner should write next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assistant.asked import Asked, Note, Refusal
from assistant.dialogue import content
from assistant.domain import Passage, ReplyKind
from assistant.drafts import Draft
from assistant.focus import Focus
from assistant.grouping import group_alike, most_central
from assistant.intents import NAME
from assistant.library import Library
from assistant.ports import Vectors
from assistant.questions import Question, understand

Reason = Literal["unknown_exercise", "missing_fact", "voted_down", "outside"]
EmbedAll = Callable[[list[str]], list[list[float]]]

# Mean likeness of two groups of questions from which they are one, by what is compared. Names of
# exercises are near to each other (box jump, jump squat), and so are facts of one page, which share
# "this exercise". Chosen on the dev half of evals/datasets/gaps.jsonl; tests/test_gaps.py states
# precision and recall on both halves.
ALIKE: dict[Reason, float] = {
    "unknown_exercise": 0.70,
    "missing_fact": 0.30,
    "voted_down": 0.30,
    "outside": 0.32,
}
WORDS = 0.4  # share of the words in common in the likeness; the rest is the embedding's cosine
NEAR = 0.32  # cosine below which no section is near to a question outside the pages
MOST_TEXTS = 2_000  # different questions that are compared; the newest
MOST_WORDINGS = 5  # other wordings shown with a group


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions of one meaning that were not answered well, and the section nearest to them.

    ``question`` is the most central one as it was asked, ``wordings`` are others, the most
    frequent first; ``missing`` names the exercise that has no page. ``section`` is the nearest
    passage, None when none is near.
    """

    reason: Reason
    question: str
    count: int
    last_asked: str
    wordings: tuple[str, ...] = ()
    missing: str = ""
    section: Passage | None = None


@dataclass(frozen=True, slots=True)
class _Unanswered:
    """One question that counts, with the text to compare it by."""

    asked: Asked
    reason: Reason
    subject: str

    @property
    def place(self) -> tuple[Reason, str]:
        """Return within what it is compared: its reason and, for a page's fact, the page."""
        on_page = self.reason in ("missing_fact", "voted_down") and self.asked.exercises
        return self.reason, self.asked.exercises[0] if on_page else ""


def note_of(draft: Draft, question: Question | None, seconds: float) -> Note:
    """Return what to keep beside a turn; ``question`` is None when the pages were not asked."""
    if question is None:
        return Note(seconds)
    refusal = why_refused(draft.kind, draft.exercises, question.unknown)
    return Note(seconds, refusal, _subject(question, refusal))


def why_refused(kind: ReplyKind, exercises: Sequence[str], unknown: str) -> Refusal | None:
    """Return why the pages gave no answer; None when the reply is no refusal.

    >>> why_refused("abstain", (), "kettlebell swing")
    'unknown_exercise'
    >>> why_refused("abstain", ("plank",), "")
    'missing_fact'
    """
    if kind != "abstain":
        return None
    if exercises:
        return "missing_fact"
    return "unknown_exercise" if unknown else "outside"


def find_gaps(asked: Sequence[Asked], library: Library, embed_all: EmbedAll) -> list[Gap]:
    """Return the groups, most frequent first; what lies outside the pages stands last.

    Never among them: a message with a red flag or of a crisis, and what the safety layer
    declined (a medicine's dose), which no page should answer.
    """
    found = [each for each in (_unanswered(one, library) for one in asked) if each is not None]
    places: dict[tuple[Reason, str], list[_Unanswered]] = defaultdict(list)
    for each in _newest(found):
        places[each.place].append(each)
    gaps = [gap for there in places.values() for gap in _grouped(there, library, embed_all)]
    gaps.sort(key=lambda gap: gap.last_asked, reverse=True)
    return sorted(gaps, key=lambda gap: (gap.reason == "outside", -gap.count))


def _unanswered(asked: Asked, library: Library) -> _Unanswered | None:
    if asked.is_private or (asked.kind == "abstain" and asked.level == "support"):
        return None
    note = asked.note
    if note is None:  # asked before notes were kept: understand it again, as its own question
        question = understand(asked.message, library.catalog, asked.page, Focus())
        refusal = why_refused(asked.kind, asked.exercises, question.unknown)
        note = Note(0.0, refusal, _subject(question, refusal))
    if note.refusal is not None:
        return _Unanswered(asked, note.refusal, note.subject or asked.message)
    if asked.voted_down:
        return _Unanswered(asked, "voted_down", note.subject or asked.message)
    return None


def _subject(question: Question, refusal: Refusal | None) -> str:
    if refusal == "unknown_exercise":
        return question.unknown
    return question.neutral.replace(NAME, "this exercise")


def _newest(found: Sequence[_Unanswered]) -> list[_Unanswered]:
    """Return the newest questions, as many as have MOST_TEXTS different texts."""
    kept: list[_Unanswered] = []
    texts: set[str] = set()
    for each in reversed(found):
        texts.add(each.subject)
        if len(texts) > MOST_TEXTS:
            break
        kept.append(each)
    return kept


def _grouped(there: list[_Unanswered], library: Library, embed_all: EmbedAll) -> list[Gap]:
    """Return the gaps of questions that have reason and page in common."""
    counts = Counter(each.subject for each in there)
    texts = sorted(counts, key=lambda text: (-counts[text], text))
    vectors = np.asarray(embed_all(texts), dtype=np.float32)
    gaps = []
    for rows in group_alike(beside_words(vectors, texts), ALIKE[there[0].reason]):
        weights = np.array([counts[texts[row]] for row in rows], dtype=np.float32)
        middle = rows[most_central(vectors[rows], weights)]
        chosen = {texts[row] for row in rows}
        members = [each for each in there if each.subject in chosen]
        gaps.append(_gap(members, texts[middle], vectors[middle], library))
    return gaps


def beside_words(vectors: Vectors, texts: Sequence[str]) -> Vectors:
    """Return unit vectors whose cosine is the embedding's and that of the words in common.

    The embedding tells which sentence answers, not which two questions ask the same.

    Args:
        vectors: of the texts, unit length, shape (texts, dimensions).
        texts: as many.
    """
    said = [frozenset(content(text)) for text in texts]
    places = {word: at for at, word in enumerate(sorted(frozenset().union(*said)))}
    words = np.zeros((len(texts), len(places) + len(texts)), dtype=np.float32)
    for row, found in enumerate(said):
        # A text that says nothing has a place of its own, so that it is like no other.
        at = [places[word] for word in found] or [len(places) + row]
        words[row, at] = len(at) ** -0.5
    return np.hstack([vectors * (1 - WORDS) ** 0.5, words * WORDS**0.5])


def _gap(members: list[_Unanswered], subject: str, vector: Vectors, library: Library) -> Gap:
    reason, page = members[0].place
    central = Counter(each.asked.message for each in members if each.subject == subject)
    question = central.most_common(1)[0][0]
    nearest = library.index.dense(vector, 1)
    far = reason == "outside" and not (nearest and nearest[0][1] >= NEAR)
    others = Counter(each.asked.message for each in members if each.asked.message != question)
    return Gap(
        reason=reason,
        question=question,
        count=len(members),
        last_asked=max(each.asked.created_at for each in members),
        wordings=tuple(text for text, _ in others.most_common(MOST_WORDINGS)),
        missing=subject if reason == "unknown_exercise" else "",
        section=None if far else _nearest_section(subject, page, vector, library),
    )


def _nearest_section(text: str, page: str, vector: Vectors, library: Library) -> Passage | None:
    """Return the passage nearest to a question: of its page when it is about one, else of all."""
    rows = library.index.rows(page) if page else range(0)
    if rows:
        best = int(np.argmax(library.index.vectors(rows) @ vector))
        return library.index.passages([rows[best]])[0]
    hits = library.search(text, vector, 1)
    return hits[0].passage if hits else None
