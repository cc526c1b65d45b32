"""A fixed number of threads for the synchronous core, and a bounded queue before them."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from server.problems import Problem, Refused

T = TypeVar("T")


class Threads:
    """Runs the core's calls off the event loop; refuses work that would wait too long.

    Each call runs in a copy of its request's context, so that nothing leaks between requests.
    """

    def __init__(self, threads: int, waiting: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="answer")
        self._room = threads + waiting
        self._lock = threading.Lock()

    def submit(self, work: Callable[..., T], *args: object) -> Future[T]:
        """Queue the call; raises Refused (overloaded) when the queue is full."""
        with self._lock:
            if self._room == 0:
                raise Refused(Problem("overloaded", "Too many requests are waiting."))
            self._room -= 1
        future = self._pool.submit(partial(contextvars.copy_context().run, work, *args))
        future.add_done_callback(self._leave)
        return future

    async def run(self, work: Callable[..., T], *args: object) -> T:
        """Return what the call returns; raises what it raises, or Refused (overloaded)."""
        return await asyncio.wrap_future(self.submit(work, *args))

    def close(self) -> None:
        """Wait for running calls and drop those that still wait."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _leave(self, _: Future[T]) -> None:
        with self._lock:
            self._room += 1
