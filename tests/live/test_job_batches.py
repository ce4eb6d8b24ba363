"""Several jobs under one lease: who may come along, that each keeps its own fence, and that none keeps the others."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from neo4j import Driver

from graph import jobs
from graph.database import Database
from graph.errors import Conflict, DatabaseUnavailable, InvalidInput
from graph.job import Asked, Claim, Job, JobState, Queue
from graph.queries import Statement, statement
from graph.reading.changes import changes
from ingest.batch import AT_ONCE, PATIENCE, UNTOLD
from ingest.job_context import Context, TriedAgain, WorkerOptions
from ingest.job_kinds import Kind, registry
from ingest.worker import Outcome, Worker
from tests.factory import ATTEMPT, counts, until

ALONG = {"brief": 3}
EMPTY = Statement("test/no-jobs", "MATCH (j:Job) DELETE j")
RUN_OUT = Statement(
    "test/run-out", "MATCH (j:Job {state: 'running'}) SET j.wake_at = datetime.statement() - duration('PT1S')"
)


def ask(graph: Database, key: str, **more: Any) -> Job:
    job, new = jobs.ask(graph, Asked(**{"kind": "brief", "key": key, "payload": {}, **more}))
    assert new
    return job


def claim(graph: Database, job: str, lease: float = 60, along: dict[str, int] | None = None) -> list[Claim]:
    taken = jobs.claim(graph, job, worker="w", task="t", lease=lease, along=ALONG if along is None else along)
    return [claim for _, claim in taken]


def of(claims: Sequence[Claim]) -> list[str]:
    return [one.job for one in claims]


def test_others_of_the_kind_and_queue_that_wait_come_along_up_to_the_bound(graph: Database) -> None:
    first, *others = (ask(graph, f"b{nth}").id for nth in range(6))
    apart = [
        ask(graph, "other kind", kind="other"),
        ask(graph, "other queue", queue=Queue.URGENT),
        ask(graph, "not due", delay=60),
    ]
    # In the order in which they were asked for, after the one that a worker was woken for.
    assert of(claim(graph, others[2])) == [others[2], first, others[0], others[1]]
    assert of(claim(graph, others[4])) == [others[4], others[3]]
    for job in apart:
        assert jobs.get_job(graph, job.id).state is JobState.QUEUED
    assert of(claim(graph, apart[0].id)) == [apart[0].id]
    assert claim(graph, first) == []


def test_who_comes_along_is_claimed_as_it_would_be_alone(graph: Database) -> None:
    alone = ask(graph, "alone", kind="other")
    claim(graph, alone.id)
    for job in [ask(graph, f"b{nth}") for nth in range(3)]:
        claim(graph, job.id)
        found, like = jobs.get_job(graph, job.id), jobs.get_job(graph, alone.id)
        assert (found.state, found.attempts, found.fence) == (JobState.RUNNING, 1, 1)
        assert (found.version, found.worker, found.done, found.total) == (like.version, like.worker, 0, 0)
        assert found.started_at is not None
        assert found.lease_until is not None
        assert (found.lease_until - found.started_at).total_seconds() == 60


def test_a_job_that_was_tried_before_goes_alone(graph: Database) -> None:
    tried = ask(graph, "tried")
    later = jobs.Failure("DatabaseUnavailable", "away", again=True)
    jobs.fail(graph, *claim(graph, tried.id), ATTEMPT, later)
    given_back = ask(graph, "given back")
    jobs.release(graph, *claim(graph, given_back.id), ATTEMPT)
    others = [ask(graph, f"b{nth}").id for nth in range(2)]
    assert of(claim(graph, others[0])) == others
    assert of(claim(graph, tried.id)) == [tried.id]
    assert of(claim(graph, given_back.id)) == [given_back.id]


def test_of_many_who_claim_at_once_each_job_goes_to_one(graph: Database) -> None:
    ids = [ask(graph, f"b{nth}").id for nth in range(24)]
    taken: list[str] = []
    threads = [
        Thread(target=lambda part=part: taken.extend(job for one in part for job in of(claim(graph, one))))
        for part in (ids[::3], ids[1::3], ids[2::3])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(ids)


def test_looking_for_others_costs_the_same_whatever_waits_and_is_over(graph: Database, driver: Driver) -> None:
    """At most so many queued jobs are looked through; jobs that are over are not met at all."""
    look = statement("write/jobs_claim")
    params = {"worker": "w", "task": "t", "lease": 1_000, "along": {"brief": 3}, "most": 3, "look": 16}
    hits: list[int] = []
    for nth in range(2):
        with driver.session() as session:
            session.run(
                "UNWIND range(1, 100 + 900 * $nth) AS n UNWIND ['queued', 'done'] AS state CREATE (:Job {id: "
                "randomUUID(), kind: 'other', queue: 'normal', state: state, attempts: 0, fence: 0, version: 1, "
                "log: [], created_at: datetime(), not_before: datetime(), wake_at: datetime()})",
                nth=nth,
            ).consume()
            plan: Any = (
                session.run(f"PROFILE {look.text}", {**params, "id": ask(graph, f"b{nth}").id}).consume().profile
            )
        hits.append(_hits(plan))
    assert hits[1] <= hits[0] * 1.1


def _hits(plan: dict[str, Any]) -> int:
    return int(plan.get("args", {}).get("DbHits", 0)) + sum(_hits(child) for child in plan.get("children", []))


def test_ends_are_written_together_and_a_lost_lease_touches_no_other(graph: Database) -> None:
    ids = [ask(graph, f"b{nth}", payload={"document": f"p{nth}"}, kind="semantic").id for nth in range(5)]
    done, again, dead, back, called_off = claim(graph, ids[0], along={"semantic": 4})
    jobs.cancel(graph, called_off.job)
    states = jobs.end(
        graph,
        [
            jobs.End(called_off, ATTEMPT),
            jobs.End(done, ATTEMPT, progress=(3, 4)),
            jobs.End(again, ATTEMPT, jobs.Failure("OSError", "away", again=True, delay=60)),
            jobs.End(dead, ATTEMPT, jobs.Failure("ValueError", "wrong", again=False)),
            jobs.End(back, ATTEMPT, undone=True),
        ],
    )
    assert states == {
        done.job: JobState.DONE,
        again.job: JobState.QUEUED,
        dead.job: JobState.DEAD,
        back.job: JobState.QUEUED,
    }
    found = {claimed.job: jobs.get_job(graph, claimed.job) for claimed in (done, again, dead, back, called_off)}
    assert (found[done.job].done, found[done.job].total, found[done.job].cause) == (3, 4, None)
    assert (found[again.job].attempts, found[again.job].cause) == (1, "away")
    assert (found[again.job].not_before - datetime.now(UTC)).total_seconds() > 50
    assert (found[dead.job].error_class, found[dead.job].over) == ("ValueError", True)
    assert (found[back.job].attempts, len(found[back.job].log)) == (0, 1)
    assert (found[called_off.job].state, found[called_off.job].log) == (JobState.CANCELLED, ())
    told = [(one.type, one.ids) for change in changes(graph, None) for one in change.feed]
    assert told == [("page.semantic_failed", ["p2"])]
    assert jobs.end(graph, [jobs.End(done, ATTEMPT)]) == {}


def test_neighbours_of_a_job_that_ends_its_worker_lose_no_attempt_and_meet_it_no_more(graph: Database) -> None:
    ids = [ask(graph, f"b{nth}").id for nth in range(4)]
    assert of(claim(graph, ids[1], lease=0.05)) == [ids[1], ids[0], ids[2], ids[3]]
    time.sleep(0.1)
    assert jobs.lose(graph, 3) == 4
    found = [jobs.get_job(graph, one) for one in ids]
    assert [one.attempts for one in found] == [0, 1, 0, 0]
    assert {one.state for one in found} == {JobState.QUEUED}
    assert [one.log[0].outcome for one in found] == ["lost"] * 4
    for nth in range(3):
        # Whichever of them it was: alone from now on, it is a dead letter after its three attempts.
        assert of(claim(graph, ids[0], lease=0.05)) == [ids[0]]
        time.sleep(0.1)
        assert jobs.lose(graph, 3) == 1
        assert jobs.get_job(graph, ids[0]).state is (JobState.DEAD if nth == 2 else JobState.QUEUED)
    for one in ids[1:]:
        jobs.finish(graph, *claim(graph, one), ATTEMPT)


class Hands:
    """A worker whose brief jobs do what their key says; `seen` are the keys in the order in which they began."""

    def __init__(self, graph: Database, **options: Any) -> None:
        self.graph = graph
        self.seen: list[str] = []
        self.woken: list[str] = []
        self.let_go = Event()
        self.does: dict[str, Callable[[Context], None]] = {"slow": self.wait}
        self.worker = Worker(
            graph,
            registry([Kind("brief", self.do, brief=True), Kind("plain", self.do)]),
            WorkerOptions(**options),
            lambda found: self.woken.extend(job for job, _ in found),
        )

    def do(self, context: Context) -> None:
        key = context.job.key
        self.seen.append(key)
        self.does.get(key, lambda _: None)(context)

    def wait(self, _: Context) -> None:
        assert self.let_go.wait(30)

    def warm(self, kind: str = "brief") -> None:
        """Lets the worker see how long such jobs take: before, it takes none along."""
        assert self.worker.run(ask(self.graph, f"first {kind}", kind=kind).id) is Outcome.DONE
        self.seen.clear()

    def running(self, job: Job) -> Thread:
        """A thread that was woken for the job and has begun it."""
        thread = Thread(target=self.worker.run, args=(job.id,))
        thread.start()
        until(lambda: job.key in self.seen)
        return thread


def state(graph: Database, job: Job) -> JobState:
    return jobs.get_job(graph, job.id).state


def test_a_worker_that_is_woken_for_one_does_those_that_wait(graph: Database) -> None:
    hands = Hands(graph)
    hands.warm()
    made = [ask(graph, f"b{nth}") for nth in range(AT_ONCE + 3)]
    assert hands.worker.run(made[0].id, "message") is Outcome.DONE
    assert hands.seen == [job.key for job in made[:AT_ONCE]]
    found = [jobs.get_job(graph, job.id) for job in made]
    assert {job.state for job in found[:AT_ONCE]} == {JobState.DONE}
    assert {job.state for job in found[AT_ONCE:]} == {JobState.QUEUED}
    # Claimed in one transaction, ended in one.
    assert len({job.started_at for job in found[:AT_ONCE]}) == 1
    assert len({job.finished_at for job in found[:AT_ONCE]}) == 1
    assert {(job.attempts, job.fence, len(job.log)) for job in found[:AT_ONCE]} == {(1, 1, 1)}
    assert {job.log[0].task_id for job in found[:AT_ONCE]} == {"message"}
    # Their own messages come later, to this worker or another.
    for job in made[1:AT_ONCE]:
        assert hands.worker.run(job.id) is Outcome.NONE
        assert Hands(graph).worker.run(job.id) is Outcome.NONE
    assert hands.worker.run(made[AT_ONCE].id) is Outcome.DONE
    assert len(hands.seen) == len(made)
    assert hands.woken == []


def test_jobs_of_other_kinds_are_done_one_by_one(graph: Database) -> None:
    hands = Hands(graph)
    hands.warm("plain")
    one, other = ask(graph, "one", kind="plain"), ask(graph, "other", kind="plain")
    assert hands.worker.run(one.id) is Outcome.DONE
    assert hands.seen == ["one"]
    assert state(graph, other) is JobState.QUEUED


def test_how_many_come_along_follows_how_long_they_take(graph: Database) -> None:
    hands = Hands(graph)
    hands.does["first brief"] = lambda _: time.sleep(0.1)
    hands.warm()
    made = [ask(graph, f"b{nth}") for nth in range(4)]
    assert hands.worker.run(made[0].id) is Outcome.DONE
    assert hands.seen == ["b0", "b1"]


def test_what_waits_behind_a_slow_one_is_given_back_uncounted_and_others_are_woken(graph: Database) -> None:
    hands = Hands(graph)
    hands.warm()
    slow, *others = (ask(graph, key) for key in ("slow", "b1", "b2"))
    thread = hands.running(slow)
    began = time.monotonic()
    until(lambda: sorted(hands.woken) == sorted(job.id for job in others))
    assert time.monotonic() - began < PATIENCE + 1
    for job in others:
        found = jobs.get_job(graph, job.id)
        assert (found.state, found.attempts, [one.outcome for one in found.log]) == (JobState.QUEUED, 0, ["released"])
    assert [Hands(graph).worker.run(one) for one in hands.woken] == [Outcome.DONE] * 2
    assert state(graph, slow) is JobState.RUNNING
    hands.let_go.set()
    thread.join(10)
    assert hands.seen == ["slow"]
    assert state(graph, slow) is JobState.DONE


def test_the_end_of_one_is_told_soon_though_the_next_one_is_slow(graph: Database) -> None:
    hands = Hands(graph)
    hands.warm()
    quick, slow = ask(graph, "quick"), ask(graph, "slow")
    thread = Thread(target=hands.worker.run, args=(quick.id,))
    thread.start()
    until(lambda: "slow" in hands.seen)
    began = time.monotonic()
    until(lambda: state(graph, quick) is JobState.DONE)
    assert time.monotonic() - began < UNTOLD + 0.5
    assert state(graph, slow) is JobState.RUNNING
    hands.let_go.set()
    thread.join(10)


def test_a_slow_one_keeps_its_lease(graph: Database) -> None:
    hands = Hands(graph, lease=0.9)
    hands.warm()
    slow, other = ask(graph, "slow"), ask(graph, "other")
    thread = hands.running(slow)
    until(lambda: hands.woken == [other.id])
    for _ in range(8):
        time.sleep(0.25)
        assert jobs.lose(graph, 3) == 0
    hands.let_go.set()
    thread.join(10)
    assert state(graph, slow) is JobState.DONE


def test_one_that_was_cancelled_while_it_waited_is_not_begun(graph: Database) -> None:
    hands = Hands(graph)
    hands.warm()
    first, second, third = (ask(graph, key) for key in ("calls off", "second", "third"))

    def calls_off(_: Context) -> None:
        jobs.cancel(graph, second.id)
        time.sleep(0.2)

    hands.does["calls off"] = calls_off
    assert hands.worker.run(first.id) is Outcome.DONE
    assert hands.seen == ["calls off", "third"]
    assert [state(graph, job) for job in (first, second, third)] == ["done", "cancelled", "done"]


def test_each_ends_as_it_would_alone(graph: Database) -> None:
    hands = Hands(graph, backoff=30, attempts=2)
    hands.warm()
    tried: list[int] = []

    def fails(error: Exception) -> Callable[[Context], None]:
        def raising(_: Context) -> None:
            raise error

        return raising

    def at_once(context: Context) -> None:
        tried.append(context.retry_count)
        if not context.retry_count:
            raise TriedAgain("by other means")

    hands.does |= {
        "wrong": fails(InvalidInput("no number", "page")),
        "away": fails(DatabaseUnavailable("away")),
        "at once": at_once,
    }
    well, wrong, away, again = (ask(graph, key) for key in ("well", "wrong", "away", "at once"))
    assert hands.worker.run(well.id) is Outcome.DONE
    assert [state(graph, job) for job in (well, wrong, away, again)] == ["done", "dead", "queued", "done"]
    assert tried == [0, 1]
    found = jobs.get_job(graph, away.id)
    assert (found.attempts, found.cause) == (1, "away")
    assert found.not_before > datetime.now(UTC)
    assert jobs.get_job(graph, wrong.id).cause == "page: no number"
    # A person's retry is done although the job was seen here before.
    jobs.retry(graph, wrong.id)
    del hands.does["wrong"]
    assert hands.worker.run(wrong.id) is Outcome.DONE


def test_a_worker_that_is_to_stop_gives_back_what_has_not_begun_at_once(graph: Database) -> None:
    hands = Hands(graph)
    hands.warm()
    slow, *others = (ask(graph, key) for key in ("slow", "b1", "b2"))
    thread = hands.running(slow)
    stopping = Thread(target=hands.worker.stop, args=(2.0,))
    stopping.start()
    until(lambda: {state(graph, job) for job in others} == {JobState.QUEUED}, 1)
    assert {jobs.get_job(graph, job.id).attempts for job in others} == {0}
    assert state(graph, slow) is JobState.RUNNING
    stopping.join(10)
    # The deaf one is given back from outside, and what it did counts for nothing.
    found = jobs.get_job(graph, slow.id)
    assert (found.state, found.attempts) == (JobState.QUEUED, 0)
    hands.let_go.set()
    thread.join(10)
    assert jobs.get_job(graph, slow.id).version == found.version
    assert hands.seen == ["slow"]


def test_what_nobody_can_be_woken_for_is_left_to_the_sweep(graph: Database) -> None:
    def deaf(_: object) -> None:
        raise OSError("Redis is away")

    hands = Hands(graph)
    hands.worker = Worker(graph, registry([Kind("brief", hands.do, brief=True)]), wake=deaf)
    hands.warm()
    slow, other = ask(graph, "slow"), ask(graph, "other")
    thread = hands.running(slow)
    until(lambda: jobs.due(graph).queued == [(other.id, Queue.NORMAL)])
    hands.let_go.set()
    thread.join(10)
    assert state(graph, slow) is JobState.DONE


class JobLaws(RuleBasedStateMachine):
    """Jobs beside what should have become of them: whoever claims, loses, ends or calls off which of them."""

    graph: ClassVar[Database]
    attempts: ClassVar[int] = 2

    def __init__(self) -> None:
        super().__init__()
        self.graph.write(lambda tx, _: tx.rows(EMPTY))
        self.wanted: dict[str, tuple[JobState, int, int]] = {}
        self.claims: list[tuple[Claim, bool]] = []
        self.tried: set[str] = set()
        self.lots = 0

    def held(self, claimed: Claim) -> bool:
        now, _, fence = self.wanted[claimed.job]
        return now is JobState.RUNNING and fence == claimed.fence

    @rule(number=st.integers(1, 4))
    def ask(self, number: int) -> None:
        for _ in range(number):
            self.lots += 1
            self.wanted[ask(self.graph, f"lot {self.lots}").id] = (JobState.QUEUED, 0, 0)

    @precondition(lambda self: self.wanted)
    @rule(which=st.integers(0, 99), along=st.integers(0, 4))
    def claim(self, which: int, along: int) -> None:
        job = list(self.wanted)[which % len(self.wanted)]
        before = dict(self.wanted)
        taken = claim(self.graph, job, along={"brief": along})
        if before[job][0] is not JobState.QUEUED:
            assert taken == []
            return
        new = [one for one, (now, _, _) in before.items() if now is JobState.QUEUED and one not in self.tried]
        others = min(along, len(new) - 1) if job in new else 0
        assert taken[0].job == job
        assert len(taken) == 1 + others
        assert {one.job for one in taken[1:]} <= {*new} - {job}
        for nth, one in enumerate(taken):
            _, attempts, fence = before[one.job]
            assert one.fence == fence + 1
            self.wanted[one.job] = (JobState.RUNNING, attempts + 1, fence + 1)
            self.claims.append((one, nth > 0))

    @precondition(lambda self: self.claims)
    @rule(chosen=st.sets(st.integers(0, 99), min_size=1, max_size=5), data=st.data())
    def end(self, chosen: set[int], data: st.DataObject) -> None:
        ends: dict[Claim, jobs.End] = {}
        became: dict[str, JobState] = {}
        for number in chosen:
            one, _ = self.claims[number % len(self.claims)]
            failure = data.draw(
                st.sampled_from([None, jobs.Failure("E", "c", again=True), jobs.Failure("E", "c", again=False)])
            )
            undone = failure is None and data.draw(st.booleans())
            ends[one] = jobs.End(one, ATTEMPT, failure, undone)
        for one, told in ends.items():
            if not self.held(one):
                continue
            _, attempts, fence = self.wanted[one.job]
            queued = told.undone or (told.failure is not None and told.failure.again)
            now = JobState.QUEUED if queued else JobState.DEAD if told.failure else JobState.DONE
            became[one.job] = now
            self.wanted[one.job] = (now, attempts - told.undone, fence)
            self.tried.add(one.job)
        # Two claims of one job: the older is refused, whichever comes first.
        assert jobs.end(self.graph, list(ends.values())) == became

    @precondition(lambda self: self.claims)
    @rule()
    def lose(self) -> None:
        """All workers die."""
        self.graph.write(lambda tx, _: tx.rows(RUN_OUT))
        jobs.lose(self.graph, self.attempts)
        for one, came_along in self.claims:
            if not self.held(one):
                continue
            _, attempts, fence = self.wanted[one.job]
            again = came_along or attempts < self.attempts
            self.wanted[one.job] = (JobState.QUEUED if again else JobState.DEAD, attempts - came_along, fence)
            self.tried.add(one.job)

    @precondition(lambda self: self.wanted)
    @rule(which=st.integers(0, 99))
    def call_off(self, which: int) -> None:
        job = list(self.wanted)[which % len(self.wanted)]
        now, attempts, fence = self.wanted[job]
        if now in (JobState.DONE, JobState.CANCELLED):
            with pytest.raises(Conflict):
                jobs.cancel(self.graph, job)
            return
        jobs.cancel(self.graph, job)
        self.wanted[job] = (JobState.CANCELLED, attempts, fence)

    @invariant()
    def nothing_else_happens(self) -> None:
        rows = jobs.list_jobs(self.graph, limit=200).rows
        assert {job.id: (job.state, job.attempts, job.fence) for job in rows} == self.wanted
        held = [one for one, _ in self.claims if self.held(one)]
        claims = [one for one, _ in self.claims]
        assert jobs.standing(self.graph, claims) == {one.job for one in held}


@counts(15, 300)
def test_jobs_keep_their_laws_whoever_claims_and_ends_them(graph: Database, examples: int) -> None:
    JobLaws.graph = graph
    checks = settings(
        max_examples=examples, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(JobLaws, settings=checks)
