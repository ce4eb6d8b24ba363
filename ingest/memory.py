"""Gives back the memory that a job has left.

A process that keeps an index of names looks for garbage in cycles rarely (`api.wiring.settle_process`), and the C
library keeps what was freed, for each thread by itself: so a worker would grow with each large job on each of its
threads.
"""

import ctypes
import gc
import time
from collections.abc import Callable
from functools import cache

REST = 10.0
"""Seconds between two times at least: it takes milliseconds."""
_NEW = 1
"""The generations that are looked through: not the oldest, where the index is."""


class Memory:
    """Of one process."""

    def __init__(self) -> None:
        self._next = 0.0

    def give_back(self) -> None:
        """What is left over, unless that was done a moment ago. Where the C library cannot give anything back to the
        system (musl, macOS, Windows), it is free for what comes next."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + REST
        gc.collect(_NEW)
        trim = _trim()
        if trim is not None:
            trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """`malloc_trim` of glibc, malloc_trim(3)."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
