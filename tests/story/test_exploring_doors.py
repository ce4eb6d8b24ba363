"""Paths, causes, rising, exports and reconciliation through HTTP and the command line, as a user asks them."""

import csv
import io
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import httpx2
import networkx
import pytest
from jsonschema import validate
from redis import Redis

from graph.database import Database
from graph.embedded import Servers
from graph.queries import Statement
from graph.trending import Boards
from ingest.pipeline import Pipeline
from ingest.projections import Projections
from tests import reconciliation_shapes as shapes
from tests.factory import NOW, country, named, organization, person, told
from tests.judging_world import key_of
from tests.story.test_api import served
from tests.story.test_cli import Pentad, here, settings_of
from tests.story.test_job_doors import events

ANNA, ZOFIA, MARIA = (key_of(name) for name in ("Anna Kowalska", "Zofia Nowak", "Maria Lis"))
PROBLEM = "application/problem+json"


@pytest.fixture
def news(graph: Database) -> Database:
    events = [
        told(
            "a",
            who=[person("Anna Kowalska"), person("Zofia Nowak")],
            where=[named("Oslo", "city", coordinates=[59.9, 10.7])],
        ),
        told("b", who=[person("Zofia Nowak"), person("Maria Lis")], why=[{"event": "a"}], category="talks"),
        told("c", who=[person("Maria Lis"), organization("Acme Shipping"), country("Norway")]),
    ]
    report = Pipeline(graph, lambda: NOW, Projections(graph, None, lambda: NOW)).ingest(enumerate(events, 1))
    assert not report.rejects
    return graph


@pytest.fixture
def api(news: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(news, Boards(redis_client)) as client:
        yield client


@pytest.fixture
def pentad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, news: Database) -> Pentad:
    return here(tmp_path, monkeypatch, settings_of(servers))


def got(api: httpx2.Client, path: str, **params: Any) -> Any:
    return api.get(path, params=params).raise_for_status().json()


def refused(api: httpx2.Client, path: str, status: int, **params: Any) -> None:
    answer = api.get(path, params=params)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text


def test_a_path_is_told_with_its_evidence(api: httpx2.Client) -> None:
    found = got(api, "/api/paths", **{"from": ANNA, "to": MARIA})
    assert [node["name"] for node in found["items"][0]["nodes"]] == ["Anna Kowalska", "Zofia Nowak", "Maria Lis"]
    assert [[event["id"] for event in hop["evidence"]] for hop in found["items"][0]["hops"]] == [["a"], ["b"]]
    assert found["truncated"] is False
    for status, params in (
        (422, {"from": ANNA}),
        (422, {"from": ANNA, "to": ANNA}),
        (422, {"from": ANNA, "to": MARIA, "hops": 5}),
        (422, {"from": ANNA, "to": MARIA, "depth": 2}),
        (404, {"from": ANNA, "to": "0" * 64}),
    ):
        refused(api, "/api/paths", status, **params)


def test_one_box_finds_names_with_slips_and_filters(api: httpx2.Client) -> None:
    found = got(api, "/api/search", q="Kowalsca")
    assert [(one["name"], list(one["ranks"])) for one in found["items"]] == [("Anna Kowalska", ["slips"])]
    assert got(api, "/api/search", q="Kowalsca", preset="exact")["items"] == []
    assert got(api, "/api/search", q="oslo", near="59.5,10.5", km=100, kind="city")["items"][0]["name"] == "Oslo"
    assert got(api, "/api/search", q="anna", place=key_of("Oslo", "place"))["items"][0]["key"] == ANNA
    for params in ({}, {"q": " "}, {"q": "x", "km": 5}, {"q": "x", "near": "95,10"}, {"q": "x", "preset": "best"}):
        refused(api, "/api/search", 422, **params)
    refused(api, "/api/search", 404, q="x", place="0" * 64)


def test_a_neighbourhood_of_three_steps_tells_its_communities_on_demand(api: httpx2.Client) -> None:
    found = got(api, f"/api/entities/{ANNA}/neighbourhood", depth=3, analysis=True)
    assert {node["name"]: node["depth"] for node in found["nodes"]}["Acme Shipping"] == 3
    assert all(node["standing"]["community"] >= 0 for node in found["nodes"])
    plain = got(api, f"/api/entities/{ANNA}/neighbourhood")
    assert {node["standing"] for node in plain["nodes"]} == {None}
    refused(api, f"/api/entities/{ANNA}/neighbourhood", 422, depth=4)


