"""The hierarchy in the graph: made from what was stated, walked at a cost of its depth, and made anew after a merge."""

from datetime import UTC, datetime, timedelta

import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.errors import NotFound
from graph.hierarchy import moments
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.reading.hierarchy import Hierarchy, ancestors, descendants
from ingest.hierarchy import Followed, follow
from resolution.past.at import descendants_at, hierarchy_at
from tests.factory import named, told, value
from tests.judging_world import Court, key_of

RIGA, LATVIA, EUROPE = (key_of(name, "place") for name in ("Riga", "Latvia", "Europe"))

ABOVE = statement("read/hierarchy_above")


@pytest.fixture
def court(graph: Database, redis_client: Redis) -> Court:
    found = Court(graph, redis_client)
    riga = named("Riga", "city", path=["Europe", "Latvia", "Riga"])
    found.take(
        told("a", where=[riga, named("Latvia", "country")], when="2026-01-10"),
        told("b", where=[named("Europe", "region")], when="2026-01"),
        told("c", where=[named("Jurmala", "city", path=["Latvia", "Jurmala"])]),
    )
    return found


def names(found: Hierarchy) -> list[tuple[str, int]]:
    return [(row.name, row.depth) for row in found.rows]


def test_it_is_made_once_and_walked_both_ways(court: Court, driver: Driver) -> None:
    assert follow(court.graph) == Followed(places=3, dates=1)
    assert follow(court.graph) == Followed(places=0, dates=0)
    found = ancestors(court.graph, RIGA)
    assert names(found) == [("Latvia", 1), ("Europe", 2)]
    assert found.path == ["Europe", "Latvia"] and {row.by for row in found.rows} == {"stated"}
    assert sorted(names(descendants(court.graph, EUROPE, depth=3))) == [("Jurmala", 2), ("Latvia", 1), ("Riga", 2)]
    cut = descendants(court.graph, EUROPE, depth=3, limit=1)
    assert names(cut) == [("Latvia", 1)] and cut.more
    assert value(driver, "MATCH (d:When)-[:PART_OF]->(m:When) RETURN d.name + ' ' + m.name") == "2026-01-10 2026-01"
    with pytest.raises(NotFound):
        ancestors(court.graph, "0" * 64)


def test_going_up_costs_a_step_a_level_whatever_lies_beside(court: Court) -> None:
    follow(court.graph)
    few = court.graph.profile(ABOVE, {"key": RIGA})
    court.take(*(told(f"n{n}", where=[named(f"Town {n}", "city", path=["Latvia", f"Town {n}"])]) for n in range(300)))
    assert follow(court.graph).places == 300
    assert court.graph.profile(ABOVE, {"key": RIGA}) <= few * 1.2


def test_a_merge_is_followed_at_the_next_round(court: Court) -> None:
    court.take(told("d", where=[named("Vidzeme", "region"), named("Liepaja", "city", path=["Vidzeme", "Liepaja"])]))
    follow(court.graph)
    court.merge(key_of("Vidzeme", "place"), LATVIA)
    follow(court.graph)
    assert {name for name, _ in names(descendants(court.graph, LATVIA))} == {"Riga", "Jurmala", "Liepaja"}


def test_of_a_past_time_it_is_made_of_what_was_told_by_then(court: Court) -> None:
    follow(court.graph)
    first = court.now
    month = next(row.key for row in moments(court.graph) if row.name == "2026-01")
    before = {key: hierarchy_at(court.graph, key, Clocks(), limit=50) for key in (RIGA, LATVIA, EUROPE, month)}
    assert all(rows[1].rows for key, rows in before.items() if key != RIGA) and before[RIGA][0].rows
    court.now += timedelta(hours=1)
    beside = named("Liepaja", "city", path=["Latvia", "Liepaja"])
    court.take(told("d", where=[beside, named("Latvia", "country")], when="2026-01-11"))
    court.take(told("c", where=[named("Tartu", "city", path=["Estonia", "Tartu"]), named("Estonia", "country")]))
    court.merge(key_of("Jurmala", "place"), RIGA)
    follow(court.graph)
    for key, rows in before.items():
        assert hierarchy_at(court.graph, key, Clocks(first, first, first), limit=50) == rows
        assert hierarchy_at(court.graph, key, Clocks(), limit=50) != rows
        now = Clocks(known_at=court.now, identity_at=court.now)
        assert hierarchy_at(court.graph, key, now, limit=50) == hierarchy_at(court.graph, key, Clocks(), limit=50)
    long_ago = Clocks(as_of=datetime(2000, 1, 1, tzinfo=UTC))
    assert [rows.rows for rows in hierarchy_at(court.graph, RIGA, long_ago, limit=50)] == [[], []]
    assert descendants_at(court.graph, EUROPE, Clocks(known_at=first), depth=3, limit=1).more
    with pytest.raises(NotFound):
        hierarchy_at(court.graph, "0" * 64, long_ago, limit=50)
