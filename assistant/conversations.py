"""Conversations in SQLite: bounded in turns and number, forgotten after a while.

What is kept for the owner of the pages, notes and feedback, stands in tables of its own that hang
on the turns: it goes when they go, and a release that knows nothing of it can still use the file.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.asked import Asked, Feedback, Note
from assistant.domain import Conversation, Turn
from assistant.errors import StorageError, UnknownConversation, UnknownMessage

SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, created_at TEXT NOT NULL, used_at TEXT NOT NULL, state TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS conversations_used ON conversations (used_at);
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, created_at TEXT NOT NULL, message TEXT NOT NULL, page TEXT,
    reply TEXT NOT NULL, PRIMARY KEY (conversation, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS turns_created ON turns (created_at);
CREATE INDEX IF NOT EXISTS turns_message ON turns (json_extract(reply, '$.id'));
CREATE TABLE IF NOT EXISTS notes (
    conversation TEXT NOT NULL, number INTEGER NOT NULL, seconds REAL NOT NULL, refusal TEXT,
    subject TEXT NOT NULL, PRIMARY KEY (conversation, number),
    FOREIGN KEY (conversation, number) REFERENCES turns (conversation, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feedback (
    conversation TEXT NOT NULL, number INTEGER NOT NULL, citation INTEGER NOT NULL,
    rating TEXT NOT NULL, comment TEXT NOT NULL, created_at TEXT NOT NULL,
    PRIMARY KEY (conversation, number, citation),
    FOREIGN KEY (conversation, number) REFERENCES turns (conversation, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
"""
# Turns since a moment, of conversations that have not expired; newest first, so that the cap
# leaves out the oldest.
ASKED = """
SELECT t.conversation, t.number, t.message, t.page, t.created_at, json_extract(t.reply, '$.kind'),
    json_extract(t.reply, '$.safety.level'), json_extract(t.reply, '$.exercises'),
    n.seconds, n.refusal, n.subject
FROM turns t JOIN conversations c ON c.id = t.conversation
LEFT JOIN notes n ON n.conversation = t.conversation AND n.number = t.number
WHERE t.created_at >= ? AND c.used_at >= ? ORDER BY t.created_at DESC LIMIT ?
"""
RATED = """
SELECT f.conversation, f.number, f.rating, f.comment, f.citation, f.created_at
FROM turns t JOIN feedback f ON f.conversation = t.conversation AND f.number = t.number
WHERE t.created_at >= ? ORDER BY f.citation
"""
WHOLE = 0  # the number that stands for the whole reply where a citation's number would
SWEEP_EVERY = 200  # turns between two sweeps for what has expired
MOST_ASKED = 50_000  # turns that one look back reads; a page has to come within seconds
OPENING_SECONDS = 120.0  # wait while another process brings an older file up to date
WAIT_SECONDS = 5.0


