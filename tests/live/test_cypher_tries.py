"""What a header says to try can be tried: each read and recipe runs as a user of Neo4j Browser would run it."""

import re
from typing import Any

import pytest
from neo4j import Driver, Query

from graph.database import Database
from graph.embedding import profiles
from graph.embedding.ngrams import NGrams
from graph.queries import names, statement
from tests.reading_world import NOON, Told, World

READS = [name for folder in ("read", "explore") for name in names(folder)]
PARAMS = re.compile(r"^// try: +:params (\{.*\})$", re.MULTILINE)


@pytest.mark.parametrize("name", READS)
def test_runs_in_read_mode_with_the_parameters_it_says(name: str, database: Database, driver: Driver) -> None:
    text = statement(name).text
    stated = PARAMS.search(text)
    if name == "read/profile_search":
        profiles.ready(database, NGrams())
    with driver.session(default_access_mode="READ") as session:
        given = session.run(Query(f"RETURN {stated[1]} AS given")).single(strict=True)["given"] if stated else {}
        session.run(text, given).consume()


SEEKING = [
    *("entity_timeline", "entity_detail", "entity_brief", "entity_rows", "entity_prefix", "entity_recount"),
    *("entity_list_mentions", "entity_list_mentions_kind", "entity_list_last_seen", "entity_list_name"),
    *("event_detail", "event_list", "event_list_category", "event_list_mention"),
    *("co_mentions_kept", "co_mentions_kept_kind", "co_mentions_live", "co_mentions_within", "co_evidence", "co_pair"),
    *("history_of", "board_averages", "board_rank_history"),
    *("alias_recount", "board_why", "board_rows", "board_holder", "check_aliases"),
]


def operators(plan: dict[str, Any]) -> set[str]:
    """Names of all operators of a plan."""
    own = {str(plan["operatorType"]).split("@")[0]}
    return own.union(*(operators(child) for child in plan.get("children", [])))


@pytest.mark.parametrize("name", SEEKING)
def test_is_planned_as_seeks_alone(name: str, database: Database, driver: Driver) -> None:
    text = statement(f"read/{name}").text
    stated = PARAMS.search(text)
    assert stated is not None
    with driver.session(default_access_mode="READ") as session:
        given = session.run(Query(f"RETURN {stated[1]} AS given")).single(strict=True)["given"]
        plan: Any = session.run(Query(f"EXPLAIN {text}"), given).consume().plan
    # Where hardly a node has the label, as here, looking at all of them is the planner's choice for a unique key.
    assert {found for found in operators(plan) if "Scan" in found} <= {"NodeByLabelScan"}


def test_recipes_show_what_is_there(graph: Database, driver: Driver) -> None:
    World(graph).tell(
        [Told(f"e{n}", NOON + n, who=("Ann", "Ben"), where=("Rome",)) for n in range(3)]
        + [Told("f", NOON, who=("Ben", "Cat"))],
        {"Rome": "city"},
    )
    asked = {
        "entity": ({"name": "ann"}, 1),
        "entities": ({"kind": "person", "limit": 5}, 3),
        "search": ({"words": '"ann"', "limit": 5}, 1),
        "timeline": ({"name": "ann", "limit": 2}, 4),
        "co_mentions": ({"name": "ann", "limit": 5}, 2),
        "connections": ({"name": "ann", "via": "ben", "limit": 5}, 2),
        "event": ({"id": "e0"}, 3),
        "events": ({"since": "2018-10-02T00:00:00Z", "until": "2018-10-03T00:00:00Z", "limit": 5}, 11),
    }
    with driver.session(default_access_mode="READ") as session:
        for name, (given, rows) in asked.items():
            assert len(list(session.run(statement(f"explore/{name}").text, given))) == rows, name
