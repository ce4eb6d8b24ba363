"""What a read of a hub costs does not know the hub's degree: counted in db hits, which no load of the machine moves."""

from typing import Any

import pytest

from graph.database import Database
from graph.keys import W
from graph.queries import Statement, statement
from graph.reading.hubs import follow
from graph.reading.instants import BEGINNING, END
from graph.reading.timeline import entity_timeline
from tests.reading_world import NOON, key_of

HUBS = {"Middle": (1_000, 0), "Large": (6_000, 0), "Few a day": (1_000, 20), "Many a day": (6_000, 20)}
"""Mentions in each of WHO and WHERE, and the days they share; 0 where each has an instant of its own."""
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
    WITH h, n, $start + CASE $days WHEN 0 THEN n * 60000 ELSE n % $days * 86400000 END AS ts
    CREATE (e:Event {id: h.name + n, title: 'Event ' + n, ts: ts, version: 1, change: 1,
                     occurred_at: datetime({epochMillis: ts}), precision: 'minute'})
    CREATE (e)-[:WHO {id: h.name + 'a' + n, kid: h.kid, ts: e.ts, alias: h.key, surface: h.name}]->(h)
    CREATE (e)-[:WHERE {id: h.name + 'b' + n, kid: h.kid, ts: e.ts, alias: h.key, surface: h.name}]->(h)
    WITH h, e, n
    MATCH (o:Entity {key: 'other' + toInteger(n % 97 * (n % 13))})
    CREATE (e)-[:WHO {id: h.name + 'c' + n, kid: o.kid, ts: e.ts, alias: o.key, surface: o.name}]->(o)
    """,
)


@pytest.fixture
def hubs(graph: Database, driver: Any) -> Database:
    """Hubs of degree 1,000 and 6,000 in each of WHO and WHERE, with their co-mentions kept."""
    made = [
        {"key": key_of(name), "kid": kid, "name": name, "degree": degree, "days": days}
        for kid, (name, (degree, days)) in enumerate(HUBS.items(), 1)
    ]
    graph.write(lambda tx, _: tx.rows(_SEED, {"others": 97 * 13, "hubs": made}))
    for hub in made:
        for first in range(0, hub["degree"], 2_000):
            until = min(first + 2_000, hub["degree"])
            params = {"key": hub["key"], "from": first, "to": until, "start": NOON, "days": hub["days"]}
            graph.write(lambda tx, _, params=params: tx.rows(_EVENTS, params))
    with driver.session() as session:
        session.run("MATCH (g:Gate) SET g.change = 1").consume()
        session.run("CALL db.awaitIndexes(60)").consume()
    assert follow(graph).promoted == len(HUBS)
    return graph


def ratio(
    graph: Database, name: str, params: dict[str, Any], key: str = "key", large: str = "Large", middle: str = "Middle"
) -> float:
    """Db hits on the large hub for each on the middle one."""
    one: dict[str, int] = {}
    for hub in (middle, large):
        asked = [key_of(hub)] if key == "keys" else key_of(hub)
        one[hub] = graph.profile(statement(name), {**params, key: asked})
    print(f"{name} {params.get('ws', '')}: {one}")  # noqa: T201 (figures for the closing note)
    return one[large] / one[middle]


def hits(graph: Database, hub: str, **asked: Any) -> int:
    """Db hits of a page of a timeline."""
    return graph.profile(statement("read/entity_timeline"), {**WHOLE, "key": key_of(hub), **asked})


ALL_WS = [str(w) for w in W]
WHOLE = {"since": BEGINNING, "until": END, "mention": None, "limit": 100}


def test_hub_costs_what_a_sixth_of_it_costs(hubs: Database) -> None:
    for ws in (["WHO"], ["WHERE"], ["WHAT"], ALL_WS):
        assert ratio(hubs, "read/entity_timeline", {**WHOLE, "ws": ws}) <= 1.2
    assert ratio(hubs, "read/co_mentions_kept", {"limit": 10}, "keys") <= 1.2
    assert ratio(hubs, "read/co_mentions_kept_kind", {"limit": 10, "kind": "person"}, "keys") <= 1.2
    listed = {"category": None, "since": BEGINNING, "until": END, "after": None, "limit": 50, "w": "WHO", "others": []}
    assert ratio(hubs, "read/event_list_mention", listed) <= 1.2
    # A W that is not asked for is not read.
    assert hits(hubs, "Large", ws=["WHAT"]) < 100


def test_hundreds_of_mentions_at_one_instant_cost_what_a_few_do(hubs: Database) -> None:
    for middle in ("Few a day", "Middle"):
        for ws in (["WHO"], ["WHERE"], ALL_WS):
            asked = {**WHOLE, "ws": ws}
            assert ratio(hubs, "read/entity_timeline", asked, large="Many a day", middle=middle) <= 1.2
        kept = ratio(hubs, "read/co_mentions_kept", {"limit": 10}, "keys", large="Many a day", middle=middle)
        assert kept <= 1.2
    # A later page reads besides its rows at most the instant that it shares with the one before.
    mentions, days = HUBS["Many a day"]
    end = entity_timeline(hubs, key_of("Many a day"), ws=[W.WHO], limit=250).end
    assert end is not None
    later = hits(hubs, "Many a day", ws=["WHO"], until=end.ts, mention=end.mention)
    assert later <= hits(hubs, "Many a day", ws=["WHO"]) + mentions / days
