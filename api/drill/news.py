"""Made events for drills: each drill's own, told apart by a tag; whom they name is drawn from few, so names meet."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

Event = dict[str, Any]
_FIRST = ("Amal", "Bojan", "Carla", "Dmitri", "Esi", "Farid", "Greta", "Hiroshi", "Ines", "Jakub")
_LAST = ("Okonkwo", "Petrov", "Quintana", "Rahimi", "Sandoval", "Tanaka", "Ulvaeus", "Vermeulen", "Wachter", "Yildiz")
_BODIES = ("Northgate Bank", "Ministry of Harbours", "Selwyn Mining AS", "Court of Audit")
_PLACES = ("Oslo", "Lagos", "Lima", "Osaka", "Bergen")
_DEEDS = ("Talks", "Raid", "Sale", "Strike", "Verdict")


def news(tag: str, count: int, *, first: int = 0, people: int = 20, days: int = 20) -> list[Event]:
    """So many events `tag-first` onwards of the last `days` days: seeded by tag and number, so always the same."""
    today = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return [_one(tag, n, people, days, today) for n in range(first, first + count)]


def _one(tag: str, n: int, people: int, days: int, today: datetime) -> Event:
    chance = random.Random(f"{tag} {n}")  # noqa: S311 (seeded chance, not cryptography)
    drawn = chance.sample(range(people), 2)
    who: list[Event] = [{"name": person(one), "kind": "person", "role": "source"} for one in drawn]
    if chance.random() < 0.5:
        who.append({"name": chance.choice(_BODIES), "kind": "organization"})
    deed = chance.choice(_DEEDS)
    return {
        "id": f"{tag}-{n}",
        "occurred_at": (today - timedelta(hours=1 + chance.randrange(24 * days))).isoformat(),
        "title": f"{deed} number {n} of {tag}",
        "who": who,
        "where": [{"name": chance.choice(_PLACES), "kind": "city"}],
        "what": [{"text": deed, "category": "drill"}],
        "why": "a drill",
        "source": {"name": "The Drill", "url": f"https://drill.example/{tag}/{n % 40}"},
    }


def person(number: int) -> str:
    """One of a hundred names."""
    return f"{_FIRST[number % 10]} {_LAST[number // 10 % 10]}"


def between(tag: str, names: list[str], count: int, *, first: int = 0) -> list[Event]:
    """Events that name one of these people each in turn, and a place and a body of the drill."""
    made = news(tag, count, first=first)
    for n, event in enumerate(made):
        event["who"] = [
            {"name": names[n % len(names)], "kind": "person"},
            {"name": _BODIES[n % len(_BODIES)], "kind": "organization"},
        ]
    return made
