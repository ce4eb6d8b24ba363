"""The audit log: every change has its record, in the same transaction; whoever tampers with it is found out."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from neo4j import Driver
from redis import Redis

from api.keys import create_key
from graph import audit
from graph.audit import Act, acting
from graph.database import Database
from graph.errors import Conflict
from graph.queries import Statement, statement
from graph.trending import Boards
from tests.story.test_api import event, served

ROOT = Path(__file__).parents[2]
MARK = Statement("test/mark", "MERGE (n:Site {host: $host}) SET n.seen = coalesce(n.seen, 0) + 1 RETURN n.seen AS seen")


@pytest.fixture
def api(graph: Database, redis_client: Redis) -> Any:
    with served(graph, Boards(redis_client)) as client:
        yield client


def told(graph: Database) -> list[dict[str, Any]]:
    return list(audit.records(graph))


def change(graph: Database, host: str, who: str = "local") -> None:
    with acting(Act(who, "write", "http", "mark", {"host": host})):
        graph.write(lambda tx, _: tx.rows(MARK, {"host": host}))


def test_each_request_that_changes_something_is_told_with_who_what_and_outcome(
    api: httpx2.Client, graph: Database
) -> None:
    key = create_key(graph, "an admin", ["admin"], datetime.now(UTC))
    headers = {"x-api-key": key, "x-request-id": "asked-by-me"}
    assert told(graph) == []
    api.post("/api/events", json=[event(1), event(2, who=["Jamal Kashoggi"])], headers=headers)
    api.post("/api/events", json=event(1), headers=headers)
    pair = [found_with(api, name, headers) for name in ("Jamal Khashoggi", "Jamal Kashoggi")]
    body = {"entities": pair, "reason": "one man"}
    assert api.post("/api/merges", json={**body, "dry_run": True}, headers=headers).status_code == 200
    merged = api.post("/api/merges", json=body, headers=headers).json()["id"]
    assert api.delete(f"/api/merges/{merged}", headers=headers).status_code == 200
    assert api.put("/api/readers/anna/settings", json={"topics": ["sport"]}, headers=headers).status_code == 200
    rows = told(graph)
    assert [row["what"] for row in rows][:3] == ["postEvents", "postMerge", "undoMerge"]
    assert {row["who"] for row in rows} == {f"key {key.split('_')[1]}"}
    assert {row["request_id"] for row in rows} == {"asked-by-me"}
    assert [row["scope"] for row in rows][:3] == ["write", "review", "review"]
    assert json.loads(rows[2]["target"]) == {"id": merged}
    assert json.loads(rows[0]["effects"])["nodes_created"] > 2
    assert rows[0]["change"] < rows[1]["change"] < rows[2]["change"]
    assert "anna" not in json.dumps(rows) and key.split("_", 2)[2] not in json.dumps(rows)

    listed = api.get("/api/audit", params={"limit": 2}, headers=headers)
    assert [row["n"] for row in listed.json()["items"]] == [len(rows), len(rows) - 1]
    older = api.get(listed.links["next"]["url"], headers=headers).json()["items"]
    assert [row["n"] for row in older] == [len(rows) - 2, len(rows) - 3][: len(older)]
    verdict = api.get("/api/audit/verify", headers=headers).json()
    assert (verdict["whole"], verdict["records"]) == (True, len(rows))
    assert verdict["head"] == api.get("/api/audit/head", headers=headers).json()
    reviewer = {"x-api-key": create_key(graph, "a reviewer", ["review"], datetime.now(UTC))}
    assert api.get("/api/audit", headers=reviewer).status_code == 403


def found_with(api: httpx2.Client, name: str, headers: dict[str, str]) -> str:
    return api.get("/api/entities", params={"q": name}, headers=headers).json()["items"][0]["key"]


def test_what_is_rolled_back_or_changes_nothing_leaves_no_record(graph: Database) -> None:
    def failing(tx: Any, _: int) -> None:
        tx.rows(MARK, {"host": "a.example"})
        raise Conflict("changed my mind")

    with acting(Act("local", "write", "http", "mark")):
        with pytest.raises(Conflict):
            graph.write(failing)
        graph.write(lambda tx, _: tx.rows(statement("read/gate_change")))
    graph.write(lambda tx, _: tx.rows(MARK, {"host": "upkeep.example"}))
    assert told(graph) == []


def test_many_at_once_make_one_chain(graph: Database) -> None:
    with ThreadPoolExecutor(8) as many:
        for done in [many.submit(change, graph, f"{n % 5}.example", f"key {n}") for n in range(80)]:
            done.result()
    found = audit.verify(told(graph))
    assert (found.broken_at, found.records) == (None, 80)
    assert {row["who"] for row in told(graph)} == {f"key {n}" for n in range(80)}


TAMPERING = {
    "an edit": "MATCH (a:Audit {n: 3}) SET a.who = 'nobody'",
    "an edit of its time": "MATCH (a:Audit {n: 3}) SET a.at = '2020-01-01T00:00:00.000+00:00'",
    "a gap": "MATCH (a:Audit {n: 3}) DELETE a",
    "a gap that is closed": "MATCH (a:Audit {n: 3}) DELETE a WITH 1 AS x MATCH (b:Audit) WHERE b.n > 3 "
    "WITH b ORDER BY b.n SET b.n = b.n - 1",
    "another order": "MATCH (a:Audit {n: 3}), (b:Audit {n: 4}) SET a.n = 99 SET b.n = 3 SET a.n = 4",
    "the first one gone": "MATCH (a:Audit {n: 1}) DELETE a",
    "a cut end": "MATCH (a:Audit) WHERE a.n > 4 DELETE a",
    "all gone": "MATCH (a:Audit) DELETE a",
}


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_found(how: str, graph: Database, driver: Driver) -> None:
    for number in range(6):
        change(graph, f"{number}.example")
    kept = audit.head(graph)
    assert audit.verify(told(graph), [kept]).broken_at is None
    with driver.session() as session:
        session.run(TAMPERING[how]).consume()
    found = audit.verify(told(graph), [kept])
    assert found.broken_at is not None and found.reason
    if "end" not in how and "all" not in how:
        assert audit.verify(told(graph)).broken_at is not None


def test_a_chain_made_anew_is_found_by_an_exported_head(graph: Database) -> None:
    for number in range(4):
        change(graph, f"{number}.example")
    kept = audit.head(graph)
    forged: list[dict[str, Any]] = []
    last = audit.NO_HASH
    for row in told(graph):
        made = {**row, "who": "somebody else", "prev_hash": last}
        last = audit.digest(made)
        forged.append({**made, "hash": last})
    assert audit.verify(forged).broken_at is None
    assert audit.verify(forged, [kept]).broken_at == 4


def test_an_exported_log_is_verified_without_a_server(graph: Database, tmp_path: Path) -> None:
    for number in range(3):
        change(graph, f"{number}.example")
    log, heads = tmp_path / "audit.ndjson", tmp_path / "heads.ndjson"
    lines = [json.dumps(row) for row in told(graph)]
    kept = audit.head(graph)
    heads.write_text(json.dumps({"n": kept.n, "hash": kept.hash}) + "\n")
    for written, code, says in (
        (lines, 0, "whole: 3 records"),
        (lines[:2], 1, "broken at record 3"),
        ([lines[0], lines[2], lines[1]], 1, "broken at record 2"),
        ([lines[0], "{"], 2, "cannot be read"),
    ):
        log.write_text("\n".join(written))
        done = subprocess.run(
            [sys.executable, "-m", "api.cli", "audit", "verify", str(log), "--head", str(heads)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, says in done.stdout + done.stderr) == (code, True), done
