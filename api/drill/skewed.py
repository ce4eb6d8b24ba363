"""A worker whose clock is wrong: `python -m api.drill.skewed SECONDS`, as `pentad worker --beat` in all else."""

import sys
from datetime import UTC, datetime, timedelta
from functools import partial

from api.jobs import beat_of, worker_of
from api.logs import configure
from api.settings import load
from api.wiring import open_clients
from graph.embedded import connect, touch_alive
from graph.job import Queue


def main(seconds: float) -> None:
    """Works until SIGTERM, `seconds` ahead of the time (behind it where negative)."""
    from threading import Event, Thread

    from api.worker import celery_app, work

    settings = load()
    configure()
    wrong = timedelta(seconds=seconds)
    with open_clients(settings, lambda: datetime.now(UTC) + wrong) as clients:
        stop = Event()
        Thread(target=beat_of(settings, clients).run, args=(stop,), daemon=True).start()
        app = celery_app(connect(settings.embedded()).redis_url)
        alive = partial(touch_alive, settings.data_dir, "worker")
        work(app, worker_of(settings, clients), list(Queue), settings.job_threads, alive)
        stop.set()


if __name__ == "__main__":
    main(float(sys.argv[1]))
