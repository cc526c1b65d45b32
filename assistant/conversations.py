"""Conversations in SQLite: bounded in turns and number, forgotten after a while."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.domain import Conversation, Turn
from assistant.errors import StorageError, UnknownConversation

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
"""
SWEEP_EVERY = 200  # turns between two sweeps for what has expired


def now() -> str:
    """Return this moment as ISO 8601 in UTC, with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


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
            self._database = sqlite3.connect(path, check_same_thread=False, timeout=5.0)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.execute("PRAGMA foreign_keys = ON")
            self._database.executescript(SCHEMA)
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

    def append(self, conversation_id: str, turn: Turn, state: dict[str, object]) -> None:
        """Add a turn and replace the state in one transaction."""
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

    def close(self) -> None:
        """Close the database file."""
        with self._lock:
            self._database.close()

    def _oldest(self) -> str:
        moment = datetime.now(UTC) - timedelta(days=self._days)
        return moment.isoformat(timespec="microseconds")

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


def _unknown(conversation_id: str) -> UnknownConversation:
    return UnknownConversation(
        f"No conversation has the id {conversation_id[:40]!r}.",
        "It may have expired; leave conversation_id out to start a new one.",
    )
