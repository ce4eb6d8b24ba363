"""A small world for board tests: gated batches written as the store writes them, and a plain account beside them that
knows what every board must show, computed without any of the code under test."""

import json
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from graph.database import Database, Transaction
from graph.keys import canonical_key, short_id
from graph.queries import Statement, statement
from graph.trending import Boards
from graph.trending.names import BOARDS, METRICS

DAY = 86_400_000
HALF_LIVES = {"1d": 1 * DAY, "7d": 7 * DAY, "30d": 30 * DAY}
NOW = 1_763_730_000_000
"""2025-11-21, the fixed clock of these tests."""

_ENTITIES = Statement(
    "test/entities",
    """
    UNWIND $rows AS row
    MERGE (x:Entity {key: row.key})
    ON CREATE SET x.kid = row.kid, x.kind = row.kind, x.name = row.name, x.roles = ['actor'], x.mentions = 0
    MERGE (a:Alias {key: row.key})
    ON CREATE SET a.aid = row.kid, a.name = row.name
    MERGE (a)-[:NAMES]->(x)
    """,
)
_EVENTS = Statement(
    "test/events",
    """
    UNWIND $rows AS row
    CREATE (e:Event {id: row.id, title: row.id, ts: row.ts, boarded: row.boarded, change: $change,
                     occurred_at: datetime({epochMillis: row.ts})})
    WITH e, row
    UNWIND row.mentions AS m
    MATCH (x:Entity {key: m.key})
    SET x.mentions = x.mentions + 1, x.last_seen = datetime({epochMillis: row.ts})
    FOREACH (_ IN CASE m.w WHEN 'WHO' THEN [1] ELSE [] END |
        CREATE (e)-[:WHO {id: m.w + m.key, kid: x.kid, aid: x.kid, ts: row.ts, weight: m.weight, risk: m.risk,
                    sanctioned: m.sanctioned}]->(x))
    FOREACH (_ IN CASE m.w WHEN 'WHERE' THEN [1] ELSE [] END |
        CREATE (e)-[:WHERE {id: m.w + m.key, kid: x.kid, aid: x.kid, ts: row.ts, weight: m.weight, risk: m.risk,
                    sanctioned: m.sanctioned}]->(x))
    FOREACH (_ IN CASE m.w WHEN 'WHAT' THEN [1] ELSE [] END |
        CREATE (e)-[:WHAT {id: m.w + m.key, kid: x.kid, aid: x.kid, ts: row.ts, weight: m.weight, risk: m.risk,
                    sanctioned: m.sanctioned}]->(x))
    """,
)
_CLOSE = Statement(
    "test/close",
    """
    MATCH (e:Event {id: $id})-[m]->(x:Entity)
    SET m.closed_at = datetime(), m.closed_kid = m.kid, m.kid = null, x.mentions = x.mentions - 1
    """,
)
_MOVE = Statement(
    "test/move",
    """
    MATCH (loser:Entity {key: $loser}), (winner:Entity {key: $winner})
    MATCH (a:Alias)-[n:NAMES]->(loser)
    MERGE (a)-[:NAMES]->(winner)
    DELETE n
    WITH DISTINCT loser, winner
    MATCH (e:Event)-[m:WHO]->(loser)
    CREATE (e)-[c:WHO]->(winner)
    SET c = properties(m), c.kid = CASE WHEN m.kid IS NOT NULL THEN winner.kid END
    DELETE m
    """,
)


@dataclass(frozen=True)
class Mention:
    event: str
    key: str
    ts: int
    weight: float
    w: str = "WHO"
    boarded: bool = True
    live: bool = True
    risk: float | None = None
    sanctioned: float | None = None

    def weighs(self, metric: str) -> float:
        """What it weighs on the boards of a metric."""
        return {"mentions": self.weight, "risk": self.risk or 0.0, "sanctions": self.sanctioned or 0.0}[metric]


