"""Pages to names and claims in the graph: spans that stand in the text, edges that follow merges and splits."""

from typing import Any

import pytest
from neo4j import Driver

from graph import jobs
from graph.claims import check_claims, of_document
from graph.database import Database
from graph.job import Asked
from graph.reading.artifacts import artifact
from graph.reading.changes import changes
from ingest.job_context import WorkerOptions
from ingest.job_kinds import registry
from ingest.judging import Judging
from ingest.proposals import Order
from ingest.semantics.job import semantic_asked
from ingest.semantics.switches import Switch, Switches
from ingest.worker import Outcome, Worker
from tests.factory import person, promises, told, value
from tests.pages_world import HARBOUR, HARBOUR_AGAIN, LAKE, PagesWorld


def rows(driver: Driver, text: str, **given: Any) -> list[dict[str, Any]]:
    with driver.session() as session:
        return [dict(row) for row in session.run(text, given)]  # pyright: ignore[reportArgumentType]


ABOUT = """MATCH (:Document {id: $id})-[:MAKES]->(c:Claim)-[r:ABOUT]->(x:Entity)
WHERE c.closed_at IS NULL RETURN r.surface AS surface, r.role AS role, x.key AS key, x.name AS name, c.id AS claim"""
NAMED = "MATCH (:Document {id: $id})-[r:NAMES_ENTITY]->(x:Entity) RETURN r.surface AS surface, r.n AS n, x.key AS key"


def test_claims_stand_in_the_text_character_for_character(graph: Database) -> None:
    world = PagesWorld(graph)
    page = world.page(HARBOUR, "Harbour Board signs agreement with Norway")
    world.read(page)
    read, found = artifact(graph, page), of_document(graph, page)
    parts = {"title": read.title, "description": read.description, "text": read.text}
    assert len(found) >= 5
    for claim in found:
        whole = parts[claim.part] or ""
        assert whole[claim.start : claim.end] == claim.text
        assert claim.sentence in whole and claim.subject in claim.text and claim.deed in claim.text
        assert claim.confidence >= 0.7 and claim.about
        assert claim.event_time is not None
    signed = next(claim for claim in found if claim.deed.startswith("signed an agreement"))
    assert (signed.subject, signed.place, str(signed.event_time)[:10]) == ("Mira Castellan", "Varna", "2026-01-13")


