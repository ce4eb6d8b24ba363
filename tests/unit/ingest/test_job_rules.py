"""Which errors are worth another attempt, what is told of them, and when a schedule's next job is due."""

from datetime import UTC, datetime, timedelta

import pytest

from graph.errors import BudgetExceeded, DatabaseUnavailable, InvalidInput, NotFound, StaleVersion
from graph.job import Queue
from ingest.batch import AT_ONCE, Pace
from ingest.job_context import WorkerOptions
from ingest.job_kinds import Kind, registry
from ingest.schedules import DAY, MINUTE, SCHEDULES, Schedule
from ingest.worker import UnknownKind, cause_of, judged

OPTIONS = WorkerOptions(attempts=3, backoff=10)
AT = datetime(2026, 11, 21, 16, 22, 33, 456_000, UTC)


@pytest.mark.parametrize(
    "error", [DatabaseUnavailable("away"), BudgetExceeded("long"), ValueError("odd"), TimeoutError("slow"), OSError()]
)
def test_what_may_pass_is_tried_three_times_with_growing_pauses(error: Exception) -> None:
    first, second, third = (judged(error, attempts, OPTIONS) for attempts in (1, 2, 3))
    assert (first.again, second.again, third.again) == (True, True, False)
    assert 5 <= first.delay <= 15
    assert 30 <= second.delay <= 90
    assert third.delay == 0
    assert first.error_class == type(error).__name__


@pytest.mark.parametrize(
    "error", [InvalidInput("no number", "page"), NotFound("page", "7"), StaleVersion("older"), UnknownKind("what?")]
)
def test_what_would_come_again_is_dead_at_once(error: Exception) -> None:
    assert judged(error, 1, OPTIONS).again is False


def test_pauses_differ_so_that_jobs_that_failed_together_do_not_come_back_together() -> None:
    assert len({judged(OSError(), 1, OPTIONS).delay for _ in range(20)}) > 1


def test_a_cause_is_one_line_that_says_where_a_fault_of_ours_is() -> None:
    assert cause_of(InvalidInput("no number", "page")) == "page: no number"
    try:
        raise KeyError("two\nlines")
    except KeyError as error:
        told = cause_of(error)
    assert "\n" not in told
    assert "(tests/unit/ingest/test_job_rules.py:" in told
    assert told.endswith("in test_a_cause_is_one_line_that_says_where_a_fault_of_ours_is)")
    assert cause_of(OSError()) == "no message"
    assert len(cause_of(ValueError("x" * 10_000))) == 500


def test_a_period_has_one_key_from_its_start_to_its_end() -> None:
    mirror = Schedule("rank-mirror", 15 * MINUTE)
    keys = {mirror.at(AT.replace(minute=minute)).key for minute in range(15, 30)}
    assert keys == {"rank-mirror:2026-11-21T16:15Z"}
    assert mirror.at(AT.replace(minute=30)).key == "rank-mirror:2026-11-21T16:30Z"
    assert Schedule("drift-check", DAY).at(AT).key == "drift-check:2026-11-21T00:00Z"


def test_a_schedules_job_is_asked_for_once_and_never_beside_another_of_its_kind() -> None:
    asked = Schedule("drift-check", DAY).at(AT)
    assert (asked.once, asked.alone, asked.queue, asked.payload) == (True, True, Queue.UPKEEP, {})
    assert asked.delay == 864
    assert Schedule("purge", 30 * DAY).at(AT).delay == 900


def test_schedules_can_be_sped_up_to_a_second() -> None:
    fast = Schedule("drift-check", DAY)
    assert fast.at(AT, DAY * 1_000).key == "drift-check:2026-11-21T16:22:33.000Z"
    assert fast.at(AT, DAY * 1_000).key != fast.at(AT + timedelta(seconds=1), DAY * 1_000).key
    assert fast.at(AT, 24).key == "drift-check:2026-11-21T16:00Z"


def test_schedules_and_kinds_are_named_once() -> None:
    names = [schedule.kind for schedule in SCHEDULES]
    assert len(set(names)) == len(names)
    with pytest.raises(ValueError, match="two kinds of jobs are called x"):
        registry([Kind("x", lambda _: None), Kind("x", lambda _: None)])


def test_as_many_brief_jobs_are_claimed_at_once_as_come_to_a_quarter_of_a_second() -> None:
    pace = Pace(registry([Kind("brief", lambda _: None, brief=True), Kind("plain", lambda _: None)]))
    assert pace.along() == {}
    pace.told("brief", 0.0)
    pace.told("plain", 0.0)
    pace.told("of another version", 0.0)
    assert pace.along() == {"brief": AT_ONCE - 1}
    pace.told("brief", 0.25)
    assert pace.along() == {"brief": 4}
    # One that hung makes the next ones go alone, until others have shown that they do not.
    pace.told("brief", 15.0)
    assert pace.along() == {}
    for _ in range(40):
        pace.told("brief", 0.01)
    assert pace.along() == {"brief": AT_ONCE - 1}
