"""Tells every process of this machine, in memory they share, that what readers are shown is being changed.

The file has a byte and a number for each writing process: how many of its changes are under way, and how often that
changed. An answer made while all of it stood still is true as long as it goes on standing still: so answers can be kept
without a question to any server. A process holds the lock of its place; the place of one that was killed is free.
Machines that share no folder know nothing of each other's: `api.caching` asks the graph for them now and then.
"""

import mmap
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

PLACES = 128
"""Processes of one folder that may write at a time; what further ones write is heard of as from another machine."""
_COUNTER = 8
STAMP = PLACES * (1 + _COUNTER)
_STILL = bytes(PLACES)


class Changing:
    """The changes under way on one data folder. Thread-safe; the file is opened at the first use and never removed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._map: mmap.mmap | None = None
        self._place: int | None = None
        self._held: FileLock | None = None
        self._asked = False

    def stamp(self) -> bytes:
        """What stands in the file now. Raises OSError where the folder cannot be used."""
        return self._shared()[:STAMP]

    def shared(self) -> mmap.mmap:
        """The memory itself; its first `STAMP` bytes are the stamp. Raises OSError."""
        return self._shared()

    def settle(self) -> None:
        """Clears what processes left behind that were killed amid a change. Raises OSError."""
        shared = self._shared()
        for place in range(PLACES):
            if shared[place] and place != self._place:
                lock = self._lock_of(place)
                with suppress(Timeout), lock.acquire(timeout=0):
                    shared[place] = 0
                    _count(shared, place)

    def begin(self) -> None:
        """A change is about to be seen. Where the folder cannot be used, nobody is told."""
        with suppress(OSError), self._lock:
            if (place := self._own()) is not None:
                shared = self._shared()
                shared[place] += 1
                _count(shared, place)

    def end(self) -> None:
        """It is seen, or will never be."""
        with suppress(OSError), self._lock:
            if self._place is not None:
                shared = self._shared()
                _count(shared, self._place)
                shared[self._place] -= 1

    @contextmanager
    def marked(self) -> Generator[None]:
        """Around a change."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    def close(self) -> None:
        """Gives the place back."""
        with self._lock:
            if self._held is not None:
                self._held.release()
            self._held = self._place = None
            self._asked = False
            if self._map is not None:
                self._map.close()
                self._map = None

    def _shared(self) -> mmap.mmap:
        if self._map is None:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(self._folder / "changing", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if os.fstat(descriptor).st_size < STAMP:
                    os.truncate(descriptor, STAMP)
                self._map = mmap.mmap(descriptor, STAMP)
            finally:
                os.close(descriptor)
        return self._map

    def _own(self) -> int | None:
        """This process's place, taken at its first change."""
        if not self._asked:
            self._asked = True
            for place in range(PLACES):
                lock = self._lock_of(place)
                with suppress(Timeout):
                    lock.acquire(timeout=0)
                    self._held, self._place = lock, place
                    self._shared()[place] = 0
                    break
        return self._place

    def _lock_of(self, place: int) -> FileLock:
        return FileLock(self._folder / f"changing.{place}.lock", mode=0o600, thread_local=False)


def still(stamp: bytes) -> bool:
    """Whether no change was under way."""
    return stamp.startswith(_STILL)


def _count(shared: mmap.mmap, place: int) -> None:
    start = PLACES + place * _COUNTER
    number = int.from_bytes(shared[start : start + _COUNTER], "little") + 1
    shared[start : start + _COUNTER] = (number % 2**63).to_bytes(_COUNTER, "little")


class Mark:
    """One change, which may be begun late and more than once, and is ended once."""

    def __init__(self, changing: Changing | None) -> None:
        self._changing = changing
        self._begun = False

    def begin(self) -> None:
        """From here on others may see it."""
        if self._changing is not None and not self._begun:
            self._begun = True
            self._changing.begin()

    def __enter__(self) -> "Mark":
        return self

    def __exit__(self, *_: object) -> None:
        if self._begun and self._changing is not None:
            self._changing.end()
