"""Versions: what is new, what is known, what is too old; the former version is kept and its edges are closed."""

from typing import Any

import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from tests.factory import World, assert_counts, holder, person, told, value

Steps = list[tuple[dict[str, Any], str]]
A, B, C = ({"title": title} for title in "ABC")


@pytest.fixture
def world(graph: Database, redis_client: Redis) -> World:
    return World(graph, redis_client)


def outcome(world: World, record: dict[str, Any]) -> str:
    report = world.take(record)
    counted = {
        "new": report.events_new,
        "changed": report.events_changed,
        "unchanged": report.events_unchanged,
        "stale": report.rejected,
    }
    assert sum(counted.values()) == 1
    return next(name for name, count in counted.items() if count)


@pytest.mark.parametrize(
    "steps",
    [
        [(A, "new"), (A, "unchanged"), (B, "changed"), (B, "unchanged"), (A, "unchanged"), (C, "changed")],
        [({**A, "version": 3}, "new"), ({**A, "version": 3}, "unchanged"), ({**B, "version": 3}, "stale")],
        [({**A, "version": 3}, "new"), ({**B, "version": 2}, "stale"), ({**A, "version": 2}, "unchanged")],
        [({**A, "version": 3}, "new"), ({**A, "version": 4}, "changed"), ({**A, "version": 4}, "unchanged")],
        [({**A, "version": 1}, "new"), ({**B, "version": 2}, "changed"), ({**A, "version": 3}, "changed")],
        [({**A, "version": 5}, "new"), (A, "unchanged"), (B, "changed")],
        [
            (A, "new"),
            ({**A, "version": 9}, "unchanged"),
            ({**B, "version": 1}, "changed"),
            ({**C, "version": 1}, "stale"),
        ],
        [({**A, "version": 5}, "new"), (B, "changed"), ({**C, "version": 4}, "stale")],
    ],
    ids=["content", "equal", "lower", "higher", "back-again", "then-none", "none-then", "none-between"],
)
def test_content_and_the_callers_number_decide_what_is_new(world: World, driver: Driver, steps: Steps) -> None:
    assert [outcome(world, told("e", **record)) for record, _ in steps] == [wanted for _, wanted in steps]
    written = sum(wanted in ("new", "changed") for _, wanted in steps)
    assert value(driver, "MATCH (e:Event {id: 'e'}) RETURN e.version") == written
    assert value(driver, "MATCH (:Event {id: 'e'})-[:HAD_VERSION]->(v) RETURN count(v)") == written - 1
    assert world.faults() == []


def test_a_stale_version_says_which_one_is_known(world: World) -> None:
    world.take(told("e", version=3, title="A"))
    (reject,) = world.take(told("e", version=2, title="B")).rejects
    assert (reject.id, reject.field) == ("e", "version")
    assert "3" in reject.reason


def test_the_former_version_is_kept_and_its_edges_are_closed(world: World, driver: Driver) -> None:
    world.take(told("e", title="one", who=[person("Ada Stays"), person("Bo Leaves")], source="The Post", where="Chile"))
    world.take(told("e", title="two", who=[person("Ada Stays"), person("Cy Comes")], source="The Times", where="Chile"))
    former = value(driver, "MATCH (:Event {id: 'e'})-[:HAD_VERSION]->(v) RETURN [v.id, v.version, v.title, v.event_id]")
    assert former == ["e#1", 1, "one", "e"]
    edges = value(
        driver,
        "MATCH (:Event {id: 'e'})-[m:WHO]->() WITH m ORDER BY m.surface, m.closed_at IS NULL"
        " RETURN collect([m.surface, m.kid IS NOT NULL, m.aid IS NOT NULL, m.closed_kid IS NOT NULL,"
        " m.closed_aid IS NOT NULL, m.closed_at IS NOT NULL])",
    )
    live, closed = [True, True, False, False, False], [False, False, True, True, True]
    assert edges == [
        ["Ada Stays", *closed],
        ["Ada Stays", *live],
        ["Bo Leaves", *closed],
        ["Cy Comes", *live],
    ]
    reports = "MATCH (:Event {id: 'e'})-[r:REPORTED_IN]->()-[:PUBLISHED_BY]->(s) WITH r, s ORDER BY s.name"
    assert value(driver, reports + " RETURN collect([s.name, r.closed_at IS NULL])") == [
        ["The Post", False],
        ["The Times", True],
    ]
    assert holder(driver, "e", "Ada Stays")["mentions"] == 1
    assert value(driver, "MATCH (x:Entity {name: 'Bo Leaves'}) RETURN [x.mentions, x.last_seen, x.ws]") == [0, None, []]
    assert value(driver, "MATCH (a:Alias {name: 'Bo Leaves'}) RETURN [a.mentions, a.last_seen]") == [0, None]
    assert_counts(driver)
    assert world.faults() == []


def test_mentions_that_versions_share_have_one_id(world: World, driver: Driver) -> None:
    world.take(told("e", title="one", who=person("Ada Stays")), told("e", title="two", who=person("Ada Stays")))
    assert value(driver, "MATCH ()-[m:WHO]->() RETURN [count(m), count(DISTINCT m.id)]") == [2, 1]


def test_an_event_that_moves_in_time_moves_on_the_boards(world: World, driver: Driver) -> None:
    world.take(told("e", "2026-01-01", who=person("Ada Stays")), told("f", "2026-01-02", who=person("Ada Stays")))
    for at in ("2026-01-14", "2025-06-01", "2027-01-01", "2026-01-03"):
        world.take(told("e", at, who=person("Ada Stays")))
        assert world.faults() == []
        assert_counts(driver)


def test_a_version_that_ends_a_mention_takes_it_off_the_boards(world: World) -> None:
    world.take(told("e", who=person("Ada Leaves")))
    world.take(told("e", who=person("Bo Comes")))
    assert world.faults() == []


def test_a_new_version_may_come_with_a_name_that_moves_an_older_one(world: World, driver: Driver) -> None:
    # One transaction both moves the edges of `Jurgens` and closes one of them.
    world.take(told("e", who=[person("Chiara Jurgens")]), told("f", who=[person("Jurgens")]))
    assert holder(driver, "f", "Jurgens")["name"] == "Chiara Jurgens"
    for _ in range(3):
        world.take(told("f", title="again", who=[person("Jurgens")]), told("g", who=[person("Olga Jurgens")]))
        assert world.faults() == []
        assert_counts(driver)
