"""Conversations kept in memory for the length of a run, so that a site's own stay untouched."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from assistant.asked import Asked, Feedback, Note
from assistant.domain import Conversation, Turn
from assistant.errors import UnknownConversation, UnknownMessage


class MemoryConversations:
    """The port ``assistant.ports.Conversations`` over a dictionary; ids count from 1."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._kept: dict[str, Conversation] = {}

    def create(self) -> Conversation:
        """Start a conversation."""
        conversation = Conversation(f"cnv_{next(self._numbers)}", "")
        self._kept[conversation.id] = conversation
        return conversation

    def load(self, conversation_id: str) -> Conversation:
        """Return a conversation; raises UnknownConversation."""
        try:
            return self._kept[conversation_id]
        except KeyError:
            raise UnknownConversation(
                f"No conversation is called {conversation_id!r}.", "Start one."
            ) from None

    def append(
        self, conversation_id: str, turn: Turn, state: dict[str, object], note: Note | None = None
    ) -> None:
        """Add a turn and replace the state; notes are for a site's owner, not for a run."""
        del note
        known = self.load(conversation_id)
        self._kept[conversation_id] = replace(known, turns=(*known.turns, turn), state=state)

    def delete(self, conversation_id: str) -> None:
        """Forget a conversation; raises UnknownConversation."""
        self.load(conversation_id)
        del self._kept[conversation_id]

    def rate(self, message_id: str, feedback: Feedback) -> None:
        """Refuse every vote: nobody votes in a run."""
        del feedback
        raise UnknownMessage(f"No reply is called {message_id!r}.", "A run keeps no replies.")

    def asked(self, since: str) -> list[Asked]:
        """Return nothing: a run keeps no notes."""
        del since
        return []

    def close(self) -> None:
        """Forget all."""
        self._kept.clear()
