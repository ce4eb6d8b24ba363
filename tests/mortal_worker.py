"""A worker as `pentad worker` runs it, with kinds of jobs that die where a test says: `python -m tests.mortal_worker`.

Where a job is to die stands in a file named by its id in the folder MORTAL, which is taken away first: it dies once.
"""

import os
import signal
import time
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from celery import signals

from api.commands.working import await_schema
from api.jobs import worker_of
from api.logs import configure
from api.settings import load
from api.wiring import open_clients
from api.worker import celery_app, work
from graph import jobs
from graph.database import Transaction
from graph.embedded import touch_alive
from graph.job import Queue
from graph.queries import Statement
from ingest.job_context import Context
from ingest.job_kinds import Kind

EFFECT = Statement(
    "test/effect",
    "MERGE (e:Effect {job: $job}) SET e.writes = coalesce(e.writes, 0) + 1 RETURN e.writes AS writes",
)


def due(point: str, job: str) -> bool:
    """Whether the job is to meet its fate here, for the first time."""
    file = Path(os.environ["MORTAL"]) / job
    if file.exists() and file.read_text() == point:
        file.rename(file.with_suffix(f".{os.getpid()}"))
        return True
    return False


def die(point: str, job: str) -> None:
    if due(point, job):
        os.kill(os.getpid(), signal.SIGKILL)


def effect(context: Context) -> dict[str, Any]:
    """Writes one node, whatever happens to it."""
    job = context.job.id
    die("after the claim", job)
    context.heartbeat(0, 2)
    if due("between heartbeats", job):
        Thread(target=die_at_heartbeat, args=(context,), daemon=True).start()
        beat_on(context, 60)
    if due("in its sleep", job):
        os.kill(os.getpid(), signal.SIGSTOP)
    if due("listening", job):
        beat_on(context, 60)
    if due("deaf", job):
        time.sleep(60)
    die("before its write", job)

    def write(tx: Transaction, _: int) -> int:
        return tx.rows(EFFECT, {"job": job})[0]["writes"]

    writes = context.database.write(write)
    die("after its write", job)
    context.heartbeat(2, 2)
    return {"writes": writes}


def beat_on(context: Context, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        context.heartbeat(1, 2)
        time.sleep(0.01)


def die_at_heartbeat(context: Context) -> None:
    while jobs.get_job(context.database, context.job.id).done == 0:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)


def brief(context: Context) -> None:
    """Writes a line, whatever happens to it."""
    job = context.job.id
    die("before its write", job)
    with (Path(os.environ["MORTAL"]) / "lines").open("a") as lines:
        lines.write(f"{job}\n")
    die("after its write", job)


def wrong(context: Context) -> None:
    raise ValueError(f"cannot do {context.payload}")


@signals.task_prerun.connect
def before(args: Any = (), **_: Any) -> None:
    die("before the claim", args[0])


@signals.task_postrun.connect
def after(args: Any = (), **_: Any) -> None:
    die("before the acknowledgement", args[0])


def main() -> None:
    settings = load()
    configure()
    with open_clients(settings) as clients:
        await_schema(clients)
        own = [Kind("test-effect", effect), Kind("test-brief", brief, brief=True), Kind("test-wrong", wrong)]
        worker = worker_of(settings, clients, own)
        alive = partial(touch_alive, settings.data_dir, "worker")
        work(celery_app(os.environ["REDIS_URL"]), worker, list(Queue), settings.job_threads, alive)


if __name__ == "__main__":
    main()
