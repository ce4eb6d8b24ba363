"""What is exported is read by others: each format is parsed by a library of its own where there is one."""

import csv
import io
import json
import re
import uuid
from typing import Any

import networkx
import pytest

from graph.database import Database
from graph.errors import InvalidInput, NotFound
from graph.exporting import FORMATS, Period, content_of
from graph.exporting import content as exporting
from graph.moment import parse_instant
from tests.factory import Json, World, country, named, organization, person, some_news, told

STIX_ID = re.compile(r"^[a-z0-9-]+--([0-9a-f-]{36})$")


@pytest.fixture
def world(graph: Database) -> World:
    made = World(graph)
    made.take(
        told(
            "one",
            "2025-03-01",
            title='=HYPERLINK("x") & <b>\uffff',
            who=[person("Ada Ames", role="source"), organization("Acme")],
            where=[named("Oslo", "city", coordinates=[59.91, 10.75]), country("Norway")],
            what={"text": "Talks", "kind": "diplomatic"},
            why=[{"text": "@peace"}],
            source={"name": "Post", "url": "https://post.example/1"},
        ),
        told("two", "2025-03-02", who=[person("Ada Ames"), country("Nowhereland")], why=[{"event": "one"}]),
        told("three", "2025-04-01", who=[person("Ben Boyd")], why=[{"event": "two"}]),
    )
    return made


def written(world: World, form: str, **part: Any) -> str:
    return "".join(FORMATS[form].write(content_of(world.graph, **part)))


def at(text: str) -> Any:
    return parse_instant(text).at


def key(world: World, name: str) -> str:
    from graph.queries import Statement

    query = Statement("test/key", "MATCH (x:Entity {name: $name}) RETURN x.key AS key")
    return world.graph.read(query, {"name": name})[0]["key"]


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networks_are_read_by_networkx_with_all_nodes_and_edges(world: World, form: str) -> None:
    read = networkx.read_graphml if form == "graphml" else networkx.read_gexf
    graph: Any = read(io.BytesIO(written(world, form).encode()))
    assert {node for node in graph if node.startswith("event:")} == {"event:one", "event:two", "event:three"}
    ada = f"entity:{key(world, 'Ada Ames')}"
    assert graph.nodes[ada]["label"] == "Ada Ames" and graph.nodes[ada]["mentions"] == 2
    assert graph.nodes["event:one"]["label"] == '=HYPERLINK("x") & <b>'
    kinds = sorted(values["type"] for _, _, values in graph.edges(data=True))
    assert kinds.count("WHO") == 5 and kinds.count("CAUSED_BY") == 2
    assert all(graph.nodes[end] for edge in graph.edges() for end in edge), "an end was never told as a node"


def test_a_period_holds_its_own_events_entities_and_causes_alone(world: World) -> None:
    graph: Any = networkx.read_graphml(
        io.BytesIO(written(world, "graphml", since=at("2025-03-02"), until=at("2025-03-31")).encode())
    )
    labels = {values["label"] for _, values in graph.nodes(data=True)}
    assert {"Ada Ames", "Nowhereland"} <= labels
    assert not {"Acme", "Ben Boyd"} & labels
    assert "CAUSED_BY" not in {values["type"] for _, _, values in graph.edges(data=True)}


def test_surroundings_of_an_entity_have_ties_and_its_events(world: World) -> None:
    graph: Any = networkx.read_gexf(io.BytesIO(written(world, "gexf", entity=key(world, "Ada Ames")).encode()))
    assert {node for node in graph if node.startswith("event:")} == {"event:one", "event:two"}
    assert "CO_MENTIONED" in {values["type"] for _, _, values in graph.edges(data=True)}
    with pytest.raises(NotFound):
        content_of(world.graph, entity="0" * 64)
    with pytest.raises(InvalidInput):
        content_of(world.graph, entity=key(world, "Ada Ames"), since=at("2025-01-01"))


def test_cells_of_a_table_are_no_formulas(world: World) -> None:
    rows = list(csv.DictReader(io.StringIO(written(world, "csv"), newline="")))
    assert len(rows) == sum(len(event.mentions) for event in Period(world.graph).events())
    one = [row for row in rows if row["event_id"] == "one"]
    assert {row["title"][:5] for row in one} == {"'=HYP"}
    assert "'@peace" in {row["surface"] for row in one}
    oslo = next(row for row in one if row["surface"] == "Oslo")
    assert (oslo["latitude"], oslo["longitude"], oslo["w"]) == ("59.91", "10.75", "where")
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row.values() if cell)


def test_lines_are_taken_in_again_and_make_the_same_mentions(world: World, graph: Database) -> None:
    news = some_news(3, 40, versions=False, risky=False)
    world.take(*news)
    lines = written(world, "ndjson").splitlines()
    assert len(lines) == 43
    before = mentions(world)
    report = World(graph).take(*(line.encode() for line in lines))
    assert not report.rejects
    assert mentions(world) == before


def mentions(world: World) -> set[tuple[str, str, str, str | None, str | None]]:
    """As they were told; whom a short name means may depend on the order of events."""
    return {
        (event.id, mention.w, mention.surface, mention.role, mention.told)
        for event in Period(world.graph).events()
        for mention in event.mentions
        if mention.w in ("WHO", "WHERE", "WHAT", "WHY")
    }


