"""Clients that write events and read, all at once, and remember of each request what came of it."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, linear_regression

import httpx2

from api.drill.ground import Door
from api.drill.news import news, person

WRITERS = 4
READERS = 8
PEOPLE = 20
"""Whom the written events name."""
GROWTH = 0.05
"""Of memory, over the whole time, by the slope of its second half."""
_PATIENCE = 70.0
_LAST = 120.0


@dataclass(frozen=True, slots=True)
class Seen:
    """One request: when it was sent (monotonic seconds), the path where it was a read, what came (0: nothing), whether
    that said when to come again, how long it took."""

    at: float
    path: str | None
    status: int
    later: bool
    seconds: float

    @property
    def reading(self) -> bool:
        """Whether it only read."""
        return self.path is not None


class Traffic:
    """So many clients that write, `size` events at a time, and so many that read these paths in turn. `writes` and
    `reads` are requests a second of all of them together; 0 is as often as they can."""

    def __init__(
        self,
        door: Door,
        tag: str,
        paths: Sequence[str],
        *,
        writes: float = 0.0,
        reads: float = 0.0,
        writers: int = WRITERS,
        readers: int = READERS,
        size: int = 1,
    ) -> None:
        self.seen: list[Seen] = []
        self.acknowledged: set[str] = set()
        self._door = door
        self._tag = tag
        self._paths = paths
        self._size = size
        self._over = threading.Event()
        self._lock = threading.Lock()
        pauses = (writers / writes if writes else 0.0, readers / reads if reads else 0.0)
        self._threads = [
            *(threading.Thread(target=self._write, args=(n, pauses[0]), daemon=True) for n in range(writers)),
            *(threading.Thread(target=self._read, args=(n, pauses[1]), daemon=True) for n in range(readers)),
        ]

    def __enter__(self) -> "Traffic":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(_LAST)

    def _write(self, part: int, pause: float) -> None:
        def ask(client: httpx2.Client, n: int) -> httpx2.Response:
            events = news(f"{self._tag}-{part}", self._size, first=n * self._size, people=PEOPLE)
            answer = client.post("/api/events", json=events[0] if self._size == 1 else events)
            if answer.status_code < 300:
                with self._lock:
                    self.acknowledged.update(event["id"] for event in events)
            return answer

        self._ask(lambda _: None, ask, pause)

    def _read(self, part: int, pause: float) -> None:
        def path(n: int) -> str:
            return self._paths[(n + part) % len(self._paths)]

        self._ask(path, lambda client, n: client.get(path(n)), pause)

    def _ask(
        self,
        path: Callable[[int], str | None],
        ask: Callable[[httpx2.Client, int], httpx2.Response],
        pause: float,
    ) -> None:
        with httpx2.Client(base_url=self._door.client.base_url, timeout=_PATIENCE, trust_env=False) as client:
            n, due = 0, time.monotonic()
            while not self._over.is_set():
                began = time.monotonic()
                status, later = 0, False
                try:
                    answer = ask(client, n)
                    status, later = answer.status_code, "retry-after" in answer.headers
                except httpx2.HTTPError:
                    pass
                with self._lock:
                    self.seen.append(Seen(began, path(n), status, later, time.monotonic() - began))
                n += 1
                # Who fell behind does not catch up: the load is a rate, not a debt.
                due = max(due + pause, time.monotonic())
                self._over.wait(max(0.0, due - time.monotonic()))


def usual_paths(door: Door, name: str) -> list[str]:
    """What is read most: the board, the page of one entity, lists and a search."""
    entity = f"/api/entities/{door.key(name)}"
    return [
        "/api/entities/trending",
        entity,
        f"{entity}/timeline?limit=20",
        f"{entity}/co-mentions",
        "/api/events?limit=20",
        f"/api/entities?q={person(1).replace(' ', '%20')}",
    ]


def flat(grown: float, minutes: float) -> bool:
    """Whether memory stayed what it was; in less than ten minutes nobody can tell."""
    return minutes < 10 or grown < GROWTH


def growth(memory: Sequence[tuple[float, int]]) -> float:
    """Relative growth of (seconds, bytes) over the whole time, by the least-squares line through the second half."""
    half = memory[len(memory) // 2 :]
    if len(half) < 3:
        return 0.0
    times, sizes = [at for at, _ in half], [size for _, size in half]
    return linear_regression(times, sizes).slope * (memory[-1][0] - memory[0][0]) / fmean(sizes)