def test_why_and_consequences_and_what_is_missing(api: httpx2.Client) -> None:
    assert [event["id"] for event in got(api, "/api/events/b/why")["events"]] == ["b", "a"]
    assert [event["id"] for event in got(api, "/api/events/a/consequences")["events"]] == ["a", "b"]
    refused(api, "/api/events/nothing/why", 404)
    detail = got(api, "/api/events/b")
    assert (detail["missing"], detail["completeness"]) == (["WHERE"], 0.8)


def test_boards_of_places_formulas_and_rising(api: httpx2.Client) -> None:
    oslo = key_of("Oslo", "place")
    at = "2026-01-12"
    within = got(api, "/api/entities/trending", within=oslo, as_of=at)
    assert {row["name"] for row in within["rows"]} == {"Anna Kowalska", "Zofia Nowak"}
    assert (within["within"], within["source"]) == (oslo, "graph")
    for formula in ("reddit_hot", "hacker_news"):
        assert got(api, "/api/entities/trending", formula=formula, as_of=at)["half_life"] == formula
    refused(api, "/api/entities/trending", 422, formula="reddit_hot", half_life="1d")
    refused(api, "/api/entities/trending", 422, formula="reddit_hot", within=oslo)
    refused(api, "/api/entities/trending", 404, within="0" * 64)
    found = got(api, "/api/entities/rising", as_of=at, least=0, kind="person")
    assert found["looked_at"] == 3 and {row["type"] for row in found["rows"]} == {"person"}


def test_an_export_streams_a_file_of_its_kind(api: httpx2.Client) -> None:
    answer = api.get("/api/export", params={"format": "graphml"})
    assert answer.headers["content-type"] == "application/graphml+xml"
    assert answer.headers["content-disposition"] == 'attachment; filename="pentad.graphml"'
    graph: Any = networkx.read_graphml(io.BytesIO(answer.content))
    assert "event:a" in graph
    around = api.get("/api/export", params={"format": "csv", "entity": MARIA})
    assert {row["event_id"] for row in csv.DictReader(io.StringIO(around.text))} == {"b", "c"}
    for status, params in (
        (422, {"format": "xls"}),
        (422, {"format": "csv", "entity": MARIA, "since": "2025-01-01"}),
        (422, {"format": "csv", "depth": 2}),
        (404, {"format": "csv", "entity": "0" * 64}),
    ):
        refused(api, "/api/export", status, **params)


def test_changes_are_followed_with_a_cursor_that_never_ends(api: httpx2.Client) -> None:
    first = got(api, "/api/changes", limit=1)
    shown = [(feed["type"], feed["count"]) for feed in first["items"][0]["feed"]]
    assert shown == [("event.formed", 3), ("entity.discovered", 6)]
    cursor = first["next_cursor"]
    assert got(api, "/api/changes", cursor=cursor)["items"] == []
    api.post("/api/events", json=told("a", title="told anew")).raise_for_status()
    api.post("/api/merges", json={"entities": [ANNA, MARIA], "reason": "hers"}).raise_for_status()
    found = got(api, "/api/changes", cursor=cursor)
    types = {feed["type"]: feed for item in found["items"] for feed in item["feed"]}
    assert types["event.updated"]["ids"] == ["a"]
    assert set(types["entity.merged"]["ids"]) == {ANNA, MARIA} and types["entity.merged"]["decision"]
    assert got(api, "/api/changes", cursor=found["next_cursor"])["items"] == []
    assert got(api, "/api/changes", after=found["items"][0]["change"] - 1)["items"] == found["items"]
    refused(api, "/api/changes", 422, cursor=cursor, after=1)
    refused(api, "/api/changes", 422, cursor="made-up")


def test_changes_come_as_they_happen_and_go_on_where_they_ended(api: httpx2.Client, news: Database) -> None:
    stream_of = {"accept": "text/event-stream"}

    def heard(enough: int, headers: dict[str, str], **params: object) -> list[dict[str, Any]]:
        with api.stream("GET", "/api/changes", headers=stream_of | headers, params=params) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            found = list(islice(events(stream.iter_lines()), enough))
        return [{**one, "data": json.loads(one["data"])} for one in found]

    begun = heard(2, {}, after=0)
    assert [(one["event"], one["data"]["count"], one.get("id")) for one in begun] == [
        ("event.formed", 3, None),
        ("entity.discovered", 6, "1"),
    ]
    with ThreadPoolExecutor() as pool:
        followers = [pool.submit(heard, 1, headers) for headers in ({}, {"last-event-id": "1"})]
        time.sleep(1)
        api.post("/api/events", json=told("a", title="told anew")).raise_for_status()
        for follower in followers:
            (one,) = follower.result(20)
            assert (one["event"], one["id"], one["data"]["ids"]) == ("event.updated", "2", ["a"])
        # What is not kept any more cannot be told: a follower hears so, and one that comes is refused.
        late = pool.submit(heard, 1, {})
        time.sleep(1)
        skipped = "MATCH (g:Gate) SET g.change = 4 CREATE (:Outbox {change: 4, at: datetime(), payload: '{}'})"
        news.write(lambda tx, _: tx.rows(Statement("test/skip", skipped)))
        (gap,) = late.result(20)
        assert (gap["event"], gap["data"]["after"]) == ("gap", 2)
    assert api.get("/api/changes", headers=stream_of, params={"after": 2}).status_code == 409


