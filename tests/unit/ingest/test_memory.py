"""What a job leaves in memory is given back."""

import gc
from threading import Thread

import psutil

from ingest.memory import Memory


class Ring:
    """Refers to itself, so only the collector can let it go."""

    def __init__(self) -> None:
        self.itself = self
        self.held = bytes(2_000)


def test_what_a_job_left_is_given_back_and_not_looked_for_all_the_time() -> None:
    memory, process = Memory(), psutil.Process()
    memory.give_back()
    soon, later = Memory(), Memory()
    soon.give_back()
    usual = gc.get_threshold()
    gc.set_threshold(10_000_000, 50, 100)
    try:
        before = process.memory_info().rss
        job = Thread(target=lambda: [Ring() for _ in range(40_000)] and None)
        job.start()
        job.join()
        left = process.memory_info().rss - before
        soon.give_back()
        assert process.memory_info().rss - before > 0.8 * left
        later.give_back()
        assert process.memory_info().rss - before < 0.2 * left
    finally:
        gc.set_threshold(*usual)