@dataclass
class World:
    """Writes through the gate and keeps account."""

    graph: Database
    kinds: dict[str, str] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    payloads: dict[int, str] = field(default_factory=dict)

    def entities(self, n: int, kinds: tuple[str, ...] = ("person", "country", "unspecified")) -> list[str]:
        """n more entities, their kinds in turn."""
        keys = [canonical_key("test", f"entity {len(self.kinds) + i}") for i in range(n)]
        rows = [
            {"key": key, "kid": short_id(key), "kind": kinds[i % len(kinds)], "name": f"name of {key[:6]}"}
            for i, key in enumerate(keys)
        ]
        self.graph.write(lambda tx, _: tx.rows(_ENTITIES, {"rows": rows}))
        self.kinds.update((row["key"], row["kind"]) for row in rows)
        return keys

    def commit(self, *mentions: Mention) -> int:
        """One batch of new events; the change number it got."""
        events: dict[str, list[Mention]] = {}
        for m in mentions:
            events.setdefault(m.event, []).append(m)
        rows = [
            {
                "id": event,
                "ts": told[0].ts,
                "boarded": told[0].boarded,
                "mentions": [
                    {"key": m.key, "w": m.w, "weight": m.weight, "risk": m.risk, "sanctioned": m.sanctioned}
                    for m in told
                ],
            }
            for event, told in events.items()
        ]

        def work(tx: Transaction, change: int) -> int:
            tx.rows(_EVENTS, {"rows": rows, "change": change + 1})
            return self._tell(tx, change + 1, self._parts(lambda metric: self._added(mentions, metric), "add"))

        change = self.graph.write(work)
        self.mentions += mentions
        return change

    def retract(self, event: str, now: int) -> int:
        """Closes an event's edges and tells the values counted anew."""
        touched = {m.key for m in self.mentions if m.event == event}
        self.mentions = [replace(m, live=m.live and m.event != event) for m in self.mentions]

        def work(tx: Transaction, change: int) -> int:
            tx.rows(_CLOSE, {"id": event})
            return self._tell(tx, change + 1, self._sets(touched, now))

        return self.graph.write(work)

    def merge(self, loser: str, winner: str, now: int) -> int:
        """All that is the loser's becomes the winner's (WHO edges), in one batch."""
        self.mentions = [replace(m, key=winner) if m.key == loser else m for m in self.mentions]

        def work(tx: Transaction, change: int) -> int:
            tx.rows(_MOVE, {"loser": loser, "winner": winner})
            return self._tell(tx, change + 1, {**self._sets({loser, winner}, now), "moved": [loser, winner]})

        return self.graph.write(work)

    def swept(self, now: int) -> None:
        """Keeps account of what a sweep at `now` did."""
        self.mentions = [replace(m, boarded=m.boarded or m.ts <= now) for m in self.mentions]

    def scores(
        self, half_life: str, at: int, kind: str = "all", *, past: bool = False, metric: str = "mentions"
    ) -> dict[str, float]:
        """What the board must show at `at`; `past` takes every mention up to then, boarded or not."""
        terms: dict[str, list[float]] = {}
        for m in self.mentions:
            shown = m.ts <= at if past else m.boarded
            age = (at - m.ts) / HALF_LIVES[half_life]
            fits = kind in ("all", self.kinds[m.key])
            if m.live and m.w in ("WHO", "WHERE") and shown and fits and age <= 100:
                terms.setdefault(m.key, []).append(m.weighs(metric) * 2.0**-age)
        sums = {key: math.fsum(values) for key, values in terms.items()}
        return {key: score for key, score in sums.items() if score >= 2.0**-50}

    def _added(self, mentions: tuple[Mention, ...], metric: str) -> dict[str, dict[str, list[tuple[int, float]]]]:
        add: dict[str, dict[str, list[tuple[int, float]]]] = {}
        for m in mentions:
            if m.boarded and m.w in ("WHO", "WHERE") and m.weighs(metric):
                add.setdefault(self.kinds[m.key], {}).setdefault(m.key, []).append((m.ts, m.weighs(metric)))
        return add

    def _sets(self, keys: set[str], now: int) -> dict[str, object]:
        def of(metric: str) -> dict[str, object]:
            shown = {name: self.scores(name, now, metric=metric) for name in HALF_LIVES}
            values = {key: {name: shown[name][key] for name in shown if key in shown[name]} for key in keys}
            return {key: {"kind": self.kinds[key], "at": now, "values": values[key]} for key in keys}

        return self._parts(of, "set")

    @staticmethod
    def _parts(told: Callable[[str], dict[str, Any]], name: str) -> dict[str, object]:
        """The parts of an outbox record, those that say nothing left out."""
        own = {metric: {name: told(metric)} for metric in METRICS if told(metric)}
        return {**own.pop("mentions", {}), **own}

    def _tell(self, tx: Transaction, change: int, told: dict[str, object]) -> int:
        payload = json.dumps(told)
        at = datetime.fromtimestamp(NOW / 1000, UTC)
        tx.rows(statement("write/outbox"), {"change": change, "at": at, "payload": payload})
        self.payloads[change] = payload
        return change


def some_news(world: World, keys: list[str], seed: int, events: int, now: int, days: int = 60) -> list[list[Mention]]:
    """Batches of events of one or two mentions each, up to `days` old, from a seeded chance."""
    chance = random.Random(seed)
    batches: list[list[Mention]] = []
    for n in range(events):
        ts = now - chance.randrange(days * DAY)
        told = chance.sample(keys, 2)
        mentions = [
            Mention(
                f"event {seed}-{n}",
                key,
                ts,
                chance.choice((1.0, 0.7, 0.35)),
                w,
                risk=chance.choice((None, 0.0, 0.2, 0.9)),
                sanctioned=chance.choice((None, None, None, 0.8)),
            )
            for key, w in zip(told, ("WHO", "WHERE"), strict=True)
        ]
        if n % 4 == 0:
            batches.append([])
        batches[-1].extend(mentions)
    return batches


def shown(boards: Boards, half_life: str, now: int, kind: str = "all") -> dict[str, float]:
    """All that one board shows."""
    page = boards.top(kind, half_life, now, limit=100_000)
    return {} if page is None else {key: score for key, score, _ in page.rows}


def close(held: dict[str, float], wanted: dict[str, float]) -> bool:
    """Equal members, scores within 1e-9 relative; members near the floor may be on either side of it."""
    return not apart(held, wanted)


def apart(held: dict[str, float], wanted: dict[str, float]) -> dict[str, tuple[float, float]]:
    """What is not close, both scores by key."""
    pairs = {key: (held.get(key, 0.0), wanted.get(key, 0.0)) for key in set(held) | set(wanted)}
    return {key: (a, b) for key, (a, b) in pairs.items() if abs(a - b) > 1e-9 * max(a, b) + 2.0**-40}


def assert_boards(world: World, boards: Boards, now: int) -> None:
    """Every board of every metric and half-life shows its definition."""
    for metric in METRICS:
        for half_life in HALF_LIVES:
            for kind in BOARDS:
                held, wanted = (
                    shown(boards.of(metric), half_life, now, kind),
                    world.scores(half_life, now, kind, metric=metric),
                )
                assert not apart(held, wanted), (metric, half_life, kind, apart(held, wanted))