def test_changes_that_are_not_kept_are_a_conflict(api: httpx2.Client, news: Database) -> None:
    api.post("/api/events", json=told("d")).raise_for_status()
    news.write(lambda tx, _: tx.rows(Statement("test/forget", "MATCH (o:Outbox {change: 1}) DELETE o")))
    refused(api, "/api/changes", 409, after=0)
    assert got(api, "/api/changes")["items"][0]["change"] == 2


def test_the_command_line_asks_the_same(pentad: Pentad) -> None:
    done = pentad("path", "Anna Kowalska", "Maria Lis", "--json")
    assert done.returncode == 0, done.stderr
    assert [node["name"] for node in json.loads(done.stdout)["paths"][0]["nodes"]][1] == "Zofia Nowak"
    shown = pentad("path", "Anna Kowalska", "Maria Lis", "--via", "Zofia Nowak", "--w", "who")
    assert "Anna Kowalska > Zofia Nowak > Maria Lis" in shown.stdout
    assert pentad("path", "Anna Kowalska", "Maria Lis", "--w", "whom").returncode == 2
    assert [one["id"] for one in json.loads(pentad("why", "b", "--json").stdout)["events"]] == ["b", "a"]
    assert "what b tells" in pentad("consequences", "a").stdout
    assert pentad("why", "nothing").returncode == 1
    assert json.loads(pentad("rising", "--as-of", "2026-01-12", "--json").stdout)["looked_at"] > 0
    assert "Anna Kowalska" in pentad("trending", "--as-of", "2026-01-12", "--within", "Oslo").stdout
    assert pentad("trending", "--as-of", "2026-01-12", "--formula", "hacker_news").returncode == 0
    assert pentad("trending", "--formula", "reddit_hot", "--within", "Oslo").returncode == 2
    assert "Anna Kowalska" in pentad("find", "Kowalsca", "--place", "Oslo").stdout
    near = json.loads(pentad("find", "oslo", "--near", "59.5,10.5,100", "--json").stdout)
    assert near["rows"][0]["row"]["name"] == "Oslo"
    assert pentad("find", "oslo", "--near", "north").returncode == 2
    assert json.loads(pentad("changes", "--json").stdout)[0]["feed"][0]["type"] == "event.formed"
    assert "nothing was committed since" in pentad("changes", "--after", "99").stdout
    assert "community" in pentad("neighbourhood", "Anna Kowalska", "--depth", "3", "--analysis").stdout
    written = pentad("export", "--format", "ndjson", "-o", "out.ndjson")
    assert (written.returncode, written.stdout) == (0, "")
    assert {json.loads(line)["id"] for line in Path("out.ndjson").read_text().splitlines()} == {"a", "b", "c"}
    stix = pentad("export", "-f", "stix", "--entity", "Maria Lis", "--depth", "2")
    assert json.loads(stix.stdout)["type"] == "bundle"
    assert pentad("export", "-f", "csv", "-o", "nowhere/out.csv").returncode == 2


def test_two_times_are_compared(api: httpx2.Client, pentad: Pentad) -> None:
    times = {"from": "2026-01-01", "to": "2026-01-12"}
    found = got(api, "/api/diff", **times)
    assert (found["total_before"], found["total_after"], found["entered"]) == (0, 6, 6)
    assert {row["name"] for row in found["items"]} >= {"Anna Kowalska", "Oslo"}
    assert all(row["rank_before"] is None and row["score_before"] == 0 for row in found["items"])
    one = got(api, f"/api/entities/{ZOFIA}/diff", **times)
    assert one["before"] is None and one["after"]["mention_count"] == 2
    assert {row["name"]: row["n_after"] for row in one["companions"]} == {
        "Anna Kowalska": 1,
        "Maria Lis": 1,
        "Oslo": 1,
    }
    assert {"field": "mentions", "before": None, "after": 2} in one["shifts"] and len(one["events"]) == 2
    known = got(api, "/api/diff", **{"from": "2020-01-01", "to": "2099-01-01", "by": ["known_at", "identity_at"]})
    assert known["total_before"] == 0 and known["entered"] == known["total_after"]
    refused(api, "/api/diff", 422, **{"from": "2026-01-12", "to": "2026-01-01"})
    refused(api, "/api/diff", 422, **{"from": "2026-01-01"})
    refused(api, f"/api/entities/{'0' * 64}/diff", 404, **times)
    told_of = json.loads(pentad("diff", "2026-01-01", "2026-01-12", "--json").stdout)
    assert told_of["entered"] == 6
    shown = pentad("diff", "2026-01-01", "2026-01-12", "--entity", "Zofia Nowak")
    assert "mentions" in shown.stdout and "Maria Lis" in shown.stdout
    wrong = pentad("diff", "2026-01-01", "2026-01-12", "--by", "nothing")
    assert wrong.returncode == 2 and wrong.stderr.count("\n") == 1


