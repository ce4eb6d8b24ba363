"""Pages to events: formed once, joined over languages, the same whatever the order, undone by taking a word back."""

import random
from typing import Any

from neo4j import Driver

from graph.database import Database
from graph.judgement import Verdict
from ingest.forming.formed import id_of
from tests.factory import country, organization, person, told, value
from tests.live.test_claims import rows
from tests.pages_world import HARBOUR, HARBOUR_AGAIN, HARBOUR_FR, LAKE, PagesWorld

EVENTS = """MATCH (e:Event) WHERE size(coalesce(e.reports, [])) > 0
RETURN e.id AS id, e.title AS title, e.reports AS reports, e.claim_count AS claims, e.entity_count AS entities,
       e.languages AS languages, e.coherence AS coherence, e.phase AS phase, e.scale AS scale,
       toString(date(e.occurred_at)) AS day, e.confidence AS confidence,
       COUNT { (:Claim)-[:SUPPORTS]->(e) } AS supported,
       COLLECT { MATCH (e)-[m:WHO]->(x) WHERE m.kid IS NOT NULL RETURN x.name ORDER BY x.name } AS who
ORDER BY id"""


def told_pages(world: PagesWorld) -> dict[str, str]:
    return {
        "harbour": world.page(HARBOUR, "Harbour Board signs agreement with Norway", published="2026-01-14"),
        "again": world.page(HARBOUR_AGAIN, "Varna quays: agreement signed", published="2026-01-15"),
        "french": world.page(HARBOUR_FR, "Accord signé à Varna", published="2026-01-15", language="fr"),
        "lake": world.page(LAKE, "Eskildsen wins regatta on Lake Selwyn", published="2026-01-12"),
    }


