"""Celery as it comes, one process and one thread (`--pool solo`), with tasks that do nothing. Run by `bench.beside`:
first the address of a Redis, then how many tasks; answered by seconds from the first of them to the last."""

import json
import logging
import os
import sys
import time
from threading import Thread

from celery import Celery
from celery.worker import WorkController

QUEUE = "bench-celery"


def main() -> None:
    """Answers until stdin ends."""
    url = json.loads(sys.stdin.readline())[0]
    app = Celery("bench", broker=url, set_as_current=False)
    app.conf.update(task_ignore_result=True, task_default_queue=QUEUE, worker_hijack_root_logger=False)
    times: list[float] = []

    @app.task(name="nothing")
    def nothing() -> None:
        times.append(time.perf_counter())

    logging.disable(logging.CRITICAL)
    worker = WorkController(app=app, pool_cls="solo", concurrency=1, without_gossip=True, without_mingle=True)
    print(json.dumps("ready"), flush=True)
    wanted = json.loads(sys.stdin.readline())[0]
    for _ in range(wanted):
        nothing.delay()
    Thread(target=worker.start, daemon=True).start()
    while len(times) < wanted:
        time.sleep(0.05)
    print(json.dumps(times[-1] - times[0]), flush=True)
    # The worker's thread would wait for more: the process ends without it.
    os._exit(0)


if __name__ == "__main__":
    main()
