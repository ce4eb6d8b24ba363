"""`pentad check` finds every planted fault: for each promise one way of breaking it, and the report of it."""

import re
from pathlib import Path

import pytest
from neo4j import Driver
from redis import Redis

from graph.checking import check_graph
from graph.database import Database
from graph.trending import Difference
from resolution.checking import check_partition
from tests.factory import World, organization, person, promises, told

ROOT = Path(__file__).parents[2]
FAULTS: list[tuple[str, str, str]] = [
    ("the outbox ends at the gate's number", "gate-ahead", "MATCH (g:Gate) SET g.change = g.change + 1"),
    ("the outbox ends at the gate's number", "outbox-lost", "MATCH (o:Outbox {change: 2}) DETACH DELETE o"),
    ("the outbox has no gaps", "outbox-gap", "MATCH (o:Outbox {change: 1}) SET o.change = 0"),
    ("a mention is live or closed", "both", "MATCH ()-[m:WHO {surface: 'Ada Stays'}]->() SET m.closed_at = datetime()"),
    ("a mention is live or closed", "neither", "MATCH ()-[m:WHO {surface: 'Ada Stays'}]->() REMOVE m.kid"),
    ("a mention is live or closed", "half", "MATCH ()-[m:WHO {surface: 'Bo Leaves'}]->() REMOVE m.closed_at"),
    ("an event's hash is among its hashes", "hash", "MATCH (e:Event {id: 'e'}) SET e.content_hash = 'other'"),
    ("each former version is kept", "version-lost", "MATCH (v:EventVersion) DETACH DELETE v"),
    ("each former version is kept", "version-number", "MATCH (e:Event {id: 'f'}) SET e.version = 2"),
    (
        "an alias's key is the hash of its parts",
        "renamed",
        "MATCH (a:Alias {name: 'Ada Stays'}) SET a.normalised = 'x'",
    ),
    ("an alias's key is the hash of its parts", "aid", "MATCH (a:Alias {name: 'Ada Stays'}) SET a.aid = 1"),
    ("an alias names one entity", "nobody", "MATCH (:Alias {name: 'Bo Leaves'})-[n:NAMES]->() DELETE n"),
    (
        "an alias names one entity",
        "two",
        "MATCH (a:Alias {name: 'Ada Stays'}), (x:Entity {name: 'Harbour Board'}) CREATE (a)-[:NAMES]->(x)",
    ),
    (
        "each edge is on its alias's entity",
        "astray",
        "MATCH (e)-[m:WHO {surface: 'Ada Stays'}]->(), (x:Entity {name: 'Harbour Board'})"
        " CREATE (e)-[n:WHO]->(x) SET n = properties(m) DELETE m",
    ),
    (
        "each edge is on its alias's entity",
        "closed-astray",
        "MATCH (e)-[m:WHO {surface: 'Bo Leaves'}]->(), (x:Entity {name: 'Harbour Board'})"
        " CREATE (e)-[n:WHO]->(x) SET n = properties(m) DELETE m",
    ),
    (
        "each live mention stands on an alias",
        "no-alias",
        "MATCH ()-[m:WHO {surface: 'Ada Stays'}]->() SET m.alias = 'nobody'",
    ),
    ("an alias counts its mentions", "alias-count", "MATCH (a:Alias {name: 'Ada Stays'}) SET a.mentions = 7"),
    ("an alias counts its mentions", "stale-zero", "MATCH (a:Alias {name: 'Bo Leaves'}) SET a.mentions = 1"),
    ("an entity counts its mentions", "entity-count", "MATCH (x:Entity {name: 'Ada Stays'}) SET x.mentions = 7"),
    (
        "first and last seen are those of its mentions",
        "seen",
        "MATCH (x:Entity {name: 'Ada Stays'}) SET x.last_seen = datetime('2001-01-01T00:00Z')",
    ),
    (
        "edges carry their entity's short id and their event's time",
        "edge-kid",
        "MATCH ()-[m:WHO {surface: 'Ada Stays'}]->() SET m.kid = 1",
    ),
    (
        "edges carry their entity's short id and their event's time",
        "edge-time",
        "MATCH (e:Event {id: 'f'}) SET e.ts = e.ts + 1",
    ),
    (
        "edges carry their entity's short id and their event's time",
        "kid",
        "MATCH (x:Entity {name: 'Ada Stays'}) SET x.kid = 1",
    ),
    (
        "a mention is there once",
        "doubled",
        "MATCH (e)-[m:WHO {surface: 'Ada Stays'}]->(x) CREATE (e)-[n:WHO]->(x) SET n = properties(m)",
    ),
    (
        "an entity goes by its earliest alias",
        "other-key",
        "MATCH (a:Alias {name: 'Nicolas Maduro'}) SET a.born = -1",
    ),
    (
        "an entity is called by its most frequent name",
        "other-name",
        "MATCH (x:Entity) WHERE size(x.aliases) = 2 SET x.name = x.aliases[1]",
    ),
    (
        "the partition is what the ledger says",
        "revoked",
        "MATCH (j:Judgement {verdict: 'positive'}) SET j.revoked_at = datetime()",
    ),
]


@pytest.fixture
def world(graph: Database, redis_client: Redis) -> World:
    world = World(graph, redis_client)
    world.take(
        told("e", who=[person("Ada Stays"), person("Bo Leaves")]),
        told("f", who=[person("Nicolás Maduro"), person("Nicolas Maduro")]),
    )
    world.take(told("e", title="again", who=[person("Ada Stays"), organization("Harbour Board")]))
    assert world.faults() == []
    return world


def break_it(driver: Driver, query: str) -> None:
    with driver.session() as session:
        made = session.run(query).consume().counters  # pyright: ignore[reportArgumentType]
    assert made.contains_updates


@pytest.mark.parametrize(("promise", "query"), [(p, q) for p, _, q in FAULTS], ids=[name for _, name, _ in FAULTS])
def test_a_broken_promise_is_told(world: World, driver: Driver, promise: str, query: str) -> None:
    world.boards = None
    break_it(driver, query)
    assert promise in promises(checked(world))


def checked(world: World) -> list[object]:
    """As `faults`, without letting the projections follow what was broken."""
    return [*check_graph(world.graph), *check_partition(world.graph)]


def test_every_promise_has_a_planted_fault() -> None:
    told_in = [(ROOT / name).read_text() for name in ("graph/checking.py", "resolution/checking.py")]
    assert set(re.findall(r'Fault\("([^"]+)"', "".join(told_in))) == {promise for promise, _, _ in FAULTS}


def test_a_board_that_lost_or_gained_a_value_is_told(world: World, redis_client: Redis) -> None:
    board = next(key for key in redis_client.scan_iter("pentad:{mentions:7d}:*:person"))
    member = redis_client.zrange(board, 0, 0)[0]
    redis_client.zincrby(board, redis_client.zscore(board, member), member)
    found = [one for one in world.faults() if isinstance(one, Difference)]
    assert [(one.half_life, one.board) for one in found] == [("7d", "person")]
