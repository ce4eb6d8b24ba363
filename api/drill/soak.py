"""Minutes of mixed load at half of what this machine can do, with a fault each minute: nothing fails outside faults,
memory stays flat, answers stay as quick as they were.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import fmean, linear_regression

import httpx2
import psutil

from api.drill.ground import Door, Ground, eventually
from api.drill.model import must
from api.drill.news import news, person
from api.drill.senders import percentile
from graph.embedded import status

WRITERS = 4
READERS = 8
PROBE = 15.0
"""Seconds of load without a pause, to learn what this machine can do."""
EVERY = 60.0
QUIET = 5.0
"""Seconds after a part is back that still belong to its fault."""
GROWTH = 0.05
"""Of memory, over the whole time, by the slope of its second half."""
SLOWER = 1.5
FLOOR = 0.1
"""Seconds below which an answer is quick whatever it was before."""
_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """One request: when it was sent (monotonic seconds), what came (0: nothing), how long that took."""

    at: float
    reading: bool
    status: int
    seconds: float


class Load:
    """Clients that write events one by one and read, each so often a second; 0 is as often as they can."""

    def __init__(self, door: Door, tag: str, writes: float = 0.0, reads: float = 0.0) -> None:
        self.seen: list[Seen] = []
        self.acknowledged: set[str] = set()
        self._door = door
        self._tag = tag
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._paths = _paths(door)
        pauses = (WRITERS / writes if writes else 0.0, READERS / reads if reads else 0.0)
        self._threads = [
            *(threading.Thread(target=self._write, args=(n, pauses[0]), daemon=True) for n in range(WRITERS)),
            *(threading.Thread(target=self._read, args=(n, pauses[1]), daemon=True) for n in range(READERS)),
        ]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(120)

    def _write(self, part: int, pause: float) -> None:
        def ask(client: httpx2.Client, n: int) -> int:
            event = news(f"{self._tag}-{part}", 1, first=n, people=_PEOPLE)[0]
            answer = client.post("/api/events", json=event)
            if answer.status_code < 300:
                with self._lock:
                    self.acknowledged.add(event["id"])
            return answer.status_code

        self._ask(ask, pause, reading=False)

    def _read(self, part: int, pause: float) -> None:
        self._ask(
            lambda client, n: client.get(self._paths[(n + part) % len(self._paths)]).status_code, pause, reading=True
        )

    def _ask(self, ask: Callable[[httpx2.Client, int], int], pause: float, *, reading: bool) -> None:
        with httpx2.Client(base_url=self._door.client.base_url, timeout=70, trust_env=False) as client:
            n, due = 0, time.monotonic()
            while not self._over.is_set():
                began = time.monotonic()
                try:
                    told = ask(client, n)
                except httpx2.HTTPError:
                    told = 0
                with self._lock:
                    self.seen.append(Seen(began, reading, told, time.monotonic() - began))
                n += 1
                # Who fell behind does not catch up: the load is a rate, not a debt.
                due = max(due + pause, time.monotonic())
                self._over.wait(max(0.0, due - time.monotonic()))


def soak(ground: Ground, minutes: float) -> str:
    """Holds the load for so many minutes. Raises Broken for the first promise that is not kept."""
    with ground.door() as door, ground.worker() as worker:
        must(door.post("/api/events", news("soak-first", 100)).status_code in (200, 201), "events were not taken")
        with Load(door, "soak-probe") as probe:
            time.sleep(PROBE)
        writes, reads = (sum(one.reading is side for one in probe.seen) / PROBE / 2 for side in (False, True))
        windows: list[tuple[float, float]] = []
        memory: list[tuple[float, int]] = []
        began = time.monotonic()
        with Load(door, "soak", writes, reads) as load:
            faults = _faults(ground)
            following = began + EVERY / 2
            while (now := time.monotonic()) < began + 60 * minutes:
                memory.append((now, door.resident + worker.resident))
                if now >= following and now < began + 60 * minutes - EVERY / 2:
                    faults[len(windows) % len(faults)]()
                    back = time.monotonic() + _healed(door)
                    windows.append((now, back + QUIET))
                    following = now + EVERY
                time.sleep(1)
        for tag, one in (("soak-probe", probe), ("soak", load)):
            there = ground.there(tag)
            must(one.acknowledged <= set(there), f"{len(one.acknowledged - set(there))} acknowledged events are lost")
            must(all(version == 1 for version, _ in there.values()), "events have further versions")
    outside = [one for one in load.seen if not _within(one, windows)]
    faulty = [one for one in outside if one.status not in (200, 201)]
    must(not faulty, f"{len(faulty)} of {len(outside)} requests failed outside faults: {faulty[:1]}")
    grown = _growth(memory)
    must(minutes < 10 or grown < GROWTH, f"memory grew by {grown:.1%}")
    first, last = _slow(outside, began, minutes)
    must(minutes < 3 or last < max(SLOWER * first, FLOOR), f"p99 of reads went from {first:.3f} to {last:.3f} s")
    told = f"{len(load.seen)} requests ({writes:.0f} writes and {reads:.0f} reads a second, half of what can be done)"
    return (
        f"{told} in {minutes:g} min, {len(windows)} faults: 0 of {len(outside)} failed outside them, "
        f"{len(load.acknowledged)} acknowledged, 0 lost, memory {grown:+.1%}, p99 of reads {first:.3f} -> {last:.3f} s"
    )


def _paths(door: Door) -> list[str]:
    key = door.key(person(0))
    entity = f"/api/entities/{key}"
    return [
        "/api/entities/trending",
        entity,
        f"{entity}/timeline?limit=20",
        f"{entity}/co-mentions",
        "/api/events?limit=20",
        f"/api/entities?q={person(1).replace(' ', '%20')}",
    ]


def _faults(ground: Ground) -> list[Callable[[], None]]:
    def redis_killed() -> None:
        ground.kill("redis")
        ground.start()

    def emptied() -> None:
        with ground.redis() as redis:
            redis.flushall()

    def neo4j_killed() -> None:
        ground.kill("neo4j")
        ground.start()

    def neo4j_stopped() -> None:
        pid = status(ground.settings.embedded()).by_name["neo4j"].pid
        if pid is not None:
            process = psutil.Process(pid)
            process.send_signal(signal.SIGSTOP)
            time.sleep(5)
            process.send_signal(signal.SIGCONT)

    return [redis_killed, neo4j_killed, emptied, neo4j_stopped]


def _healed(door: Door) -> float:
    """Seconds until all is ready again."""

    def ready() -> bool:
        try:
            return door.get("/readyz").json()["state"] == "ready"
        except (httpx2.HTTPError, ValueError, KeyError):
            return False

    return eventually(ready, 120, "not ready again")


def _within(one: Seen, windows: Iterable[tuple[float, float]]) -> bool:
    """Whether a request was under way while a fault was."""
    return any(one.at <= end and one.at + one.seconds >= begin for begin, end in windows)


def _growth(memory: list[tuple[float, int]]) -> float:
    """Relative growth over the whole time, by the least-squares line through the second half."""
    half = memory[len(memory) // 2 :]
    if len(half) < 3:
        return 0.0
    times, sizes = [at for at, _ in half], [size for _, size in half]
    return linear_regression(times, sizes).slope * (memory[-1][0] - memory[0][0]) / fmean(sizes)


def _slow(seen: list[Seen], began: float, minutes: float) -> tuple[float, float]:
    """p99 of reads in the first and the last third, seconds."""
    third = 20 * minutes
    reads = [one for one in seen if one.reading]
    first = percentile((one.seconds for one in reads if one.at < began + third), 0.99)
    last = percentile((one.seconds for one in reads if one.at >= began + 2 * third), 0.99)
    return first, last