def test_places_are_walked_up_and_down(api: httpx2.Client, pentad: Pentad) -> None:
    assert "lie elsewhere than before" in pentad("hierarchy", "--update").stdout
    oslo = next(row["key"] for row in got(api, "/api/entities", q="Oslo")["items"])
    assert got(api, f"/api/entities/{oslo}/ancestors")["name"] == "Oslo"
    assert got(api, f"/api/entities/{oslo}/descendants", depth=2) == {
        **got(api, f"/api/entities/{oslo}/ancestors"),
        "items": [],
    }
    refused(api, f"/api/entities/{'0' * 64}/ancestors", 404)
    refused(api, f"/api/entities/{oslo}/descendants", 422, depth=21)
    assert pentad("hierarchy").returncode == 2


def test_connections_tell_their_origins(api: httpx2.Client) -> None:
    rows = got(api, f"/api/entities/{ZOFIA}/co-mentions", origins=True)["items"]
    assert all(row["independent_origins"] == 0 and row["at_least"] is False for row in rows)
    assert "independent_origins" in rows[0]
    refused(api, f"/api/entities/{ZOFIA}/co-mentions", 422, origins=True, as_of="2026-01-10")


def test_openrefine_reconciles_with_02(api: httpx2.Client) -> None:
    manifest = got(api, "/reconcile")
    assert manifest["versions"] == ["0.2"]
    assert {"name", "identifierSpace", "schemaSpace", "suggest", "preview", "extend", "view"} <= manifest.keys()
    assert "{{id}}" in manifest["view"]["url"] and "{{id}}" in manifest["preview"]["url"]
    batch = {
        "q0": {"query": "Kowalska, Anna", "type": "person", "limit": 3, "type_strict": "should"},
        "q1": {"query": "nobody of that name"},
        "q2": {"query": MARIA},
        "q3": {
            "query": "Acme Shipping",
            "type": ["organization", "group"],
            "properties": [{"pid": "country", "v": "Peru"}],
        },
    }
    posted = api.post("/reconcile", data={"queries": json.dumps(batch)}).raise_for_status().json()
    assert posted == got(api, "/reconcile", queries=json.dumps(batch))
    best = posted["q0"]["result"][0]
    assert (best["id"], best["name"], best["match"]) == (ANNA, "Anna Kowalska", True)
    assert best["type"] == [{"id": "person", "name": "Person"}] and 85 <= best["score"] <= 100
    assert posted["q1"]["result"] == []
    assert (posted["q2"]["result"][0]["id"], posted["q2"]["result"][0]["score"]) == (MARIA, 100)
    features = {feature["id"]: feature["value"] for feature in posted["q3"]["result"][0]["features"]}
    assert features["property:country"] is False
    # The example of the specification that has no match here is answered all the same.
    example = {"q1": {"query": "Hans-Eberhard Urbaniak"}, "q2": {"query": "Ernst Schwanhold"}}
    assert all("result" in one for one in api.post("/reconcile", data={"queries": json.dumps(example)}).json().values())


