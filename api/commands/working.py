"""`pentad worker | beat`: who does the jobs, and who asks for them at their times."""

import signal
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Event, Thread
from typing import Annotated

import typer

from api.commands.opening import DataDir, opened
from api.commands.servers import plain_failures
from api.jobs import beat_of, worker_of
from api.logs import configure
from api.settings import load
from api.wiring import Clients, prepare, settle_process
from graph.embedded import connect as connect_servers
from graph.embedded import touch_alive
from graph.errors import InvalidInput, Unavailable
from graph.job import Queue
from ingest.beat import Beat

PATIENCE = 1.0


def worker(
    with_beat: Annotated[bool, typer.Option("--beat", help="Keep time as well: schedules and sweep.")] = False,
    threads: Annotated[
        int | None, typer.Option("--threads", min=1, max=64, help="Jobs at a time.", show_default=False)
    ] = None,
    queue: Annotated[
        list[str] | None,
        typer.Option("--queue", help=f"Only this queue, of {', '.join(Queue)}; repeatable.", show_default=False),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Do jobs in the foreground until SIGTERM: then they are finished or given back. `pentad up` starts one."""
    # Celery takes a while to import, which no other command should wait for.
    from api.worker import celery_app, work

    with plain_failures():
        settings, queues = load(data_dir=data_dir, job_threads=threads), _queues(queue)
        configure()
        settle_process()
        with opened(data_dir) as clients:
            await_schema(clients)
            app = celery_app(connect_servers(settings.embedded()).redis_url)
            alive = partial(touch_alive, settings.data_dir, "worker")
            with _beside(beat_of(settings, clients) if with_beat else None):
                work(app, worker_of(settings, clients), queues, settings.job_threads, alive)


def beat(data_dir: DataDir = None) -> None:
    """Keep time in the foreground until SIGTERM: ask for the jobs of the schedules, wake workers for what was
    forgotten. Several are safe: the job of a period is asked for once."""
    with plain_failures():
        settings = load(data_dir=data_dir)
        configure()
        stop = _signalled()
        with opened(data_dir) as clients:
            await_schema(clients, stop)
            beat_of(settings, clients).run(stop, partial(touch_alive, settings.data_dir, "beat"))


def await_schema(clients: Clients, stop: Event | None = None) -> None:
    """Brings the graph to this version's schema, waiting for Neo4j as long as it takes. Raises Conflict."""
    stop = stop or Event()
    while not stop.is_set():
        with suppress(Unavailable):
            prepare(clients)
            return
        stop.wait(PATIENCE)


def _signalled() -> Event:
    """Set by SIGTERM and SIGINT."""
    stop = Event()

    def end(*_: object) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    return stop


@contextmanager
def _beside(beat: Beat | None) -> Generator[None]:
    """Keeps time in a thread of its own while the context is open."""
    if beat is None:
        yield
        return
    stop = Event()
    thread = Thread(target=beat.run, args=(stop,), name="beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=2)


def _queues(names: list[str] | None) -> list[Queue]:
    try:
        return [Queue(name) for name in names] if names else list(Queue)
    except ValueError as error:
        raise InvalidInput(f"is one of {', '.join(Queue)}", "--queue") from error
