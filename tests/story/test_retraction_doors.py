"""Withdrawing through HTTP and the command line: looked at first, done, undone, erased."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from redis import Redis

from graph.database import Database
from graph.embedded import Servers
from graph.trending import Boards
from tests.factory import World
from tests.live.test_retraction import NEWS, URL
from tests.story.test_api import served
from tests.story.test_cli import Pentad, here, settings_of

PROBLEM = "application/problem+json"
DOCUMENT = {"sort": "document", "given": URL}


@pytest.fixture
def news(graph: Database) -> Database:
    World(graph).take(*NEWS)
    return graph


@pytest.fixture
def api(news: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(news, Boards(redis_client)) as client:
        yield client


@pytest.fixture
def pentad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, news: Database) -> Pentad:
    return here(tmp_path, monkeypatch, settings_of(servers))


def titles(api: httpx2.Client) -> set[str]:
    return {row["id"] for row in api.get("/api/events").json()["items"]}


def test_a_document_is_looked_at_withdrawn_told_again_and_erased(api: httpx2.Client) -> None:
    found = api.post("/api/retractions", json={**DOCUMENT, "dry_run": True})
    assert (found.status_code, found.json()["leaning"]["n_events"]) == (200, 2)
    done = api.post("/api/retractions", json={**DOCUMENT, "reason": "made up"})
    assert (done.status_code, done.json()["retraction"]["events"]) == (201, 2)
    assert titles(api) == {"other", "both"}
    assert api.post("/api/retractions", json=DOCUMENT).status_code == 409
    [listed] = api.get("/api/retractions").json()["items"]
    assert (listed["state"], listed["reason"]) == ("applied", "made up")
    assert api.delete(f"/api/retractions/{listed['id']}").json()["state"] == "undone"
    assert titles(api) == {"other", "both", "alone", "fact"}
    assert api.post("/api/erasures", json=DOCUMENT).json()["state"] == "erased"
    assert api.get("/api/events/alone").status_code == 404
    for answer, status in (
        (api.post("/api/retractions", json={**DOCUMENT, "given": "https://no.example/"}), 404),
        (api.post("/api/retractions", json={"sort": "planet", "given": "x"}), 422),
        (api.delete(f"/api/retractions/{'0' * 32}"), 404),
        (api.post("/api/erasures", json=DOCUMENT), 404),
    ):
        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text


def test_the_command_line_withdraws_and_erases_only_when_told_twice(pentad: Pentad) -> None:
    assert "2 events would stand no more" in pentad("retract", "source", "The Gull", "--dry-run").stdout
    done = json.loads(pentad("retract", "source", "The Gull", "--json").stdout)
    assert "applied" in pentad("retract", "list").stdout
    assert "undone" in pentad("retract", "undo", done["id"]).stdout
    refused = pentad("retract", "document", URL, "--erase")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "erased" in pentad("retract", "document", URL, "--erase", "--yes").stdout
    assert pentad("retract", "document", URL).returncode != 0