def test_names_of_a_page_go_through_the_resolver_that_events_go_through(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    world.take(told("e1", who=[person("Mira Castellan")]))
    page = world.page(HARBOUR, "Harbour Board signs agreement with Norway")
    world.read(page)
    known = value(driver, "MATCH (:Event {id: 'e1'})-[:WHO]->(x) RETURN x.key")
    about = rows(driver, ABOUT, id=page)
    assert {row["key"] for row in about if row["surface"] == "Mira Castellan"} == {known}
    named = {row["surface"]: row["n"] for row in rows(driver, NAMED, id=page)}
    assert named["Mira Castellan"] >= 3 and named["Varna"] >= 2
    assert world.faults() == []


def test_reading_again_changes_nothing(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    page = world.page(HARBOUR, "Harbour Board signs agreement with Norway")
    world.read(page)
    change, claims = value(driver, "MATCH (g:Gate) RETURN g.change"), of_document(graph, page)
    assert world.stages.read(graph, page)["unchanged"]
    assert value(driver, "MATCH (g:Gate) RETURN g.change") == change
    assert of_document(graph, page) == claims


def test_the_feed_tells_whose_confidence_another_page_moves(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    first = world.page(HARBOUR, "Harbour Board signs agreement with Norway")
    world.read(first)
    assert "entity.confidence" not in {one.type for change in changes(graph, None) for one in change.feed}
    since = value(driver, "MATCH (g:Gate) RETURN g.change")
    second = world.page(HARBOUR_AGAIN, "Norway and the Harbour Board")
    world.read(second)
    (told,) = (one for change in changes(graph, since) for one in change.feed if one.type == "entity.confidence")
    named = [{row["key"] for row in rows(driver, NAMED, id=page)} for page in (first, second)]
    assert set(told.ids) == named[0] & named[1] and told.ids


def test_claims_and_names_follow_merge_split_and_undo(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    world.take(told("e1", who=[person("Captain Tide")]))
    page = world.page(HARBOUR, "Harbour Board signs agreement with Norway")
    world.read(page)
    before = {row["claim"]: row["key"] for row in rows(driver, ABOUT, id=page) if row["surface"] == "Mira Castellan"}
    (mira,) = set(before.values())
    tide = value(driver, "MATCH (:Event {id: 'e1'})-[:WHO]->(x) RETURN x.key")
    judging = Judging(world.pipeline, graph, lambda: world.now, world.projections)
    merged = judging.merge([mira, tide], Order(author="ann"))
    after = {row["claim"]: row["key"] for row in rows(driver, ABOUT, id=page) if row["surface"] == "Mira Castellan"}
    assert set(after.values()) == set(merged.entities) and after.keys() == before.keys()
    assert set(merged.entities) <= {row["key"] for row in rows(driver, NAMED, id=page)}
    assert world.faults() == []
    judging.undo(merged.id, Order(author="ann"))
    undone = {row["claim"]: row["key"] for row in rows(driver, ABOUT, id=page) if row["surface"] == "Mira Castellan"}
    assert undone == before
    assert world.faults() == []


def test_a_worker_reads_and_forms_and_the_jobs_say_what_came_of_it(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    page = world.page(HARBOUR, "Harbour Board signs agreement with Norway")
    worker = Worker(graph, registry(world.stages.kinds()), WorkerOptions())
    semantic, _ = jobs.ask(graph, semantic_asked(page))
    assert worker.run(semantic.id) is Outcome.DONE
    told_claims = jobs.get_job(graph, semantic.id).log[-1].told["claims"]
    assert told_claims == len(of_document(graph, page))
    event = value(driver, "MATCH (j:Job {kind: 'event'}) RETURN j.id")
    assert worker.run(event) is Outcome.DONE
    assert jobs.get_job(graph, event).log[-1].told["formed"] == 1
    decisions = {one.gate: one for one in artifact(graph, page).decisions}
    assert decisions["semantic"].go and decisions["event"].go
    regroup, _ = jobs.ask(graph, Asked("event-regroup", "now", {}))
    assert worker.run(regroup.id) is Outcome.DONE
    assert jobs.get_job(graph, regroup.id).log[-1].told["formed"] == 0
    lost, _ = jobs.ask(graph, semantic_asked("0" * 32))
    assert worker.run(lost.id) is Outcome.DEAD


def test_an_edge_that_leads_astray_is_found(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    world.read(world.page(HARBOUR, "Harbour Board signs agreement with Norway"))
    with driver.session() as session:
        session.run("MATCH ()-[r:ABOUT]->() WITH r LIMIT 1 SET r.alias = 'ff'").consume()
        session.run("MATCH (:Document)-[r:MAKES]->() WITH r LIMIT 1 DELETE r").consume()
    found = promises(check_claims(graph))
    assert found == {"what is said of a name is said of its entity", "one document makes a claim"}


def test_what_a_page_says_no_more_is_closed_and_its_names_are_taken_back(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    page = world.page(HARBOUR, "Harbour Board signs agreement with Norway")
    world.read(page)
    first = {claim.id for claim in of_document(graph, page)}
    with driver.session() as session:
        session.run("MATCH (:Document {id: $id})-[:HAS_PASSAGE]->(p) DETACH DELETE p", id=page).consume()
        session.run(
            "MATCH (d:Document {id: $id}) CREATE (d)-[:HAS_PASSAGE]->(:Passage {id: 'p', n: 0, text: $text})",
            id=page,
            text=LAKE,
        ).consume()
    world.read(page)
    assert first.isdisjoint(claim.id for claim in of_document(graph, page) if claim.part == "text")
    assert value(driver, "MATCH (c:Claim) WHERE c.closed_at IS NOT NULL RETURN count(c)") >= 4
    assert "Selwyn Shipping" not in {row["surface"] for row in rows(driver, NAMED, id=page)}
    assert world.faults() == []


@pytest.mark.parametrize("text", ["", "Short.", "۞" * 500, "word " * 3_000, "\n\n".join(["A. B. C."] * 400)])
def test_odd_pages_end_without_claims_and_without_harm(graph: Database, text: str) -> None:
    world = PagesWorld(graph)
    page = world.page(text, "x", published=None)
    world.read(page)
    assert of_document(graph, page) == []
    assert world.faults() == []


def test_switch_off_leaves_a_checked_graph_and_says_why(graph: Database) -> None:
    world = PagesWorld(graph, switches=Switches({Switch.EXTRACTION: 0.0}))
    page = world.page(HARBOUR_AGAIN, "Agreement in Varna")
    assert "entity_extraction_v1" in world.stages.read(graph, page)["skipped"]
    assert of_document(graph, page) == []
    (decision,) = [one for one in artifact(graph, page).decisions if one.gate == "semantic"]
    assert not decision.go and "entity_extraction_v1" in decision.reason
    assert world.faults() == []


@pytest.mark.parametrize("switch", [Switch.EXTRACTION, Switch.CALIBRATION, Switch.DEDUPLICATION, Switch.RELATIONSHIPS])
def test_each_switch_is_turned_off_and_on_again_on_a_live_graph(switch: Switch, graph: Database) -> None:
    told: list[int] = []
    for share, text in ((1.0, HARBOUR), (0.0, HARBOUR_AGAIN), (1.0, LAKE)):
        world = PagesWorld(graph, switches=Switches({switch: share}))
        page = world.page(text, f"At share {share}")
        world.read(page)
        told.append(len(of_document(graph, page)))
        assert world.faults() == []
    assert told[0] and told[2]
    assert bool(told[1]) == (switch is not Switch.EXTRACTION)


def test_a_share_is_on_for_the_same_contents_and_about_as_many() -> None:
    half, more = Switches({Switch.EXTRACTION: 0.5}), Switches({Switch.EXTRACTION: 0.75})
    on = {n for n in range(2_000) if half.on(Switch.EXTRACTION, f"content {n}")}
    assert 900 < len(on) < 1_100
    assert on == {n for n in range(2_000) if half.on(Switch.EXTRACTION, f"content {n}")}
    # Who was in at a smaller share stays in at a larger one.
    assert all(more.on(Switch.EXTRACTION, f"content {n}") for n in on)
