"""Neo4j killed, absent, silent; the reply to a commit lost; many writers at the same few entities."""

import threading
import time

from api.drill.ground import READ, Door, Ground, eventually, free_port
from api.drill.model import must
from api.drill.news import news
from api.drill.relay import Mode, relayed
from api.drill.senders import Senders, percentile
from api.services import ApiOptions


def killed_under_ingest(ground: Ground) -> str:
    """SIGKILL to Neo4j while clients post; it comes back, and all that was acknowledged is there."""
    backs: list[float] = []
    taken = waited = 0
    with ground.door() as door:
        for n in range(ground.count(2, 10)):
            tag = f"kill-neo4j-{n}"
            events = news(tag, 240)
            senders = Senders(str(door.client.base_url), events).start()
            senders.await_acknowledged(20 + 15 * n)
            ground.kill("neo4j")
            answer, seconds = door.timed(READ)
            must(answer.status_code == 503, f"a read was answered {answer.status_code} while Neo4j was gone")
            must("retry-after" in answer.headers, "503 without Retry-After")
            must(seconds < 3, f"that took {seconds:.1f} s")
            ground.start()
            backs.append(_back(door))
            senders.join()
            must(not senders.faults, f"clients were told {senders.faults}")
            ground.must_hold(tag, senders.acknowledged)
            must(len(senders.acknowledged) == len(events), f"{len(events) - len(senders.acknowledged)} never taken")
            taken += len(events)
            waited += sum(senders.statuses[status] for status in (503, 504))
    must(max(backs) < 5, f"the API was back {max(backs):.1f} s after Neo4j")
    return f"{len(backs)} kills, {taken} events, 0 lost, 0 doubled; {waited} x 503; back {max(backs):.1f} s after Bolt"


def absent_at_start(ground: Ground) -> str:
    """The API starts while there is no Neo4j."""
    with ground.door(ground.through(neo4j=free_port()), ready=False) as door:
        must(door.get("/livez").status_code == 200, "/livez is not 200")
        must(door.get("/readyz").status_code == 503, "/readyz is not 503")
        timings: list[float] = []
        for _ in range(3):
            answer, seconds = door.timed(READ)
            must(answer.status_code == 503, f"data was answered {answer.status_code}")
            timings.append(seconds)
        must(min(timings) < 1, f"data took {min(timings):.1f} s to be refused")
    return f"/livez 200, /readyz 503, data 503 in {min(timings):.2f} s"


def silent(ground: Ground) -> str:
    """Neo4j takes connections and says nothing; the process stays free for others."""
    with relayed(ground.port("neo4j")) as line, ground.door(ground.through(neo4j=line.port)) as door:
        must(door.get(READ).status_code == 200, "the line does not carry")
        line.mode = Mode.SILENT
        # So long it is known from before who may read, and kept answers are given without the graph.
        time.sleep(ApiOptions().key_cache + 1)
        alive: list[float] = []
        over = threading.Event()
        watching = threading.Thread(target=_watch, args=(door, alive, over))
        watching.start()
        try:
            answer, seconds = door.timed(READ)
        finally:
            over.set()
            watching.join()
        must(answer.status_code == 503, f"a read was answered {answer.status_code}")
        must(seconds < 3, f"that took {seconds:.1f} s")
        must(percentile(alive, 0.5) < 0.1, f"/livez took {percentile(alive, 0.5):.2f} s meanwhile")
        line.mode = Mode.PASS
        eventually(lambda: door.get(READ).status_code == 200, 15, "no answer since it speaks")
    return f"503 in {seconds:.1f} s, /livez {percentile(alive, 0.5) * 1000:.0f} ms meanwhile"


def commit_reply_cut(ground: Ground) -> str:
    """The reply to a commit never comes: the client is told that it was taken, and it was taken once."""
    times = ground.count(5, 20)
    with relayed(ground.port("neo4j")) as line, ground.door(ground.through(neo4j=line.port)) as door:
        events = news("cut-commit", times)
        must(door.post("/api/events", news("cut-commit-first", 1)[0]).status_code == 201, "the line does not carry")
        for event in events:
            line.mode = Mode.DEAF_AT_COMMIT
            answer = door.post("/api/events", event)
            must(answer.status_code in (200, 201), f"the client was told {answer.status_code}: {answer.text[:200]}")
        must(line.swallowed == times, f"only {line.swallowed} of {times} replies were lost")
        line.mode = Mode.PASS
        ground.must_hold("cut-commit", {event["id"] for event in events})
        again = door.post("/api/events", events)
        must(again.json()["events"]["unchanged"] == times, f"sent again: {again.json()['events']}")
    return f"{times} replies lost, {times} events taken once each"


def storm(ground: Ground) -> str:
    """Eight writers at twenty entities."""
    events = news("storm", ground.count(960, 4_800), people=20)
    with ground.door() as door:
        # A Neo4j and an API that have just begun are not what is looked at: their first hundred commits are slow.
        first = Senders(str(door.client.base_url), news("storm-first", 320), threads=8, size=4).start().join(900)
        must(not first.faults, f"clients were told {first.faults}")
        senders = Senders(str(door.client.base_url), events, threads=8, size=4).start().join(900)
    must(not senders.faults, f"clients were told {senders.faults}")
    must(set(senders.statuses) <= {200, 201}, f"clients had to come again: {dict(senders.statuses)}")
    ground.must_hold("storm", senders.acknowledged)
    must(len(senders.acknowledged) == len(events), f"{len(events) - len(senders.acknowledged)} never taken")
    slow = percentile(senders.seconds, 0.99)
    must(slow < 2, f"p99 is {slow:.2f} s")
    return f"8 writers, {len(events)} events, 0 errors, p99 {slow:.2f} s"


def _back(door: Door) -> float:
    return eventually(lambda: door.get(READ).status_code == 200, 60, "the API is not back")


def _watch(door: Door, seconds: list[float], over: threading.Event) -> None:
    while not over.is_set():
        started = time.monotonic()
        door.get("/livez")
        seconds.append(time.monotonic() - started)
        time.sleep(0.05)
