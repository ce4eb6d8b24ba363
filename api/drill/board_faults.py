"""Redis killed, emptied, silent, slow, full, read-only: trending goes on, and the boards come back equal."""

import time
from contextlib import suppress

import httpx2
from redis.exceptions import RedisError

from api.drill.ground import READ, Door, Ground, eventually
from api.drill.model import must
from api.drill.news import news
from api.drill.relay import Mode, relayed
from api.drill.senders import Senders
from graph.moment import epoch_ms
from graph.queries import statement
from graph.trending import check_drift

TRENDING = "/api/entities/trending"
REBUILD = 60.0
"""Seconds for each 100,000 mentions."""


def killed(ground: Ground) -> str:
    """SIGKILL to Redis while clients post."""
    events = news("kill-redis", ground.count(200, 1_000))
    with ground.door() as door:
        senders = Senders(str(door.client.base_url), events).start()
        senders.await_acknowledged(40)
        ground.kill("redis")
        answer = door.get(TRENDING)
        must(answer.status_code == 200, f"trending was answered {answer.status_code}")
        must(answer.json()["degraded"], "trending did not say that it is degraded")
        must(door.get("/readyz").json()["state"] == "degraded", "/readyz does not say degraded")
        senders.await_acknowledged(len(events) // 2)
        ground.start()
        senders.join()
        must(not senders.faults, f"clients were told {senders.faults}")
        ground.must_hold("kill-redis", senders.acknowledged)
        back = _whole(ground, door)
    return f"{len(events)} events taken, trending from the graph meanwhile; boards equal {back:.1f} s after"


def emptied(ground: Ground) -> str:
    """FLUSHALL: the boards are made anew from the graph."""
    with ground.door() as door:
        must(door.post("/api/events", news("emptied", 50)).status_code in (200, 201), "not taken")
        with ground.redis() as redis:
            redis.flushall()
        must(door.get(TRENDING).status_code == 200, "trending is not answered while Redis is empty")
        started = time.monotonic()
        ground.pentad("rebuild")
        seconds = time.monotonic() - started
        _whole(ground, door)
        with ground.clients() as clients:
            mentions = clients.database.read(statement("read/check_totals"), timeout=60)[0]["live"]
    bound = max(10.0, REBUILD * mentions / 100_000)
    must(seconds < bound, f"the rebuild of {mentions} mentions took {seconds:.1f} s")
    return f"{mentions} mentions rebuilt in {seconds:.1f} s, boards equal"


def silent_or_slow(ground: Ground) -> str:
    """Redis takes connections and says nothing; then each of its answers is half a second late."""
    told: list[str] = []
    with relayed(ground.port("redis")) as line, ground.door(ground.through(redis=line.port)) as door:
        for mode in (Mode.SILENT, Mode.SLOW):
            line.mode = mode
            # An answer that is kept from before stays true until something is taken.
            taken = door.post("/api/events", news(f"redis-{mode.name.lower()}", 1)[0])
            must(taken.status_code in (200, 201), f"an event was answered {taken.status_code}")
            timings: list[float] = []
            for _ in range(5):
                answer, seconds = door.timed(TRENDING)
                must(answer.status_code == 200, f"trending was answered {answer.status_code}")
                must(answer.json()["degraded"], "trending did not say that it is degraded")
                timings.append(seconds)
            must(sorted(timings)[2] < 1, f"trending took {sorted(timings)[2]:.1f} s with Redis {mode.name.lower()}")
            _, seconds = door.timed(READ)
            must(seconds < 1, f"another read took {seconds:.1f} s")
            told.append(f"{mode.name.lower()}: {sorted(timings)[2]:.2f} s")
            line.mode = Mode.PASS
            line.cut()
            eventually(lambda: not door.get(TRENDING).json()["degraded"], 30, "still degraded since Redis answers")
    return f"trending from the graph ({', '.join(told)}), events taken"


def full_or_read_only(ground: Ground) -> str:
    """Redis refuses writes: its memory is full, then it follows a master that is not there."""
    with ground.door() as door, ground.redis() as redis:
        held = str(redis.config_get("maxmemory")["maxmemory"])
        told: list[str] = []
        for name in ("full", "read-only"):
            try:
                if name == "full":
                    redis.config_set("maxmemory", "1")
                else:
                    redis.execute_command("REPLICAOF", "127.0.0.1", "1")
                taken = door.post("/api/events", news(f"redis-{name}", 20))
                must(taken.status_code in (200, 201), f"events were answered {taken.status_code} with Redis {name}")
                must(door.get(TRENDING).status_code == 200, f"trending is not answered with Redis {name}")
                told.append(name)
            finally:
                with suppress(RedisError):
                    redis.config_set("maxmemory", held)
                    redis.execute_command("REPLICAOF", "NO", "ONE")
            ground.must_hold(f"redis-{name}", {event["id"] for event in news(f"redis-{name}", 20)})
        back = _whole(ground, door)
    return f"{' and '.join(told)}: events taken, trending answered; boards equal {back:.1f} s after"


def _whole(ground: Ground, door: Door) -> float:
    """Waits until trending comes from the boards again, and compares every board with the graph."""

    def healed() -> bool:
        with suppress(httpx2.HTTPError, KeyError):
            return not door.get(TRENDING).json()["degraded"]
        return False

    seconds = eventually(healed, 60, "trending is still degraded")
    with ground.clients() as clients:
        drift = check_drift(clients.database, clients.boards, epoch_ms(clients.clock()))
    must(drift.total == 0, f"of {drift.compared} values of boards {drift.total} are not those of the graph")
    return seconds
