"""The batch through HTTP, as a job and by the command line; quality of what it and persons decided."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from redis import Redis

from api.jobs import kinds
from api.keys import create_key
from api.settings import load
from api.wiring import open_clients
from graph import jobs
from graph.database import Database
from graph.embedded import Servers
from graph.trending import Boards
from ingest.job_context import WorkerOptions
from ingest.job_kinds import registry
from ingest.worker import Worker
from tests.factory import NOW, person, told
from tests.judging_world import key_of
from tests.story.test_api import served
from tests.story.test_cli import Pentad, here, settings_of

ONE, OTHER, ELSE = (
    key_of(name) for name in ("Wilhelmina J Aaldering", "Wilhelmina Johanna Aaldering", "Karl Verhulst")
)
NAMES = ("Wilhelmina J. Aaldering", "Wilhelmina Johanna Aaldering", "Karl Verhulst", "Piet Verhulst")
"""The online path only asks about the first two: an initial."""


@pytest.fixture
def api(graph: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(graph, Boards(redis_client)) as client:
        yield client


@pytest.fixture
def pentad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, graph: Database) -> Pentad:
    return here(tmp_path, monkeypatch, settings_of(servers))


def tell(api: httpx2.Client) -> None:
    events = [told(f"e{n}", who=person(name)) for n, name in enumerate(NAMES)]
    api.post("/api/events", json=events).raise_for_status()


def test_some_entities_are_made_one_in_the_shape_of_the_contract(api: httpx2.Client, graph: Database) -> None:
    tell(api)
    body = {"entity_ids": [ONE, OTHER, ELSE], "similarity_threshold": 0.5, "merge_strategy": "most_complete"}
    (row,) = (
        api.post("/api/entity-extraction/deduplicate", json=body).raise_for_status().json()["deduplication_results"]
    )
    assert (row["canonical_entity"], row["merged_entities"]) == (ONE, [OTHER])
    assert 0.5 <= row["similarity_score"] <= 1.0
    (entry,) = row["audit_trail_entries"]
    assert (sorted(entry["aliases"]), entry["by"], entry["verdict"]) == (sorted([ONE, OTHER]), "batch", "positive")
    found = api.get(f"/api/entities/{OTHER}").json()
    assert (found["key"], found["name"]) == (ONE, "Wilhelmina Johanna Aaldering")
    again = api.post("/api/entity-extraction/deduplicate", json=body).raise_for_status().json()
    assert again == {"deduplication_results": []}
    reader = create_key(graph, "reader", ["read"], NOW)
    refused = api.post("/api/entity-extraction/deduplicate", json=body, headers={"X-API-Key": reader})
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"entity_ids": [ONE]}, 422),
        ({"entity_ids": [ONE, "f" * 64]}, 404),
        ({"entity_ids": [ONE, OTHER], "similarity_threshold": 2}, 422),
        ({"entity_ids": [ONE, OTHER], "merge_strategy": "newest"}, 422),
    ],
)
def test_what_cannot_be_compared_is_a_problem(api: httpx2.Client, body: Any, status: int) -> None:
    tell(api)
    answer = api.post("/api/entity-extraction/deduplicate", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_run_is_asked_for_as_a_job_whose_log_is_the_report(
    api: httpx2.Client, graph: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, servers: Servers
) -> None:
    tell(api)
    asked = api.post("/api/dedupe", json={"kind": "person", "full": True})
    assert (asked.status_code, asked.json()["kind"], asked.json()["state"]) == (202, "dedupe", "queued")
    assert api.post("/api/dedupe", json={"kind": "motive"}).status_code == 422
    for name, text in settings_of(servers).items():
        monkeypatch.setenv(name, text)
    with open_clients(load(data_dir=tmp_path)) as clients:
        worker = Worker(graph, registry(kinds(clients, tmp_path)), WorkerOptions())
        worker.run(asked.json()["id"])
    job = jobs.get_job(graph, asked.json()["id"])
    assert job.state == "done", job.cause
    report = job.log[-1].told
    assert report["pairs"] >= report["scored"] > 0
    assert (tmp_path / "dedupe" / "person.npz").exists()


def test_the_command_tells_what_it_did_and_quality_what_it_is_worth(api: httpx2.Client, pentad: Pentad) -> None:
    tell(api)
    dry = json.loads(pentad("dedupe", "--dry-run", "--json").stdout)
    assert dry["dry_run"] is True
    assert dry["decisions"] == []
    done = pentad("dedupe", "--kind", "person", "--strategy", "most_complete")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        *("run", "pairs", "clusters", "merges", "review", "placed", "ledger", "precision"),
    ]
    assert "by splink" in pentad("dedupe", "--kind", "person", "--engine", "splink", "--dry-run").stdout
    misused = pentad("dedupe", "--export", "somewhere")
    assert (misused.returncode, len(misused.stderr.splitlines())) == (2, 1)
    wrong = pentad("dedupe", "--kind", "motive")
    assert (wrong.returncode, len(wrong.stderr.splitlines())) == (2, 1)
    found = json.loads(pentad("quality", "--json", "--threshold", ".9").stdout)
    assert [row["kind"] for row in found["kinds"]] == ["person"]
    assert found["what_if"]["threshold"] == 0.9
    assert pentad("quality").stdout.splitlines()[0].split()[:3] == ["kind", "names", "joined"]
    served_ = api.get("/api/quality", params={"threshold": 0.9}).raise_for_status().json()
    assert served_["kinds"][0]["names"] == found["kinds"][0]["names"] == len(NAMES)