def test_places_and_events_at_them_are_features(world: World) -> None:
    found = json.loads(written(world, "geojson"))
    assert found["type"] == "FeatureCollection"
    assert [(one["properties"]["type"], one["geometry"]["coordinates"]) for one in found["features"]] == [
        ("place", [10.75, 59.91]),
        ("event", [10.75, 59.91]),
    ]
    assert found["features"][1]["properties"]["who"] == ["Ada Ames", "Acme"]


def test_linked_data_speaks_schema_org(world: World) -> None:
    found = json.loads(written(world, "jsonld"))
    assert found["@context"] == "https://schema.org"
    things = {thing["@id"]: thing for thing in found["@graph"]}
    ada = things[f"urn:pentad:entity:{key(world, 'Ada Ames')}"]
    assert (ada["@type"], ada["name"]) == ("Person", "Ada Ames")
    event = things["urn:pentad:event:one"]
    assert event["@type"] == "Event" and event["startDate"].startswith("2025-03-01")
    linked = [one["@id"] for name in ("actor", "location", "about") for one in event[name]]
    assert set(linked) <= set(things)
    assert json.loads("".join(FORMATS["jsonld"].write(content_of(world.graph, since=at("2027-01-01")))))["@graph"] == []


def test_follow_the_money_has_its_schemata_and_lists_of_text(world: World) -> None:
    found = [json.loads(line) for line in written(world, "ftm").splitlines()]
    by_name = {one["properties"].get("name", one["properties"].get("full"))[0]: one for one in found}
    assert by_name["Ada Ames"]["schema"] == "Person"
    assert by_name["Acme"]["schema"] == "Organization"
    assert by_name["Norway"]["schema"] == "Address" and by_name["Norway"]["properties"]["country"] == ["no"]
    event = next(one for one in found if one["schema"] == "Event" and one["properties"]["date"] == ["2025-03-01"])
    assert set(event["properties"]["involved"]) == {by_name["Ada Ames"]["id"], by_name["Acme"]["id"]}
    assert all(isinstance(v, str) for one in found for values in one["properties"].values() for v in values)
    ids = [one["id"] for one in found]
    assert len(set(ids)) == len(ids)


def test_stix_bundle_is_whole_and_its_ids_are_always_the_same(world: World) -> None:
    bundle = json.loads(written(world, "stix"))
    assert bundle["type"] == "bundle"
    objects: list[Json] = bundle["objects"]
    assert json.loads(written(world, "stix")) == bundle
    ids = [one["id"] for one in objects]
    assert len(set(ids)) == len(ids)
    for one in objects:
        match = STIX_ID.match(one["id"])
        assert match and uuid.UUID(match[1]).version == 5 and one["id"].startswith(one["type"] + "--")
        assert one["spec_version"] == "2.1"
        assert all(re.match(r"^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$", one[name]) for name in ("created", "modified"))
    refs = {ref for one in objects for ref in one.get("object_refs", [])}
    refs |= {one[end] for one in objects for end in ("source_ref", "target_ref") if end in one}
    assert refs <= set(ids)
    kinds = {one["name"]: (one["type"], one.get("identity_class")) for one in objects if "name" in one}
    assert kinds["Ada Ames"] == ("identity", "individual")
    assert kinds["Norway"][0] == kinds["Oslo"][0] == "location"
    # A location needs a country code or a point; who has neither is told as an identity.
    assert kinds["Nowhereland"] == ("identity", "unspecified")
    assert all("country" in one or "latitude" in one for one in objects if one["type"] == "location")
    assert sum(one["type"] == "relationship" for one in objects) == 2


def test_pages_hide_and_repeat_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.take(*(told(f"n{n}", "2025-05-05", who=[person("Ada Ames")]) for n in range(7)))
    whole = [event.id for event in Period(world.graph).events()], [x.key for x in Period(world.graph).entities()]
    monkeypatch.setattr(exporting, "PAGE", 2)
    assert [event.id for event in Period(world.graph).events()] == whole[0]
    assert [entity.key for entity in Period(world.graph).entities()] == whole[1]
    assert len(whole[0]) == 10


def test_an_event_that_names_nobody_is_a_row_and_no_report(world: World) -> None:
    world.take(
        told("bare", "2025-06-01", title="Nobody is named", what=None), told("sure", "2025-06-02", confidence=0.8)
    )
    rows = [row for row in csv.DictReader(io.StringIO(written(world, "csv"), newline="")) if row["event_id"] == "bare"]
    assert [(row["title"], row["w"], row["entity_key"]) for row in rows] == [("Nobody is named", "", "")]
    world.take(told("sure", "2025-06-02", confidence=0.8, who=[person("Ada Ames")]))
    reports = [one for one in json.loads(written(world, "stix"))["objects"] if one["type"] == "report"]
    named = {one["external_references"][-1]["external_id"]: one for one in reports}
    assert "bare" not in named
    assert named["sure"]["confidence"] == 80
    assert "confidence" not in named["two"]
