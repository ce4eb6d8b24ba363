"""Facts through HTTP and the command line: both sides of what is contested, and each supersession taken back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from redis import Redis

from graph.database import Database
from graph.embedded import Servers
from graph.trending import Boards
from ingest.pipeline import Pipeline
from ingest.projections import Projections
from tests.factory import NOW
from tests.live.test_facts import ACME, heads
from tests.story.test_api import served
from tests.story.test_cli import Pentad, here, settings_of

PROBLEM = "application/problem+json"


@pytest.fixture
def news(graph: Database) -> Database:
    told = [heads("a", "Ada Ames", "2025-01-10"), heads("b", "Bo Berg", "2025-06-10")]
    report = Pipeline(graph, lambda: NOW, Projections(graph, None, lambda: NOW)).ingest(enumerate(told, 1))
    assert not report.rejects
    return graph


@pytest.fixture
def api(news: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(news, Boards(redis_client)) as client:
        yield client


@pytest.fixture
def pentad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, news: Database) -> Pentad:
    return here(tmp_path, monkeypatch, settings_of(servers))


def states(api: httpx2.Client, **params: Any) -> dict[str, str]:
    found = api.get(f"/api/entities/{ACME}/facts", params={"every": True, **params}).raise_for_status().json()
    return {row["subject"]["name"]: row["state"] for row in found["items"]}


def test_a_supersession_is_seen_taken_back_and_said_again_over_http(api: httpx2.Client) -> None:
    assert states(api) == {"Bo Berg": "current", "Ada Ames": "superseded"}
    assert states(api, as_of="2025-03-01") == {"Ada Ames": "current"}
    assert states(api, predicate="born_in") == {}
    [judged] = api.get("/api/fact-judgements").json()["items"]
    assert (judged["older_says"], judged["by"]) == ("Ada Ames chief_executive_of Acme", "rule")
    word = api.delete(f"/api/fact-judgements/{judged['id']}").raise_for_status().json()
    assert word["verdict"] == "negative"
    [row] = [
        row
        for row in api.get(f"/api/entities/{ACME}/facts", params={"every": True}).json()["items"]
        if row["subject"]["name"] == "Bo Berg"
    ]
    assert [side["subject"]["name"] for side in row["contested_by"]] == ["Ada Ames"]
    said = {"older": word["older"], "newer": word["newer"], "verdict": "positive", "reason": "sworn in"}
    assert api.post("/api/fact-judgements", json=said).status_code == 201
    assert states(api) == {"Bo Berg": "current", "Ada Ames": "superseded"}
    assert len(api.get("/api/fact-judgements", params={"revoked": True}).json()["items"]) == 3


def test_predicates_are_declared_over_http_and_bad_questions_are_problems(api: httpx2.Client) -> None:
    names = {row["name"] for row in api.get("/api/predicates").json()["items"]}
    assert "chief_executive_of" in names
    declared = api.put("/api/predicates/chief_executive_of", json={"cardinality": "many"}).raise_for_status().json()
    assert (declared["cardinality"], declared["changed"]) == ("many", 0)
    assert set(states(api).values()) == {"current"}
    for answer, status in (
        (api.get(f"/api/entities/{'0' * 64}/facts"), 404),
        (api.get(f"/api/entities/{ACME}/facts", params={"predicate": "not a word"}), 422),
        (api.put("/api/predicates/led_by", json={"cardinality": "two"}), 422),
        (api.delete(f"/api/fact-judgements/{'0' * 32}"), 404),
        (api.post("/api/fact-judgements", json={"older": "0" * 32, "newer": "1" * 32, "verdict": "positive"}), 404),
    ):
        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text


def test_the_command_line_tells_and_settles_facts(pentad: Pentad) -> None:
    assert "superseded" in pentad("facts", "of", "Acme", "--every").stdout
    [judged] = json.loads(pentad("facts", "judgements", "--json").stdout)
    assert "says that it is not so" in pentad("facts", "undo", judged["id"], "--reason", "a rumour").stdout
    shown = pentad("facts", "of", "Acme").stdout
    assert shown.count("is contested by") == 2
    ids = {
        row["subject"]["name"]: row["id"] for row in json.loads(pentad("facts", "of", "Acme", "--json").stdout)["rows"]
    }
    assert pentad("facts", "supersede", ids["Ada Ames"], ids["Bo Berg"]).returncode == 0
    assert "Ada Ames" not in pentad("facts", "of", "Acme").stdout
    assert pentad("facts", "contest", ids["Ada Ames"], ids["Bo Berg"]).returncode == 0
    assert (
        "chief_executive_of: many" in pentad("facts", "declare", "chief_executive_of", "--cardinality", "many").stdout
    )
    assert "led_by" in pentad("facts", "predicates").stdout
    assert pentad("facts", "undo", "0" * 32).returncode != 0
    assert pentad("facts", "declare", "led_by", "--cardinality", "two").returncode == 2
