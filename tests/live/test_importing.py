"""A first load of many events: the graph that `pentad ingest` leaves, made sooner; refused where there is one."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from neo4j import Driver
from redis import Redis

from graph import schema
from graph.checking import check_graph
from graph.database import Database
from graph.errors import Conflict
from graph.reading.hub_check import check_hubs
from graph.trending import Boards
from ingest import sample
from ingest.importing import Importing
from tests.conftest import empty
from tests.factory import NOW, World, told, value
from tests.judging_world import dump

LATELY = datetime(2015, 10, 1, tzinfo=UTC)


def indexes(driver: Driver) -> list[str]:
    found: list[str] = value(driver, "SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN collect(name)")
    return sorted(found)


def outbox(driver: Driver) -> list[tuple[int, dict[str, object]]]:
    rows = value(driver, "MATCH (o:Outbox) WITH o ORDER BY o.change RETURN collect([o.change, o.payload])")
    return [(change, json.loads(payload)) for change, payload in rows]


def test_an_import_leaves_the_graph_and_the_boards_of_an_ingest(
    graph: Database, driver: Driver, redis_client: Redis
) -> None:
    """The bundled sample by both ways, then all that a read can see, each change and each board compared."""
    made = indexes(driver)
    lines = list(sample.lines())
    world = World(graph, redis_client, LATELY)
    world.take(*lines)
    world.projections.catch_up()
    by_ingest = dump(driver), outbox(driver), world.boards and world.boards.top("all", "7d", 1_443_657_600_000)
    edges = value(driver, "MATCH ()-[c:CO_MENTIONED]->() RETURN count(c)")
    empty(driver, redis_client)
    boards = Boards(redis_client)
    heard: list[str] = []
    with Importing(graph, boards, lambda: LATELY).loading(heard.append) as pipeline:
        assert schema.pending(graph)
        report = pipeline.ingest(enumerate(lines, 1))
    assert report.mentions > 0 and heard == ["indexes", "boards", "co-mentions"]
    assert (schema.pending(graph), indexes(driver)) == ([], made)
    assert dump(driver) == by_ingest[0]
    assert outbox(driver) == by_ingest[1]
    page = boards.top("all", "7d", 1_443_657_600_000)
    assert page and by_ingest[2]
    assert [(key, rank) for key, _, rank in page.rows] == [(key, rank) for key, _, rank in by_ingest[2].rows]
    assert [score for _, score, _ in page.rows] == pytest.approx([score for _, score, _ in by_ingest[2].rows])
    assert value(driver, "MATCH ()-[c:CO_MENTIONED]->() RETURN count(c)") == edges
    assert [*check_graph(graph), *check_hubs(graph)] == []


def test_an_import_into_a_graph_that_holds_something_is_refused(graph: Database, driver: Driver) -> None:
    World(graph).take(told("e"))
    with pytest.raises(Conflict, match="not empty"), Importing(graph, None, lambda: NOW).loading():
        raise AssertionError("was let in")
    assert schema.pending(graph) == []


def test_after_an_import_that_was_cut_short_whoever_opens_the_graph_makes_its_indexes(
    graph: Database, driver: Driver, tmp_path: Path
) -> None:
    made = indexes(driver)
    importing = Importing(graph, None, lambda: NOW)
    importing._leave_out()
    assert len(indexes(driver)) < len(made)
    schema.apply(graph, NOW)
    assert indexes(driver) == made
