"""The parent's side of the child process: one request at a time, each with a deadline."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from assistant.errors import MissingPart
from assistant.pages.messages import HEADER_BYTES, Message, framed
from assistant.pages.sources import Limits

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30.0
"""A cold start reads libraries from the disk."""
CHUNK = 1 << 16


class ChildFailed(Exception):
    """The child died, hung or ran out of memory over a request."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


class ParserProcess:
    """A child that parses; it is started when first needed and again after it has failed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ParserProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def ask(self, header: Message, body: bytes) -> list[Any]:
        """Return the child's answer to a request; raises ChildFailed."""
        child = self.child or self.start()
        seconds = self.limits.seconds
        request = framed(json.dumps({**header, "seconds": seconds}).encode(), body)
        try:
            answer = exchanged(child, request, time.monotonic() + seconds)
        except TimeoutError as error:
            self.stop()
            reason = f"It took longer than {seconds:g} seconds to read."
            raise ChildFailed(reason, "Simplify or split the file.") from error
        except (EOFError, OSError) as error:
            self.stop()
            reason = "It made the reader fail, perhaps out of memory."
            raise ChildFailed(reason, "Simplify or split the file.") from error
        result = json.loads(answer)
        return result if isinstance(result, list) else []

    def start(self) -> subprocess.Popen[bytes]:
        """Start the child and wait until it is ready; raises MissingPart when it never is."""
        paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
        self.child = subprocess.Popen(
            [sys.executable, "-P", "-m", "assistant.pages.worker", str(self.limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)},
            bufsize=0,
        )
        for pipe in (self.child.stdin, self.child.stdout):
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)
        try:
            exchanged(self.child, b"", time.monotonic() + START_SECONDS)
        except (TimeoutError, EOFError, OSError) as error:
            self.stop()
            raise MissingPart(
                "The process that reads pages cannot start.", "Run `make setup` again."
            ) from error
        return self.child

    def stop(self) -> None:
        """End the child, whatever it is doing."""
        child, self.child = self.child, None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(0.2)
        if child.poll() is None:
            child.kill()
        child.wait()


def exchanged(child: subprocess.Popen[bytes], request: bytes, deadline: float) -> bytes:
    """Send a request and return the answer's bytes.

    Raises:
        TimeoutError: when the deadline passes.
        EOFError: when the child ends before it has answered.
    """
    if child.stdin is None or child.stdout is None:
        raise EOFError
    unsent = memoryview(request)
    answer = bytearray()
    with selectors.DefaultSelector() as selector:
        if request:
            selector.register(child.stdin, selectors.EVENT_WRITE)
        selector.register(child.stdout, selectors.EVENT_READ)
        while not is_whole(answer):
            left = deadline - time.monotonic()
            ready = selector.select(left) if left > 0 else []
            if not ready:
                raise TimeoutError
            for key, _ in ready:
                if key.fileobj is child.stdin:
                    unsent = unsent[os.write(child.stdin.fileno(), unsent[:CHUNK]) :]
                    if not unsent:
                        selector.unregister(child.stdin)
                else:
                    received = os.read(child.stdout.fileno(), CHUNK)
                    if not received:
                        raise EOFError
                    answer += received
    return bytes(answer[2 * HEADER_BYTES :])


def is_whole(answer: bytearray) -> bool:
    """Return whether all bytes of a framed answer are here."""
    if len(answer) < 2 * HEADER_BYTES:
        return False
    return len(answer) >= 2 * HEADER_BYTES + int.from_bytes(answer[:HEADER_BYTES], "big")
