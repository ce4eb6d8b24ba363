"""Builders for tests: events as somebody sends them, a pipeline with a fixed clock, a hash of what a graph says.

`graph_hash` leaves out what an interruption may change (times of recording, change numbers, hashes made of them) and
nothing else, so that two graphs of the same events compare equal however they came about.
"""

import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from neo4j import Driver, Query
from redis import Redis

from graph.checking import Fault, check_graph
from graph.claims import check_claims
from graph.database import Database
from graph.facts import check_facts
from graph.job import Attempt
from graph.moment import epoch_ms
from graph.page_check import check_pages
from graph.readers import check_readers
from graph.reading.hub_check import check_hubs
from graph.relations import check_relations
from graph.trending import BoardOptions, Boards, check_boards
from ingest.pipeline import Pipeline
from ingest.projections import Projections
from ingest.report import Report
from resolution.checking import check_partition

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""The fixed clock."""
EVENT_AT = "2026-01-10T08:00:00Z"

Json = dict[str, Any]


def told(event_id: str | None = None, at: str = EVENT_AT, **fields: Any) -> Json:
    """An event as a dict; without fields it only has a title."""
    record: Json = {"occurred_at": at, "title": f"what {event_id or 'somebody'} tells", **fields}
    return record if event_id is None else {"id": event_id, **record}


def named(name: str, kind: str | None = None, **more: Any) -> Json:
    """A WHO or WHERE as an object."""
    return {"name": name, **({"kind": kind} if kind else {}), **more}


def person(name: str, **more: Any) -> Json:
    """A WHO that is stated to be a person."""
    return named(name, "person", **more)


def organization(name: str, **more: Any) -> Json:
    """A WHO that is stated to be an organization."""
    return named(name, "organization", **more)


def country(name: str, **more: Any) -> Json:
    """A WHERE or WHO that is stated to be a country."""
    return named(name, "country", **more)


class World:
    """One graph with a pipeline and boards of its own, at a clock that only the test moves."""

    def __init__(self, graph: Database, redis: Redis | None = None, now: datetime = NOW) -> None:
        self.graph = graph
        self.now = now
        self.boards = Boards(redis, BoardOptions(rest=0)) if redis is not None else None
        self.projections = Projections(graph, self.boards, lambda: self.now)
        self.pipeline = self.another()

    def another(self) -> Pipeline:
        """A further pipeline with an index of its own: what another process would be."""
        return Pipeline(self.graph, lambda: self.now, self.projections)

    def take(self, *records: Json | bytes, by: Pipeline | None = None) -> Report:
        """Ingests records in one go."""
        return (by or self.pipeline).ingest(enumerate(records, 1))

    def faults(self) -> list[object]:
        """All that `pentad check` would tell, boards included where this world has some."""
        self.projections.catch_up()
        found: list[object] = [*check_graph(self.graph), *check_partition(self.graph), *check_hubs(self.graph)]
        found += [*check_relations(self.graph), *check_facts(self.graph)]
        found += check_claims(self.graph)
        found += check_pages(self.graph)
        found += check_readers(self.graph)
        if self.boards is not None:
            found += check_boards(self.graph, self.boards, epoch_ms(self.now))
        return found


def promises(faults: Iterable[object]) -> set[str]:
    """The promises that were found broken."""
    return {fault.promise for fault in faults if isinstance(fault, Fault)}


_FIRST = "Amina Boris Chiara Dmitri Elena Farid Greta Hugo Ines Jonas Katya Lukas Mirela Nadim Olga Pavel".split()
_LAST = "Abernathy Bondarenko Castellan Drozdov Eskildsen Farouk Grimaldi Haugland Ivanenko Jurgens Kovalenko".split()
_PLACES = ("Kenya", "Norway", "Chile", "Georgia", "Nepal", "Varna", "Oruro", "Lake Selwyn")
_BODIES = ("Harbour Board", "Northern Grain Union", "Institute of Tides", "Selwyn Shipping Ltd", "Police (Nepal)")
_DEEDS = ("Make statement", "Consult", "Demand", "Provide aid", "Protest")


def some_news(seed: int, count: int, *, versions: bool = True, risky: bool = True) -> list[Json]:
    """Seeded events with all five W's, names in several forms, namesakes, causes, new versions of some, and with
    `risky` risk and sanctions on some names."""
    chance = random.Random(seed)
    # Of its own, so that who is in the news does not depend on what is said of them.
    grave = random.Random(f"{seed} risk")
    made: list[Json] = []
    for n in range(count):
        first, last = chance.choice(_FIRST), chance.choice(_LAST)
        full = f"{first} {last}"
        forms: tuple[Json, ...] = (person(full), named(full), person(f"{last}, {first}"), person(f"Dr. {full}"))
        who: list[Json] = [chance.choice(forms)]
        if chance.random() < 0.3:
            who.append(person(chance.choice((last, f"{first[0]}. {last}"))))
        if chance.random() < 0.5:
            who.append(chance.choice((organization, named))(chance.choice(_BODIES)))
        if chance.random() < 0.3:
            who.append(named(chance.choice(_PLACES)))
        at = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:00:00Z"
        event = told(
            f"n{seed}-{n}",
            at,
            who=[
                {**one, "role": chance.choice(("source", "target")), **(_said(grave) if risky else {})} for one in who
            ],
            where=[{"name": chance.choice(_PLACES)}],
            what={"text": chance.choice(_DEEDS), "category": "talks"},
            when=at[:10],
            source={"name": "The Selwyn Post", "url": f"https://post.example/{seed}/{n % 50}"},
        )
        if n and chance.random() < 0.3:
            event["why"] = {"event": f"n{seed}-{chance.randrange(count)}"}
        made.append(event)
        if versions and n and chance.random() < 0.1:
            made.append({**chance.choice(made), "title": f"corrected at {n}"})
    return made


def _said(grave: random.Random) -> Json:
    """Risk and sanctions of some: so that all metrics have boards."""
    said: Json = {}
    if grave.random() < 0.3:
        said["risk_score"] = grave.choice((0.0, 0.3, 0.9))
    if grave.random() < 0.1:
        said["sanctions"] = [{"list": "EU", "id": "EU.1", "score": 0.8}, {"list": "UN", "id": "UN.1"}]
    return said


_VOLATILE = frozenset({"change", "made_change", "recorded_at", "created_at", "updated_at", "at", "last_synced_at"})
_PRESENT = frozenset({"closed_at", "revoked_at"})
"""Of these only whether they are set counts."""
_APART = frozenset(
    {"Gate", "Outbox", "SchemaStep", "Projection", "ApiKey", "Load", "Change", "Reply", "Audit", "EventProfile"}
)
"""Bookkeeping of writes, not what the graph says."""


_ALL_NODES = Query("MATCH (n) RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS p", timeout=600)
_ALL_EDGES = Query(
    "MATCH (a)-[r]->(b) RETURN elementId(a) AS a, type(r) AS type, elementId(b) AS b, properties(r) AS p", timeout=600
)
"""A whole graph takes longer than the server allows what states no time of its own."""


def graph_lines(driver: Driver) -> list[str]:
    """Every node and edge with its lasting properties, one line each, sorted."""
    with driver.session() as session:
        nodes = session.run(_ALL_NODES).data()
        edges = session.run(_ALL_EDGES).data()
    born = sorted(node["p"]["born"] for node in nodes if "Alias" in node["labels"])
    place = {value: rank for rank, value in enumerate(born)}
    names: dict[str, str] = {}
    lines: list[str] = []
    for node in nodes:
        if _APART.isdisjoint(node["labels"]):
            names[node["id"]] = _name(node["labels"], node["p"])
            lines.append(names[node["id"]] + " " + _lasting(node["labels"], node["p"], place))
    lines += [
        f"{names[edge['a']]} -{edge['type']}-> {names[edge['b']]} {_lasting((), edge['p'], place)}"
        for edge in edges
        if edge["a"] in names and edge["b"] in names
    ]
    return sorted(lines)


def graph_hash(driver: Driver) -> str:
    """One hash of `graph_lines`."""
    return hashlib.sha256("\n".join(graph_lines(driver)).encode()).hexdigest()


def _name(labels: Iterable[str], p: Mapping[str, Any]) -> str:
    if "Judgement" in labels:
        parts = (p["a"], p["b"], p["verdict"], p["by"], p["reason"], p.get("event"), p.get("mention"))
        return "Judgement " + json.dumps(parts)
    return ":".join(sorted(labels)) + " " + str(p.get("key") or p.get("id"))


def _lasting(labels: Iterable[str], p: Mapping[str, Any], place: Mapping[int, int]) -> str:
    kept = {name: value for name, value in p.items() if name not in _VOLATILE}
    kept |= dict.fromkeys(_PRESENT & kept.keys(), True)
    if "Alias" in labels:
        kept["born"] = place[kept["born"]]
    if "Entity" in labels:
        # It counts the batches that touched the entity.
        kept.pop("version", None)
    if "Judgement" in labels:
        kept.pop("id", None)
    return json.dumps(kept, sort_keys=True, default=str, ensure_ascii=False)


def recount(driver: Driver) -> dict[str, Json]:
    """What every entity should say of itself, counted in Python from the raw edges of live mentions."""
    with driver.session() as session:
        rows = session.run(
            "MATCH (e:Event)-[m]->(x:Entity) WHERE m.closed_at IS NULL AND type(m) <> 'CO_MENTIONED'"
            " RETURN x.key AS key, type(m) AS w, coalesce(m.role, '') AS role, e.ts AS ts"
        ).data()
    found: dict[str, Json] = {}
    for row in rows:
        one = found.setdefault(row["key"], {"mentions": 0, "ws": set(), "roles": Counter(), "ts": []})
        one["mentions"] += 1
        one["ws"].add(row["w"])
        one["ts"].append(row["ts"])
        if row["role"]:
            one["roles"][row["role"]] += 1
    return found


def stored(driver: Driver) -> dict[str, Json]:
    """What every mentioned entity says of itself."""
    with driver.session() as session:
        rows = session.run(
            "MATCH (x:Entity) WHERE x.mentions > 0 RETURN x.key AS key, x.mentions AS mentions, x.ws AS ws,"
            " x.roles AS roles, x.role_counts AS counts, x.first_seen.epochMillis AS first,"
            " x.last_seen.epochMillis AS last"
        ).data()
    return {row["key"]: row for row in rows}


def assert_counts(driver: Driver) -> None:
    """Law 6: what entities say of themselves is what their edges say."""
    wanted, held = recount(driver), stored(driver)
    assert held.keys() == wanted.keys()
    for key, one in wanted.items():
        entity = held[key]
        assert entity["mentions"] == one["mentions"]
        assert set(entity["ws"]) == one["ws"]
        assert dict(zip(entity["roles"], entity["counts"], strict=True)) == dict(one["roles"])
        assert (entity["first"], entity["last"]) == (min(one["ts"]), max(one["ts"]))


def clusters(driver: Driver) -> set[frozenset[str]]:
    """The partition by alias names (with family and discriminator), whichever key names an entity."""
    with driver.session() as session:
        rows = session.run(
            "MATCH (a:Alias)-[:NAMES]->(x:Entity) WHERE a.family IN ['person', 'collective', 'place', 'unspecified']"
            " RETURN x.key AS entity, collect(a.family + ' ' + a.normalised + ' ' + a.discriminator) AS names"
        ).data()
    return {frozenset(row["names"]) for row in rows}


def holder(driver: Driver, event: str, surface: str) -> Json:
    """The entity that a live mention of an event stands on: its key, name, kind, aliases, mentions."""
    with driver.session() as session:
        rows = session.run(
            "MATCH (e:Event {id: $event})-[m]->(x:Entity) WHERE m.surface = $surface AND m.closed_at IS NULL"
            " RETURN DISTINCT x {.key, .name, .kind, .kind_source, .aliases, .mentions, labels: labels(x)} AS x",
            event=event,
            surface=surface,
        ).data()
    assert len(rows) == 1, f"{surface!r} of {event} stands on {len(rows)} entities"
    return rows[0]["x"]


def judged(driver: Driver, name: str) -> list[Json]:
    """Judgements on an alias of that display name, oldest first."""
    with driver.session() as session:
        rows = session.run(
            "MATCH (a:Alias {name: $name})<-[:OF]-(j:Judgement) WITH DISTINCT j ORDER BY j.change, j.id"
            " RETURN j {.verdict, .by, .score, .reason, .mention, revoked: j.revoked_at IS NOT NULL} AS j",
            name=name,
        ).data()
    return [row["j"] for row in rows]


def value(driver: Driver, query: str, **parameters: Any) -> Any:
    """The one value of the one row of a query."""
    with driver.session() as session:
        return session.run(query, parameters).single(strict=True).value()  # pyright: ignore[reportArgumentType]


ATTEMPT = Attempt(
    retry_count=0, worker_name="w", task_id="t", started_at=NOW, duration_ms=5, outcome="done", success=True
)
"""How a job went that did its work."""


def until(true: Callable[[], Any], seconds: float = 30) -> Any:
    """Waits for what becomes true, and gives what it then is."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
    return found


def counts(few: int, many: int) -> pytest.MarkDecorator:
    """Runs a test with `examples` = few in CI, and again with many under `-m slow`."""
    return pytest.mark.parametrize("examples", [few, pytest.param(many, marks=pytest.mark.slow)])


def forall(examples: int, *strategies: SearchStrategy[Any]) -> Callable[[Callable[..., None]], None]:
    """Checks the decorated law at once on that many examples; the same ones each time."""

    def run(law: Callable[..., None]) -> None:
        calm = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
        bounds = settings(
            max_examples=examples, deadline=None, database=None, derandomize=True, suppress_health_check=calm
        )
        bounds(given(*strategies)(law))()

    return run
