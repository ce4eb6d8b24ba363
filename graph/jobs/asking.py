"""Asking for work. A job that was committed is done, whatever dies; asked for twice, it is one."""

from uuid import uuid4

from graph.database import Database, Transaction
from graph.errors import InvalidInput
from graph.job import Asked, Job
from graph.jobs.rows import job_of, json_text, milliseconds
from graph.queries import statement

REST = 10.0
"""Seconds that the sweep leaves to the asker to wake a worker himself."""
KEY_LENGTH = 500
PAYLOAD_SIZE = 100_000


def ask(database: Database, asked: Asked, *, rest: float = REST) -> tuple[Job, bool]:
    """The job, and whether it is new: not where a live job has its key.

    Wake a worker afterwards, or leave it to the sweep, `rest` seconds later. Raises InvalidInput for a key or payload
    that is too long, DatabaseUnavailable.
    """
    return database.write(lambda tx, _: ask_in(tx, asked, rest=rest), shown=False)


def ask_in(tx: Transaction, asked: Asked, *, rest: float = REST) -> tuple[Job, bool]:
    """As `ask`, in the caller's gated transaction: the job is there if and only if that commits."""
    payload = json_text(asked.payload)
    if not asked.key or len(asked.key) > KEY_LENGTH:
        raise InvalidInput(f"has 1 to {KEY_LENGTH} characters", "key")
    if len(payload) > PAYLOAD_SIZE:
        raise InvalidInput(f"has more than {PAYLOAD_SIZE:,} characters: name what is to be read instead", "payload")
    params = {
        "id": uuid4().hex,
        "key": asked.key,
        "kind": asked.kind,
        "queue": str(asked.queue),
        "payload": payload,
        "delay": milliseconds(asked.delay),
        "rest": milliseconds(rest),
        "once": asked.once,
        "alone": asked.alone,
    }
    row = tx.rows(statement("write/job_ask"), params)[0]
    return job_of(row["job"]), row["asked"]
