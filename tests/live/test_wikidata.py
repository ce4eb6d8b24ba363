"""Wikidata: asked politely, chosen by name and company, kept as facts and questions; by itself after sure events."""

import pytest
from neo4j import Driver
from redis import Redis

from graph import jobs
from graph.database import Database
from graph.errors import BudgetExceeded, Unavailable
from graph.job import Asked as AskedJob
from graph.job import Job, JobState, Queue
from graph.reading.artifacts import artifact
from graph.reading.changes import changes
from graph.reading.clocks import Clocks
from graph.reading.facts import Asked, entity_facts
from graph.reading.places import place_points
from graph.reading.reviews import review_list
from graph.trending import Boards
from ingest.job_kinds import registry
from ingest.judging import Judging
from ingest.semantics.job import event_asked
from ingest.wikidata.enriching import Enriching
from ingest.wikidata.gate import ENRICHMENT, EnrichOptions, enrichment_asked
from ingest.wikidata.job import enrichment_kind
from ingest.worker import Worker
from tests.factory import country, organization, person, told, value
from tests.judging_world import Court, key_of
from tests.pages_world import HARBOUR, PagesWorld
from tests.story.test_api import served
from tests.wikidata_api import Api, Clerk, serving


def test_the_client_is_named_waits_and_asks_an_unchanged_answer_by_its_etag(clean: None, redis_client: Redis) -> None:
    with serving() as api:
        clerk = Clerk(api, redis_client)
        api.lags, api.busy = 1, ["7"]
        assert clerk.wikidata.search("Ada Ames") == ["Q1", "Q2", "Q3"]
        assert clerk.slept == [7.0, 5.0]
        assert all("Pentad" in agent for agent in api.agents)
        clerk.wikidata.search("Ada Ames")
        assert len(api.asked) == 3
        clerk.at += 90_000
        assert clerk.wikidata.search("Ada Ames") == ["Q1", "Q2", "Q3"]
        assert api.statuses[-1] == 304
        api.busy = ["1", "1", "1"]
        with pytest.raises(Unavailable, match="busy"):
            clerk.wikidata.search("Acme Works")
        api.busy = ["3600"]
        with pytest.raises(Unavailable, match="wait"):
            clerk.wikidata.search("Acme Works")


def test_the_budget_of_a_run_is_kept(clean: None) -> None:
    with serving() as api:
        clerk = Clerk(api, None, budget=2)
        clerk.wikidata.search("Ada Ames")
        clerk.wikidata.search("Oslo")
        with pytest.raises(BudgetExceeded):
            clerk.wikidata.search("Norway")
        assert len(api.asked) == 2


@pytest.fixture
def court(graph: Database, redis_client: Redis) -> Court:
    made = Court(graph)
    made.take(
        told("a", who=[person("Ada Ames"), organization("Acme Works")], where=[country("Norway")]),
        told("c", "2026-01-11", who=[person("Ada Ames")]),
        told("b", who=[person("Ада Эймс"), person("Bo Berg")], where=[{"name": "Oslo", "kind": "city"}]),
    )
    return made


def test_an_entity_gets_its_item_attributes_facts_and_questions_never_a_merge(
    court: Court, redis_client: Redis, driver: Driver
) -> None:
    ada, acme = key_of("Ada Ames"), key_of("acme works", "collective")
    with serving() as api:
        clerk = Clerk(api, redis_client, court)
        found = [clerk.enriching.enrich(key) for key in clerk.enriching.top(10)]
        by_name = {one.name: one for one in found}
        assert {name: by_name[name].item for name in ("Acme Works", "Norway", "Oslo", "Bo Berg")} == {
            "Acme Works": "Q10",
            "Norway": "Q20",
            "Oslo": "Q21",
            "Bo Berg": None,
        }
        # Three bear the name, one is a ship; of two humans one works for whom she is told with.
        assert by_name["Ada Ames"].item == "Q1"
        again = clerk.enriching.enrich(acme)
        assert again.item == "Q10"
    rows = entity_facts(court.graph, acme, court.now, Clocks(), Asked()).rows
    assert {(row.subject.name, row.predicate, row.object.name) for row in rows} >= {
        ("Ada Ames", "chief_executive_of", "Acme Works"),
        ("Acme Works", "in_country", "Norway"),
    }
    [led] = [row for row in rows if row.predicate == "chief_executive_of"]
    assert (led.since.year, led.records, led.n) == (2015, ["wikidata:Q10"], 0)
    with driver.session() as session:
        shown = session.run("MATCH (x:Entity {key: $key}) RETURN x", key=acme).single(strict=True)["x"]
        assert (shown["wikidata"], shown["country"]) == ("Q10", "Norway")
    # Of four points the preferred one on Earth; a body lies nowhere.
    oslo = key_of("oslo", "place")
    points = place_points(court.graph, [oslo, acme])
    assert points[oslo].point == (59.91, 10.75)
    assert points[acme].point is None
    asked = {(row.a.name, row.b.name) for row in review_list(court.graph).rows}
    # Two entities may be one item: a person is asked, nobody merges them.
    assert by_name["Ada Ames"].key != by_name["Ада Эймс"].key
    assert {"Ada Ames", "Ада Эймс"} in [set(pair) for pair in asked]
    assert court.faults() == []
    edges = "MATCH ()-[r:RELATED]->() RETURN count(r) AS n"
    with driver.session() as session:
        before = session.run(edges).single(strict=True)["n"]
    with serving() as api:
        clerk = Clerk(api, redis_client, court)
        for key in (ada, acme):
            clerk.enriching.enrich(key)
    with driver.session() as session:
        assert session.run(edges).single(strict=True)["n"] == before


