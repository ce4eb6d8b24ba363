"""Shapes in the graph: guessed W's that follow the graph, attributes, relationships, and names read anew."""

from typing import Any

import pytest
from neo4j import Driver
from redis import Redis

from graph import jobs
from graph.database import Database
from graph.job import JobState
from graph.keys import canonical_key, short_id
from graph.moment import from_epoch_ms
from graph.reading.entities import entity_detail
from graph.reading.events import event_detail
from graph.reading.relations import entity_relations, event_relations
from ingest.backfill import Backfill, Reread
from ingest.extraction_job import extraction
from ingest.job_kinds import registry
from ingest.worker import Worker
from tests.factory import Json, World, clusters, graph_hash, holder, judged, organization, person, some_news, told

AT = "2026-01-10T08:00:00Z"


@pytest.fixture
def world(graph: Database, redis_client: Redis) -> World:
    return World(graph, redis_client)


def analysis(event_id: str, *entities: object, **more: Any) -> Json:
    """What a model writes of an event."""
    return {"id": event_id, "title": f"what {event_id} tells", "date": AT, "entities": list(entities), **more}


def related(*triples: tuple[str, str, str]) -> list[Json]:
    return [{"subject": one, "predicate": predicate, "object": other} for one, predicate, other in triples]


def sides(driver: Driver, event: str) -> dict[str, str]:
    """Surface -> W of the live mentions of an event."""
    with driver.session() as session:
        rows = session.run(
            "MATCH (:Event {id: $id})-[m:WHO|WHERE]->() WHERE m.kid IS NOT NULL "
            "RETURN m.surface AS surface, type(m) AS w",
            id=event,
        ).data()
    return {row["surface"]: row["w"] for row in rows}


def edges(driver: Driver) -> list[tuple[str, str, str, bool]]:
    """All relationships: names of both ends, predicate, whether live."""
    with driver.session() as session:
        rows = session.run(
            "MATCH (s)-[r:RELATED]->(o) RETURN s.name AS s, r.predicate AS p, o.name AS o, r.closed_at IS NULL AS live"
        ).data()
    return sorted((row["s"], row["p"], row["o"], row["live"]) for row in rows)


def test_an_untyped_name_gets_the_w_of_what_the_graph_knows_of_it_and_no_guess_enters_a_key(
    world: World, driver: Driver
) -> None:
    world.take(analysis("a1", "Oruro", "Norway", "Ann Lee", "Harbour Board"))
    assert sides(driver, "a1") == {"Oruro": "WHO", "Norway": "WHERE", "Ann Lee": "WHO", "Harbour Board": "WHO"}
    world.take(told("e1", where={"name": "Oruro", "kind": "city"}), analysis("a2", "Oruro"))
    assert sides(driver, "a2") == {"Oruro": "WHERE"}
    kinds = {name: holder(driver, "a1", name) for name in ("Norway", "Ann Lee", "Harbour Board")}
    assert [(one["kind"], one["kind_source"]) for one in kinds.values()] == [
        ("country", "guessed"),
        ("person", "guessed"),
        ("organization", "guessed"),
    ]
    assert kinds["Norway"]["key"] == canonical_key("unspecified", "norway", "")
    assert world.faults() == []


def test_a_name_of_one_word_is_a_person_when_it_is_a_known_name(world: World, driver: Driver) -> None:
    world.take(analysis("a1", "Rossi", "Tesla"))
    assert [holder(driver, "a1", name)["kind"] for name in ("Rossi", "Tesla")] == ["person", "organization"]


def test_a_guess_parts_nobody(world: World, driver: Driver) -> None:
    world.take(analysis("a1", "Ann Lee"), told("e1", who=organization("Ann Lee")))
    assert frozenset({"collective ann lee ", "unspecified ann lee "}) in clusters(driver)


def test_the_same_analysis_again_changes_nothing(world: World, driver: Driver) -> None:
    record = analysis(
        "a1",
        {"name": "Ann Lee", "type": "PERSON", "mood": "grim"},
        "Norway",
        relationships=related(("Ann Lee", "fled to", "Norway")),
    )
    first = world.take(record)
    before = graph_hash(driver)
    again = world.take(record)
    assert (first.events_new, again.events_unchanged, again.change) == (1, 1, 0)
    assert graph_hash(driver) == before
    assert [(one.field, one.count, one.position, one.example) for one in first.warnings.values()] == [
        ("entities[].mood", 1, 1, '"grim"')
    ]