def test_openrefine_suggests_extends_and_previews(api: httpx2.Client) -> None:
    for base in ("/reconcile", "/reconcile/1.0-draft"):
        assert got(api, base + "/suggest/entity", prefix="Anna")["result"][0]["id"] == ANNA
        assert got(api, base + "/suggest/entity", prefix=ANNA)["result"][0]["name"] == "Anna Kowalska"
        assert got(api, base + "/suggest/type", prefix="per")["result"] == [{"id": "person", "name": "Person"}]
        assert "country" in {one["id"] for one in got(api, base + "/suggest/property")["result"]}
        assert got(api, base + "/extend/propose", type="person", limit=2)["properties"][0]["id"] == "name"
        page = api.get(base + "/preview", params={"id": ANNA})
        assert page.headers["content-type"].startswith("text/html") and "Anna Kowalska" in page.text
        refused(api, base + "/preview", 404, id="0" * 64)
    assert "Anna Kowalska" in got(api, "/reconcile/flyout/entity", id=ANNA)["html"]
    asked = {"ids": [ANNA, "0" * 64], "properties": [{"id": "name"}, {"id": "mentions"}, {"id": "last_seen"}]}
    rows = api.post("/reconcile", data={"extend": json.dumps(asked)}).raise_for_status().json()
    assert rows["meta"][0] == {"id": "name", "name": "Name"}
    assert rows["rows"][ANNA] == {
        "name": [{"str": "Anna Kowalska"}],
        "mentions": [{"int": 1}],
        "last_seen": [{"date": "2026-01-10T08:00:00Z"}],
    }
    assert rows["rows"]["0" * 64] == {"name": [], "mentions": [], "last_seen": []}
    draft = api.post("/reconcile/1.0-draft/extend", json=asked).raise_for_status().json()
    assert draft["rows"][0]["properties"][0] == {"id": "name", "values": [{"str": "Anna Kowalska"}]}


def test_the_draft_speaks_of_conditions(api: httpx2.Client) -> None:
    manifest = got(api, "/reconcile/1.0-draft")
    assert manifest["versions"] == ["1.0-draft"] and manifest["standardizedScore"] is True
    # Shaped as the full example of the draft, in both of the spellings that it has had.
    for value, pid in (("propertyValue", "propertyId"), ("v", "pid")):
        query = {
            "type": "person",
            "limit": 5,
            "conditions": [
                {"matchType": "name", value: "Maria Lis"},
                {"matchType": "property", pid: "roles", value: "Politik*", "required": False, "matchQuantifier": "any"},
            ],
        }
        peru = {"matchType": "property", pid: "country", value: {"id": "PE", "name": "Peru"}, "required": True}
        strict = {"conditions": [{"matchType": "name", value: ["Maria Lis"]}, peru]}
        for route in ("match", "reconcile"):
            answer = api.post(f"/reconcile/1.0-draft/{route}", json={"queries": [query, strict]}).raise_for_status()
            first, second = answer.json()["results"]
            assert (first["candidates"][0]["id"], second["candidates"]) == (MARIA, [])
            assert all({"id", "name", "value"} <= one.keys() for one in first["candidates"][0]["features"])


def test_every_sort_of_request_of_the_specification_is_answered_in_its_shapes(api: httpx2.Client) -> None:
    """Requests as its examples are: full, several values, no name, a language; of people and properties that are not
    here as well as of some that are."""

    def of_02(what: str, answer: httpx2.Response) -> Any:
        validate(found := answer.raise_for_status().json(), shapes.V02[what])
        return found

    def of_10(what: str, answer: httpx2.Response) -> Any:
        validate(found := answer.raise_for_status().json(), shapes.V10[what])
        return found

    of_02("manifest", api.get("/reconcile"))
    of_10("manifest", api.get("/reconcile/1.0-draft"))
    deed = {"pid": "professionOrOccupation", "v": ["Politik*", {"id": "wissenschaftler", "name": "Wissenschaftlerin"}]}
    batch = {
        "q0": {"query": "Hans-Eberhard Urbaniak"},
        "q1": {"query": "Christel Hanewinckel", "type": "DifferentiatedPerson", "limit": 5, "properties": [deed]},
        "q2": {"query": "Anna Kowalska", "type": "person", "properties": [deed], "type_strict": "should"},
        "q3": {"query": ANNA},
        "q4": {"properties": [{"pid": "uid", "v": "27eb892afbb2"}]},
    }
    found = of_02("results", api.post("/reconcile", data={"queries": json.dumps(batch)}))
    assert found.keys() == batch.keys() and found["q2"]["result"][0]["id"] == ANNA
    name = {"matchType": "name", "v": "Anna Kowalska"}
    wildcard = {"matchType": "property", "pid": "country", "v": "Pol*", "matchQualifier": "WildcardMatch"}
    queries = [
        {"type": "person", "limit": 5, "conditions": [name, {**wildcard, "required": False, "matchQuantifier": "any"}]},
        {"conditions": [{**name, "v": ["Christel Hanewinckel", "Anna Kowalska"]}]},
        {"conditions": [{"matchType": "property", "pid": "uid", "v": "ab09da9dd37e"}]},
        {"lang": "de", "conditions": [{**name, "v": "Berlin"}]},
    ]
    drafted = of_10("results", api.post("/reconcile/1.0-draft/match", json={"queries": queries}))
    assert [bool(one["candidates"]) for one in drafted["results"]] == [True, True, False, False]
    asked = {"ids": [ANNA, "Q1", "0" * 64], "properties": [{"id": "name"}, {"id": "mentions"}, {"id": "last_seen"}]}
    asked["properties"].append({"id": "P571", "settings": {"limit": "1", "content": "literal"}})
    old = of_02("extension", api.post("/reconcile", data={"extend": json.dumps(asked)}))
    new = of_10("extension", api.post("/reconcile/1.0-draft/extend", json=asked))
    assert old["rows"][ANNA]["P571"] == [] == new["rows"][0]["properties"][3]["values"]
    assert old["meta"][3] == {"id": "P571", "name": "P571"} == new["meta"][3]
    for base in ("/reconcile", "/reconcile/1.0-draft"):
        validate(got(api, base + "/suggest/entity", prefix="Ann"), shapes.ENTITIES)
        for what in ("type", "property"):
            validate(got(api, base + f"/suggest/{what}", prefix="c"), shapes.SUGGESTED)
        validate(got(api, base + "/extend/propose", type="DifferentiatedPerson", limit=3), shapes.PROPOSED)


