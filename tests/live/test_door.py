"""What Neo4j refuses is told in Pentad's own words: what the caller gave wrong, what is not there now; all else as it
is."""

from dataclasses import replace

import pytest
from neo4j.exceptions import Neo4jError

from graph.database import Database, connect
from graph.errors import DatabaseUnavailable, InvalidInput, NotFound
from graph.queries import Statement
from graph.reading.neighbourhood import neighbourhood
from tests.factory import World, person, told
from tests.judging_world import key_of

LIMITED = Statement("test/limited", "MATCH (n) RETURN n.x AS x LIMIT $limit")


def test_an_argument_that_cannot_be_is_the_callers(graph: Database) -> None:
    with pytest.raises(InvalidInput):
        graph.read(LIMITED, {"limit": -1})


def test_a_statement_that_is_wrong_is_told_as_it_is(graph: Database) -> None:
    with pytest.raises(Neo4jError):
        graph.read(Statement("test/wrong", "MATCH (n RETURN n"))


def test_a_database_that_is_not_there_is_not_there_now(graph: Database) -> None:
    with connect(replace(graph.options, database="nowhere")) as other, pytest.raises(DatabaseUnavailable):
        other.read(LIMITED, {"limit": 1})


def test_how_far_around_is_bounded(graph: Database) -> None:
    World(graph).take(told("e", who=[person("Ada Stays"), person("Bo Leaves")]))
    for depth in (0, 9):
        with pytest.raises(InvalidInput, match="depth"):
            neighbourhood(graph, key_of("Ada Stays"), depth=depth)
    with pytest.raises(NotFound):
        neighbourhood(graph, "f" * 64, depth=1)