def test_bad_analyses_are_set_aside_with_position_and_place(world: World) -> None:
    report = world.take(
        analysis("a1", {"name": "A", "risk_score": 7}),
        analysis("a2", "Ann Lee"),
        {**analysis("a3", "Ann Lee"), "date": "soon"},
        analysis("a4", 5),
        {"url": "https://post.example/1"},
    )
    assert report.events_new == 1
    assert [(one.position, one.field) for one in report.rejects] == [
        (1, "entities[0].risk_score"),
        (3, "date"),
        (4, "entities[0]"),
        (5, ""),
    ]


ANN = ("2026-01-03", {"sector": "Ports", "affiliations": ["Harbour Board"]})
LATER = ("2026-01-05", {"sector": "Grain", "affiliations": ["Northern Grain Union"], "email": "ann@selwyn.example"})


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_earliest_event_states_an_attribute_whichever_came_first(world: World, order: tuple[int, int]) -> None:
    records = [told(f"e{n}", at, who=person("Ann Lee", **stated)) for n, (at, stated) in enumerate((ANN, LATER))]
    for place in order:
        world.take(records[place])
    found = entity_detail(world.graph, canonical_key("person", "ann lee", "")).attributes
    assert found["sector"] == "Ports"
    assert found["email"] == "ann@selwyn.example"
    assert sorted(found["affiliations"]) == ["Harbour Board", "Northern Grain Union"]  # type: ignore[arg-type]


def test_attributes_of_each_w_are_kept_and_shown(world: World, driver: Driver) -> None:
    world.take(
        told(
            "e1",
            where={
                "name": "Riga",
                "kind": "city",
                "lat": 56.9,
                "lon": 24.1,
                "hierarchy_path": "Europe > Latvia > Riga",
            },
            what={"label": "Strike", "impact_level": "high", "affected_parties": "Dockers"},
            when={"start": "2026-01-10", "timezone": "Europe/Riga", "temporal_context": "past"},
            why={"text": "pay", "motivating_factors": ["money"]},
        )
    )
    shown = {
        surface: entity_detail(world.graph, holder(driver, "e1", surface)["key"]).attributes
        for surface in ("Riga", "Strike", "2026-01-10[europe/riga]", "pay")
    }
    assert list(shown.values()) == [
        {"location": [56.9, 24.1], "path": ["Europe", "Latvia", "Riga"]},
        {"affected_parties": ["Dockers"], "impact_level": "high"},
        {"start": "2026-01-10", "temporal_context": "past", "timezone": "Europe/Riga"},
        {"motivating_factors": ["money"]},
    ]


def test_attributes_follow_their_alias_through_merge_and_split(world: World, driver: Driver) -> None:
    world.take(told("e1", who={"name": "Ann Lee", "sector": "Ports"}))
    world.take(told("e2", who=person("Ann Lee", email="ann@selwyn.example")))
    both = entity_detail(world.graph, holder(driver, "e1", "Ann Lee")["key"]).attributes
    assert both == {"sector": "Ports", "email": "ann@selwyn.example"}
    world.take(told("e3", who=organization("Ann Lee")))
    parted = entity_detail(world.graph, canonical_key("person", "ann lee", "")).attributes
    assert parted == {"email": "ann@selwyn.example"}
    assert entity_detail(world.graph, holder(driver, "e1", "Ann Lee")["key"]).attributes == {"sector": "Ports"}


def test_risk_and_sanctions_are_on_the_mention_and_shown(world: World) -> None:
    world.take(
        analysis("a1", {"name": "Ann Lee", "type": "PERSON"}, risk_score=0.4, sanctions=[{"list": "EU", "id": "1"}])
    )
    mention = event_detail(world.graph, "a1").mentions[0]
    assert (mention.risk, mention.sanctions) == (0.4, [{"list": "EU", "id": "1", "score": 1.0}])


