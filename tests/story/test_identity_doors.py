"""Who is who through HTTP and the command line: matched, merged, split, explained, reviewed, undone."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from neo4j import Driver
from redis import Redis

from api.keys import create_key
from graph.database import Database
from graph.embedded import Servers
from graph.judgement import Author, Judgement, Verdict
from graph.trending import Boards
from tests.factory import NOW, holder, person, told, value
from tests.judging_world import Court, key_of
from tests.story.test_api import served
from tests.story.test_cli import Pentad, here, settings_of


@pytest.fixture
def api(graph: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(graph, Boards(redis_client)) as client:
        yield client


@pytest.fixture
def pentad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, graph: Database) -> Pentad:
    return here(tmp_path, monkeypatch, settings_of(servers))


ANNA, ZOFIA, MARIA = (key_of(name) for name in ("Anna Kowalska", "Zofia Nowak", "Maria Lis"))


def tell(api: httpx2.Client, *names: str, prefix: str = "e") -> None:
    events = [told(f"{prefix}{n}", who=person(name)) for n, name in enumerate(names)]
    api.post("/api/events", json=events).raise_for_status()


def entity(api: httpx2.Client, key: str, **params: Any) -> dict[str, Any]:
    return api.get(f"/api/entities/{key}", params=params).raise_for_status().json()


def test_a_merge_is_made_told_undone_and_remembered(api: httpx2.Client) -> None:
    tell(api, "Anna Kowalska", "Zofia Nowak", "Zofia Nowak")
    asked = {"entities": [ANNA, ZOFIA], "reason": "her married name", "expected_versions": {ANNA: 1, ZOFIA: 1}}
    dry = api.post("/api/merges", json={**asked, "dry_run": True})
    assert (dry.status_code, dry.json()["id"], dry.json()["merged"]) == (200, None, {ANNA: [ZOFIA]})
    made = api.post("/api/merges", json=asked)
    assert made.status_code == 201
    told_of = made.json()
    assert (told_of["entities"], told_of["merged"], told_of["mentions"]) == ([ANNA], {ANNA: [ZOFIA]}, 2)
    assert entity(api, ZOFIA)["key"] == ANNA
    assert entity(api, ANNA)["mention_count"] == 3
    stale = api.post("/api/merges", json={**asked, "entities": [ANNA, MARIA]})
    assert stale.status_code in (404, 409)
    listed = api.get("/api/merges").json()["items"]
    assert [(one["id"], one["reason"], one["standing"], one["author"]) for one in listed] == [
        (told_of["id"], "her married name", True, "local")
    ]
    detail = api.get(f"/api/merges/{told_of['id']}").json()
    assert [(j["by"], j["verdict"], j["reason"]) for j in detail["made"]] == [
        ("person", "positive", "her married name")
    ]
    history = api.get(f"/api/entities/{ANNA}/history").json()["items"]
    assert {"merge", "move", "judgement"} <= {row["sort"] for row in history}
    undone = api.delete(f"/api/merges/{told_of['id']}").raise_for_status().json()
    assert sorted(undone["split"][ANNA]) == sorted([ANNA, ZOFIA])
    assert entity(api, ZOFIA)["mention_count"] == 2
    assert api.get("/api/merges").json()["items"][0]["standing"] is False
    assert api.delete(f"/api/merges/{told_of['id']}").status_code == 409
    assert api.delete(f"/api/merges/{'f' * 32}").status_code == 404
    assert {"split"} <= {row["sort"] for row in api.get(f"/api/entities/{ANNA}/history").json()["items"]}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"entities": [ANNA]}, 422),
        ({"entities": [ANNA, "nobody"]}, 422),
        ({"entities": [ANNA, MARIA]}, 404),
        ({"entities": [ANNA, ANNA]}, 422),
        ({"entities": [ANNA, ZOFIA], "force": True}, 422),
        ({"entities": [ANNA, ZOFIA], "expected_version": 7}, 409),
        ([], 422),
        ("text", 422),
    ],
)
def test_what_cannot_be_merged_is_a_problem(api: httpx2.Client, body: Any, status: int) -> None:
    tell(api, "Anna Kowalska", "Zofia Nowak")
    answer = api.post("/api/merges", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert entity(api, ZOFIA)["key"] == ZOFIA


def test_deciding_needs_the_review_scope_and_is_signed_with_the_key(api: httpx2.Client, graph: Database) -> None:
    tell(api, "Anna Kowalska", "Zofia Nowak")
    writer = create_key(graph, "writer", ["write"], NOW)
    reviewer = create_key(graph, "reviewer", ["review"], NOW)
    body = {"entities": [ANNA, ZOFIA]}
    assert api.post("/api/merges", json=body, headers={"X-API-Key": writer}).status_code == 403
    assert api.post("/api/merges", json=body, headers={"X-API-Key": reviewer}).status_code == 201
    listed = api.get("/api/merges", headers={"X-API-Key": writer}).json()["items"]
    assert listed[0]["author"] == f"key {reviewer.split('_')[1]}"


def test_a_split_of_a_mention_and_of_a_name(api: httpx2.Client, driver: Driver) -> None:
    tell(api, "Anna Kowalska", "Anna Kowalska", "Nicolás Maduro", "Nicolas Maduro")
    mention = value(driver, "MATCH (:Event {id: 'e1'})-[m:WHO]->() RETURN m.id")
    made = api.post("/api/splits", json={"mentions": [{"event_id": "e1", "mention_id": mention}]})
    assert (made.status_code, made.json()["placed"]) == (201, 1)
    assert holder(driver, "e1", "Anna Kowalska")["key"] != ANNA
    nicolas = key_of("Nicolas Maduro")
    parted = api.post("/api/splits", json={"aliases": [nicolas], "reason": "a namesake"})
    assert parted.status_code == 201
    assert holder(driver, "e3", "Nicolas Maduro")["key"] == nicolas
    assert len(api.get("/api/splits").json()["items"]) == 2
    api.delete(f"/api/splits/{parted.json()['id']}").raise_for_status()
    api.delete(f"/api/splits/{made.json()['id']}").raise_for_status()
    assert holder(driver, "e1", "Anna Kowalska")["key"] == ANNA
    assert holder(driver, "e3", "Nicolas Maduro")["key"] == key_of("Nicolás Maduro")
    assert api.post("/api/splits", json={}).status_code == 422


def test_why_two_are_one_or_are_not(api: httpx2.Client) -> None:
    tell(api, "Nicolás Maduro", "Nicolas Maduro", "Anna Kowalska")
    one = api.get(f"/api/entities/{key_of('Nicolás Maduro')}/explain/{key_of('Nicolas Maduro')}").json()
    assert one["one"] and [j["reason"] for j in one["chain"]] == ["similar names"]
    assert one["compared"][0]["probability"] >= 0.85 and "bias" in one["compared"][0]["log_odds"]
    path = f"/api/entities/{ANNA}/explain/{key_of('Nicolás Maduro')}"
    two = api.get(path, params={"picture": True}).json()
    assert not two["one"] and two["chain"] == [] and two["verdict"].startswith("two")
    assert two["compared"][0]["picture"].startswith("<svg")
    api.post("/api/merges", json={"entities": [ANNA, key_of("Nicolás Maduro")]}).raise_for_status()
    assert "person local" in api.get(path).json()["verdict"]
    assert api.get(f"/api/entities/{ANNA}/explain/{'0' * 64}").status_code == 404


def test_who_was_who_at_a_past_time(api: httpx2.Client, driver: Driver) -> None:
    tell(api, "Anna Kowalska", "Zofia Nowak")
    with driver.session() as session:
        made = api.post("/api/merges", json={"entities": [ANNA, ZOFIA]}).json()
        session.run(
            "MATCH (j:Judgement {decision: $id})"
            " SET j.at = datetime('2018-10-01'), j.revoked_at = datetime('2018-10-20')",
            id=made["id"],
        ).consume()
    then = entity(api, ZOFIA, identity_at="2018-10-10T00:00:00Z")
    assert (then["key"], then["mention_count"], then["alias_count"]) == (ANNA, 2, 2)
    assert sorted(alias["name"] for alias in then["aliases"]) == ["Anna Kowalska", "Zofia Nowak"]
    for at in ("2018-09-30T00:00:00Z", "2018-10-25T00:00:00Z"):
        assert entity(api, ZOFIA, identity_at=at)["key"] == ZOFIA
    assert api.get(f"/api/entities/{'0' * 64}", params={"identity_at": "2018-10-10"}).status_code == 404


def test_query_by_example(api: httpx2.Client, driver: Driver) -> None:
    tell(api, "Nicolás Maduro", "Anna Kowalska", "Zofia Nowak")
    before = value(driver, "MATCH (n) RETURN count(n)")
    body = {
        "queries": {
            "one": {"name": "Maduro, Nicolas", "kind": "person"},
            "two": {"names": ["Hanna Kowalska", "Anna Kowalska"], "type": "person"},
            "none": {"name": "Xylophon Quatsch"},
        },
        "picture": True,
    }
    answer = api.post("/api/match", json=body).raise_for_status().json()
    assert answer["algorithm"]["name"] == "pentad-names" and answer["algorithm"]["thresholds"]["positive"] == 0.85
    found = answer["results"]
    assert found["none"] == []
    assert (found["one"][0]["key"], found["one"][0]["verdict"]) == (key_of("Nicolás Maduro"), "positive")
    assert found["two"][0]["name"] == found["two"][0]["asked"] == "Anna Kowalska"
    assert found["one"][0]["picture"].startswith("<svg") and found["one"][0]["log_odds"]
    assert value(driver, "MATCH (n) RETURN count(n)") == before
    assert api.post("/api/match", json={"queries": {"q": {}}}).status_code == 422


def uncertain(graph: Database, one: str, other: str) -> None:
    """The batch is unsure of two persons."""
    said = Judgement(
        a=key_of(one), b=key_of(other), verdict=Verdict.UNSURE, by=Author.BATCH, score=0.8, reason="uncertain"
    )
    Court(graph).judging.judge([said])


def test_reviews_through_http(api: httpx2.Client, graph: Database) -> None:
    tell(api, "Anna Kowalska", "Zofia Nowak")
    uncertain(graph, "Anna Kowalska", "Zofia Nowak")
    (asked,) = api.get("/api/reviews").json()["items"]
    assert (asked["sort"], {asked["a"]["alias"], asked["b"]["alias"]}) == ("pair", {"Anna Kowalska", "Zofia Nowak"})
    detail = api.get(f"/api/reviews/{asked['id']}").raise_for_status().json()
    assert detail["open"] and len(detail["a"]["evidence"]) == 1
    stale = api.post(f"/api/reviews/{asked['id']}", json={"verdict": "same", "expected_version": "0" * 16})
    assert stale.status_code == 409
    body = {"verdict": "same", "expected_version": asked["expected_version"]}
    done = api.post(f"/api/reviews/{asked['id']}", json=body)
    assert done.status_code == 201
    assert api.get("/api/reviews").json()["items"] == []
    decision = done.json()["decision"]["id"]
    assert [one["id"] for one in api.get("/api/reviews/decisions").json()["items"]] == [decision]
    api.delete(f"/api/reviews/decisions/{decision}").raise_for_status()
    bulk = {"answers": [{"id": asked["id"], "verdict": "different"}, {"id": "f" * 32, "verdict": "same"}]}
    dry = api.post("/api/reviews/bulk", json={**bulk, "dry_run": True}).raise_for_status().json()
    assert (dry["taken"], [one["status"] for one in dry["refused"]]) == ([asked["id"]], [404])
    assert len(api.get("/api/reviews").json()["items"]) == 1
    api.post("/api/reviews/bulk", json=bulk).raise_for_status()
    assert api.get("/api/reviews", params={"sort": "pair"}).json()["items"] == []


def test_the_command_line_merges_splits_explains_and_reviews(pentad: Pentad, graph: Database, tmp_path: Path) -> None:
    names = ["Anna Kowalska", "Zofia Nowak", "Maria Lis", "Piotr Zych"]
    file = tmp_path / "events.ndjson"
    file.write_text("\n".join(json.dumps(told(f"e{n}", who=person(name))) for n, name in enumerate(names)))
    assert pentad("ingest", str(file)).returncode == 0
    merged = pentad("merge", ANNA, ZOFIA, "--reason", "married")
    assert merged.returncode == 0
    decision = re.search(r"pentad undo ([0-9a-f]{32})", merged.stdout)
    assert decision is not None
    assert "one entity by 1 judgement" in pentad("explain", ANNA, ZOFIA).stdout
    assert json.loads(pentad("explain", ANNA, ZOFIA, "--json").stdout)["told"]["one"] is True
    assert pentad("split", ANNA, "--alias", "Zofia Nowak").returncode == 0
    assert "two: parted by person" in pentad("explain", ANNA, ZOFIA).stdout
    wrong = pentad("split", ANNA, "--alias", "Nobody")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    uncertain(graph, "Maria Lis", "Piotr Zych")
    (asked,) = json.loads(pentad("review", "--json").stdout)
    assert "Maria Lis" in pentad("review").stdout
    assert "Piotr Zych" in pentad("review", "show", asked["id"]).stdout
    assert pentad("review", "decide", asked["id"], "same", "--expected-version", "0").returncode == 1
    done = json.loads(pentad("review", "decide", asked["id"], "same", "--json").stdout)
    assert json.loads(pentad("review", "--json").stdout) == []
    assert pentad("review", "undo", done["id"]).returncode == 0
    assert len(json.loads(pentad("review", "--json").stdout)) == 1
