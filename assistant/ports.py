"""The seams: what the core asks of an adapter, each with one or two methods.

LangChain's ``Embeddings`` interface is itself the port for embedding models, because that is
what users plug in; ours has the same two methods, so that it needs no import of LangChain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.asked import Asked, Feedback, Note
from assistant.domain import Conversation, Page, PageFacts, Passage, Turn

Vectors = NDArray[np.float32]


class Embeddings(Protocol):
    """LangChain's interface: texts to unit-length vectors."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text, in order."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question."""
        ...


class PageNames(Protocol):
    """What a page is called, and what it may be called in its text (``hints``)."""

    slug: str
    title: str
    aliases: tuple[str, ...]
    hints: tuple[str, ...]


class Index(Protocol):
    """One opened generation: pages, passages and their vectors, and two ways to search them."""

    generation: int
    corpus: str
    model: str  # the id of the embedding model that its vectors are from

    def names(self) -> Iterable[PageNames]:
        """Return slug, title and aliases of every page, sorted by slug."""
        ...

    def facts(self) -> Sequence[PageFacts]:
        """Return what every page says about itself, sorted by slug."""
        ...

    def page(self, slug: str) -> Page | None:
        """Return a page by its slug."""
        ...

    def rows(self, slug: str) -> range:
        """Return the rows of a page's passages (empty when there is no such page)."""
        ...

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages of these rows, in the order asked."""
        ...

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """Return the unit-length embeddings of these rows, shape (len(rows), dimensions)."""
        ...

    def unit_vectors(self, row: int) -> Vectors:
        """Return the embeddings of one passage's units, shape (len(units), dimensions)."""
        ...

    def dense(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """Return at most ``k`` (row, cosine similarity), best first."""
        ...

    def lexical(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return at most ``k`` (row, BM25 score), best first."""
        ...


class Conversations(Protocol):
    """Where conversations are kept: bounded and expiring."""

    def create(self) -> Conversation:
        """Start a conversation under a new unguessable id."""
        ...

    def load(self, conversation_id: str) -> Conversation:
        """Return a conversation; raises UnknownConversation."""
        ...

    def append(
        self, conversation_id: str, turn: Turn, state: dict[str, object], note: Note | None = None
    ) -> None:
        """Add a turn, with what is kept beside it, and replace the state in one transaction."""
        ...

    def delete(self, conversation_id: str) -> None:
        """Forget a conversation; raises UnknownConversation."""
        ...

    def rate(self, message_id: str, feedback: Feedback) -> None:
        """Keep a vote on a reply, in place of an earlier one; raises UnknownMessage."""
        ...

    def asked(self, since: str) -> list[Asked]:
        """Return what was asked from a moment on (ISO 8601 in UTC), oldest first."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
