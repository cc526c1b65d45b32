"""A server in a process of its own: how long until it answers, and what it holds afterwards."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.bench.processes import memory_of
from evals.waiting import seconds_to_wait

PATIENCE = 120.0


@contextmanager
def serving(*command: str, port: int) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """Yield the process and the seconds from its start to its first 200 at ``/readyz``."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - started > PATIENCE:
                raise RuntimeError(f"The server did not start: python {' '.join(command)}")
            time.sleep(0.01)
        yield process, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(timeout=30)


def ours(data: Path, port: int) -> tuple[str, ...]:
    """Return the command of our server."""
    return ("-m", "server", "--data", str(data), "--port", str(port))


def bare(port: int) -> tuple[str, ...]:
    """Return the command of the yardstick."""
    return ("-m", "evals.bench.bare", str(port))


def ask(port: int, question: str) -> None:
    """Ask one question over HTTP; waits as told when the server asks for patience."""
    body = json.dumps({"message": question}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/chat", body, headers)
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310
                reply.read()
            return
        except urllib.error.HTTPError as error:
            after = error.headers.get("Retry-After")
            seconds = seconds_to_wait(error.code, error.read(), after)
            if seconds is None:
                raise
            time.sleep(seconds)


def memory_after(process: subprocess.Popen[bytes], port: int, questions: list[str]) -> float:
    """Return the server's memory in MB after it has answered the questions."""
    for question in questions:
        ask(port, question)
    return memory_of(process.pid)


def free_port() -> int:
    """Return a port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