def test_all_or_none_of_several_values_may_be_asked_for(api: httpx2.Client) -> None:
    def found(quantifier: str, *values: str) -> list[str]:
        roles = {"matchType": "property", "pid": "kind", "v": list(values), "matchQuantifier": quantifier}
        query = {"conditions": [{"matchType": "name", "v": "Maria Lis"}, {**roles, "required": True}]}
        answer = api.post("/reconcile/1.0-draft/match", json={"queries": [query]}).raise_for_status().json()
        return [one["id"] for one in answer["results"][0]["candidates"]]

    assert found("any", "person", "city") == found("all", "person") == found("none", "city") == [MARIA]
    assert found("all", "person", "city") == found("none", "person") == []
    wrong = {"matchType": "property", "pid": "kind", "v": "city", "matchQuantifier": "some"}
    assert api.post("/reconcile/1.0-draft/match", json={"queries": [{"conditions": [wrong]}]}).status_code == 422


def test_what_is_no_query_is_a_problem(api: httpx2.Client) -> None:
    for body in ({"queries": "no json"}, {"queries": "[]"}, {"queries": '{"q": {}}'}, {"other": "x"}, {"extend": "{}"}):
        answer = api.post("/reconcile", data=body)
        assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM), body
    assert api.post("/reconcile", content=b"x", headers={"content-type": "text/plain"}).status_code == 415
    many = {f"q{n}": {"query": "x"} for n in range(101)}
    assert api.post("/reconcile", json=many).status_code == 422
    for wrong in (
        {"queries": [{"conditions": []}]},
        {"queries": [{"conditions": [{"matchType": "id", "v": "x"}]}]},
        [],
    ):
        assert api.post("/reconcile/1.0-draft/match", json=wrong).status_code == 422


def test_pages_of_elsewhere_may_ask_here_and_nowhere_else(api: httpx2.Client) -> None:
    origin = {"Origin": "http://localhost:3333"}
    preflight = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-api-key"}
    answer = api.options("/reconcile/1.0-draft/match", headers=preflight)
    assert answer.status_code == 200 and answer.headers["access-control-allow-origin"] == "*"
    assert api.get("/reconcile", headers=origin).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in api.get("/api/events", headers=origin).headers
    # While there are no keys, a page of elsewhere is told so, and nothing more.
    assert api.get("/reconcile", headers={"Origin": "https://elsewhere.example"}).status_code == 401


