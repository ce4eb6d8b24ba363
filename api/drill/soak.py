"""Minutes of mixed load at half of what this machine can do, with a fault each minute: nothing fails outside faults,
memory stays flat, answers stay as quick as they were.
"""

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import httpx2
import psutil

from api.drill.ground import Door, Ground, eventually
from api.drill.model import Broken, must
from api.drill.news import news, person
from api.drill.senders import percentile
from api.drill.traffic import Seen, Traffic, flat, growth, usual_paths
from graph.embedded import status

PROBE = 15.0
"""Seconds of load without a pause, to learn what this machine can do."""
EVERY = 60.0
QUIET = 5.0
"""Seconds after a part is back that still belong to its fault."""
SLOWER = 1.5
FLOOR = 0.1
"""Seconds below which an answer is quick whatever it was before."""


def soak(ground: Ground, minutes: float) -> str:
    """Holds the load for so many minutes. Raises Broken for the first promise that is not kept."""
    with ground.door() as door, ground.worker() as worker:
        must(door.post("/api/events", news("soak-first", 100)).status_code in (200, 201), "events were not taken")
        paths = usual_paths(door, person(0))
        with Traffic(door, "soak-probe", paths) as probe:
            time.sleep(PROBE)
        writes, reads = (sum(one.reading is side for one in probe.seen) / PROBE / 2 for side in (False, True))
        windows: list[tuple[float, float]] = []
        memory: list[tuple[float, int, int]] = []
        began = time.monotonic()
        with Traffic(door, "soak", paths, writes=writes, reads=reads) as load:
            faults = _faults(ground)
            following = began + EVERY / 2
            while (now := time.monotonic()) < began + 60 * minutes:
                memory.append((now, door.resident, worker.resident))
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
    first, last = _slow(outside, began, minutes)
    grown = growth([(at, api + worker) for at, api, worker in memory])
    told = (
        f"{len(load.seen)} requests ({writes:.0f} writes and {reads:.0f} reads a second, half of what can be done) in "
        f"{minutes:g} min, {len(windows)} faults: {len(faulty)} of {len(outside)} failed outside them, "
        f"{len(load.acknowledged)} acknowledged, 0 lost, memory {grown:+.1%} ({_middle(memory)}), "
        f"p99 of reads {first:.3f} -> {last:.3f} s"
    )
    # All of it at once: whoever ran it for half an hour wants to know what else was kept.
    if faulty:
        raise Broken(f"requests failed: {_when(faulty, windows)}; {told}")
    must(flat(grown, minutes), f"memory grew; {told}")
    must(minutes < 3 or last < max(SLOWER * first, FLOOR), f"reads became slower; {told}")
    return told


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


def _when(faulty: Sequence[Seen], windows: Sequence[tuple[float, float]]) -> str:
    """Which answers came, how long they took, and how long after the last fault was over."""
    statuses = ", ".join(f"{n} x {status or 'cut'}" for status, n in Counter(one.status for one in faulty).items())
    after = [one.at - max((end for _, end in windows if end <= one.at), default=one.at) for one in faulty]
    longest = max(one.seconds for one in faulty)
    return f"{statuses}, {min(after):.0f} to {max(after):.0f} s after a fault was over, {longest:.1f} s at most"


def _middle(memory: Sequence[tuple[float, int, int]]) -> str:
    """Megabytes of API and worker when half of the time was over, and at its end."""
    at = (memory[len(memory) // 2], memory[-1]) if memory else ()
    api, worker = (" -> ".join(f"{one[part] / 1e6:.0f}" for one in at) for part in (1, 2))
    return f"from half of it on, API {api} MB, worker {worker} MB"


def _slow(seen: list[Seen], began: float, minutes: float) -> tuple[float, float]:
    """p99 of reads in the first and the last third, seconds."""
    third = 20 * minutes
    reads = [one for one in seen if one.reading]
    first = percentile((one.seconds for one in reads if one.at < began + third), 0.99)
    last = percentile((one.seconds for one in reads if one.at >= began + 2 * third), 0.99)
    return first, last
