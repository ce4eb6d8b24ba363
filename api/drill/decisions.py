"""Who is who, decided by many at once and in the middle of an ingest."""

import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from api.drill.ground import Door, Ground
from api.drill.model import must
from api.drill.news import Event, between
from api.drill.senders import Senders

_CONSONANTS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "dr", "kl", "st")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "eu", "ou")


def at_once(ground: Ground) -> str:
    """A into B, B into A and B into C by three clients at the same time, again and again."""
    times = ground.count(20, 200)
    told: list[int] = []
    with ground.door() as door, ThreadPoolExecutor(3) as threads:
        for n in range(times):
            keys = _people(door, f"at-once-{n}", [_name(n, part) for part in range(3)])
            a, b, c = keys
            versions = {key: door.get(f"/api/entities/{key}").json()["version"] for key in keys}
            wishes = [_merge(pair, versions) for pair in ((b, a), (a, b), (c, b))]
            answers = list(threads.map(partial(door.post, "/api/merges"), wishes))
            statuses = [answer.status_code for answer in answers]
            must(set(statuses) <= {200, 201, 409}, f"merges were answered {statuses}")
            must(201 in statuses, f"nobody won: {statuses}")
            told += statuses
            ends = [door.get(f"/api/entities/{key}").json()["key"] for key in keys]
            roots = [door.get(f"/api/entities/{key}").json()["key"] for key in ends]
            must(ends == roots, "an entity leads to another one")
            must(ends[0] == ends[1] or statuses[:2] == [409, 409], "A and B are two although somebody joined them")
    return f"{times} rounds: one tree each, {told.count(201)} won, {told.count(409)} were told 409, 0 cycles"


def amid_ingest(ground: Ground) -> str:
    """Merges and their undoing while clients post events of the same people."""
    times = ground.count(20, 200)
    names = [_name(1_000 + n, 0) for n in range(8)]
    events = between("amid", names, ground.count(400, 3_000), first=1)
    with ground.door() as door:
        keys = _people(door, "amid-first", names)
        senders = Senders(str(door.client.base_url), events).start()
        done = undone = 0
        pairs = itertools.cycle(itertools.combinations(keys, 2))
        for n in range(times):
            pair = sorted({door.get(f"/api/entities/{key}").json()["key"] for key in next(pairs)})
            if len(pair) < 2:
                continue
            answer = door.post("/api/merges", {"entities": pair})
            must(answer.status_code in (200, 201, 409), f"a merge was answered {answer.status_code}")
            done += answer.status_code == 201
            if n % 2 and answer.status_code == 201:
                taken = door.client.delete(f"/api/merges/{answer.json()['id']}")
                must(taken.status_code in (200, 201, 409), f"an undo was answered {taken.status_code}")
                undone += taken.status_code < 300
            seen = door.get(f"/api/entities/{keys[n % len(keys)]}")
            must(seen.status_code == 200, f"a read was answered {seen.status_code} meanwhile")
        senders.join()
        must(not senders.faults, f"clients were told {senders.faults}")
        ground.must_hold("amid", senders.acknowledged)
        for key in keys:
            _counts(door, key)
    return f"{done} merges and {undone} undone beside {len(events)} events: 0 lost, every count exact"


def undone_later(ground: Ground) -> str:
    """Two are joined, fifty events come, the join is undone: as if it had never been."""
    names = {tag: [_name(2_000, part) if tag == "joined" else _name(2_001, part) for part in range(2)] for tag in _BOTH}
    with ground.door() as door:
        seen: dict[str, list[Any]] = {}
        for tag, people in names.items():
            keys = _people(door, f"{tag}-first", people, like="first")
            merged = None
            if tag == "joined":
                answer = door.post("/api/merges", {"entities": keys})
                must(answer.status_code == 201, f"the merge was answered {answer.status_code}")
                merged = answer.json()["id"]
            later = between(tag, people, 50, first=10)
            for event, twin in zip(later, between("apart", people, 50, first=10), strict=True):
                event |= {"occurred_at": twin["occurred_at"], "where": twin["where"], "what": twin["what"]}
            must(door.post("/api/events", later).status_code == 201, "the events were not taken")
            if merged is not None:
                must(door.client.delete(f"/api/merges/{merged}").status_code in (200, 201), "the undo was refused")
            seen[tag] = [_life(door, key) for key in keys]
    for one, other in zip(seen["joined"], seen["apart"], strict=True):
        for name, there in one.items():
            must(there == other[name], f"{name}: {there} instead of {other[name]}")
    return "50 events after the join: timelines, co-mentions, counts and scores as of the pair that was never joined"


_BOTH = ("joined", "apart")


def _name(n: int, part: int) -> str:
    """A name that resembles no other."""
    chance = random.Random(f"{n} {part}")  # noqa: S311 (seeded chance, not cryptography)
    first, last = (
        "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(syllables)) for syllables in (3, 4)
    )
    return f"{first.capitalize()} {last.capitalize()}{chance.choice(_CONSONANTS)}"


def _people(door: Door, tag: str, names: list[str], *, like: str = "") -> list[str]:
    """Makes one event with each of these, and answers their keys. Those of two tags that are `like` one another differ
    in their ids and names alone."""
    events: list[Event] = []
    for n, name in enumerate(names):
        event = between(f"{like or tag}-{n}", [name], 1)[0]
        events.append(
            {**event, "id": f"{tag}-{n}-0", "source": {"name": "The Drill", "url": f"https://drill.example/{tag}"}}
        )
    answer = door.post("/api/events", events)
    must(answer.status_code in (200, 201), f"events were answered {answer.status_code}")
    keys = [door.key(name) for name in names]
    must(len(set(keys)) == len(names), f"names are taken for one: {names}")
    return keys


def _merge(pair: tuple[str, str], versions: dict[str, int]) -> dict[str, Any]:
    return {"entities": list(pair), "expected_versions": {key: versions[key] for key in pair}}


def _counts(door: Door, key: str) -> None:
    """A count is that of the edges that a timeline shows."""
    shown = door.get(f"/api/entities/{key}").json()["mention_count"]
    total = door.get(f"/api/entities/{key}/timeline", limit=1).json()["total_mentions"]
    must(shown == total, f"{shown} mentions are counted, {total} are there")


def _life(door: Door, key: str) -> dict[str, Any]:
    """What reads tell of somebody, without the names of the drill."""
    entity = door.get(f"/api/entities/{key}").json()
    timeline = door.get(f"/api/entities/{key}/timeline", limit=100).json()
    beside = door.get(f"/api/entities/{key}/co-mentions", limit=50).json()
    rank = door.get(f"/api/entities/{key}/rank").json()
    return {
        "mentions": entity["mention_count"],
        "timeline": [timeline["total_mentions"], *sorted(row["occurred_at"] for row in timeline["items"])],
        "beside": sorted((row["name"], row["n"]) for row in beside["items"] if row["kind"] != "person"),
        # Two reads are seconds apart, and scores fall with time.
        "score": round(rank["trending_score"] or 0.0, 2),
    }
