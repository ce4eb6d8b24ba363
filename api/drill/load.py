"""What the machine holds: minutes of writes and reads at a stated rate over a graph with one entity that everybody
names, then three times as many clients that never pause.
"""

import time
from collections.abc import Iterator

import httpx2
import orjson

from api.drill.ground import Door, Ground, eventually
from api.drill.model import must
from api.drill.news import between, person
from api.drill.senders import percentile
from api.drill.traffic import READERS, WRITERS, Seen, Traffic, flat, growth, usual_paths

RATE = 100.0
"""Events a second that must be taken."""
SIZE = 10
"""Events in one request, as feeds and files bring them."""
_OFFERED = 1.1 * RATE
READS = 80.0
"""Reads a second of all readers: each of the eight asks ten times."""
READ, WRITE, HUB = 0.150, 0.400, 0.300
"""p95 of reads, of writes, of reads of the hub; seconds."""
HUB_NAME = "Orsolya Veltrane"
DEGREE = 50_000
_FEW = 5_000
OVERLOAD = 30.0
TIMES = 3
BACK = 5.0
"""Seconds after an overload within which answers are quick again."""
WARM = 120.0
"""Seconds without a pause before anything is counted: Neo4j compiles what is asked often while it is asked."""
_FINE = frozenset({200, 201})
_REFUSALS = frozenset({429, 503})


def held(ground: Ground, minutes: float) -> str:
    """Holds the rate for so many minutes, then the overload. Raises Broken for the first promise that is not kept."""
    _feed(ground, DEGREE if ground.full else _FEW)
    with ground.door() as door, ground.worker() as worker:
        hub = usual_paths(door, HUB_NAME)[1:4]
        paths = [*usual_paths(door, person(0)), *hub]
        with Traffic(door, "load-warm", paths, size=SIZE):
            time.sleep(WARM)
        memory: list[tuple[float, int]] = []
        began = time.monotonic()
        with Traffic(door, "load", paths, writes=_OFFERED / SIZE, reads=READS, size=SIZE) as load:
            while (now := time.monotonic()) < began + 60 * minutes:
                memory.append((now, door.resident + worker.resident))
                time.sleep(1)
        rate = len(load.acknowledged) / (60 * minutes)
        crowd = {"writers": TIMES * WRITERS, "readers": TIMES * READERS}
        with Traffic(door, "load-over", paths, size=SIZE, **crowd) as over:
            time.sleep(OVERLOAD)
        back = eventually(lambda: _quick(door, paths), 60, "answers are slow after the overload")
    faulty = [one for one in load.seen if one.status not in _FINE]
    must(not faulty, f"{len(faulty)} of {len(load.seen)} requests failed: {faulty[:1]}")
    must(rate >= RATE, f"{rate:.0f} events a second were taken")
    read, write = (_p95(one for one in load.seen if one.reading is side) for side in (True, False))
    busiest = _p95(one for one in load.seen if one.path in hub)
    told = f"p95 of reads {read:.3f}, of writes {write:.3f}, of the hub {busiest:.3f} s"
    must(read < READ and write < WRITE and busiest < HUB, told)
    for tag, one in (("load", load), ("load-over", over)):
        ground.must_hold(tag, one.acknowledged)
    grown = growth(memory)
    must(flat(grown, minutes), f"memory grew by {grown:.1%}")
    turned = [one for one in over.seen if one.status not in _FINE]
    wrong = [one for one in turned if one.status not in _REFUSALS or not one.later]
    must(
        not wrong,
        f"{len(wrong)} of {len(over.seen)} requests of the overload were neither taken nor put off: {wrong[:1]}",
    )
    must(back < BACK, f"answers were quick again {back:.1f} s after the overload")
    return (
        f"{rate:.0f} events and {sum(one.reading for one in load.seen) / 60 / minutes:.0f} reads a second for"
        f" {minutes:g} min: 0 failed, {told}, {len(load.acknowledged)} acknowledged, 0 lost, memory {grown:+.1%};"
        f" {TIMES} times the clients: {len(turned)} of {len(over.seen)} put off, 0 lost, quick again after {back:.1f} s"
    )


def _feed(ground: Ground, degree: int) -> None:
    """A first load in which one is named by so many events."""
    file = ground.root / "hub.ndjson"
    with file.open("wb") as out:
        for line in _lines(degree):
            out.write(line)
    done = ground.run("import", str(file), "--json")
    must(done.returncode == 0, f"the first load failed: {done.stderr[-300:]}")


def _lines(degree: int) -> Iterator[bytes]:
    for number in range(degree):
        (event,) = between("hub", [HUB_NAME], 1, first=number)
        event["who"].append({"name": person(number % 100), "kind": "person"})
        yield orjson.dumps(event) + b"\n"


def _p95(seen: Iterator[Seen]) -> float:
    return percentile((one.seconds for one in seen), 0.95)


def _quick(door: Door, paths: list[str]) -> bool:
    """Whether each of these is answered, and within the bound of reads."""
    try:
        return all(answer.status_code == 200 and seconds < READ for answer, seconds in map(door.timed, paths))
    except httpx2.HTTPError:
        return False