def now() -> str:
    """Return this moment as ISO 8601 in UTC, with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def days_ago(days: float) -> str:
    """Return the moment so many days before this one, as ``now`` writes it."""
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")


def new_id(prefix: str) -> str:
    """Return an unguessable id: the prefix and 128 random bits."""
    return f"{prefix}_{secrets.token_urlsafe(16)}"


class SqliteConversations:
    """The port ``Conversations`` over one SQLite file in WAL mode; safe for several threads.

    Args:
        path: the database file; its folder is made when it is missing.
        turns: turns kept in one conversation; the oldest go first.
        most: conversations kept; the longest unused go first.
        days: days after its last turn that a conversation is forgotten.
    """

    def __init__(self, path: Path, *, turns: int, most: int, days: int) -> None:
        self._path = path
        self._turns, self._most, self._days = turns, most, days
        self._lock = threading.Lock()
        self._appended = 0
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, check_same_thread=False, timeout=OPENING_SECONDS)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.execute("PRAGMA foreign_keys = ON")
            self._database.executescript(SCHEMA)
            self._database.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000:.0f}")
        self._sweep()

    def create(self) -> Conversation:
        """Start a conversation; it is stored with its first turn."""
        return Conversation(new_id("cnv"), now())

    def load(self, conversation_id: str) -> Conversation:
        """Return a conversation; raises UnknownConversation when it is not there or expired."""
        with self._transaction() as database:
            row = database.execute(
                "SELECT created_at, state FROM conversations WHERE id = ? AND used_at >= ?",
                (conversation_id, self._oldest()),
            ).fetchone()
            turns = database.execute(
                "SELECT message, page, reply, created_at FROM turns"
                " WHERE conversation = ? ORDER BY number",
                (conversation_id,),
            ).fetchall()
        if row is None:
            raise _unknown(conversation_id)
        return Conversation(
            conversation_id,
            row[0],
            tuple(Turn(m, page, json.loads(reply), at) for m, page, reply, at in turns),
            json.loads(row[1]),
        )

    def append(
        self, conversation_id: str, turn: Turn, state: dict[str, object], note: Note | None = None
    ) -> None:
        """Add a turn, with what is kept beside it, and replace the state in one transaction."""
        with self._transaction() as database:
            database.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?) ON CONFLICT (id)"
                " DO UPDATE SET used_at = excluded.used_at, state = excluded.state",
                (conversation_id, turn.created_at, turn.created_at, json.dumps(state)),
            )
            (last,) = database.execute(
                "SELECT coalesce(max(number), 0) FROM turns WHERE conversation = ?",
                (conversation_id,),
            ).fetchone()
            database.execute(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?)",
                (
                    conversation_id,
                    last + 1,
                    turn.created_at,
                    turn.message,
                    turn.page,
                    json.dumps(turn.reply, ensure_ascii=False),
                ),
            )
            if note is not None:
                database.execute(
                    "INSERT INTO notes VALUES (?, ?, ?, ?, ?)",
                    (conversation_id, last + 1, note.seconds, note.refusal, note.subject),
                )
            database.execute(
                "DELETE FROM turns WHERE conversation = ? AND number <= ?",
                (conversation_id, last + 1 - self._turns),
            )
        self._appended += 1
        if self._appended % SWEEP_EVERY == 0:
            self._sweep()

    def delete(self, conversation_id: str) -> None:
        """Forget a conversation; raises UnknownConversation."""
        with self._transaction() as database:
            cursor = database.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,))
        if cursor.rowcount == 0:
            raise _unknown(conversation_id)

    def rate(self, message_id: str, feedback: Feedback) -> None:
        """Keep a vote on a reply, in place of an earlier one; raises UnknownMessage."""
        with self._transaction() as database:
            row = database.execute(
                "SELECT conversation, number, json_extract(reply, '$.citations') FROM turns"
                " JOIN conversations ON id = conversation"
                " WHERE json_extract(reply, '$.id') = ? AND used_at >= ?",
                (message_id, self._oldest()),
            ).fetchone()
            if row is None:
                raise _unknown_message(message_id)
            conversation, number, citations = row
            if feedback.citation not in {None, *_numbers(citations)}:
                raise _unknown_citation(feedback.citation)
            database.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " rating = excluded.rating, comment = excluded.comment,"
                " created_at = excluded.created_at",
                (
                    conversation,
                    number,
                    feedback.citation or WHOLE,
                    feedback.rating,
                    feedback.comment,
                    feedback.created_at or now(),
                ),
            )

    def asked(self, since: str) -> list[Asked]:
        """Return what was asked from a moment on, oldest first; the newest MOST_ASKED at most.

        It reads over a connection of its own, so that no conversation waits for it.
        """
        with self._errors(), closing(self._reader()) as database:
            turns = database.execute(ASKED, (since, self._oldest(), MOST_ASKED)).fetchall()
            votes: dict[tuple[str, int], list[Feedback]] = defaultdict(list)
            for conversation, number, rating, comment, citation, at in database.execute(
                RATED, (since,)
            ):
                vote = Feedback(rating, comment, citation or None, at)
                votes[conversation, number].append(vote)
        return [_asked(row, tuple(votes.get(row[:2], ()))) for row in reversed(turns)]

    def close(self) -> None:
        """Close the database file."""
        with self._lock:
            self._database.close()

    def _oldest(self) -> str:
        return days_ago(self._days)

    def _reader(self) -> sqlite3.Connection:
        address = f"{self._path.absolute().as_uri()}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)

    def _sweep(self) -> None:
        with self._transaction() as database:
            database.execute("DELETE FROM conversations WHERE used_at < ?", (self._oldest(),))
            database.execute(
                "DELETE FROM conversations WHERE id IN (SELECT id FROM conversations"
                " ORDER BY used_at DESC LIMIT -1 OFFSET ?)",
                (self._most,),
            )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._errors(), self._database:
            yield self._database

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StorageError(
                f"Conversations cannot be stored in {self._path}: {error}.",
                "Check that the data folder can be written and that its disk is not full.",
            ) from error


def _asked(row: tuple[Any, ...], feedback: tuple[Feedback, ...]) -> Asked:
    """Return the record of one row of ``ASKED``."""
    _, _, message, page, at, kind, level, exercises, seconds, refusal, subject = row
    return Asked(
        message=message,
        page=page,
        created_at=at,
        kind=kind,
        level=level or "none",
        exercises=tuple(json.loads(exercises or "[]")),
        note=None if seconds is None else Note(seconds, refusal, subject),
        feedback=feedback,
    )


def _numbers(citations: str | None) -> set[int]:
    return {citation["number"] for citation in json.loads(citations or "[]")}


def _unknown_message(message_id: str) -> UnknownMessage:
    return UnknownMessage(
        f"No reply has the id {message_id[:40]!r}.",
        "Send the id of a reply whose conversation is still kept.",
    )


def _unknown_citation(number: int | None) -> UnknownMessage:
    return UnknownMessage(
        f"The reply has no citation with the number {number}.",
        "Send the number of one of its citations, or leave citation out.",
    )


def _unknown(conversation_id: str) -> UnknownConversation:
    return UnknownConversation(
        f"No conversation has the id {conversation_id[:40]!r}.",
        "It may have expired; leave conversation_id out to start a new one.",
    )
