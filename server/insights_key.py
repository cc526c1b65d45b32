"""Who may see the owner's view: one key, compared in constant time, and few guesses at it."""

from __future__ import annotations

import base64
import binascii
import hmac
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256

from fastapi import Request

from server.problems import Problem, Refused

WRONG = 10  # wrong keys that an address may send within the window
WINDOW = 60.0  # seconds
ADDRESSES = 4_096  # addresses that are remembered; beyond, the longest silent one is forgotten
CHALLENGE = 'Basic realm="Insights", charset="UTF-8", Bearer realm="Insights"'


class Guesses:
    """Counts the wrong keys of each address; safe for several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str) -> float:
        """Return the seconds until the address may send a key again; 0 when it may now."""
        with self._lock:
            recent = self._recent(address)
            return recent[0] + WINDOW - self._clock() if len(recent) >= WRONG else 0.0

    def note(self, address: str) -> None:
        """Count a wrong key."""
        with self._lock:
            self._wrong[address] = [*self._recent(address), self._clock()][-WRONG:]
            self._wrong.move_to_end(address)
            if len(self._wrong) > ADDRESSES:
                self._wrong.popitem(last=False)

    def _recent(self, address: str) -> list[float]:
        return [at for at in self._wrong.get(address, ()) if at > self._clock() - WINDOW]


def admit(request: Request, key: str, guesses: Guesses) -> None:
    """Return when the request carries the key; raises Refused with 401 or 429.

    A request without a key is not a guess: a browser sends one first, to be asked for it.
    """
    sent = _sent_key(request.headers.get("authorization", ""))
    if sent is None:
        raise _unauthorized("This page needs its key.")
    address = request.client.host if request.client else ""
    seconds = guesses.wait(address)
    if seconds > 0:
        raise _limited(seconds)
    if not hmac.compare_digest(_digest(sent), _digest(key.encode())):
        guesses.note(address)
        raise _unauthorized("The key is wrong.")


def _sent_key(header: str) -> bytes | None:
    """Return the key of an Authorization header: a bearer token, or Basic's password."""
    scheme, _, value = header.strip().partition(" ")
    if scheme.lower() == "bearer":
        return value.strip().encode("latin-1", "replace")  # the bytes as they were sent
    if scheme.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(value.strip(), validate=True)
    except binascii.Error:
        return b""
    return pair.partition(b":")[2]


def _digest(key: bytes) -> bytes:
    """Return a digest, so that comparing says nothing about the key's length either."""
    return sha256(key).digest()


def _unauthorized(detail: str) -> Refused:
    return Refused(Problem("unauthorized", detail, headers={"WWW-Authenticate": CHALLENGE}))


def _limited(seconds: float) -> Refused:
    wait = str(int(seconds) + 1)
    headers = {
        "Retry-After": wait,
        "RateLimit-Policy": f'"keys";q={WRONG};w={WINDOW:.0f}',
        "RateLimit": f'"keys";r=0;t={wait}',
    }
    return Refused(Problem("rate_limited", "Too many wrong keys were sent.", headers=headers))
