"""The schema: applied once and again, recorded, refused with a list where data breaks it, never by an older Pentad."""

import pytest
from neo4j import Driver
from neo4j.exceptions import Neo4jError

from graph import schema
from graph.database import Database
from graph.errors import Conflict, SchemaConflict
from graph.queries import Statement
from tests.factory import NOW, World, told, value


def test_every_step_is_recorded_and_its_index_answers(graph: Database, driver: Driver) -> None:
    assert schema.pending(graph) == []
    recorded = value(driver, "MATCH (s:SchemaStep) WITH s ORDER BY s.number RETURN collect([s.number, s.name])")
    assert recorded == [[step.number, step.name] for step in schema.steps()]
    assert [step.number for step in schema.steps()] == list(range(1, len(recorded) + 1))
    with driver.session() as session:
        states = session.run("SHOW INDEXES YIELD state RETURN collect(DISTINCT state)").single(strict=True).value()
    assert states == ["ONLINE"]


def test_applying_again_does_nothing_and_unrecorded_steps_are_run_again(graph: Database, driver: Driver) -> None:
    heard: list[str] = []
    assert schema.apply(graph, NOW, heard.append) == 0
    with driver.session() as session:
        session.run("MATCH (s:SchemaStep) WHERE s.number > 3 DELETE s").consume()
    assert schema.apply(graph, NOW, heard.append) == len(heard) == len(schema.steps()) - 3
    assert schema.pending(graph) == []


def test_the_schema_keeps_the_change_number(graph: Database, driver: Driver) -> None:
    World(graph).take(told("e"))
    with driver.session() as session:
        session.run("MATCH (s:SchemaStep) DELETE s").consume()
    schema.apply(graph, NOW)
    assert value(driver, "MATCH (g:Gate) RETURN collect(g.change)") == [1]


def test_data_that_breaks_a_constraint_is_listed_and_after_mending_the_rest_is_applied(
    graph: Database, driver: Driver
) -> None:
    step = next(step for step in schema.steps() if "event_id_unique" in step.name)
    with driver.session() as session:
        session.run("DROP CONSTRAINT event_id_unique").consume()
        session.run("MATCH (s:SchemaStep) WHERE s.number >= $number DELETE s", number=step.number).consume()
        session.run(
            "UNWIND ['twice', 'twice', 'three', 'three', 'three', 'once'] AS id CREATE (:Event {id: id})"
        ).consume()
    try:
        with pytest.raises(SchemaConflict) as refused:
            schema.apply(graph, NOW)
        assert refused.value.duplicates == ["Event.id = 'three'", "Event.id = 'twice'"]
        assert step.name in str(refused.value)
        assert schema.pending(graph)[0].number == step.number
    finally:
        with driver.session() as session:
            session.run("MATCH (e:Event) DELETE e").consume()
        schema.apply(graph, NOW)
    assert schema.pending(graph) == []
    assert value(driver, "SHOW CONSTRAINTS YIELD name WHERE name = 'event_id_unique' RETURN count(*)") == 1


def test_a_graph_of_a_newer_pentad_is_refused(graph: Database, driver: Driver) -> None:
    with driver.session() as session:
        session.run("CREATE (:SchemaStep {number: 9999, name: '9999_future', checksum: 'x'})").consume()
    try:
        with pytest.raises(Conflict, match="use a newer Pentad"):
            schema.apply(graph, NOW)
    finally:
        with driver.session() as session:
            session.run("MATCH (s:SchemaStep {number: 9999}) DELETE s").consume()


def test_a_step_that_was_edited_is_refused(graph: Database, driver: Driver) -> None:
    kept = value(driver, "MATCH (s:SchemaStep {number: 1}) RETURN s.checksum")
    with driver.session() as session:
        session.run("MATCH (s:SchemaStep {number: 1}) SET s.checksum = 'other'").consume()
    try:
        with pytest.raises(Conflict, match="never edited"):
            schema.pending(graph)
    finally:
        with driver.session() as session:
            session.run("MATCH (s:SchemaStep {number: 1}) SET s.checksum = $kept", kept=kept).consume()


def another_step(monkeypatch: pytest.MonkeyPatch, text: str) -> schema.Step:
    """A Pentad with one step more."""
    known = schema.steps()
    made = schema.Step(len(known) + 1, f"{len(known) + 1:04}_another", Statement("schema/another", text))
    monkeypatch.setattr(schema, "steps", lambda: [*known, made])
    return made


def test_a_step_whose_index_is_there_already_counts_as_applied(
    graph: Database, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = another_step(monkeypatch, "CREATE CONSTRAINT event_id_unique FOR (n:Event) REQUIRE n.id IS UNIQUE")
    try:
        assert schema.apply(graph, NOW) == 1
        assert schema.pending(graph) == []
    finally:
        with driver.session() as session:
            session.run("MATCH (s:SchemaStep {number: $number}) DELETE s", number=step.number).consume()


@pytest.mark.parametrize(
    "text",
    [
        "CREATE NOTHING OF THE SORT",
        "CREATE CONSTRAINT another FOR (n:Event) REQUIRE n.id IS UNIQUE OPTIONS {indexProvider: 'nobody'}",
    ],
    ids=["no constraint", "no data in its way"],
)
def test_a_step_that_fails_for_another_reason_says_that_and_is_not_recorded(
    graph: Database, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    step = another_step(monkeypatch, text)
    with pytest.raises(Neo4jError):
        schema.apply(graph, NOW)
    assert schema.pending(graph) == [step]
