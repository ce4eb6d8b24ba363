"""The extraction API in the shapes of the contract: process, one entity, figures; switches leave a checked graph."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from neo4j import Driver

from graph.database import Database
from ingest.judging import Judging
from ingest.proposals import Order
from ingest.semantics.extracted import Config
from ingest.semantics.extracting import Extraction
from ingest.semantics.switches import Switch, Switches
from tests.factory import country, organization, person, told, value
from tests.live.test_claims import rows
from tests.pages_world import HARBOUR, LAKE, PagesWorld
from tests.unit.api.made import made_app

BASE = "/api/entity-extraction"


def extraction_of(world: PagesWorld, switches: Switches | None = None) -> Extraction:
    return Extraction(world.pipeline, world.graph, lambda: world.now, world.projections, switches=switches)


def client_of(world: PagesWorld, extraction: Extraction) -> TestClient:
    app = made_app(
        database=world.graph,
        ingest=world.pipeline,
        judging=Judging(world.pipeline, world.graph, lambda: world.now, world.projections),
        clock=lambda: world.now,
        extraction=lambda: extraction,
        forming=lambda: world.forming,
    )
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000))


def test_process_entities_and_stats_have_the_shapes_of_the_contract(graph: Database) -> None:
    world = PagesWorld(graph)
    world.take(told("e1", who=[person("Mira Castellan"), organization("Harbour Board")], where=[country("Norway")]))
    client = client_of(world, extraction_of(world))
    asked = {"content": HARBOUR, "source_id": "The Tide Table", "extraction_config": {"include_audit_trail": True}}
    done = client.post(f"{BASE}/process", json=asked).json()
    assert set(done) == {"extraction_id", "entities_extracted", "processing_metrics"}
    assert set(done["processing_metrics"]) == {"extraction_time_ms", "entities_processed", "cache_hit_rate"}
    assert done["processing_metrics"]["entities_processed"] == len(done["entities_extracted"]) >= 4
    found: dict[str, Any] = {one["metadata"]["surface"]: one for one in done["entities_extracted"]}
    mira = found["Mira Castellan"]
    assert set(mira) == {"entity_id", "type", "confidence_score", "canonical_key", "metadata"}
    assert mira["type"] == "person" and mira["confidence_score"] >= 0.7
    factors = {"name_recognition", "context_consistency", "source_reliability"}
    assert set(mira["metadata"]["confidence_factors"]) == factors and "audit_trail" in mira["metadata"]
    start, end = mira["metadata"]["start"], mira["metadata"]["end"]
    assert HARBOUR[start:end] == "Mira Castellan"

    shown = client.get(f"{BASE}/entities/{mira['entity_id']}").json()
    entity = shown["entity"]
    assert set(shown) == {"entity", "related_entities"}
    names = "entity_id type confidence_score canonical_key metadata audit_trail hierarchy_path created_at updated_at"
    assert set(entity) == set(names.split())
    assert entity["entity_id"] == mira["entity_id"] and entity["created_at"]
    related = shown["related_entities"]
    assert related and all(one["relationship_confidence"] > 0.7 for one in related)
    assert {one["relationship_type"] for one in related} <= {"causal", "temporal", "spatial"}
    assert set(related[0]) == {"entity_id", "relationship_type", "relationship_confidence"}

    stats = client.get(f"{BASE}/stats").json()
    assert set(stats) == {"extraction_statistics", "performance_metrics"}
    statistics, performance = stats["extraction_statistics"], stats["performance_metrics"]
    assert set(statistics) == {"total_entities", "entities_by_type", "average_confidence", "deduplication_rate"}
    assert set(performance) == {"extraction_latency_ms", "throughput_rps", "cache_hit_rate"}
    assert statistics["total_entities"] == sum(statistics["entities_by_type"].values())
    assert statistics["entities_by_type"]["person"] >= 1 and 0 < statistics["average_confidence"] <= 1
    assert performance["extraction_latency_ms"] > 0 and performance["throughput_rps"] > 0
    assert world.faults() == []


def test_what_is_kept_is_what_the_graph_says_now(graph: Database) -> None:
    world = PagesWorld(graph)
    extraction = extraction_of(world)
    first = extraction.process(HARBOUR)
    again = extraction.process(HARBOUR)
    assert [one.entity_id for one in again.entities] == [one.entity_id for one in first.entities]
    assert again.cache_hit_rate > 0
    keys = {one.metadata["surface"]: one.entity_id for one in first.entities}
    before = extraction.entity(keys["Mira Castellan"])
    assert extraction.entity(keys["Mira Castellan"]) is before
    judging = Judging(world.pipeline, graph, lambda: world.now, world.projections)
    merged = judging.merge([keys["Mira Castellan"], keys["Selwyn Shipping"]], Order(author="ann"))
    after = extraction.entity(keys["Mira Castellan"])
    assert [after.entity_id] == merged.entities and "Selwyn Shipping" in after.metadata["aliases"]
    assert any(row["sort"] in ("merge", "move", "judgement") for row in after.audit_trail)
    told_again = {one.metadata["surface"]: one for one in extraction.process(HARBOUR).entities}
    joined = next(one for one in told_again.values() if one.entity_id == after.entity_id)
    assert {joined.metadata["surface"], *joined.metadata["also"]} == {"Mira Castellan", "Selwyn Shipping"}
    apart = extraction.process(HARBOUR, config=Config(deduplicate=False)).entities
    assert len(apart) == len(first.entities)
    assert world.faults() == []


@pytest.mark.parametrize("switch", list(Switch))
def test_turning_a_switch_off_clears_what_was_kept_and_leaves_a_checked_graph(
    graph: Database, driver: Driver, switch: Switch
) -> None:
    world = PagesWorld(graph)
    extraction = extraction_of(world)
    on = extraction.process(HARBOUR)
    key = on.entities[0].entity_id
    detail = extraction.entity(key)
    extraction.turn(switch, 0.0)
    asked = value(driver, "MATCH (d:Document) RETURN count(d)")
    off, lake = extraction.process(HARBOUR), extraction.process(LAKE)
    if switch is Switch.EXTRACTION:
        assert off.entities == lake.entities == []
        assert value(driver, "MATCH (d:Document) RETURN count(d)") == asked
    if switch is Switch.CALIBRATION:
        bare = {one.entity_id: one.confidence_score for one in off.entities}
        factors = {one.entity_id: one.metadata["confidence_factors"] for one in off.entities}
        assert all(abs(bare[one] - factors[one].get("name_recognition", bare[one])) < 1e-3 for one in bare)
    if switch is Switch.RELATIONSHIPS:
        assert detail.related and extraction.entity(key).related == []
    if switch is Switch.DEDUPLICATION:
        assert len(off.entities) >= len(on.entities)
    assert world.faults() == []
    extraction.turn(switch, 1.0)
    assert [one.entity_id for one in extraction.process(HARBOUR).entities] == [one.entity_id for one in on.entities]
    assert world.faults() == []


def test_bad_input_is_told_and_nothing_written(graph: Database) -> None:
    world = PagesWorld(graph)
    client = client_of(world, extraction_of(world))
    for body in ({}, {"content": "  "}, {"content": "x", "extraction_config": {"confidence_threshold": 2}}, {"x": 1}):
        assert client.post(f"{BASE}/process", json=body).status_code == 422
    assert client.get(f"{BASE}/entities/{'0' * 64}").status_code == 404
    assert client.get(f"{BASE}/entities/nothing").status_code == 422
    stats = client.get(f"{BASE}/stats").json()["extraction_statistics"]
    assert stats == {
        "total_entities": 0,
        "entities_by_type": {},
        "average_confidence": 0.0,
        "deduplication_rate": 0.0,
    }
    assert client.delete(f"/api/event-judgements/{'0' * 32}").status_code == 404
    unknown = {"verdict": "positive", "pages": ["a", "b"]}
    assert client.post("/api/event-judgements", json=unknown).status_code == 404


def test_words_on_events_go_in_and_out_by_http(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    client = client_of(world, extraction_of(world))
    pages = [world.page(HARBOUR, "Harbour Board signs agreement with Norway"), world.page(LAKE, "Regatta in Chile")]
    world.read(*pages)
    world.form(*pages)
    done = client.post("/api/event-judgements", json={"verdict": "positive", "pages": pages, "reason": "one week"})
    assert done.status_code == 201 and len(done.json()["merged"]) == 1
    (listed,) = client.get("/api/event-judgements?verdict=positive").json()["items"]
    assert {listed["a"], listed["b"]} == set(pages) and listed["author"] == "local"
    back = client.delete(f"/api/event-judgements/{done.json()['decision']}")
    assert back.status_code == 200
    assert client.get("/api/event-judgements").json()["items"] == []
    live = rows(driver, "MATCH (e:Event) WHERE size(e.reports) > 0 RETURN e.reports AS reports")
    assert sorted(row["reports"] for row in live) == sorted([[page] for page in pages])
    assert world.faults() == []


def test_what_describes_two_deeds_alike_makes_them_one_with_its_features(graph: Database, driver: Driver) -> None:
    world = PagesWorld(graph)
    world.take(
        told("e1", what=[{"label": "rescue of trapped miners", "impact_level": "high"}]),
        told("e2", what=[{"label": "rescue of the trapped miners", "impact_level": "high"}]),
        told("e3", what=[{"label": "signing of a fishing treaty", "impact_level": "low"}]),
    )
    keys = [row["key"] for row in rows(driver, "MATCH (:Event)-[:WHAT]->(x) RETURN x.key AS key")]
    client = client_of(world, extraction_of(world))
    asked = {"entity_ids": keys, "similarity_threshold": 0.8}
    (done,) = client.post(f"{BASE}/deduplicate", json=asked).json()["deduplication_results"]
    assert len(done["merged_entities"]) == 1 and done["similarity_score"] >= 0.8 and done["audit_trail_entries"]
    kept = "MATCH (j:Judgement {by: 'batch'}) RETURN j.features AS features"
    assert "description" in rows(driver, kept)[0]["features"]
    assert value(driver, "MATCH (:Event)-[:WHAT]->(x) RETURN count(DISTINCT x)") == 2
    assert world.faults() == []
