"""How long a server asks to wait: it answers others first, or the reader asks too often."""

from __future__ import annotations

import json

BUSY = frozenset({"overloaded", "rate_limited"})  # of the server's codes; others stay as they are


def seconds_to_wait(status: int, body: bytes, retry_after: str | None) -> float | None:
    """Return the seconds after which to ask again; None for a reply to be taken as it is.

    >>> seconds_to_wait(503, b'{"code": "overloaded"}', "1")
    1.0
    >>> seconds_to_wait(503, b'{"code": "not_ready"}', "5")
    """
    if status not in (429, 503):
        return None
    try:
        problem = json.loads(body)
    except ValueError:
        problem = None
    code = problem.get("code") if isinstance(problem, dict) else None
    if status == 503 and code not in BUSY:
        return None
    try:
        return max(0.0, float(retry_after or "1"))
    except ValueError:  # a date, which no server of ours sends
        return 1.0
