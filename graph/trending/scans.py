"""Scans of the whole graph, each made once for all who ask the same at that moment, and kept for a few seconds.

While Redis is away every look at a board is such a scan: without this a burst of readers would start one each.
"""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Waited
from dataclasses import dataclass
from threading import Lock, Semaphore
from time import monotonic
from typing import Any, TypeVar, cast

from graph.errors import BudgetExceeded

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """`keep`: seconds for which an answer is given again; `at_once`: scans that run beside each other; `wait`: seconds
    that anyone waits for a scan of another, or for a place."""

    keep: float = 5.0
    at_once: int = 2
    wait: float = 25.0


@dataclass(slots=True)
class _Held:
    found: Future[Any]
    began: float
    ended: float | None = None


class Scans:
    """Answers the same question from one scan. Thread-safe; errors are not kept."""

    def __init__(self, options: ScanOptions | None = None, clock: Callable[[], float] = monotonic) -> None:
        self.options = options or ScanOptions()
        self._clock = clock
        self._lock = Lock()
        self._places = Semaphore(self.options.at_once)
        self._held: dict[Hashable, _Held] = {}

    def answer(self, asked: Hashable, scan: Callable[[], T]) -> tuple[T, float]:
        """What the scan found, and how many seconds ago it began, 0 for the caller who made it.

        Raises what the scan raises, and BudgetExceeded after `wait`.
        """
        with self._lock:
            self._forget()
            mine = _Held(Future(), self._clock())
            held = self._held.setdefault(asked, mine)
        if held is mine:
            self._fill(asked, mine, scan)
        try:
            value = cast(T, held.found.result(self.options.wait))
        except Waited as error:
            raise BudgetExceeded("the same question is still being computed from the graph") from error
        return value, 0.0 if held is mine else max(0.0, self._clock() - held.began)

    def _fill(self, asked: Hashable, mine: _Held, scan: Callable[[], Any]) -> None:
        try:
            if not self._places.acquire(timeout=self.options.wait):
                raise BudgetExceeded("too many boards are being computed from the graph")
            try:
                value = scan()
            finally:
                self._places.release()
        except BaseException as error:
            with self._lock:
                self._held.pop(asked)
            mine.found.set_exception(error)
            return
        mine.ended = self._clock()
        mine.found.set_result(value)

    def _forget(self) -> None:
        oldest = self._clock() - self.options.keep
        for asked, held in list(self._held.items()):
            if held.ended is not None and held.ended < oldest:
                del self._held[asked]
