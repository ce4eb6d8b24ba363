"""What became of an entity is told newest first, follows its names through merge and split, and pages without loss."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from neo4j import Driver

from graph import history
from graph.database import Database
from graph.errors import NotFound
from graph.history import Changed
from graph.reading.history import HistoryRow, entity_history
from tests.factory import NOW, World, holder, organization, person, told
from tests.reading_world import NOON, Told, key_of
from tests.reading_world import World as Names


def keep(graph: Database, change: int, *changes: Changed, at: datetime = NOW) -> None:
    graph.write(lambda tx, _: history.append(tx, changes, change, at))


def shown(rows: list[HistoryRow]) -> list[tuple[str, str, Any, Any]]:
    return [(row.sort, row.field, row.old, row.new) for row in rows]


@pytest.fixture
def names(graph: Database) -> Names:
    world = Names(graph)
    world.tell([Told("e1", NOON, who=("Ann", "Ben")), Told("e2", NOON, who=("Cat",))])
    return world


def test_unknown_key_is_not_found_and_nothing_changed_is_an_empty_page(names: Names) -> None:
    with pytest.raises(NotFound):
        entity_history(names.database, "0" * 64)
    found = entity_history(names.database, key_of("Ann"))
    assert (found.name, found.rows, found.end) == ("Ann", [], None)


def test_changes_are_told_newest_first_with_old_and_new(names: Names) -> None:
    ann = key_of("Ann")
    kinds = history.of_kind(ann, ("person", "guessed"), ("organization", "stated"))
    keep(names.database, 1, *kinds, *history.of_roles(ann, ["source"], ["target", "source"]))
    later = NOW.replace(hour=13)
    keep(names.database, 2, Changed(ann, "confidence", None, 0.7, "calibrated"), at=later)
    rows = entity_history(names.database, ann).rows
    assert shown(rows[:1]) == [("change", "confidence", None, 0.7)]
    assert set(map(str, shown(rows[1:]))) == {
        str(("change", "kind", "person", "organization")),
        str(("change", "kind_source", "guessed", "stated")),
        str(("change", "roles", ["source"], ["target", "source"])),
    }
    assert (rows[0].at, rows[0].change, rows[0].alias, rows[0].by) == (later, 2, "Ann", "online")


def test_what_did_not_change_is_not_told() -> None:
    assert history.of_kind("k", ("person", "stated"), ("person", "stated")) == []
    assert history.of_roles("k", ["a", "b"], ["b", "a"]) == []
    assert history.of_names([{"key": "k", "old": "A", "name": "B"}], founded={"k"}) == []


def test_attributes_as_the_store_answers_them_are_changes(names: Names) -> None:
    @dataclass
    class Told:
        entity: str
        field: str
        old: Any
        new: Any

    told = Told(key_of("Ann"), "affiliations", None, ["Harbour Board"])
    keep(names.database, 1, *history.of_attributes([told]))
    assert shown(entity_history(names.database, key_of("Ann")).rows) == [
        ("change", "affiliations", None, ["Harbour Board"])
    ]


def test_the_past_of_a_name_goes_with_it(names: Names) -> None:
    ann, ben = key_of("Ann"), key_of("Ben")
    keep(names.database, 1, Changed(ann, "name", "A", "Ann", "its most frequent name"))
    names.merge("Ann", "Ben")
    keep(names.database, 2, *history.of_moves({ann: (ann, ben)}, {ann: "person"}, {}), at=NOW.replace(hour=13))
    for key in (ann, ben):
        found = entity_history(names.database, key)
        assert (found.key, found.name) == (ben, "Ben")
        assert shown(found.rows) == [("move", "entity", ann, ben), ("change", "name", "A", "Ann")]
        assert [row.cause for row in found.rows] == ["merge", "its most frequent name"]
    assert history.of_moves({ann: (ben, ann)}, {}, {})[0].cause == "split"


def test_pages_of_two_hold_what_one_page_holds(names: Names) -> None:
    ann = key_of("Ann")
    for n in range(7):
        # Some share their instant.
        keep(names.database, n, Changed(ann, f"field {n}", n, n + 1, "x"), at=NOW.replace(minute=n // 3))
    whole = entity_history(names.database, ann)
    assert (len(whole.rows), whole.end) == (7, None)
    paged: list[HistoryRow] = []
    page = entity_history(names.database, ann, limit=2)
    while True:
        paged += page.rows
        if page.end is None:
            break
        page = entity_history(names.database, ann, limit=2, after=page.end)
    assert paged == whole.rows


def test_judgements_on_its_names_are_told_with_both_names_and_when_taken_back(graph: Database, driver: Driver) -> None:
    world = World(graph)
    world.take(told("a", who=[person("Amina Abernathy"), organization("Harbour Board")]))
    world.now = NOW.replace(hour=13)
    world.take(told("b", who=[{"name": "Amina Abernathy"}]))
    key = holder(driver, "a", "Amina Abernathy")["key"]
    rows = [row for row in entity_history(graph, key).rows if row.sort == "judgement"]
    assert [(row.field, row.old, row.new, row.by) for row in rows] == [("identity", None, "positive", "rule")]
    assert rows[0].at == world.now and {rows[0].alias, rows[0].other} == {"Amina Abernathy"}
    world.now = NOW.replace(hour=14)
    world.take(told("c", who=[organization("Amina Abernathy")]))
    after = entity_history(graph, key).rows
    assert rows[0] in after
    assert [row.at for row in after] == sorted((row.at for row in after), reverse=True)


def test_an_ingest_tells_what_it_changed_and_nothing_of_what_it_founded(graph: Database, driver: Driver) -> None:
    world = World(graph)
    world.take(told("a", who=[{"name": "Amina Abernathy", "role": "source"}]))
    key = holder(driver, "a", "Amina Abernathy")["key"]
    assert [row for row in entity_history(graph, key).rows if row.sort == "change"] == []
    world.take(told("b", who=[organization("Amina Abernathy", role="target")]))
    found = {row.field: (row.old, row.new) for row in entity_history(graph, key).rows if row.sort == "change"}
    assert found == {
        "kind": ("person", "organization"),
        "kind_source": ("guessed", "stated"),
        "roles": (["source"], ["source", "target"]),
    }


def test_a_hub_of_thousands_of_changes_answers_in_time(names: Names) -> None:
    ann = key_of("Ann")
    keep(names.database, 1, *(Changed(ann, f"field {n}", n, n + 1, "x") for n in range(5_000)))
    found = entity_history(names.database, ann, limit=200)
    assert (len(found.rows), found.end is not None) == (200, True)
