"""Clients that post events at once, send again what was refused for now, and remember what was acknowledged."""

import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import httpx2

from api.drill.model import must
from api.drill.news import Event

LATER = frozenset({429, 503, 504, 507})
PATIENCE = 180.0


class Senders:
    """Threads that post batches of events to one address; a refusal or a cut is tried again until it is taken, for
    `PATIENCE` seconds, by the same `Idempotency-Key`. With `stubborn=False` a cut ends the thread."""

    def __init__(
        self, url: str, events: Sequence[Event], *, threads: int = 4, size: int = 1, stubborn: bool = True
    ) -> None:
        self.acknowledged: set[str] = set()
        self.statuses: Counter[int] = Counter()
        self.cuts = 0
        self.seconds: list[float] = []
        self._url = url
        self._stubborn = stubborn
        self._over = threading.Event()
        self._lock = threading.Lock()
        parts = [events[n::threads] for n in range(threads)]
        self._threads = [threading.Thread(target=self._work, args=(part, size), daemon=True) for part in parts]

    def start(self) -> "Senders":
        """Begins."""
        for thread in self._threads:
            thread.start()
        return self

    def await_acknowledged(self, enough: int, within: float = 120.0) -> None:
        """Waits for so many acknowledged events. Raises Broken."""
        until = time.monotonic() + within
        while len(self.acknowledged) < enough:
            must(any(thread.is_alive() for thread in self._threads), f"only {len(self.acknowledged)} were taken")
            must(time.monotonic() < until, f"{len(self.acknowledged)} of {enough} events taken in {within:g} s")
            time.sleep(0.02)

    def join(self, within: float = PATIENCE + 60) -> "Senders":
        """Waits until all is sent. Raises Broken when it is not."""
        until = time.monotonic() + within
        for thread in self._threads:
            thread.join(max(0.1, until - time.monotonic()))
        must(not any(thread.is_alive() for thread in self._threads), f"the senders are not done after {within:g} s")
        return self

    def stop(self) -> "Senders":
        """Ends after the request under way."""
        self._over.set()
        return self.join()

    @property
    def faults(self) -> dict[int, int]:
        """Answers that neither took the events nor asked to come again."""
        return {status: n for status, n in self.statuses.items() if status not in LATER and status >= 300}

    def _work(self, part: Sequence[Event], size: int) -> None:
        with httpx2.Client(base_url=self._url, timeout=60, trust_env=False) as client:
            for begin in range(0, len(part), size):
                if self._over.is_set() or not self._send(client, list(part[begin : begin + size])):
                    return

    def _send(self, client: httpx2.Client, some: list[Event]) -> bool:
        until = time.monotonic() + PATIENCE
        body: Any = some[0] if len(some) == 1 else some
        while time.monotonic() < until and not self._over.is_set():
            started = time.monotonic()
            try:
                answer = client.post("/api/events", json=body, headers={"Idempotency-Key": some[0]["id"]})
            except httpx2.HTTPError:
                with self._lock:
                    self.cuts += 1
                if not self._stubborn:
                    return False
                time.sleep(0.2)
                continue
            with self._lock:
                self.statuses[answer.status_code] += 1
                self.seconds.append(time.monotonic() - started)
            if answer.status_code < 300:
                with self._lock:
                    self.acknowledged |= {one["id"] for one in some}
                return True
            if answer.status_code not in LATER and answer.status_code != 409:
                return True
            time.sleep(0.2)
        return False


def percentile(seconds: Iterable[float], share: float) -> float:
    """The value below which that share lies; 0 of none."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