def test_page_becomes_an_event_that_every_read_finds(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    page = world.page(HARBOUR, "Harbour Board signs agreement with Norway", url="https://tide.example/quays")
    world.read(page)
    assert world.form(page).formed == [id_of(page)]
    (event,) = rows(driver, EVENTS)
    assert (event["title"], event["day"]) == ("Harbour Board signs agreement with Norway", "2026-01-13")
    assert {"Mira Castellan", "Harbour Board"} <= set(event["who"])
    assert event["claims"] == event["supported"] >= 3 and event["entities"] >= 3
    assert (event["languages"], event["phase"]) == (["en"], "emerging") and event["scale"] in ("micro", "meso")
    assert 0.6 <= event["coherence"] <= 1 and event["confidence"] >= 0.7
    reported = "MATCH (:Event {id: $id})-[:REPORTED_IN]->(d:Document)-[:MAKES]->(:Claim) RETURN DISTINCT d.id AS id"
    assert rows(driver, reported, id=event["id"]) == [{"id": page}]
    where = "MATCH (:Event {id: $id})-[:WHERE]->(x) RETURN x.name AS name ORDER BY name"
    assert {"Norway", "Varna"} <= {row["name"] for row in rows(driver, where, id=event["id"])}
    assert world.faults() == []


def test_forming_again_changes_nothing(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    pages = list(told_pages(world).values())
    world.read(*pages)
    world.form(*pages)
    world.forming.regroup(world.now)
    change, before = value(driver, "MATCH (g:Gate) RETURN g.change"), rows(driver, EVENTS)
    done = world.form(*pages)
    assert (done.formed, done.updated, done.merged) == ([], [], [])
    assert value(driver, "MATCH (g:Gate) RETURN g.change") == change
    assert rows(driver, EVENTS) == before


def test_pages_of_two_languages_join_one_event_and_others_stay_apart(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    pages = told_pages(world)
    for page in pages.values():
        world.read(page)
        world.form(page)
    harbour, lake = sorted(rows(driver, EVENTS), key=lambda row: -len(row["reports"]))
    assert set(harbour["reports"]) == {pages["harbour"], pages["again"], pages["french"]}
    assert harbour["languages"] == ["en", "fr"]
    assert lake["reports"] == [pages["lake"]]
    version = "MATCH (e:Event {id: $id}) RETURN e.version AS version"
    assert rows(driver, version, id=harbour["id"])[0]["version"] == 3
    assert world.faults() == []


def test_any_order_of_arrival_ends_in_the_same_events(graph: Database, driver: Driver) -> None:
    ends: list[list[dict[str, Any]]] = []
    for seed in (1, 2):
        with driver.session() as session:
            session.run("MATCH (n) WHERE NOT n:SchemaStep AND NOT n:Gate DETACH DELETE n").consume()
            session.run("MATCH (g:Gate) SET g.change = 0").consume()
        world = PagesWorld(graph)
        order = list(told_pages(world).values())
        random.Random(seed).shuffle(order)
        for page in order:
            world.read(page)
            world.form(page)
        world.forming.regroup(world.now)
        ends.append(rows(driver, EVENTS))
        assert world.faults() == []
    assert ends[0] == ends[1]


def test_an_earlier_page_takes_the_event_over_and_its_history_stays(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    pages = told_pages(world)
    world.read(pages["again"])
    world.form(pages["again"])
    world.read(pages["harbour"])
    done = world.form(pages["harbour"])
    first, second = id_of(pages["harbour"]), id_of(pages["again"])
    assert (done.formed, done.merged) == ([first], [second])
    merged = """MATCH (e:Event {id: $id})-[p:PART_OF {merged: true}]->(o:Event)
    RETURN o.id AS into, e.merged_into AS told, COUNT { (e)-[:HAD_VERSION]->() } AS former,
           COUNT { MATCH (e)-[m:WHO|WHERE]->() WHERE m.kid IS NOT NULL } AS names"""
    assert rows(driver, merged, id=second) == [{"into": first, "told": first, "former": 1, "names": 0}]
    assert world.faults() == []


def test_word_of_a_person_parts_pages_and_taking_it_back_joins_them(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    pages = told_pages(world)
    world.read(*pages.values())
    world.form(*pages.values())
    before = rows(driver, EVENTS)
    kept, parted = pages["harbour"], pages["again"]
    decision, done = world.forming.judge(Verdict.NEGATIVE, [parted], [kept, pages["french"]], author="ann")
    assert id_of(parted) in done.formed + done.updated
    apart = {tuple(row["reports"]) for row in rows(driver, EVENTS)}
    assert (parted,) in apart and len(apart) == 3
    world.forming.regroup(world.now)
    assert {tuple(row["reports"]) for row in rows(driver, EVENTS)} == apart
    world.forming.undo(decision, author="ann")
    assert rows(driver, EVENTS) == before
    joined, _ = world.forming.judge(
        Verdict.POSITIVE, [id_of(kept)], [pages["lake"]], author="ann", reason="one day out"
    )
    assert len(rows(driver, EVENTS)) == 1
    world.forming.undo(joined, author="ann")
    assert rows(driver, EVENTS) == before
    assert world.faults() == []


def test_page_about_an_event_that_others_told_supports_it(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    world.take(
        told(
            "wire-1",
            "2026-01-13",
            title="Harbour Board and Norway sign agreement on quays in Varna",
            who=[organization("Harbour Board"), person("Mira Castellan")],
            where=[country("Norway"), {"name": "Varna"}],
        )
    )
    page = world.page(HARBOUR, "Harbour Board signs agreement with Norway")
    world.read(page)
    done = world.form(page)
    assert (done.supported, done.formed) == (["wire-1"], [])
    assert value(driver, "MATCH (:Claim)-[:SUPPORTS]->(e:Event {id: 'wire-1'}) RETURN count(*)") >= 3
    assert world.form(page).supported == []
    assert world.faults() == []


def test_few_claims_are_kept_for_a_later_page(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    few = world.page("The Harbour Board and Norway signed an agreement in Varna on Tuesday.", "Varna agreement")
    world.read(few)
    assert world.form(few).formed == []
    more = world.page(HARBOUR_AGAIN, "Varna quays: agreement signed", published="2026-01-15")
    world.read(more)
    world.form(more)
    (event,) = rows(driver, EVENTS)
    assert set(event["reports"]) == {few, more}
    assert world.faults() == []
