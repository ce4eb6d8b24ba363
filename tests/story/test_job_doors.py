"""Jobs as an operator meets them: through HTTP, as a stream of events, and on the command line."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from redis import Redis

from api.keys import create_key
from graph import jobs
from graph.database import Database
from graph.embedded import Servers
from graph.job import Asked, Claim, Job
from graph.trending import Boards
from ingest.job_context import Context, WorkerOptions
from ingest.job_kinds import Kind, registry
from ingest.worker import Outcome, Worker
from tests.story.test_api import NOW, served
from tests.story.test_cli import Pentad, here, settings_of


@pytest.fixture
def api(graph: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(graph, Boards(redis_client)) as client:
        yield client


@pytest.fixture
def pentad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, graph: Database) -> Pentad:
    return here(tmp_path, monkeypatch, settings_of(servers))


def ask(graph: Database, key: str, kind: str = "count", **payload: Any) -> Job:
    return jobs.ask(graph, Asked(kind, key, payload))[0]


def count(context: Context) -> dict[str, Any]:
    if context.payload.get("wrong"):
        raise ValueError("this page has no words")
    return {"word_count": 3}


def worker(graph: Database) -> Worker:
    return Worker(graph, registry([Kind("count", count)]), WorkerOptions(attempts=1))


def claimed(graph: Database, job: Job) -> Claim:
    ((_, claim),) = jobs.claim(graph, job.id, worker="w", task="t", lease=60)
    return claim


def test_a_list_goes_on_page_by_page_and_keeps_to_state_and_kind(api: httpx2.Client, graph: Database) -> None:
    made = [ask(graph, f"k{nth}", "odd" if nth % 2 else "even") for nth in range(5)]
    first = api.get("/api/jobs", params={"limit": 3}).raise_for_status()
    assert 'rel="next"' in first.headers["link"]
    rest = api.get("/api/jobs", params={"limit": 3, "cursor": first.json()["next_cursor"]}).json()
    assert rest["next_cursor"] is None
    assert [job["id"] for job in first.json()["items"] + rest["items"]] == [job.id for job in reversed(made)]
    odd = api.get("/api/jobs", params={"kind": "odd", "state": "queued"}).json()["items"]
    assert {job["kind"] for job in odd} == {"odd"}
    assert api.get("/api/jobs", params={"state": "dead"}).json()["items"] == []
    assert api.get("/api/jobs", params={"state": "lost"}).status_code == 422
    assert api.get("/api/jobs", params={"kind": "odd", "cursor": first.json()["next_cursor"]}).status_code == 422


def test_a_dead_letter_is_read_and_retried(api: httpx2.Client, graph: Database) -> None:
    job = ask(graph, "page:7", wrong=True)
    assert worker(graph).run(job.id, "task-1") is Outcome.DEAD
    (listed,) = api.get("/api/jobs", params={"state": "dead"}).json()["items"]
    assert listed["error_class"] == "ValueError"
    told = api.get(f"/api/jobs/{job.id}").raise_for_status().json()
    assert told["cause"].startswith("this page has no words (")
    assert told["payload"] == {"wrong": True}
    (attempt,) = told["log"]
    assert (attempt["task_id"], attempt["retry_count"], attempt["success"]) == ("task-1", 0, False)
    retried = api.post(f"/api/jobs/{job.id}/retry").raise_for_status().json()
    assert (retried["state"], retried["attempts"]) == ("queued", 0)
    assert api.post(f"/api/jobs/{job.id}/retry").status_code == 409
    assert api.post(f"/api/jobs/{'0' * 32}/retry").status_code == 404
    assert api.get(f"/api/jobs/{'0' * 32}").status_code == 404
    assert api.get("/api/jobs/x").status_code == 422


def test_reading_needs_a_reader_and_retrying_an_admin(api: httpx2.Client, graph: Database) -> None:
    job = ask(graph, "k")
    writer = {"x-api-key": create_key(graph, "writer", ["write"], NOW)}
    admin = {"x-api-key": create_key(graph, "admin", ["admin"], NOW)}
    time.sleep(0.3)
    assert api.get("/api/jobs").status_code == 401
    assert api.get("/api/jobs", headers=writer).status_code == 200
    assert api.post(f"/api/jobs/{job.id}/retry", headers=writer).status_code == 403
    assert api.post(f"/api/jobs/{job.id}/retry", headers=admin).status_code == 409


def events(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    """Server-sent events, pings apart."""
    found: dict[str, str] = {}
    for line in lines:
        if line.startswith(":"):
            continue
        if line:
            name, _, text = line.partition(": ")
            found[name] = text
        elif found:
            yield found
            found = {}


def watch(api: httpx2.Client, job: Job, last: str = "") -> list[dict[str, Any]]:
    """All that a watcher hears until the stream ends."""
    headers = {"last-event-id": last} if last else {}
    with api.stream("GET", f"/api/jobs/{job.id}/events", headers=headers) as stream:
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        return [{**one, "data": json.loads(one["data"])} for one in events(stream.iter_lines())]


def test_a_job_is_watched_until_it_is_over_and_from_where_one_left(api: httpx2.Client, graph: Database) -> None:
    job = ask(graph, "k")
    claim = claimed(graph, job)

    def work() -> None:
        for done in (1, 2):
            jobs.heartbeat(graph, claim, lease=60, done=done, total=3)
            time.sleep(1.3)
        jobs.cancel(graph, job.id)

    working = threading.Thread(target=work)
    working.start()
    # Longer than an ordinary request may take here, and the threads of the API stay free meanwhile.
    heard = watch(api, job)
    working.join()
    assert [one["event"] for one in heard] == ["progress"] * (len(heard) - 1) + ["over"]
    progress = [one["data"]["done"] for one in heard]
    assert progress == sorted(progress)
    assert {1, 2} & set(progress)
    assert heard[-1]["data"]["state"] == "cancelled"
    versions = [int(one["id"]) for one in heard]
    assert versions == sorted(set(versions))
    assert watch(api, job, heard[-1]["id"]) == []
    assert [one["id"] for one in watch(api, job, heard[0]["id"])] == [heard[-1]["id"]]
    assert api.get(f"/api/jobs/{'0' * 32}/events").status_code == 404


def test_many_watchers_hold_up_nobody(api: httpx2.Client, graph: Database) -> None:
    job = ask(graph, "k")
    heard: list[list[dict[str, Any]]] = []
    watching = [threading.Thread(target=lambda: heard.append(watch(api, job))) for _ in range(60)]
    for one in watching:
        one.start()
    time.sleep(1.5)
    began = time.monotonic()
    assert api.get("/api/jobs").status_code == 200
    assert time.monotonic() - began < 2
    jobs.cancel(graph, job.id)
    for one in watching:
        one.join(30)
    assert [told[-1]["event"] for told in heard] == ["over"] * 60


def test_the_command_line_tells_why_a_job_died_and_digs_it_up(pentad: Pentad, graph: Database) -> None:
    assert pentad("jobs").stdout.strip() == "no jobs"
    job, other = ask(graph, "page:7", wrong=True), ask(graph, "page:8")
    assert worker(graph).run(job.id) is Outcome.DEAD
    assert worker(graph).run(other.id) is Outcome.DONE
    listed = json.loads(pentad("jobs", "--state", "dead", "--json").stdout)
    assert [one["id"] for one in listed] == [job.id]
    newest, oldest = pentad("jobs").stdout.splitlines()
    assert newest.startswith(other.id)
    assert oldest.startswith(job.id)
    assert "ValueError: this page has no words" in oldest
    shown = pentad("jobs", "show", job.id).stdout.splitlines()
    assert [line.split()[0] for line in shown if "ValueError: this page has no words" in line] == ["cause", "attempt"]
    told = json.loads(pentad("jobs", "show", other.id, "--json").stdout)
    assert told["log"][0]["told"] == {"word_count": 3}
    assert pentad("jobs", "retry", job.id).stdout == f"{job.id} is queued\n"
    assert json.loads(pentad("jobs", "cancel", job.id, "--json").stdout)["state"] == "cancelled"
    for words, code in {
        ("jobs", "--state", "lost"): 2,
        ("jobs", "show", "nobody"): 1,
        ("jobs", "cancel", job.id): 1,
        ("jobs", "retry", other.id): 1,
        ("worker", "--queue", "none"): 2,
    }.items():
        wrong = pentad(*words)
        assert wrong.returncode == code, words
        assert len(wrong.stderr.strip().splitlines()) == 1
        assert wrong.stdout == ""