def test_doors_take_three_clocks_and_refuse_what_they_cannot_tell(api: httpx2.Client) -> None:
    now, before = NOW.isoformat(), "2001-01-01T00:00:00Z"
    assert got(api, f"/api/entities/{ZOFIA}", known_at=now)["mention_count"] == 2
    assert got(api, f"/api/entities/{ZOFIA}", known_at=before)["mention_count"] == 0
    line = got(api, f"/api/entities/{ZOFIA}/timeline", known_at=now, limit=1)
    rest = got(api, f"/api/entities/{ZOFIA}/timeline", known_at=now, limit=1, cursor=line["next_cursor"])
    assert sorted(row["event_id"] for row in line["items"] + rest["items"]) == ["a", "b"]
    refused(api, f"/api/entities/{ZOFIA}/timeline", 422, known_at=before, limit=1, cursor=line["next_cursor"])
    found = got(api, f"/api/entities/{ANNA}/co-mentions", identity_at=now)
    assert {row["key"] for row in found["items"]} == {ZOFIA, key_of("Oslo", "place")}
    around = got(api, f"/api/entities/{ANNA}/neighbourhood", known_at=now, depth=2)
    assert {node["key"] for node in around["nodes"]} >= {ANNA, ZOFIA, MARIA}
    assert got(api, "/api/events/a", known_at=now)["version"] == 1
    refused(api, "/api/events/a", 404, known_at=before)
    assert got(api, "/api/events", known_at=before)["items"] == []
    assert {row["id"] for row in got(api, "/api/events", known_at=now, who=MARIA)["items"]} == {"b", "c"}
    board = got(api, "/api/entities/trending", as_of=now, known_at=now, kind="person")
    assert {row["entity_id"] for row in board["rows"]} == {ANNA, ZOFIA, MARIA}
    assert got(api, "/api/entities/trending", known_at=before)["rows"] == []
    for more in ({"formula": "reddit_hot"}, {"weigh": "origins", "origins": True}):
        board = got(api, "/api/entities/trending", as_of=now, known_at=now, kind="person", **more)
        assert {row["entity_id"] for row in board["rows"]} == {ANNA, ZOFIA, MARIA}
        assert all((row["independent_origins"] is None) == ("origins" not in more) for row in board["rows"])
        assert got(api, "/api/entities/trending", known_at=before, **more)["rows"] == []
    assert got(api, f"/api/entities/{ANNA}/rank", as_of=now, known_at=now, kind="person")["rank"] is not None
    stood = got(api, f"/api/entities/{ANNA}/rank", known_at=now, as_of=now, why=True, history=3)
    assert stood["why"]["weighed"] > 0 and stood["history"] == []
    assert got(api, "/api/entities/rising", known_at=before)["looked_at"] == 0
    for path in ("/", "/rising"):
        shown = api.get(path, params={"known_at": "2001-01-01", "as_of": now[:10]}, headers={"Accept": "text/html"})
        assert shown.status_code == 200 and 'name="known_at" value="2001-01-01"' in shown.text
        assert ANNA not in shown.text
    assert got(api, "/api/events", known_at=before, text="what")["items"] == []
    assert "a" in {row["id"] for row in got(api, "/api/events", known_at=now, text="what")["items"]}
    for metric, order in (("risk", "average"), ("sanctions", "mentions")):
        asked = {"metric": metric, "order": order, "as_of": now}
        then = got(api, "/api/entities/trending", **asked, known_at=now)
        assert then["order"] == order and then["rows"] == got(api, "/api/entities/trending", **asked)["rows"]
    refused(api, "/api/entities/trending", 422, metric="risk", order="mentions", known_at=now)
    through = got(api, f"/api/entities/{ANNA}/co-mentions", known_at=now, via=ZOFIA)
    assert through["link"] == 1 and {row["key"] for row in through["items"]} >= {MARIA}
    assert got(api, f"/api/entities/{ANNA}/co-mentions", known_at=before, via=ZOFIA)["items"] == []
    assert [row["key"] for row in got(api, "/api/search", q="Anna", known_at=now)["items"]] == [ANNA]
    assert got(api, "/api/search", q="Anna", known_at=before)["items"] == []
    assert got(api, "/api/events/b/why", known_at=now, identity_at=now) == got(api, "/api/events/b/why")
    assert got(api, "/api/search", q="Anna", known_at=now, near="59,10")["items"] == []
    assert [row["key"] for row in got(api, "/api/search", q="Anna", known_at=now, until=now)["items"]] == [ANNA]
    assert [one["id"] for one in got(api, "/api/events/b/why", known_at=now)["events"]] == ["b", "a"]
    assert got(api, f"/api/entities/{ANNA}/relationships", known_at=now)["items"] == []
    for clock in ("as_of", "known_at"):
        assert got(api, f"/api/entities/{ANNA}/history", **{clock: before})["items"] == []
    for order in ("mention_count", "name", "last_seen", "trending_score"):
        listed = {"order": order, "kind": "person", "limit": 1}
        rows = got(api, "/api/entities", **listed, as_of=now, known_at=now, identity_at=now)
        rest = got(api, "/api/entities", **{**listed, "limit": 5}, known_at=now, as_of=now, identity_at=now)
        more = {**listed, "cursor": rows["next_cursor"], "as_of": now, "known_at": now}
        assert got(api, "/api/entities", **more, identity_at=now)["items"] == rest["items"][1:2]
        assert {row["key"] for row in rest["items"]} == {ANNA, ZOFIA, MARIA}
        refused(api, "/api/entities", 422, **more)
        assert got(api, "/api/entities", order=order, known_at=before)["items"] == []
    assert [row["key"] for row in got(api, "/api/entities", q="Anna", identity_at=now)["items"]] == [ANNA]
    assert got(api, "/api/entities", q="Anna", known_at=before)["items"] == []
    for way in ("ancestors", "descendants"):
        assert got(api, f"/api/entities/{key_of('Oslo', 'place')}/{way}", known_at=before)["items"] == []
        refused(api, f"/api/entities/{'0' * 64}/{way}", 404, known_at=now)
    ends = {"from": ANNA, "to": MARIA}
    for clock in ("as_of", "known_at"):
        assert got(api, "/api/paths", **ends, **{clock: before})["items"] == []
    told = got(api, "/api/paths", **ends, as_of=now, known_at=now, identity_at=now)
    assert told == got(api, "/api/paths", **ends) and told["items"]


