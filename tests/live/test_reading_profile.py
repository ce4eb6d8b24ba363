"""What a read of a hub costs does not know the hub's degree: counted in db hits, which no load of the machine moves."""

from typing import Any

import pytest

from graph.database import Database
from graph.queries import Statement, statement
from graph.reading.hubs import follow
from graph.reading.instants import BEGINNING, END
from tests.reading_world import NOON, key_of

MIDDLE, LARGE = 1_000, 6_000
_SEED = Statement(
    "test/bulk_entities",
    """
    UNWIND range(0, $others) AS n
    CREATE (x:Entity {key: 'other' + n, kid: 1000 + n, name: 'Other ' + n, kind: 'person', ws: ['WHO'], mentions: 1})
    WITH count(*) AS made
    UNWIND $hubs AS hub
    CREATE (x:Entity {key: hub.key, kid: hub.kid, name: hub.name, kind: 'country', ws: ['WHO', 'WHERE', 'WHAT'],
                      mentions: hub.degree * 2})
    CREATE (:Alias {key: hub.key, name: hub.name, normalised: hub.name})-[:NAMES]->(x)
    """,
)
_EVENTS = Statement(
    "test/bulk_events",
    """
    MATCH (h:Entity {key: $key})
    UNWIND range($from, $to - 1) AS n
    CREATE (e:Event {id: h.name + n, title: 'Event ' + n, ts: $start + n * 60000, version: 1, change: 1,
                     occurred_at: datetime({epochMillis: $start + n * 60000}), precision: 'minute'})
    CREATE (e)-[:WHO {id: 'a' + n, kid: h.kid, ts: e.ts, alias: h.key, surface: h.name}]->(h)
    CREATE (e)-[:WHERE {id: 'b' + n, kid: h.kid, ts: e.ts, alias: h.key, surface: h.name}]->(h)
    WITH e, n
    MATCH (o:Entity {key: 'other' + toInteger(n % 97 * (n % 13))})
    CREATE (e)-[:WHO {id: 'c' + n, kid: o.kid, ts: e.ts, alias: o.key, surface: o.name}]->(o)
    """,
)


@pytest.fixture
def hubs(graph: Database, driver: Any) -> Database:
    """Two hubs, of degree 1,000 and of 6,000 in each of WHO and WHERE, with their co-mentions kept."""
    made = [
        {"key": key_of(name), "kid": kid, "name": name, "degree": degree}
        for kid, (name, degree) in enumerate((("Middle", MIDDLE), ("Large", LARGE)), 1)
    ]
    graph.write(lambda tx, _: tx.rows(_SEED, {"others": 97 * 13, "hubs": made}))
    for hub in made:
        for first in range(0, hub["degree"], 2_000):
            params = {"key": hub["key"], "from": first, "to": min(first + 2_000, hub["degree"]), "start": NOON}
            graph.write(lambda tx, _, params=params: tx.rows(_EVENTS, params))
    with driver.session() as session:
        session.run("MATCH (g:Gate) SET g.change = 1").consume()
        session.run("CALL db.awaitIndexes(60)").consume()
    assert follow(graph).promoted == 2
    return graph


def ratio(graph: Database, name: str, params: dict[str, Any], key: str = "key") -> float:
    """Db hits on the large hub for each on the middle one."""
    one: dict[str, int] = {}
    for hub in ("Middle", "Large"):
        asked = [key_of(hub)] if key == "keys" else key_of(hub)
        one[hub] = graph.profile(statement(name), {**params, key: asked})
    print(f"{name} {params.get('ws', '')}: {one}")  # noqa: T201 (figures for the closing note)
    return one["Large"] / one["Middle"]


WHOLE = {"since": BEGINNING, "until": END, "mention": None, "limit": 100}


def test_hub_costs_what_a_thousandth_of_it_costs(hubs: Database) -> None:
    for ws in (["WHO"], ["WHERE"], ["WHAT"], ["WHO", "WHAT", "WHERE", "WHEN", "WHY"]):
        assert ratio(hubs, "read/entity_timeline", {**WHOLE, "ws": ws}) <= 1.2
    assert ratio(hubs, "read/co_mentions_kept", {"limit": 10}, "keys") <= 1.2
    assert ratio(hubs, "read/co_mentions_kept_kind", {"limit": 10, "kind": "person"}, "keys") <= 1.2
    listed = {"category": None, "since": BEGINNING, "until": END, "after": None, "limit": 50, "w": "WHO", "others": []}
    assert ratio(hubs, "read/event_list_mention", listed) <= 1.2


def test_a_w_that_is_not_asked_for_is_not_read(hubs: Database) -> None:
    one = hubs.profile(statement("read/entity_timeline"), {**WHOLE, "ws": ["WHAT"], "key": key_of("Large")})
    assert one < 100
