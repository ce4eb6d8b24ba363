"""Keeps a service current: applies the schema once Neo4j answers, then lets boards, co-mentions and watches follow.

After the first round it has Neo4j plan the reads that users will wait for.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Event, Thread

import structlog
from filelock import FileLock, Timeout

from api.services import no_worker
from api.warming import warm
from api.wiring import Clients, prepare
from graph.errors import Conflict, PentadError
from graph.job import Job

_log = structlog.get_logger(__name__)


@contextmanager
def kept_current(
    clients: Clients, period: float, woken: Callable[[Job], None] = no_worker, lead: FileLock | None = None
) -> Generator[None]:
    """Runs the work of `period` seconds in a thread of its own while the context is open; `woken` is told of jobs. Of
    several processes with one lock, `lead`, one works, and another goes on where that one ended."""
    stop = Event()

    def work() -> None:
        if lead is None or _leads(lead, period, stop):
            _work(clients, period, stop, woken)
        if lead is not None:
            lead.release()

    thread = Thread(target=work, name="follow", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def _leads(lead: FileLock, period: float, stop: Event) -> bool:
    """Waits for the lock; False when stopped before."""
    while not stop.is_set():
        try:
            lead.acquire(timeout=0)
        except Timeout:
            stop.wait(period)
        else:
            return True
    return False


def _work(clients: Clients, period: float, stop: Event, woken: Callable[[Job], None]) -> None:
    ready = warmed = False
    told = ""
    while not stop.is_set():
        try:
            if not ready:
                prepare(clients)
                ready = True
                _log.info("schema is current")
            clients.projections.catch_up()
            clients.watching.follow(woken)
            if not warmed:
                warm(clients, stop.is_set)
                warmed = True
            told = ""
        except Conflict as error:
            _log.error("schema cannot be applied", cause=str(error))
            return
        except PentadError as error:
            # What comes back may be another server, which has planned nothing yet.
            warmed = False
            if str(error) != told:
                told = str(error)
                _log.warning("waiting", cause=told)
        stop.wait(period)
