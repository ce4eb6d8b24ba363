"""`pentad check` finds planted faults of pages, relationships, readers and hubs too: each promise is kept before the
fault is planted and told as broken after it."""

from collections.abc import Iterator

import pytest
from neo4j import Driver

from graph.database import Database
from graph.page_check import check_pages
from graph.readers import check_readers
from graph.reading.hub_check import check_hubs
from graph.reading.hub_recount import HubOptions
from graph.relations import check_relations
from ingest.readers import tell_read
from tests.factory import organization, person, promises, told, value
from tests.live.test_claims import rows
from tests.live.test_forming import told_pages
from tests.pages_world import PagesWorld

PAGES: list[tuple[str, str]] = [
    ("a formed event counts the claims that support it", "MATCH (e:Event) SET e.claim_count = 99"),
    (
        "a claim stands in its page, character for character",
        "MATCH (:Document {id: $harbour})-[:MAKES]->(c:Claim) WITH c LIMIT 1 SET c.text = c.text + '!'",
    ),
    (
        "a claim is about somebody",
        "MATCH (:Document {id: $harbour})-[:MAKES]->(c:Claim) WITH c LIMIT 1 MATCH (c)-[a:ABOUT]->() DELETE a",
    ),
    (
        "a claim supports one event at most",
        "MATCH (:Document {id: $harbour})-[:MAKES]->(c:Claim)-[:SUPPORTS]->(e) WITH c, e LIMIT 1"
        " MATCH (other:Event) WHERE other <> e WITH c, other LIMIT 1 CREATE (c)-[:SUPPORTS]->(other)",
    ),
    (
        "a formed event is told by pages that were read",
        "MATCH (e:Event) WHERE size(e.reports) > 1 SET e.reports = e.reports + 'nowhere'",
    ),
    ("a page that waits has a job", "MATCH (d:Document {id: $lake}) SET d.state = 'stub', d.job = 'nobody'"),
    ("a page that leads elsewhere has no text", "MATCH (d:Document {id: $lake}) SET d.same_as = $harbour"),
    ("a page counts its claims", "MATCH (d:Document {id: $harbour}) SET d.claim_count = 99"),
    (
        "the same words are one page",
        "MATCH (a:Document {id: $again}), (b:Document {id: $french}) SET a.content_hash = b.content_hash",
    ),
    (
        "passages of a page are numbered without a gap",
        "MATCH (:Document {id: $again})-[:HAS_PASSAGE]->(p:Passage {n: 0}) SET p.n = 7",
    ),
    (
        "an extracted page has its text",
        "MATCH (:Document {id: $french})-[:HAS_PASSAGE]->(p:Passage) DETACH DELETE p",
    ),
]
RELATIONS = [
    (
        "a relationship stands on its mentions",
        "MATCH ()-[r:RELATED {predicate: 'advises'}]->() SET r.subject = 'nothing'",
    ),
    (
        "a relationship is between its aliases' entities",
        "MATCH ()-[r:RELATED {predicate: 'leads'}]->() SET r.oalias = 'nobody'",
    ),
]
READERS = [
    (
        "an interest comes from reads",
        "MATCH (:Reader {id: 'ann'})-[i:INTERESTED_IN]->(:Entity {name: 'Harbour Board'}) SET i.reads = [99]",
    ),
    (
        "an interest is in its name's entity",
        "MATCH (:Reader {id: 'ann'})-[i:INTERESTED_IN]->(:Entity {name: 'Ada Stays'}) SET i.alias = 'nobody'",
    ),
]


def plant(driver: Driver, query: str, **given: str) -> None:
    with driver.session() as session:
        made = session.run(query, given).consume().counters  # pyright: ignore[reportArgumentType]
    assert made.contains_updates, query


def test_planted_faults_of_pages_are_told(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    pages = told_pages(world)
    world.read(*pages.values())
    world.form(*pages.values())
    assert world.faults() == []
    for promise, query in PAGES:
        assert promise not in promises(check_pages(graph))
        plant(driver, query, **pages)
        assert promise in promises(check_pages(graph))


@pytest.fixture
def world(graph: Database, driver: Driver) -> Iterator[PagesWorld]:
    """Two who lead and advise a body, told in a report that somebody read."""
    made = PagesWorld(graph)
    made.take(
        told(
            "e",
            who=[person("Ada Stays"), person("Bo Leaves"), organization("Harbour Board")],
            relationships=[
                {"subject": "Ada Stays", "predicate": "leads", "object": "Harbour Board"},
                {"subject": "Bo Leaves", "predicate": "advises", "object": "Harbour Board"},
            ],
            sources=[{"name": "The Tide Table", "url": "https://tide.example/1", "title": "Ada Stays stays"}],
        )
    )
    tell_read(graph, "ann", value(driver, "MATCH (d:Document) RETURN d.id"), made.now, made.now)
    assert made.faults() == []
    yield made


def test_planted_faults_of_relationships_and_readers_are_told(world: PagesWorld, driver: Driver) -> None:
    for check, faults in ((check_relations, RELATIONS), (check_readers, READERS)):
        for promise, query in faults:
            assert promise not in promises(check(world.graph))
            plant(driver, query)
            assert promise in promises(check(world.graph))


def test_a_hub_that_is_none_and_one_that_is_not_marked_are_told(world: PagesWorld, driver: Driver) -> None:
    few = HubOptions(promote=1, demote=1)
    assert check_hubs(world.graph) == []
    assert {one.reason for one in check_hubs(world.graph, few)} == {"has the degree of a hub but is none"}
    plant(driver, "MATCH (x:Entity {name: 'Ada Stays'}) SET x.hub = true")
    (ada,) = [one for one in check_hubs(world.graph) if not one.other]
    assert (ada.reason, ada.counted) == ("is a hub below the degree of one", 1)
    plant(driver, "MATCH (x:Entity {name: 'Ada Stays'}) REMOVE x.hub")
    plant(
        driver,
        "MATCH (x:Entity {name: 'Ada Stays'}), (y:Entity {name: 'Bo Leaves'}) CREATE (x)-[:CO_MENTIONED {n: 1}]->(y)",
    )
    (ada,) = check_hubs(world.graph)
    assert (ada.reason, ada.kept) == ("keeps co-mentions but is no hub", 1)


def test_a_relationship_told_twice_or_since_the_events_own_time_is_one(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    leads = {"subject": "Ada Stays", "predicate": "leads", "object": "Harbour Board"}
    event = told("e", who=[person("Ada Stays"), organization("Harbour Board")], relationships=[leads])
    since = {
        **leads,
        "subject": "ADA  stays",
        "since": event["occurred_at"] if "occurred_at" in event else event["when"],
    }
    world.take({**event, "relationships": [leads, since, leads]})
    assert rows(driver, "MATCH (x)-[r:RELATED]->(y) RETURN x.name AS x, r.predicate AS p, y.name AS y") == [
        {"x": "Ada Stays", "p": "leads", "y": "Harbour Board"}
    ]
    assert world.faults() == []