def test_pages_of_the_graph_and_of_a_search_keep_the_clocks(api: httpx2.Client) -> None:
    def page(path: str, **params: str) -> httpx2.Response:
        return api.get(path, params=params, headers={"Accept": "text/html"}, follow_redirects=True)

    early, late = (
        {"known_at": "2001-01-01"},
        {"as_of": "2099-01-01", "known_at": "2099-01-01", "identity_at": "2099-01-01"},
    )
    drawn = page("/graph", keys=f"{ANNA},{ZOFIA}", **late)
    assert drawn.status_code == 200 and 'aria-labelledby="edges"' in drawn.text
    assert all(drawn.text.count(f'name="{clock}" value="2099-01-01"') == 3 for clock in late)
    assert f"/entities/{ANNA}?as_of=2099-01-01&amp;known_at=2099-01-01" in drawn.text
    assert f'href="/graph?keys={ANNA},{ZOFIA}"' in drawn.text, "the way to now"
    alone = page("/graph", keys=f"{ANNA},{ZOFIA}", **early)
    assert alone.status_code == 200 and 'aria-labelledby="edges"' not in alone.text
    grown = page("/graph", grow=ANNA, **early)
    assert "known_at=2001-01-01" in str(grown.url) and ZOFIA not in grown.text
    grown = page("/graph", grow=ANNA, **late)
    assert "identity_at=2099-01-01" in str(grown.url) and ZOFIA in grown.text
    assert "said=nobody" in str(page("/graph", add="Anna", **early).url)
    assert ANNA in str(page("/graph", add="Anna", **late).url)
    assert "said=apart" in str(page("/graph", keys=ANNA, join=ANNA, to=MARIA, **early).url)
    assert ZOFIA in str(page("/graph", keys=ANNA, join=ANNA, to=MARIA, **late).url)
    assert page("/graph", keys=ANNA, known_at="soon").status_code == 422
    assert ANNA not in page("/search", q="Anna", **early).text
    assert f"/entities/{ANNA}?as_of=2099-01-01" in page("/search", q="Anna", **late).text
    for key in (ANNA, key_of("Oslo", "place")):
        shown = page(f"/entities/{key}", **late)
        assert f"/graph?grow={key}&amp;as_of=2099-01-01&amp;known_at=2099-01-01&amp;identity_at=" in shown.text


def test_commands_take_three_clocks(pentad: Pentad) -> None:
    def said(*words: str) -> Any:
        return json.loads(pentad(*words, "--json").stdout)

    assert said("entity", ZOFIA, "--known-at", "2100-01-01")["row"]["mentions"] == 2
    assert said("entity", ZOFIA, "--known-at", "2001-01-01")["row"]["mentions"] == 0
    assert [row["event"] for row in said("timeline", ANNA, "--identity-at", "2100-01-01")["rows"]] == ["a"]
    assert said("events", "--known-at", "2001-01-01")["rows"] == []
    assert [one["id"] for one in said("why", "b", "--identity-at", "2100-01-01")["events"]] == ["b", "a"]
    assert said("path", ANNA, MARIA, "--known-at", "2001-01-01")["paths"] == []
    assert said("path", ANNA, MARIA, "--known-at", "2100-01-01", "--identity-at", "2100-01-01")["paths"]
    assert said("search", "Anna", "--known-at", "2001-01-01") == []
    assert [row["key"] for row in said("search", "Anna", "--identity-at", "2100-01-01")] == [ANNA]
    assert said("hierarchy", "Oslo", "--known-at", "2100-01-01") == said("hierarchy", "Oslo")
    assert said("hierarchy", "Oslo", "--below", "--identity-at", "2100-01-01")["rows"] == []
