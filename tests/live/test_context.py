"""What the graph tells of bearers, read where a batch is planned."""

from neo4j import Driver

from graph.database import Database
from resolution.context import Support, question
from resolution.context_reading import GraphContext
from tests.factory import World, holder, person, told


def test_recent_and_shared_events_are_read_up_to_the_time_and_without_the_event_itself(
    graph: Database, driver: Driver
) -> None:
    world = World(graph)
    world.take(
        told("a", "2025-03-01T00:00:00Z", who=[person("Selma Velde"), person("Ida Brekke")]),
        told("b", "2025-03-08T00:00:00Z", who=[person("Selma Velde")]),
        told("c", "2025-03-09T00:00:00Z", who=[person("Harun Velde"), person("Ida Brekke")]),
        told("self", "2025-03-08T00:00:00Z", who=[person("Selma Velde"), person("Ida Brekke")]),
    )
    selma, harun, ida = (
        holder(driver, event, name)["key"]
        for event, name in (("a", "Selma Velde"), ("c", "Harun Velde"), ("a", "Ida Brekke"))
    )
    asked = question("self", [selma, harun], [ida], 1_741_392_000_000)
    assert asked is not None
    found = graph.reading(lambda tx: dict(GraphContext(tx).support(asked)), timeout=10)
    assert found == {selma: Support(1.5, 1), harun: Support(0.0, 0)}
