"""The same event again and again, in any order, under one name with two contents, and at times that do not exist."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from api.drill.ground import Door, Ground
from api.drill.model import must
from api.drill.news import Event, news

_ORDERS = 20
_PLACES = ("Quito", "Accra")


def again(ground: Ground) -> str:
    """One event 32 times at once, then three times more; a few events in twenty orders."""
    event = news("again", 1)[0]
    with ground.door() as door:
        with ThreadPoolExecutor(32) as threads:
            answers = list(threads.map(partial(door.post, "/api/events"), [event] * 32))
        must({a.status_code for a in answers} <= {200, 201}, f"answered {[a.status_code for a in answers]}")
        must(sum(a.status_code == 201 for a in answers) == 1, "not exactly one was told that it is new")
        for _ in range(3):
            must(door.post("/api/events", event).json()["events"]["unchanged"] == 1, "it was not told as known")
        ground.must_hold("again", {event["id"]})
        must(len(ground.there("again")) == 1, "it is there more than once")
        chance = random.Random(19)  # noqa: S311 (seeded chance, not cryptography)
        lives: list[Any] = []
        for n in range(_ORDERS):
            events = _story(n)
            chance.shuffle(events)
            for one in events:
                must(door.post("/api/events", one).status_code == 201, "an event was not taken")
            lives.append(_told(door, n))
    must(all(life == lives[0] for life in lives), "the order of events shows")
    return f"32 at once are 1; {_ORDERS} orders of {len(_story(0))} events come to the same"


def other_body(ground: Ground) -> str:
    """One `Idempotency-Key` for two requests."""
    one, two = news("other-body", 2)
    with ground.door() as door:
        first = door.post("/api/events", one, Idempotency_Key="drill-20")
        must(first.status_code == 201, f"the first was answered {first.status_code}")
        must(door.post("/api/events", one, Idempotency_Key="drill-20").content == first.content, "another answer")
        other = door.post("/api/events", two, Idempotency_Key="drill-20")
        must(other.status_code == 409, f"the other was answered {other.status_code}")
        must(other.headers["content-type"] == "application/problem+json", "409 is no problem+json")
    must(set(ground.there("other-body")) == {one["id"]}, "the other one was taken")
    return "the same again: the same answer; another: 409, nothing written"


def times(ground: Ground) -> str:
    """Ancient, future, zoneless and impossible times."""
    far = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3_650)
    taken = {
        "1900-06-01": ("1900-06-01T00:00:00Z", "day"),
        "0001-01-01": ("0001-01-01T00:00:00Z", "day"),
        "2025-03-01T10:00:00": ("2025-03-01T10:00:00Z", None),
        "2025-03-01T10:00:00+14:00": ("2025-02-28T20:00:00Z", None),
        "2016-12-31T23:59:60Z": ("2017-01-01T00:00:00Z", None),
        far.isoformat(): (far.isoformat().replace("+00:00", "Z"), None),
    }
    refused = (
        "0000-01-01",
        "10000-01-01",
        "999999999-01-01",
        "2025-02-30",
        "2025-01-01T25:00:00Z",
        "yesterday",
        "",
        "NaN",
    )
    with ground.door() as door:
        for n, (told, (meant, precision)) in enumerate(taken.items()):
            event = {**news("times", 1, first=n)[0], "occurred_at": told}
            event["who"] = [{"name": "Theodora Ngata", "kind": "person"}]
            answer = door.post("/api/events", event)
            must(answer.status_code == 201, f"{told} was answered {answer.status_code}")
            seen = door.get(f"/api/events/{event['id']}").json()
            must(seen["occurred_at"] == meant, f"{told} is kept as {seen['occurred_at']}")
            must(precision in (None, seen["precision"]), f"{told} is kept to the {seen['precision']}")
        for told in refused:
            answer = door.post("/api/events", {**news("times", 1, first=99)[0], "occurred_at": told})
            must(answer.status_code == 422, f"{told!r} was answered {answer.status_code}")
        board = door.get("/api/entities/trending", limit=200).json()["rows"]
        must(all(row["name"] != "Theodora Ngata" for row in board), "who is only in the past and in the future trends")
    return f"{len(taken)} kept in UTC with their precision, {len(refused)} refused; ten years ahead does not trend"


def _story(n: int) -> list[Event]:
    """Five events of two people and a body that no other story has: numerals part them."""
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=4)
    people = [f"Order {n + 101} Society", f"Order {n + 101} Council"]
    return [
        {
            "id": f"order-{n}-{k}",
            "occurred_at": (day + timedelta(hours=k)).isoformat(),
            "title": f"Meeting {k}",
            "who": [{"name": name, "kind": "organization"} for name in people[: 1 + k % 2]],
            "where": [{"name": _PLACES[k % 2], "kind": "city"}],
        }
        for k in range(5)
    ]


def _told(door: Door, n: int) -> Any:
    found: list[Any] = []
    for word in ("Society", "Council"):
        key = door.key(f"Order {n + 101} {word}")
        entity = door.get(f"/api/entities/{key}").json()
        timeline = door.get(f"/api/entities/{key}/timeline").json()
        beside = door.get(f"/api/entities/{key}/co-mentions").json()["items"]
        found.append(
            (
                entity["mention_count"],
                len(entity["aliases"]),
                [(row["occurred_at"], row["title"]) for row in timeline["items"]],
                sorted((row["name"].replace(str(n + 101), ""), row["n"]) for row in beside),
            )
        )
    return found