def test_a_relationship_stands_between_its_entities_with_its_event(world: World, driver: Driver) -> None:
    triples = related(("Ann Lee", "Works for", "Harbour Board"), ("Ann Lee", "met", "Bo Ek"))
    world.take(analysis("a1", {"name": "Ann Lee", "type": "PERSON"}, "Harbour Board", relationships=triples))
    world.take(told("e2", who=[person("Ann Lee")], relationships=related(("Ann Lee", "works for", "Harbour Board"))))
    key = holder(driver, "a1", "Ann Lee")["key"]
    found = entity_relations(world.graph, key)
    assert [(one.predicate, one.outgoing, one.name, one.n) for one in found.rows] == [
        ("works_for", True, "Harbour Board", 2),
        ("met", True, "Bo Ek", 1),
    ]
    assert [one.id for one in found.rows[0].events] == ["a1", "e2"]
    back = entity_relations(world.graph, found.rows[1].key).rows
    assert [(one.predicate, one.outgoing, one.key) for one in back] == [("met", False, key)]
    assert [(one.subject, one.predicate) for one in event_relations(world.graph, "e2")] == [(key, "works_for")]
    passing = {one.surface: one.relevance for one in event_detail(world.graph, "a1").mentions}
    assert passing == {"Ann Lee": 1.0, "Harbour Board": 1.0, "Bo Ek": 0.5}
    assert world.faults() == []


def test_a_new_version_closes_what_the_former_one_told(world: World, driver: Driver) -> None:
    names = [person("Ann Lee"), person("Bo Ek")]
    world.take(told("e1", who=names, relationships=related(("Ann Lee", "met", "Bo Ek"))))
    world.take(told("e1", who=names, relationships=related(("Ann Lee", "sued", "Bo Ek"))))
    assert edges(driver) == [("Ann Lee", "met", "Bo Ek", False), ("Ann Lee", "sued", "Bo Ek", True)]
    assert world.faults() == []


def test_relationships_follow_merge_and_split_at_both_ends(world: World, driver: Driver) -> None:
    """An untyped name joins its one typed namesake, and leaves it when a second one comes."""
    triples = related(("Ann Lee", "owns", "Bo Ek"), ("Bo Ek", "employs", "Ann Lee"), ("Ann Lee", "knows", "Ann Lee"))
    world.take(told("e0", who=["Ann Lee", "Bo Ek"], relationships=triples))
    for turn, kind in enumerate(("person", "organization")):
        world.take(told(f"t{turn}", who=[{"name": name, "kind": kind} for name in ("Ann Lee", "Bo Ek")]))
        assert world.faults() == []
        key = holder(driver, "e0", "Ann Lee")["key"]
        assert {(one.predicate, one.outgoing) for one in entity_relations(world.graph, key).rows} == {
            ("owns", True),
            ("employs", False),
        }
    assert len(edges(driver)) == 3


def test_relationships_of_a_mixed_history_are_each_there_once(world: World, driver: Driver, graph: Database) -> None:
    news = some_news(9, 40)
    for record in news[::3]:
        ends = [one["name"] for one in record["who"]] + [record["where"][0]["name"]]
        record["relationships"] = related((ends[0], "met", ends[-1]), (ends[-1], "hosts", "Selwyn Shipping Ltd"))
    for start in range(0, len(news), 8):
        world.take(*news[start : start + 8])
    assert world.faults() == []
    with driver.session() as session:
        live = session.run("MATCH ()-[r:RELATED]->() WHERE r.closed_at IS NULL RETURN count(r) AS n").single(
            strict=True
        )
        said = sum(len(one.get("relationships", ())) for one in {one["id"]: one for one in news}.values())
    assert live["n"] == said


def backfill(world: World) -> Reread:
    return Backfill(world.graph, world.pipeline).run(None)


def test_reading_anew_what_would_be_read_the_same_changes_nothing(world: World, driver: Driver) -> None:
    world.take(
        *some_news(4, 30, versions=False),
        analysis("a1", "Norway", "Ann Lee", relationships=related(("Ann Lee", "in", "Norway"))),
    )
    before = graph_hash(driver)
    done = backfill(world)
    assert (done.events_changed, done.errors) == (0, 0)
    assert done.events_read == Backfill(world.graph, world.pipeline).count(None) == 31
    assert graph_hash(driver) == before


