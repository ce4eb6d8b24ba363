"""Celery wakes our workers: a message is the id of a job and nothing else, and losing one loses nothing.

Everything that must hold stands in the graph (`graph/jobs`), so the settings here only say how soon a worker hears of
its work and that it never takes more than it does. Why threads, and what was measured: docs/decisions/0008.
"""

import logging
import os
import warnings
from collections.abc import Callable, Sequence
from threading import Thread
from typing import Any

import structlog
from celery import Celery, signals
from celery.apps.worker import Worker as CeleryWorker
from celery.exceptions import CPendingDeprecationWarning, SecurityWarning

from graph.errors import Unavailable
from graph.job import Queue
from ingest.worker import Worker

_log = structlog.get_logger(__name__)

TASK = "pentad.run"
GRACE = 6.0
"""Seconds that running jobs have to end or to reach a heartbeat when the worker is to stop."""
TOUCH = 2.0
BROKER: dict[str, Any] = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "global_keyprefix": "pentad-jobs:",
    "queue_order_strategy": "priority",
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    "socket_keepalive": True,
}
SETTINGS: dict[str, Any] = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_ignore_result": True,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_default_queue": str(Queue.NORMAL),
    "task_store_errors_even_if_ignored": False,
    "worker_prefetch_multiplier": 1,
    "worker_hijack_root_logger": False,
    "worker_redirect_stdouts": False,
    "worker_enable_remote_control": False,
    "worker_send_task_events": False,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_transport_options": BROKER,
}

_KNOWN = (SecurityWarning, CPendingDeprecationWarning)
"""What Celery warns of and we know: running as root (we take JSON only), and that a job in hand outlives a lost
connection (its lease is in the graph)."""


def celery_app(redis_url: str) -> Any:
    """Our Celery on this Redis; connects to nothing yet."""
    app: Any = Celery("pentad", broker=redis_url, set_as_current=False)
    app.conf.update(SETTINGS)
    return app


class Waker:
    """Wakes workers through Redis."""

    def __init__(self, redis_url: str) -> None:
        self._app = celery_app(redis_url)

    def __call__(self, jobs: Sequence[tuple[str, Queue]]) -> None:
        """One message a job. Raises Unavailable: the sweep wakes later whom this did not."""
        try:
            for job, queue in jobs:
                self._app.send_task(TASK, args=[job], queue=str(queue), retry=False)
        except Exception as error:  # Celery, kombu and redis-py each have trees of their own for this.
            raise Unavailable(f"no worker can be woken: {type(error).__name__}") from error


class _Quiet(CeleryWorker):
    """Celery's worker without a new name for our process: it is found again by the arguments it was started with."""

    def set_process_status(self, info: str) -> str:
        """The status, told to nobody."""
        return info


def work(app: Any, worker: Worker, queues: Sequence[Queue], threads: int, alive: Callable[[], None]) -> None:
    """Serves the queues until SIGTERM or SIGINT; `alive` is called every two seconds while messages are awaited.

    At the end running jobs are finished or given back within seconds. One whose handler hears nothing is given back
    from outside, and the process ends without it: its fence is old by then.
    """

    @app.task(name=TASK, bind=True)
    def run(self: Any, job: str) -> None:
        worker.run(job, str(self.request.id))

    def ready(sender: Any, **_: object) -> None:
        alive()
        sender.timer.call_repeatedly(TOUCH, alive)
        _log.info("worker is ready", worker=worker.name, queues=[str(queue) for queue in queues], threads=threads)

    def stopping(**_: object) -> None:
        Thread(target=_stop, args=(worker,), name="stop").start()

    signals.worker_ready.connect(ready, weak=False)
    signals.worker_shutting_down.connect(stopping, weak=False)
    # Whoever connects here keeps Celery from setting up logs of its own.
    signals.setup_logging.connect(_no_logging, weak=False)
    for said in _KNOWN:
        warnings.simplefilter("ignore", said)
    controller: Any = _Quiet(
        app=app,
        hostname=f"pentad@{worker.name}",
        pool_cls="threads",
        concurrency=threads,
        queues=[str(queue) for queue in queues],
        beat=False,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    controller.start()
    _log.info("worker has stopped", worker=worker.name)


def _stop(worker: Worker) -> None:
    _log.info("worker stops", worker=worker.name)
    if not worker.stop(GRACE):
        # A thread cannot be ended, only its process.
        os._exit(0)


def _no_logging(**_: object) -> None:
    """Logs are set up already; that each message came and went says less than what its job says."""
    for name in ("celery", "kombu"):
        logging.getLogger(name).setLevel(logging.WARNING)
