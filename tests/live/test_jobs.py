"""Durable jobs: asked for once, claimed by one, fenced, retried, buried and dug up again."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from neo4j import Driver

from graph import audit, jobs
from graph.database import Database
from graph.errors import Conflict, DatabaseUnavailable, InvalidInput, NotFound, Unavailable
from graph.job import Asked, Claim, Job, JobState, Queue
from graph.queries import statement
from graph.reading.changes import changes
from ingest.beat import Beat, BeatOptions
from ingest.job_context import Context, WorkerOptions
from ingest.job_kinds import Kind, registry
from ingest.schedules import Schedule
from ingest.worker import Outcome, Worker
from tests.factory import ATTEMPT, value

GONE = jobs.Failure("ValueError", "it was wrong", again=False)
LATER = jobs.Failure("DatabaseUnavailable", "it was away", again=True, delay=60)


def asked(key: str = "k", **more: Any) -> Asked:
    return Asked(**{"kind": "test", "key": key, "payload": {}, **more})


def ask(graph: Database, key: str = "k", **more: Any) -> Job:
    job, new = jobs.ask(graph, asked(key, **more))
    assert new
    return job


def claimed(graph: Database, job: Job, lease: float = 60) -> Claim:
    ((taken, claim),) = jobs.claim(graph, job.id, worker="w", task="t", lease=lease)
    assert taken.id == job.id
    return claim


def write_effect(database: Database) -> None:
    database.write(lambda tx, change: tx.rows(statement("write/outbox"), {"change": change + 1, "at": None, **EFFECT}))


EFFECT = {"payload": "{}"}


def test_a_job_is_queued_with_what_was_asked(graph: Database) -> None:
    job = ask(graph, "page:1", payload={"url": "http://a.test/ü"}, queue=Queue.LONG)
    assert (job.state, job.kind, job.key, job.queue) == (JobState.QUEUED, "test", "page:1", Queue.LONG)
    assert job.payload == {"url": "http://a.test/ü"}
    assert (job.attempts, job.fence, job.version, job.log) == (0, 0, 1, ())
    assert abs(job.created_at - datetime.now(UTC)) < timedelta(seconds=60)
    assert jobs.get_job(graph, job.id) == job


def test_asking_again_while_it_lives_changes_nothing_and_afterwards_is_a_new_job(graph: Database) -> None:
    job = ask(graph)
    assert jobs.ask(graph, asked(payload={"other": 1})) == (job, False)
    claim = claimed(graph, job)
    assert jobs.ask(graph, asked())[1] is False
    jobs.finish(graph, claim, ATTEMPT)
    assert ask(graph).id != job.id


def test_a_job_asked_for_once_is_never_asked_for_again(graph: Database) -> None:
    job = ask(graph, "mirror:noon", once=True)
    jobs.finish(graph, claimed(graph, job), ATTEMPT)
    again, new = jobs.ask(graph, asked("mirror:noon", once=True))
    assert (again.id, again.state, new) == (job.id, JobState.DONE, False)


def test_a_job_that_is_to_be_alone_is_not_asked_for_beside_one_of_its_kind(graph: Database) -> None:
    job = ask(graph, "a", alone=True)
    assert jobs.ask(graph, asked("b", alone=True)) == (job, False)
    assert jobs.ask(graph, asked("b", kind="other", alone=True))[1]
    jobs.finish(graph, claimed(graph, job), ATTEMPT)
    assert jobs.ask(graph, asked("b2", alone=True))[1]


def test_many_who_ask_at_once_make_one_job(graph: Database, driver: Driver) -> None:
    with ThreadPoolExecutor(8) as all_at_once:
        found = list(all_at_once.map(lambda _: jobs.ask(graph, asked())[1], range(8)))
    assert sorted(found) == [False] * 7 + [True]
    assert value(driver, "MATCH (j:Job) RETURN count(j)") == 1


def test_a_job_is_committed_with_what_asked_for_it_or_not_at_all(graph: Database, driver: Driver) -> None:
    def work(tx: Any, _: int) -> None:
        jobs.ask_in(tx, asked())
        raise RuntimeError("the batch fails")

    with pytest.raises(RuntimeError):
        graph.write(work)
    assert value(driver, "MATCH (j:Job) RETURN count(j)") == 0
    graph.write(lambda tx, _: jobs.ask_in(tx, asked()))
    assert value(driver, "MATCH (j:Job) RETURN count(j)") == 1


def test_a_key_or_payload_out_of_bounds_is_refused(graph: Database) -> None:
    for wrong in (asked(""), asked("k" * 501), asked(payload={"text": "x" * 100_001})):
        with pytest.raises(InvalidInput):
            jobs.ask(graph, wrong)


def race(graph: Database, job: Job) -> list[tuple[Job, Claim]]:
    """What two workers get who claim at once."""
    with ThreadPoolExecutor(2) as both:
        found = list(both.map(lambda name: jobs.claim(graph, job.id, worker=name, task="t", lease=60), "ab"))
    return [one for taken in found for one in taken]


def test_of_two_claimers_one_gets_the_job(graph: Database) -> None:
    for nth in range(5):
        ((taken, claim),) = race(graph, ask(graph, f"race-{nth}"))
        assert (taken.state, taken.attempts, claim.fence) == (JobState.RUNNING, 1, 1)


def test_a_job_is_not_to_be_had_before_its_time_and_not_when_over(graph: Database) -> None:
    later = ask(graph, "later", delay=60)
    assert jobs.claim(graph, later.id, worker="w", task="t", lease=60) == []
    job = ask(graph, "now")
    jobs.finish(graph, claimed(graph, job), ATTEMPT)
    assert jobs.claim(graph, job.id, worker="w", task="t", lease=60) == []
    assert jobs.claim(graph, "nobody", worker="w", task="t", lease=60) == []


def test_a_heartbeat_extends_the_lease_by_the_servers_clock_and_tells_progress(graph: Database) -> None:
    job = ask(graph)
    claim = claimed(graph, job, lease=5)
    before = jobs.get_job(graph, job.id)
    jobs.heartbeat(graph, claim, lease=120, done=3, total=10)
    after = jobs.get_job(graph, job.id)
    assert (after.done, after.total) == (3, 10)
    assert before.lease_until is not None
    assert after.lease_until is not None
    assert after.lease_until - before.lease_until > timedelta(seconds=110)
    assert after.version > before.version
    jobs.heartbeat(graph, claim, lease=120)
    quiet = jobs.get_job(graph, job.id)
    assert (quiet.done, quiet.total, quiet.version) == (3, 10, after.version)


def lost(graph: Database, job: Job) -> Claim:
    """A claim whose lease ran out and that another worker took over."""
    old = claimed(graph, job, lease=0.05)
    time.sleep(0.1)
    assert jobs.due(graph).lost
    assert jobs.lose(graph, 3) == 1
    return old


def test_an_old_fence_is_refused_everywhere(graph: Database, driver: Driver) -> None:
    job = ask(graph)
    old = lost(graph, job)
    new = claimed(graph, job)
    assert new.fence == old.fence + 1
    late = jobs.FencedDatabase(graph, old)
    for refused in (
        lambda: write_effect(late),
        lambda: jobs.heartbeat(graph, old, lease=60),
        lambda: jobs.finish(graph, old, ATTEMPT),
        lambda: jobs.fail(graph, old, ATTEMPT, LATER),
        lambda: jobs.release(graph, old, ATTEMPT),
        lambda: jobs.end(late, [jobs.End(new, ATTEMPT)]),
    ):
        with pytest.raises(jobs.LostLease):
            refused()
    assert value(driver, "MATCH (o:Outbox) RETURN count(o)") == 0
    assert jobs.get_job(graph, job.id).state is JobState.RUNNING
    write_effect(jobs.FencedDatabase(graph, new))
    assert value(driver, "MATCH (o:Outbox) RETURN count(o)") == 1


def test_without_the_gate_nothing_is_claimed_or_ended(graph: Database, driver: Driver) -> None:
    """As before the schema, or amid a restore: it is told, and not taken for a job that is not to be had."""
    job, other = ask(graph), ask(graph, "other")
    claim = claimed(graph, job)
    try:
        value(driver, "MATCH (g:Gate) SET g.name = 'away' RETURN 1")
        for refused in (lambda: claimed(graph, other), lambda: jobs.finish(graph, claim, ATTEMPT)):
            with pytest.raises(DatabaseUnavailable, match="no schema yet"):
                refused()
    finally:
        value(driver, "MATCH (g:Gate) SET g.name = 'gate' RETURN 1")
    jobs.finish(graph, claim, ATTEMPT)
    assert jobs.get_job(graph, other.id).state is JobState.QUEUED


def test_what_somebody_does_to_a_job_is_in_the_audit_log(graph: Database) -> None:
    job = ask(graph)
    with audit.acting(audit.Act("cli:ann", "admin", "cli", "jobs")):
        claim = claimed(graph, job)
        jobs.finish(graph, claim, ATTEMPT)
    assert audit.head(graph).n == 2


def test_a_late_write_is_refused_even_before_another_claims(graph: Database, driver: Driver) -> None:
    old = lost(graph, ask(graph))
    with pytest.raises(jobs.LostLease):
        write_effect(jobs.FencedDatabase(graph, old))
    assert value(driver, "MATCH (o:Outbox) RETURN count(o)") == 0


def test_a_failed_attempt_is_tried_again_later_and_its_cause_is_kept(graph: Database) -> None:
    job = ask(graph)
    failed = ATTEMPT.model_copy(update={"outcome": "retry", "success": False, "cause": "it was away"})
    assert jobs.fail(graph, claimed(graph, job), failed, LATER) is JobState.QUEUED
    found = jobs.get_job(graph, job.id)
    assert (found.attempts, found.error_class, found.cause) == (1, "DatabaseUnavailable", "it was away")
    assert found.not_before - datetime.now(UTC) > timedelta(seconds=50)
    assert found.log == (failed,)
    assert jobs.due(graph).queued == []
    assert jobs.ask(graph, asked())[1] is False


def test_a_dead_letter_tells_its_cause_and_lets_its_key_go(graph: Database) -> None:
    job = ask(graph)
    assert jobs.fail(graph, claimed(graph, job), ATTEMPT, GONE) is JobState.DEAD
    dead = jobs.list_jobs(graph, state=JobState.DEAD).rows
    assert [(one.id, one.error_class, one.cause) for one in dead] == [(job.id, "ValueError", "it was wrong")]
    assert dead[0].over
    assert dead[0].finished_at is not None
    other = ask(graph)
    with pytest.raises(Conflict, match="another live job has its key"):
        jobs.retry(graph, job.id)
    jobs.finish(graph, claimed(graph, other), ATTEMPT)
    again = jobs.retry(graph, job.id)
    assert (again.state, again.attempts, again.cause) == (JobState.QUEUED, 0, "it was wrong")
    assert jobs.ask(graph, asked())[0].id == job.id
    claim = claimed(graph, again)
    assert claim.fence == 2
    jobs.finish(graph, claim, ATTEMPT)
    done = jobs.get_job(graph, job.id)
    assert (done.state, done.cause, len(done.log)) == (JobState.DONE, None, 2)


def test_the_feed_tells_of_a_page_that_nobody_will_read_any_more(graph: Database) -> None:
    def told() -> list[tuple[str, list[str]]]:
        return [(one.type, one.ids) for change in changes(graph, None) for one in change.feed]

    page = asked("semantic:p1", kind="semantic", payload={"document": "p1"})
    job, _ = jobs.ask(graph, page)
    jobs.fail(graph, claimed(graph, job), ATTEMPT, jobs.Failure("DatabaseUnavailable", "away", again=True))
    jobs.fail(graph, claimed(graph, ask(graph, "other", payload={"document": "p2"})), ATTEMPT, GONE)
    assert told() == []
    jobs.fail(graph, claimed(graph, job), ATTEMPT, GONE)
    assert told() == [("page.semantic_failed", ["p1"])]
    jobs.retry(graph, job.id)
    for _ in range(3):
        claimed(graph, job, lease=0.01)
        time.sleep(0.05)
        jobs.lose(graph, 3)
    assert told() == [("page.semantic_failed", ["p1"])] * 2


def test_a_worker_that_dies_three_times_leaves_a_dead_letter(graph: Database) -> None:
    job = ask(graph)
    for nth in range(3):
        claimed(graph, job, lease=0.01)
        time.sleep(0.05)
        assert jobs.lose(graph, 3) == 1
        state = jobs.get_job(graph, job.id).state
        assert state is (JobState.DEAD if nth == 2 else JobState.QUEUED)
    found = jobs.get_job(graph, job.id)
    assert found.error_class == "WorkerLost"
    assert found.cause == "its worker w died or fell silent (attempt 3 of 3)"
    assert [attempt.outcome for attempt in found.log] == ["lost", "lost", "dead"]


def test_a_released_job_is_due_at_once_and_the_attempt_does_not_count(graph: Database) -> None:
    job = ask(graph)
    jobs.release(graph, claimed(graph, job), ATTEMPT)
    found = jobs.get_job(graph, job.id)
    assert (found.state, found.attempts) == (JobState.QUEUED, 0)
    assert jobs.due(graph).queued == [(job.id, Queue.NORMAL)]


def test_the_sweep_finds_what_nobody_woke_once_in_a_while(graph: Database) -> None:
    job = ask(graph)
    assert jobs.due(graph).queued == []
    forgotten, _ = jobs.ask(graph, asked("f", queue=Queue.URGENT), rest=0)
    assert jobs.due(graph).queued == [(forgotten.id, Queue.URGENT)]
    assert jobs.woken(graph, [forgotten.id], 60) == 1
    assert jobs.due(graph).queued == []
    claimed(graph, job)
    assert jobs.woken(graph, [job.id], 60) == 0


def test_a_cancelled_job_is_not_done_and_its_worker_writes_nothing_more(graph: Database) -> None:
    job = ask(graph)
    claim = claimed(graph, job)
    assert jobs.cancel(graph, job.id).state is JobState.CANCELLED
    with pytest.raises(jobs.LostLease):
        jobs.heartbeat(graph, claim, lease=60)
    with pytest.raises(Conflict, match="is cancelled"):
        jobs.cancel(graph, job.id)
    assert jobs.retry(graph, job.id).state is JobState.QUEUED
    with pytest.raises(Conflict, match="is queued"):
        jobs.retry(graph, job.id)
    for mend in (jobs.cancel, jobs.retry, jobs.get_job):
        with pytest.raises(NotFound):
            mend(graph, "nobody")


def test_jobs_are_listed_newest_first_page_by_page(graph: Database, driver: Driver) -> None:
    made = [ask(graph, f"k{nth}", kind="odd" if nth % 2 else "even") for nth in range(7)]
    # The finest tie: all of one instant.
    with driver.session() as session:
        session.run("MATCH (j:Job) SET j.created_at = datetime('2026-01-15T00:00:00.123Z')").consume()
    seen: list[str] = []
    after: tuple[str, str] | None = None
    while True:
        page = jobs.list_jobs(graph, state=JobState.QUEUED, after=after, limit=3)
        seen += [job.id for job in page.rows]
        assert page == jobs.list_jobs(graph, after=after, limit=3)
        if not page.more:
            break
        last = page.rows[-1]
        after = (last.created_at.isoformat().replace("+00:00", "Z"), last.id)
    assert seen == sorted((job.id for job in made), reverse=True)
    assert len(jobs.list_jobs(graph, kind="odd").rows) == 3
    assert jobs.list_jobs(graph, state=JobState.DEAD).rows == []


def test_what_is_long_over_is_forgotten(graph: Database, driver: Driver) -> None:
    old, young, live = ask(graph, "old"), ask(graph, "young"), ask(graph, "live")
    for job in (old, young):
        jobs.finish(graph, claimed(graph, job), ATTEMPT)
    with driver.session() as session:
        session.run(
            "MATCH (j:Job) WHERE j.key IN ['old', 'live'] SET j.created_at = j.created_at - duration('P31D'), "
            "j.finished_at = j.finished_at - duration('P31D')"
        ).consume()
    assert jobs.forget(graph) == 1
    assert {job.id for job in jobs.list_jobs(graph).rows} == {young.id, live.id}


@pytest.mark.parametrize("state", [None, JobState.DEAD])
def test_lists_seek(graph: Database, driver: Driver, state: JobState | None) -> None:
    """A list of ten costs the same whether there are a hundred jobs or a thousand."""
    name = "read/job_list" if state is None else "read/job_list_state"
    params: dict[str, Any] = {"kind": None, "at": None, "after": None, "limit": 10}
    params |= {} if state is None else {"state": str(state)}
    hits: list[int] = []
    for _ in range(2):
        with driver.session() as session:
            session.run(
                "UNWIND range(1, 100 + 900 * $nth) AS n CREATE (:Job {id: randomUUID(), state: 'dead', "
                "created_at: datetime() - duration({seconds: n}), wake_at: null})",
                nth=len(hits),
            ).consume()
        hits.append(graph.profile(statement(name), params))
    assert hits[1] <= hits[0] * 1.1


def test_a_handler_in_one_long_call_keeps_its_lease(graph: Database) -> None:
    def long(context: Context) -> None:
        for _ in range(8):
            time.sleep(0.25)
            assert jobs.lose(graph, 3) == 0

    worker = Worker(graph, registry([Kind("test", long)]), WorkerOptions(lease=0.9))
    assert worker.run(ask(graph).id) is Outcome.DONE


def test_a_handler_that_tells_nothing_for_too_long_loses_its_lease_and_its_writes(
    graph: Database, driver: Driver
) -> None:
    def stuck(context: Context) -> None:
        time.sleep(1.2)
        assert jobs.lose(graph, 3) == 1
        write_effect(context.database)

    worker = Worker(graph, registry([Kind("test", stuck)]), WorkerOptions(lease=0.4, silence=0.3))
    job = ask(graph)
    assert worker.run(job.id) is Outcome.LOST
    assert value(driver, "MATCH (o:Outbox) RETURN count(o)") == 0
    assert jobs.get_job(graph, job.id).state is JobState.QUEUED


def test_a_handler_hears_at_its_heartbeat_that_its_job_was_cancelled(graph: Database) -> None:
    def patient(context: Context) -> None:
        jobs.cancel(graph, context.job.id)
        for nth in range(200):
            context.heartbeat(nth, 200)
            time.sleep(0.02)
        raise AssertionError("it never heard")

    worker = Worker(graph, registry([Kind("test", patient)]), WorkerOptions(lease=0.6))
    job = ask(graph)
    assert worker.run(job.id) is Outcome.LOST
    assert jobs.get_job(graph, job.id).state is JobState.CANCELLED


def test_progress_and_what_a_handler_tells_are_kept_when_it_fails_too(graph: Database) -> None:
    seen: list[tuple[int, str | None]] = []

    def reads(context: Context) -> dict[str, int]:
        seen.append((context.retry_count, context.previous_error))
        context.tell(url=context.payload["url"], extraction_method=f"rung {context.retry_count}")
        context.heartbeat(2, 5)
        if context.retry_count == 0:
            raise DatabaseUnavailable("away")
        return {"word_count": 120}

    worker = Worker(graph, registry([Kind("test", reads)]), WorkerOptions(backoff=0.001))
    job = ask(graph, payload={"url": "http://a.test/"})
    assert worker.run(job.id, "first") is Outcome.RETRY
    time.sleep(0.05)
    assert worker.run(job.id, "second") is Outcome.DONE
    assert worker.run(job.id) is Outcome.NONE
    assert seen == [(0, None), (1, "DatabaseUnavailable")]
    found = jobs.get_job(graph, job.id)
    assert (found.state, found.done, found.total) == (JobState.DONE, 2, 5)
    assert [attempt.told for attempt in found.log] == [
        {"url": "http://a.test/", "extraction_method": "rung 0"},
        {"url": "http://a.test/", "extraction_method": "rung 1", "word_count": 120},
    ]
    assert [(a.task_id, a.retry_count, a.success) for a in found.log] == [("first", 0, False), ("second", 1, True)]
    assert found.log[0].worker_name == worker.name


def test_a_beat_asks_once_a_period_and_not_while_the_last_one_is_at_it(graph: Database) -> None:
    woken: list[str] = []
    schedules = [Schedule("test", 1.0)]

    def beat() -> Beat:
        return Beat(graph, lambda found: woken.extend(job for job, _ in found), BeatOptions(), schedules)

    one, other = beat(), beat()
    one.tick()
    other.tick()
    (job,) = jobs.list_jobs(graph).rows
    time.sleep(1.1)
    one.tick()
    other.tick()
    assert jobs.list_jobs(graph).rows == [job]
    assert woken == [job.id]
    jobs.finish(graph, claimed(graph, job), ATTEMPT)
    one.tick()
    other.tick()
    assert len(jobs.list_jobs(graph).rows) == 2


def test_a_beat_that_cannot_wake_anybody_forgets_nobody(graph: Database) -> None:
    def deaf(_: Sequence[tuple[str, Queue]]) -> None:
        raise Unavailable("Redis is away")

    job, _ = jobs.ask(graph, asked(), rest=0)
    with pytest.raises(Unavailable):
        Beat(graph, deaf, schedules=()).tick()
    woken: list[str] = []
    Beat(graph, lambda found: woken.extend(job for job, _ in found), schedules=()).tick()
    assert woken == [job.id]