def test_two_that_fit_alike_are_not_chosen_between(graph: Database, redis_client: Redis) -> None:
    court = Court(graph)
    court.take(told("a", who=[person("Ada Ames")]))
    with serving() as api:
        found = Clerk(api, redis_client, court).enriching.enrich(key_of("Ada Ames"))
    assert found.item is None
    assert "fit alike" in found.reason


class Office:
    """Pages read by a worker whose events are looked up, at a clock that only the test moves."""

    def __init__(self, graph: Database, redis: Redis, api: Api, *, least: float = 0.5, budget: int = 500) -> None:
        self.world = PagesWorld(graph, redis, enrich=EnrichOptions(least, on=True))
        self.budget = budget
        judging = Judging(self.world.pipeline, graph, lambda: self.world.now, self.world.projections)

        def service(database: Database) -> Enriching:
            wikidata = Clerk(api, None, budget=self.budget).wikidata
            return Enriching(database, wikidata, judging, lambda: self.world.now)

        kinds = [*self.world.stages.kinds(), enrichment_kind(service, lambda: self.world.now)]
        self.worker = Worker(graph, registry(kinds))

    def run(self, asked: AskedJob) -> Job:
        job, _ = jobs.ask(self.world.graph, asked)
        self.worker.run(job.id)
        return jobs.get_job(self.world.graph, job.id)

    def event(self, text: str = HARBOUR) -> str:
        """A page whose event was formed; its id."""
        page = self.world.page(text, "Harbour Board signs agreement with Norway")
        self.world.read(page)
        assert self.run(event_asked(page)).state is JobState.DONE
        return page


def waiting(number: int) -> AskedJob:
    """A job that takes what waits, now."""
    return AskedJob(ENRICHMENT, f"{ENRICHMENT}:{number}", {}, Queue.LONG)


WAITING = "MATCH (e:Event) WHERE e.enrich_due IS NOT NULL RETURN count(e)"


def test_entities_of_sure_events_are_looked_up_together_and_told_in_the_feed(
    graph: Database, redis_client: Redis, driver: Driver
) -> None:
    with serving() as api:
        office = Office(graph, redis_client, api)
        page = office.event()
        said = {one.gate: one for one in artifact(graph, page).decisions}["enrichment"]
        assert said.go
        assert "of 0.5" in said.reason
        assert value(driver, WAITING) == 1
        asked, new = jobs.ask(graph, enrichment_asked())
        assert not new, "forming the event asked for it already"
        with driver.session() as session:
            session.run("MATCH (j:Job {id: $id}) SET j.not_before = datetime()", id=asked.id).consume()
        office.worker.run(asked.id)
        done = jobs.get_job(graph, asked.id)
        assert done.state is JobState.DONE, done.cause
        assert done.log[-1].told["found"] >= 1
        assert value(driver, WAITING) == 0
        norway = value(driver, "MATCH (x:Entity {wikidata: 'Q20'}) RETURN x.key")
        feed = [one for change in changes(graph, None, limit=100) for one in change.feed]
        assert norway in [key for one in feed if one.type == "entity.enriched" for key in one.ids]
        assert office.world.faults() == []
        # Who was looked up is not asked about again for a month, whatever came of it.
        before = len(api.asked)
        with driver.session() as session:
            session.run("MATCH (e:Event) SET e.enrich_due = datetime()").consume()
        assert office.run(waiting(9)).log[-1].told["looked"] == 0
        assert len(api.asked) == before


def test_what_a_budget_leaves_waits_for_the_next_run(graph: Database, redis_client: Redis, driver: Driver) -> None:
    with serving() as api:
        office = Office(graph, redis_client, api, budget=2)
        office.event()
        runs = [office.run(waiting(n)) for n in range(2)]
        assert [run.log[-1].told["cut"].startswith("the budget") for run in runs] == [True, True]
        assert value(driver, WAITING) == 1
        office.budget = 500
        assert "cut" not in office.run(waiting(3)).log[-1].told
        assert value(driver, WAITING) == 0


def test_an_unsure_event_and_one_that_nobody_asks_about_are_told_so_and_no_more(
    graph: Database, redis_client: Redis, driver: Driver
) -> None:
    with serving() as api:
        page = Office(graph, redis_client, api, least=0.99).event()
        assert not {one.gate: one for one in artifact(graph, page).decisions}["enrichment"].go
        world = PagesWorld(graph, redis_client)
        worker = Worker(graph, registry(world.stages.kinds()))
        other = world.page(HARBOUR.replace("Varna", "Oruro"), "Harbour Board signs in Oruro")
        world.read(other)
        job, _ = jobs.ask(graph, event_asked(other))
        worker.run(job.id)
        assert artifact(graph, other).decisions[-1].reason.endswith("enrichment is off")
        assert value(driver, WAITING) == 0
        assert api.asked == []


def test_a_look_up_is_asked_for_over_http(graph: Database, redis_client: Redis, driver: Driver) -> None:
    with serving() as api, served(graph, Boards(redis_client)) as client:
        office = Office(graph, redis_client, api)
        office.world.take(told("a", who=[person("Mira Castellan")]))
        key = key_of("Mira Castellan")
        answer = client.post("/api/enrichments", json={"keys": [key]})
        assert (answer.status_code, answer.json()["kind"]) == (202, ENRICHMENT)
        office.worker.run(answer.json()["id"])
        assert jobs.get_job(graph, answer.json()["id"]).log[-1].told["found"] == 1
        assert value(driver, "MATCH (x:Entity {key: $key}) RETURN x.wikidata", key=key) == "Q30"
        for body, status in (({}, 422), ({"keys": ["f" * 64]}, 404), ({"keys": [key], "top": 3}, 422)):
            assert client.post("/api/enrichments", json=body).status_code == status