def test_a_name_whose_kind_became_known_is_read_anew_once(world: World, driver: Driver) -> None:
    world.take(analysis("a1", "Oruro", "Ann Lee", relationships=related(("Ann Lee", "in", "Oruro"))))
    world.take(analysis("a2", "Ann Lee"))
    world.take(told("e1", where={"name": "Oruro", "kind": "city"}))
    assert sides(driver, "a1")["Oruro"] == "WHO"
    done = backfill(world)
    assert (done.events_read, done.events_changed, done.mentions_reread, done.errors) == (3, 1, 2, 0)
    assert sides(driver, "a1") == {"Oruro": "WHERE", "Ann Lee": "WHO"}
    found = event_detail(world.graph, "a1")
    assert (found.row.version, found.versions) == (1, [])
    assert len([one for one in edges(driver) if one[3]]) == 1
    assert world.faults() == []
    assert backfill(world).events_changed == 0


def test_a_name_that_is_normalised_otherwise_today_gets_its_alias_and_all_counts_follow(
    world: World, driver: Driver
) -> None:
    world.take(
        told(
            "e1", who=person("Dr. Ann Lee", sector="Ports"), where="Norway", what="Strike", when="2026-01-10", why="pay"
        ),
        told("e2", who=person("Ann Lee")),
    )
    # As a normaliser of old would have left it: the title still in the name.
    old = canonical_key("person", "dr ann lee", "")
    with driver.session() as session:
        session.run(
            "MATCH (e:Event {id: 'e1'})-[m:WHO]->(x:Entity)<-[:NAMES]-(a:Alias) "
            "CREATE (y:Entity:Who {key: $key, kid: $kid, name: 'Dr. Ann Lee', kind: 'person', kind_source: 'stated',"
            " aliases: ['Dr. Ann Lee'], roles: [], role_counts: [], ws: ['WHO'], mentions: 1,"
            " first_seen: e.occurred_at, last_seen: e.occurred_at, version: 1, sector: 'Ports',"
            " created_at: e.recorded_at, updated_at: e.recorded_at})"
            "<-[:NAMES]-(b:Alias {key: $key, aid: $kid, name: 'Dr. Ann Lee', normalised: 'dr ann lee',"
            " family: 'person', discriminator: '', kind: 'person', mentions: 1,"
            " first_seen: e.occurred_at, last_seen: e.occurred_at, born: a.born + 100, change: a.change,"
            " attributes: a.attributes}) "
            "CREATE (e)-[n:WHO]->(y) SET n = properties(m), n.kid = $kid, n.aid = $kid, n.alias = $key "
            "DELETE m SET x.mentions = 1, a.mentions = 1, a.attributes = null REMOVE x.sector",
            key=old,
            kid=short_id(old),
        ).consume()
    fresh = World(world.graph, None)
    done = backfill(fresh)
    assert (done.events_changed, done.mentions_reread, done.errors) == (1, 5, 0)
    assert holder(driver, "e1", "Dr. Ann Lee")["key"] == holder(driver, "e2", "Ann Lee")["key"]
    assert entity_detail(world.graph, canonical_key("person", "ann lee", "")).attributes["sector"] == "Ports"
    assert fresh.faults() == []
    assert backfill(fresh).events_changed == 0


def test_only_events_since_a_time_are_read(world: World) -> None:
    world.take(*(told(f"e{n}", f"2026-01-{n:02}", who="Ann Lee") for n in range(1, 10)))
    some = Backfill(world.graph, world.pipeline)
    since = from_epoch_ms(1_767_830_400_000)
    assert some.count(since) == some.run(since).events_read == 2


def test_judgements_stay_as_they_are_when_an_event_is_read_anew(world: World, driver: Driver) -> None:
    world.take(analysis("a1", "Oruro", "Marta Ozola"), told("e1", where={"name": "Oruro", "kind": "city"}))
    before = judged(driver, "Oruro")
    backfill(world)
    assert judged(driver, "Oruro") == before


def test_a_worker_reads_names_anew_as_a_job(world: World, driver: Driver) -> None:
    world.take(analysis("a1", "Oruro"), told("e1", where={"name": "Oruro", "kind": "city"}))
    kind = extraction(world.boards, lambda: world.now)
    worker = Worker(world.graph, registry([kind]))
    for days, state in ((30, JobState.DONE), ("soon", JobState.DEAD)):
        job, _ = jobs.ask(world.graph, kind.asked(f"extract:{days}", days=days))
        worker.run(job.id)
        assert jobs.get_job(world.graph, job.id).state is state
    assert sides(driver, "a1") == {"Oruro": "WHERE"}
    assert world.faults() == []
