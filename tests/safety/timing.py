"""How long a call takes by itself, for tests of how time grows."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def own_seconds(call: Callable[[], object]) -> float:
    """Return the thread's seconds, without collections of what other tests keep in memory."""
    gc.disable()
    try:
        begun = time.thread_time()
        call()
        return time.thread_time() - begun
    finally:
        gc.enable()
