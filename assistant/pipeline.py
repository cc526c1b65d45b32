"""The way of one question, from top to bottom: ``stream`` says it all, ``ask`` collects it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import numpy as np

from assistant.advising import Advice
from assistant.asked import Asked, Feedback
from assistant.citations import cite, verifies
from assistant.conversations import new_id, now
from assistant.dialogue import smalltalk_reply
from assistant.documents import reply_document
from assistant.domain import (
    Citation,
    Conversation,
    Event,
    Finished,
    Hit,
    Page,
    PageFacts,
    Reply,
    Said,
    Segment,
    Started,
    Status,
    Turn,
)
from assistant.drafts import Draft
from assistant.errors import IndexDamaged, InvalidQuestion
from assistant.focus import Focus
from assistant.gaps import Gap, find_gaps, note_of
from assistant.guarding import Assess, Guarded
from assistant.library import Library
from assistant.ports import Conversations, Embeddings, Index, PageNames, Vectors
from assistant.questions import Question, only_of, remember, understand
from assistant.responding import respond
from assistant.retrieval import best_by_page
from assistant.safety.records import Assessment
from assistant.words import clean

MOST_CHARACTERS = 1_000

Advise = Callable[[Assessment], Advice]


class Indexes(Protocol):
    """Where the generation that serves now comes from."""

    def use(self) -> AbstractContextManager[Index]:
        """Hold the index for the length of one request; raises IndexUnavailable."""
        ...

    def status(self) -> Status:
        """Return whether it can answer, and what is degraded."""
        ...

    def close(self) -> None:
        """Let go of the index."""
        ...


@dataclass(frozen=True, slots=True)
class _Context:
    """What one message is answered with."""

    message: str
    page: str | None
    conversation: Conversation
    library: Library
    assessment: Assessment
    began: float


class Assistant:
    """Answers questions from the pages of the live index; safe to call from several threads.

    Args:
        indexes: the generation that serves now.
        embeddings: LangChain's interface.
        conversations: where turns are kept.
        assess: the safety layer; it runs before anything else sees the message.
        advise: what an assessment asks to be said instead of an answer, or before it.
        degraded: what is not as it should be besides the index, a sentence or two each.
    """

    def __init__(
        self,
        *,
        indexes: Indexes,
        embeddings: Embeddings,
        conversations: Conversations,
        assess: Assess,
        advise: Advise,
        degraded: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self._indexes = indexes
        self._embeddings = embeddings
        self._conversations = conversations
        self._assess = Guarded(assess)
        self._advise = advise
        self._degraded = degraded
        self._library: tuple[Index, Library] | None = None
        self._lock = threading.Lock()

    def ask(
        self, message: str, *, conversation_id: str | None = None, page: str | None = None
    ) -> Reply:
        """Return the whole reply; raises what ``stream`` raises."""
        for event in self.stream(message, conversation_id=conversation_id, page=page):
            if isinstance(event, Finished):
                return event.reply
        raise AssertionError("a stream always ends with Finished")

    def stream(
        self, message: str, *, conversation_id: str | None = None, page: str | None = None
    ) -> Iterator[Event]:
        """Yield Started, a Said for each verified segment, and Finished.

        Raises InvalidQuestion, UnknownPage, UnknownConversation or IndexUnavailable before the
        first event.
        """
        began = time.perf_counter()
        message = _checked(message)
        conversation = self._conversation_for(conversation_id)
        with self._indexes.use() as index:
            library = self._library_of(index)
            if page is not None:
                library.page(page)
            earlier = [turn.message for turn in conversation.turns]
            assessment = self._assess(message, earlier, library)
            context = _Context(message, page, conversation, library, assessment, began)
            yield from self._events(context)

    def search(
        self, query: str, k: int = 10, group: Literal["passage", "page"] = "passage"
    ) -> list[Hit]:
        """Return the best ``k`` passages, or the best ``k`` pages by their best passage."""
        text = _checked(query)
        with self._indexes.use() as index:
            library = self._library_of(index)
            if group == "passage":
                return library.search(text, self._embed(text), k)
            return best_by_page(library.search(text, self._embed(text), 8 * k))[:k]

    def pages(self) -> list[PageNames]:
        """Return slug, title and aliases of every page, sorted by slug."""
        with self._indexes.use() as index:
            return list(index.names())

    def facts(self) -> list[PageFacts]:
        """Return what every page says about itself, sorted by slug."""
        with self._indexes.use() as index:
            return list(index.facts())

    def page(self, slug: str) -> Page:
        """Return one page; raises UnknownPage."""
        with self._indexes.use() as index:
            return self._library_of(index).page(slug)

    def conversation(self, conversation_id: str) -> Conversation:
        """Return what was said under an id; raises UnknownConversation."""
        return self._conversations.load(conversation_id)

    def forget(self, conversation_id: str) -> None:
        """Delete a conversation; raises UnknownConversation."""
        self._conversations.delete(conversation_id)

    def rate(self, message_id: str, feedback: Feedback) -> None:
        """Keep a visitor's vote on a reply; raises UnknownMessage."""
        self._conversations.rate(message_id, feedback)

    def asked(self, since: str) -> list[Asked]:
        """Return what was asked from a moment on (ISO 8601 in UTC), oldest first."""
        return self._conversations.asked(since)

    def gaps(self, asked: Sequence[Asked]) -> list[Gap]:
        """Return what was refused or voted down, grouped by meaning, with the nearest section."""
        with self._indexes.use() as index:
            return find_gaps(asked, self._library_of(index), self._embeddings.embed_documents)

    def status(self) -> Status:
        """Return whether it can answer, from which generation, and what is degraded."""
        found = self._indexes.status()
        degraded = (*found.degraded, *self._degraded(), *self._assess.trouble())
        return replace(found, degraded=degraded)

    def warm(self) -> None:
        """Open index and model and answer once, so that the first question is as fast as any."""
        with self._indexes.use() as index:
            library = self._library_of(index)
            for names in list(index.names())[:1]:
                question = understand(f"warm up {names.title}", library.catalog, None, Focus())
                respond(question, library, self._embed, self._assess(names.title, (), library))

    def close(self) -> None:
        """Let go of the index and of the conversations."""
        self._indexes.close()
        self._conversations.close()

    def _events(self, context: _Context) -> Iterator[Event]:
        index = context.library.index
        started = Started(new_id("msg"), context.conversation.id, index.generation, index.corpus)
        focus = Focus.read(context.conversation.state)
        draft, focus, question = self._draft(context, focus)
        segments, citations = _verified(draft, context.library)
        note = note_of(draft, question, time.perf_counter() - context.began)
        yield started
        shown = {citation.number: citation for citation in citations}
        for segment in segments:
            yield Said(segment, tuple(shown[number] for number in segment.citations))
        reply = Reply(
            id=started.id,
            conversation_id=context.conversation.id,
            kind=draft.kind,
            segments=segments,
            citations=citations,
            safety=context.assessment.triage,
            exercises=draft.exercises,
            suggestions=draft.suggestions,
            generation=index.generation,
            corpus=index.corpus,
        )
        turn = Turn(context.message, context.page, reply_document(reply), now())
        self._conversations.append(context.conversation.id, turn, focus.state(), note)
        yield Finished(reply)

    def _draft(self, context: _Context, focus: Focus) -> tuple[Draft, Focus, Question | None]:
        """Decide the reply: safety first, then small talk, then the pages.

        The question is None when the pages were not asked.
        """
        advice = self._advise(context.assessment)
        if advice.instead is not None:
            return advice.instead, focus, None
        ready = smalltalk_reply(context.message)
        if ready is not None:
            return Draft("smalltalk", (ready,)), focus, None
        library = context.library
        question = understand(context.message, library.catalog, context.page, focus)
        here = context.page or (focus.exercises[-1] if focus.exercises else None)
        if here and library.has_question(here, context.message):
            question = only_of(question, here)
        draft = respond(question, library, self._embed, context.assessment)
        draft = advice.before(draft)
        return draft, remember(focus, question, draft.exercises, context.page), question

    def _embed(self, text: str) -> Vectors:
        return np.asarray(self._embeddings.embed_query(text), dtype=np.float32)

    def _conversation_for(self, conversation_id: str | None) -> Conversation:
        if conversation_id is None:
            return self._conversations.create()
        return self._conversations.load(conversation_id)

    def _library_of(self, index: Index) -> Library:
        """Return the library of an index, made once for each generation."""
        made = self._library
        if made is not None and made[0] is index:
            return made[1]
        with self._lock:
            if self._library is None or self._library[0] is not index:
                self._library = (index, Library(index))
            return self._library[1]


def _checked(message: str) -> str:
    """Return the message as it is understood; raises InvalidQuestion."""
    text = clean(message).strip()
    if not text:
        raise InvalidQuestion(
            "The message is empty.", f"Send a question of 1 to {MOST_CHARACTERS:,} characters."
        )
    if len(text) > MOST_CHARACTERS:
        raise InvalidQuestion(
            f"The message has {len(text):,} characters; at most {MOST_CHARACTERS:,} are read.",
            "Shorten it to the question itself.",
        )
    return text


def _verified(draft: Draft, library: Library) -> tuple[tuple[Segment, ...], tuple[Citation, ...]]:
    """Number the quotes and prove each against the stored page; one that fails is an error."""
    segments, citations = cite(draft.pieces)
    for citation in citations:
        if not verifies(citation, library.page(citation.page)):
            raise IndexDamaged(
                f"A passage of {citation.page!r} is not where the index says.",
                "Run ingest again to rebuild the index.",
            )
    return segments, citations
