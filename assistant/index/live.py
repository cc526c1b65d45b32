"""The index that a long-running process serves from: takes up each new generation by itself."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import Status
from assistant.errors import AssistantError, IndexUnavailable
from assistant.index.generations import Generations
from assistant.index.opening import OpenIndex, open_index

logger = logging.getLogger(__name__)

RETRY_SECONDS = 30.0

_Signature = tuple[int, int, int] | None


@dataclass(slots=True)
class _Lease:
    """An opened generation and how many use it; closed when it is retired and nobody does."""

    index: OpenIndex
    users: int = 0
    retired: bool = False


class LiveIndex:
    """The published generation of a data folder, for many threads at once.

    Each ``use`` looks at the pointer file (one ``stat``). When it has changed, the new
    generation is opened, verified and prepared in the background while the old one goes on
    serving; then they are swapped, and the old one is closed when its last user is done. A new
    generation that cannot be opened changes nothing but ``status().degraded``.
    """

    def __init__(self, data: Path, model_id: str, *, warm: bool = False) -> None:
        """Open nothing yet; ``warm`` opens Chroma with the index instead of when it is needed."""
        self._data = Path(data)
        self._model_id = model_id
        self._warm = warm
        self._pointer = Generations.of(self._data).pointer_file
        self._lock = threading.Lock()
        self._lease: _Lease | None = None
        self._seen: _Signature = None
        self._retry_at = 0.0
        self._trouble: tuple[str, ...] = ()
        self._taking_up: threading.Thread | None = None
        self._closed = False

    @contextmanager
    def use(self) -> Iterator[OpenIndex]:
        """Hold the generation that serves now for the length of one request.

        Raises IndexUnavailable or ModelMismatch when none can serve.
        """
        lease = self._take()
        try:
            yield lease.index
        finally:
            self._give_back(lease)

    def status(self) -> Status:
        """Return whether it can answer, from which generation, and what is degraded."""
        try:
            with self.use() as index:
                degraded = (*index.degraded, *self._trouble)
                return Status(True, index.generation, index.corpus, degraded)
        except AssistantError as error:
            return Status(False, None, None, (str(error),))

    def close(self) -> None:
        """Stop taking up generations and close the open one when its last user is done."""
        with self._lock:
            self._closed = True
            thread = self._taking_up
        if thread is not None:
            thread.join()
        with self._lock:
            lease, self._lease = self._lease, None
        if lease is not None:
            self._retire(lease)

    def _take(self) -> _Lease:
        with self._lock:
            if self._closed:
                raise IndexUnavailable("The index is closed.", "Start the assistant again.")
            if self._lease is None:
                self._open_first()
            elif self._due():
                self._start_taking_up()
            assert self._lease is not None
            self._lease.users += 1
            return self._lease

    def _give_back(self, lease: _Lease) -> None:
        with self._lock:
            lease.users -= 1
            done = lease.retired and not lease.users
        if done:
            lease.index.close()

    def _retire(self, lease: _Lease) -> None:
        with self._lock:
            lease.retired = True
            done = not lease.users
        if done:
            lease.index.close()

    def _open_first(self) -> None:
        self._seen = self._signature()
        self._lease = _Lease(self._open())
        self._after(self._lease.index)

    def _open(self) -> OpenIndex:
        index = open_index(self._data, model_id=self._model_id)
        if self._warm:
            index.warm()
        return index

    def _prepared(self) -> OpenIndex:
        """Open a generation so that no visitor waits for what its first question needs."""
        index = self._open()
        try:
            index.prepare()
        except Exception:
            index.close()
            raise
        return index

    def _after(self, index: OpenIndex) -> None:
        self._retry_at = time.monotonic() + RETRY_SECONDS if index.degraded else 0.0

    def _due(self) -> bool:
        if self._taking_up is not None:
            return False
        if self._signature() != self._seen:
            return True
        return bool(self._retry_at) and time.monotonic() >= self._retry_at

    def _start_taking_up(self) -> None:
        self._seen = self._signature()
        self._taking_up = threading.Thread(target=self._take_up, name="take-up", daemon=True)
        self._taking_up.start()

    def _take_up(self) -> None:
        try:
            fresh = self._prepared()
        except Exception as error:  # whatever it is, the old one goes on serving
            logger.exception("a new generation cannot be taken up; the old one goes on serving")
            with self._lock:
                self._trouble = (f"A new generation cannot be taken up: {error}",)
                self._retry_at = time.monotonic() + RETRY_SECONDS
                self._taking_up = None
            return
        old = self._swap(fresh)
        self._retire(old)

    def _swap(self, fresh: OpenIndex) -> _Lease:
        """Put the fresh one in place; returns the lease to retire, which may be the fresh one."""
        lease = _Lease(fresh)
        with self._lock:
            self._taking_up = None
            self._after(fresh)
            old = self._lease
            if old is None or (old.index.generation == fresh.generation and fresh.degraded):
                self._trouble = fresh.degraded
                return lease
            self._trouble = ()
            self._lease = lease
            return old

    def _signature(self) -> _Signature:
        try:
            found = self._pointer.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size
