"""Mentions, relationships, claims and interests follow a merge and its undo in steps: however few a step takes, all of
them arrive, and the graph is what it is when one step takes all."""

from typing import Any

import pytest
from neo4j import Driver

from graph import claims, merging, readers, relations, store
from graph.database import Database
from ingest.judging import Judging, Order
from ingest.readers import tell_read
from tests.factory import organization, person, told, value
from tests.judging_world import dump, key_of
from tests.pages_world import HARBOUR, HARBOUR_AGAIN, PagesWorld

MIRA, OTHER = "Mira Castellan", "Greta Kovalenko"


def event(n: int, name: str) -> dict[str, Any]:
    return told(
        f"e{n}",
        who=[person(name), organization("Harbour Board")],
        relationships=[
            {"subject": name, "predicate": "leads", "object": "Harbour Board"},
            {"subject": "Harbour Board", "predicate": "led_by", "object": name},
        ],
        sources=[{"name": "The Tide Table", "url": f"https://tide.example/{n}", "title": f"What happened at {n}"}],
    )


ON = """MATCH (x:Entity {key: $key})
RETURN [COUNT { (x)<-[:WHO]-() }, COUNT { (x)-[:RELATED]-() }, COUNT { (x)<-[:ABOUT]-() },
        COUNT { (x)<-[:NAMES_ENTITY]-() }, COUNT { (x)<-[:INTERESTED_IN]-() }]"""


@pytest.mark.parametrize("step", [1, 2, 4])
def test_all_follow_a_merge_and_its_undo_however_short_the_steps(
    graph: Database, driver: Driver, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    world = PagesWorld(graph)
    judging = Judging(world.pipeline, graph, lambda: world.now, world.projections)
    world.take(*(event(n, MIRA) for n in range(4)), *(event(n, OTHER) for n in range(4, 8)))
    pages = [world.page(HARBOUR, "Harbour Board signs"), world.page(HARBOUR_AGAIN, "Signed in Varna")]
    world.read(*pages)
    for reader in ("ann", "ben", "cy", "dee", "eve"):
        for n in range(8):
            document = value(driver, "MATCH (d:Document {url: $url}) RETURN d.id", url=f"https://tide.example/{n}")
            tell_read(graph, reader, document, world.now, world.now)
    assert world.faults() == []
    mira, other = key_of(MIRA), key_of(OTHER)
    before, stood = dump(driver), [value(driver, ON, key=key) for key in (mira, other)]
    assert min(stood[0]) > 1 and all(stood[1][k] >= 4 for k in (0, 1, 4))
    for module in (claims, merging, readers, relations, store):
        monkeypatch.setattr(module, "FOLLOW", step)
    merged = judging.merge((mira, other), Order(author="ann", cause="the same"))
    merging.follow(graph, lambda: world.now)
    assert value(driver, ON, key=mira) == [a + b for a, b in zip(*stood, strict=True)]
    assert world.faults() == []
    judging.undo(merged.id, Order(author="ann", cause="taken back"))
    merging.follow(graph, lambda: world.now)
    assert [value(driver, ON, key=key) for key in (mira, other)] == stood
    assert world.faults() == []
    assert dump(driver) == before


@pytest.mark.parametrize("step", [1, 2])
def test_all_follow_a_short_name_that_a_second_bearer_takes_from_the_first(
    graph: Database, driver: Driver, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Nobody decides: a later batch brings the second bearer, and what was told by the short name leaves within it."""
    for module in (claims, readers, relations, store):
        monkeypatch.setattr(module, "FOLLOW", step)
    world = PagesWorld(graph)
    world.take(told("e", who=[person("Nicolás Maduro")]))
    world.take(*(event(n, "Maduro") for n in range(4)))
    for reader in ("ann", "ben", "cy"):
        document = value(driver, "MATCH (d:Document {url: 'https://tide.example/1'}) RETURN d.id")
        tell_read(graph, reader, document, world.now, world.now)
    first = value(driver, "MATCH (:Event {id: 'e'})-[:WHO]->(x:Entity) RETURN x.key")
    assert value(driver, ON, key=first) == [5, 8, 0, 0, 3]
    world.take(told("f", who=[person("Ana Maduro")]))
    assert value(driver, ON, key=first) == [1, 0, 0, 0, 0]
    short = value(driver, "MATCH (:Alias {name: 'Maduro'})-[:NAMES]->(x:Entity) RETURN x.key")
    assert value(driver, ON, key=short) == [4, 8, 0, 0, 3]
    assert world.faults() == []
