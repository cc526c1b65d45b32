"""A small assistant in memory with the methods of the real one, for what the real one cannot do
on demand: wait, fail in the middle, have no index."""

import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.documents import reply_document
from assistant.domain import (
    Citation,
    Conversation,
    Event,
    Finished,
    Hit,
    Page,
    Passage,
    Reply,
    Said,
    Section,
    Segment,
    Span,
    Started,
    Status,
    Triage,
    Turn,
)
from assistant.errors import IndexUnavailable, InvalidQuestion, UnknownConversation, UnknownPage

TEXT = (
    "Wall sit\nTips\n• Keep your back flat 🧱 on the wall.\n• Breathe out – slowly.\n"
    "FAQ\nHow long should I hold it?\nHold for 20 to 30 seconds. Stop if your knees hurt."
)
QUOTE = "Hold for 20 to 30 seconds."


def _section(kind: str, heading: str, body: str) -> Section:
    start = TEXT.index(body)
    return Section(kind, heading, start, start + len(body))


PAGE = Page(
    slug="wall-sit",
    title="Wall sit",
    text=TEXT,
    sections=(
        _section("tips", "Tips", TEXT[TEXT.index("•") : TEXT.index("\nFAQ")]),
        _section("faq", "How long should I hold it?", TEXT[TEXT.index("Hold") :]),
    ),
    aliases=("Wall squat hold",),
)


@dataclass
class FakeAssistant:
    """Answers "how long" from one page; its switches make it wait or fail."""

    fail_before: Exception | None = None
    fail_after_segment: Exception | None = None
    hold: threading.Event | None = None
    status_now: Status = field(default_factory=lambda: Status(True, 1, "sha256:" + "0" * 64))
    started: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    closed_early: threading.Event = field(default_factory=threading.Event)
    threads: set[str] = field(default_factory=set)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    _count: int = 0

    def stream(
        self, message: str, *, conversation_id: str | None = None, page: str | None = None
    ) -> Iterator[Event]:
        if self.fail_before is not None:
            raise self.fail_before
        if not 1 <= len(unicodedata.normalize("NFKC", message).strip()) <= 1000:
            raise InvalidQuestion("The message is empty or too long.", "Shorten it.")
        if page is not None:
            self.page(page)
        if conversation_id is not None:
            self.conversation(conversation_id)
        self._count += 1
        return self._events(message, conversation_id or f"cnv_{self._count:032x}", page)

    def _events(self, message: str, conversation: str, page: str | None) -> Iterator[Event]:
        self.threads.add(threading.current_thread().name)
        reply = self._reply(f"msg_{self._count:032x}", conversation)
        finished = False
        try:
            yield Started(reply.id, conversation, reply.generation, reply.corpus)
            for segment in reply.segments:
                used = tuple(c for c in reply.citations if c.number in segment.citations)
                yield Said(segment, used)
                self.started.release()
                if self.fail_after_segment is not None:
                    raise self.fail_after_segment
                if self.hold is not None:
                    self.hold.wait(10)
            turn = Turn(message, page, reply_document(reply), "2026-01-01T00:00:00Z")
            earlier = self.conversations.get(conversation)
            turns = (*earlier.turns, turn) if earlier else (turn,)
            self.conversations[conversation] = Conversation(
                conversation, "2026-01-01T00:00:00Z", turns
            )
            finished = True
            yield Finished(reply)
        finally:
            if not finished:
                self.closed_early.set()

    def _reply(self, identity: str, conversation: str) -> Reply:
        start = TEXT.index(QUOTE)
        citation = Citation(
            1, PAGE.slug, PAGE.title, "faq", "How long should I hold it?", QUOTE, start,
            start + len(QUOTE), TEXT[start - 10 : start], " Stop if", PAGE.content_hash,
        )  # fmt: skip
        return Reply(
            identity,
            conversation,
            "answer",
            (Segment("The page says: ", "frame"), Segment(QUOTE, "quote", (1,))),
            (citation,),
            Triage(),
            (PAGE.slug,),
            ("How often?",),
            self.status_now.generation or 0,
            self.status_now.corpus or "",
        )

    def ask(self, message: str, **options: str | None) -> Reply:
        *_, last = self.stream(message, **options)
        return last.reply

    def search(self, query: str, k: int = 10, group: str = "passage") -> list[Hit]:
        section = PAGE.sections[1]
        text = TEXT[section.start : section.end]
        passage = Passage(
            "p1", PAGE.slug, PAGE.title, section.kind, section.heading, text, section.start,
            section.end, (Span(section.start, section.end),),
        )  # fmt: skip
        return [Hit(passage, 0.5)][:k]

    def pages(self) -> list[Page]:
        if not self.status_now.ready:
            raise IndexUnavailable("No index in /secret/place.", "Build one.")
        return [PAGE]

    def facts(self) -> list[Page]:
        return self.pages()

    def page(self, slug: str) -> Page:
        if slug != PAGE.slug:
            raise UnknownPage(f"No page has the slug {slug[:80]!r}.", "List the pages.")
        return PAGE

    def conversation(self, conversation_id: str) -> Conversation:
        if conversation_id not in self.conversations:
            raise UnknownConversation("There is no such conversation.", "Start a new one.")
        return self.conversations[conversation_id]

    def forget(self, conversation_id: str) -> None:
        self.conversation(conversation_id)
        del self.conversations[conversation_id]

    def status(self) -> Status:
        return self.status_now

    def close(self) -> None:
        pass
