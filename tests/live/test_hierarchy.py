"""The hierarchy in the graph: made from what was stated, walked at a cost of its depth, and made anew after a merge."""

import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.errors import NotFound
from graph.queries import statement
from graph.reading.hierarchy import Hierarchy, ancestors, descendants
from ingest.hierarchy import Followed, follow
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
