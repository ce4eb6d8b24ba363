"""Workers and beats as processes of their own: killed, paused, asked to stop; and what is left of their jobs."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver

from api.worker import Waker
from graph import jobs
from graph.database import Database
from graph.embedded import Servers
from graph.job import Asked, Job, JobState
from ingest.beat import Beat, BeatOptions
from ingest.schedules import DAY, SCHEDULES
from tests.factory import until, value

ROOT = Path(__file__).parents[2]
LEASE, SWEEP = 2.0, 0.5
SLACK = 2.0
"""For the claim itself, on a busy machine."""


@dataclass
class Process:
    """A process of ours with its log of JSON lines."""

    popen: "subprocess.Popen[bytes]"
    log: Path

    def told(self, event: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [line for line in lines if line["event"] == event]

    @property
    def ready(self) -> bool:
        assert self.popen.poll() is None, self.log.read_text()[-2_000:]
        return bool(self.told("worker is ready"))


@dataclass
class Crew:
    """Workers on the test's servers, with a beat in this process."""

    folder: Path
    servers: Servers
    graph: Database
    members: list[Process] = field(default_factory=list[Process])
    started: int = 0

    def begin(self, *words: str, **settings: str) -> Process:
        """`python -m …` as a process of its own."""
        self.started += 1
        log = self.folder / f"{self.started}.log"
        env = {
            **os.environ,
            "NEO4J_URI": self.servers.neo4j_uri,
            "NEO4J_USER": self.servers.neo4j_user,
            "NEO4J_PASSWORD": self.servers.neo4j_password,
            "REDIS_URL": self.servers.redis_url,
            "PENTAD_DATA_DIR": str(self.folder / "data"),
            "PENTAD_CONFIG": str(self.folder / "none.toml"),
            "PENTAD_JOB_LEASE": str(LEASE),
            "PENTAD_JOB_SWEEP": str(SWEEP),
            "PENTAD_JOB_BACKOFF": "0.2",
            "MORTAL": str(self.folder),
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        with log.open("wb") as out:
            popen = subprocess.Popen(
                [sys.executable, "-m", *words], env=env, cwd=self.folder, stdout=out, stderr=subprocess.STDOUT
            )
        return Process(popen, log)

    def muster(self, number: int = 2) -> None:
        """At least so many workers that are ready."""
        self.members = [member for member in self.members if member.popen.poll() is None]
        while len(self.members) < number:
            self.members.append(self.begin("tests.mortal_worker"))
        until(lambda: all(member.ready for member in self.members))

    def ask(self, fate: str = "", kind: str = "test-effect", *, wake: bool = True, **payload: Any) -> Job:
        """A job that meets its fate, and a worker woken for it."""
        job, new = jobs.ask(self.graph, Asked(kind, f"{kind}:{time.monotonic_ns()}", payload), rest=LEASE)
        assert new
        if fate:
            (self.folder / job.id).write_text(fate)
        if wake:
            self.wake(job)
        return job

    def wake(self, job: Job) -> None:
        Waker(self.servers.redis_url)([(job.id, job.queue)])

    def over(self, job: Job, within: float = 30) -> Job:
        return until(lambda: (found := jobs.get_job(self.graph, job.id)).over and found, within)

    def victim(self, job: Job) -> Process:
        """The worker that met the job's fate; its file bears the pid."""
        file = until(lambda: next(iter(self.folder.glob(f"{job.id}.*")), None))
        return next(one for one in self.members if one.popen.pid == int(file.suffix[1:]))

    def end(self) -> None:
        for member in self.members:
            member.popen.kill()
            member.popen.wait(10)
        self.members = []


@pytest.fixture(scope="module")
def crew(
    tmp_path_factory: pytest.TempPathFactory, servers: Servers, database: Database, driver: Driver
) -> Iterator[Crew]:
    crew = Crew(tmp_path_factory.mktemp("crew"), servers, database)
    with driver.session() as session:
        session.run("MATCH (j:Job) DELETE j").consume()
    stop = threading.Event()
    beat = Beat(database, Waker(servers.redis_url), BeatOptions(SWEEP, LEASE, 3), schedules=())
    thread = threading.Thread(target=beat.run, args=(stop,))
    thread.start()
    try:
        yield crew
    finally:
        crew.end()
        stop.set()
        thread.join(10)


def writes(driver: Driver, job: Job) -> list[int]:
    """How often each effect of the job was written."""
    with driver.session() as session:
        return session.run("MATCH (e:Effect {job: $job}) RETURN collect(e.writes) AS w", job=job.id).single(
            strict=True
        )["w"]


@pytest.mark.parametrize(
    ("fate", "lost", "written"),
    [
        ("before the claim", 0, 1),
        ("after the claim", 1, 1),
        ("between heartbeats", 1, 1),
        ("before its write", 1, 1),
        ("after its write", 1, 2),
        ("before the acknowledgement", 0, 1),
    ],
)
def test_a_job_whose_worker_is_killed_has_one_effect(
    crew: Crew, driver: Driver, fate: str, lost: int, written: int
) -> None:
    crew.muster()
    job = crew.ask(fate)
    victim = crew.victim(job)
    assert victim.popen.wait(30) == -signal.SIGKILL
    died = datetime.now(UTC)
    crew.members.append(crew.begin("tests.mortal_worker"))
    done = crew.over(job)
    assert done.state is JobState.DONE
    assert [attempt.outcome for attempt in done.log] == ["lost"] * lost + ["done"]
    assert writes(driver, job) == [written]
    if fate != "before the acknowledgement":
        assert done.started_at is not None
        assert (done.started_at - died).total_seconds() <= LEASE + SWEEP + SLACK
        assert done.worker is not None
        assert not done.worker.endswith(f":{victim.popen.pid}")


@pytest.mark.parametrize("fate", ["before its write", "after its write"])
def test_jobs_beside_one_that_kills_their_worker_are_done_and_lose_no_attempt(crew: Crew, fate: str) -> None:
    crew.end()
    crew.muster(1)
    for _ in range(2):
        assert crew.over(crew.ask(kind="test-brief")).state is JobState.DONE
    made = [crew.ask(fate if nth == 3 else "", "test-brief", wake=False) for nth in range(7)]
    crew.wake(made[0])
    assert crew.victim(made[3]).popen.wait(30) == -signal.SIGKILL
    died = datetime.now(UTC)
    crew.muster(1)
    for nth, job in enumerate(made):
        done = crew.over(job)
        assert done.state is JobState.DONE
        assert done.log[-1].outcome == "done"
        # The end of one that was over may have been written already. The one that the worker was woken for is counted.
        assert [attempt.outcome for attempt in done.log[:-1]] in ([["lost"]] if nth >= 3 else [["lost"], []])
        assert done.attempts == (len(done.log) if nth == 0 else 1)
        assert done.started_at is not None
        if len(done.log) > 1:
            lost_at = done.log[0].started_at + timedelta(milliseconds=done.log[0].duration_ms)
            assert (lost_at - died).total_seconds() <= LEASE + SWEEP + SLACK
    lines = (crew.folder / "lines").read_text().split()
    assert {lines.count(job.id) for job in made} <= {1, 2}
    assert {lines.count(job.id) for job in made[4:]} == {1}


def test_what_a_paused_worker_writes_after_its_lease_is_refused(crew: Crew, driver: Driver) -> None:
    crew.muster()
    job = crew.ask("in its sleep")
    sleeper = crew.victim(job)
    # Stopped in the middle of a write, it holds the gate until the server ends its transaction: 60 s.
    done = crew.over(job, within=100)
    assert [attempt.outcome for attempt in done.log] == ["lost", "done"]
    sleeper.popen.send_signal(signal.SIGCONT)
    until(lambda: [line for line in sleeper.told("job lost") if line["job"] == job.id])
    assert writes(driver, job) == [1]
    assert jobs.get_job(crew.graph, job.id).version == done.version


def test_a_worker_that_is_asked_to_stop_gives_its_jobs_back_in_time(crew: Crew, driver: Driver) -> None:
    crew.end()
    crew.muster(1)
    listening, deaf = crew.ask("listening"), crew.ask("deaf")
    stopped = crew.victim(listening)
    assert crew.victim(deaf) is stopped
    began = time.monotonic()
    stopped.popen.terminate()
    assert stopped.popen.wait(10) == 0
    assert time.monotonic() - began < 10
    for job in (listening, deaf):
        found = jobs.get_job(crew.graph, job.id)
        assert (found.state, found.attempts) == (JobState.QUEUED, 0)
        assert [attempt.outcome for attempt in found.log] == ["released"]
    crew.muster(1)
    for job in (listening, deaf):
        assert crew.over(job).state is JobState.DONE
        assert writes(driver, job) == [1]


def test_a_dead_letter_says_what_went_wrong_and_where(crew: Crew) -> None:
    crew.muster(1)
    dead = crew.over(crew.ask(kind="test-wrong", page=7))
    assert (dead.state, dead.attempts, dead.error_class) == (JobState.DEAD, 3, "ValueError")
    assert dead.cause is not None
    assert "cannot do {'page': 7} (tests/mortal_worker.py:" in dead.cause
    assert [attempt.outcome for attempt in dead.log] == ["retry", "retry", "dead"]
    unknown = crew.over(crew.ask(kind="of another version"))
    assert (unknown.attempts, unknown.error_class) == (1, "UnknownKind")


def test_under_two_beats_each_schedule_is_asked_for_once_a_period(crew: Crew, driver: Driver) -> None:
    crew.end()
    with driver.session() as session:
        session.run("MATCH (j:Job) DELETE j").consume()
    speed = {"PENTAD_SCHEDULE_SPEED": str(DAY)}
    beats = [crew.begin("api.cli", "worker", "--beat", **speed), crew.begin("api.cli", "beat", **speed)]
    crew.members += beats
    kinds = {schedule.kind for schedule in SCHEDULES}

    def done(times: int) -> bool:
        rows = jobs.list_jobs(crew.graph, state=JobState.DONE, limit=200).rows
        return all(sum(job.kind == kind for job in rows) >= times for kind in kinds)

    until(lambda: done(1), 120)
    brief = [schedule.kind for schedule in SCHEDULES if schedule.every <= DAY]
    until(lambda: all(len(jobs.list_jobs(crew.graph, state=JobState.DONE, kind=kind).rows) >= 3 for kind in brief))
    for beat in beats:
        beat.popen.terminate()
        assert beat.popen.wait(10) == 0
    said = [line["key"] for beat in beats for line in beat.told("schedule")]
    assert len(said) == len(set(said)) == value(driver, "MATCH (j:Job) RETURN count(DISTINCT j.key)")
    assert {line["kind"] for line in beats[0].told("job done")} == kinds
    finished = [line["job"] for line in beats[0].told("job done")]
    assert len(finished) == len(set(finished))


def pentad(folder: Path, servers: Servers, *words: str) -> str:
    """`pentad …` where Neo4j is the user's own and Redis is not; it must succeed."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("PENTAD_", "NEO4J_", "REDIS_"))}
    env = {
        **kept,
        "NEO4J_URI": servers.neo4j_uri,
        "NEO4J_PASSWORD": servers.neo4j_password,
        "PENTAD_DATA_DIR": str(folder / "data"),
        "PENTAD_CONFIG": str(folder / "none.toml"),
        "PENTAD_JOB_SWEEP": str(SWEEP),
        "PENTAD_SCHEDULE_SPEED": str(DAY),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", *words], env=env, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_up_starts_a_worker_that_keeps_time_and_down_ends_it(tmp_path: Path, servers: Servers, graph: Database) -> None:
    try:
        assert "worker" in pentad(tmp_path, servers, "up")
        seen = json.loads(pentad(tmp_path, servers, "status", "--json"))["worker"]
        assert seen["state"] == "running"
        log = Path(seen["log"])
        kinds = {schedule.kind for schedule in SCHEDULES}

        def told() -> set[str]:
            lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
            return {line["kind"] for line in lines if line["event"] == "job done"}

        # Eleven kinds of job a second, and the first that thinks names through loads its libraries.
        until(lambda: told() == kinds, 120)
        # The list shows the newest, among which a kind that is seldom asked for may be no more.
        for kind in kinds:
            assert {job.kind for job in jobs.list_jobs(graph, kind=kind).rows} == {kind}
        for kind in min(kinds), max(kinds):
            assert {job["kind"] for job in json.loads(pentad(tmp_path, servers, "jobs", "--kind", kind, "--json"))} == {
                kind
            }
    finally:
        ended = pentad(tmp_path, servers, "down")
    assert ended == "stopped: worker, api, redis\n"
    at = {
        line["event"]: datetime.fromisoformat(line["timestamp"])
        for line in map(json.loads, filter(lambda line: line.startswith("{"), log.read_text().splitlines()))
    }
    # What the command itself takes to start and to end two servers is not what a worker promises.
    assert at["worker has stopped"] - at["worker stops"] < timedelta(seconds=10)
