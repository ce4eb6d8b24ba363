"""Looks after the batches that a worker has open, whatever their own threads are busy with.

One thread for all of them: on a busy machine, to start one for each job took a third as long as its claim.
"""

from threading import Event, Lock, Thread

from ingest.batch import Batch

PRESSING = 0.05
"""Seconds between two looks while jobs or ends of them wait."""
_IDLE = 30.0


class Keeper:
    """The thread and what it looks after; it begins with the first batch and ends when there has long been none."""

    def __init__(self, lease: float) -> None:
        self._calm = min(1.0, lease / 6)
        self._open: set[Batch] = set()
        self._lock = Lock()
        self._news = Event()
        self._thread: Thread | None = None

    @property
    def open(self) -> list[Batch]:
        """The batches that are not over."""
        with self._lock:
            return list(self._open)

    def add(self, batch: Batch) -> None:
        """From now on it is looked after."""
        with self._lock:
            self._open.add(batch)
            if self._thread is None:
                self._thread = Thread(target=self._keep, name="keeper", daemon=True)
                self._thread.start()
        if batch.pressing:
            self._news.set()

    def discard(self, batch: Batch) -> None:
        """It is over."""
        with self._lock:
            self._open.discard(batch)

    def _keep(self) -> None:
        idle = 0.0
        while idle < _IDLE or not self._ended():
            batches = self.open
            wait = PRESSING if any(batch.pressing for batch in batches) else self._calm
            idle = 0.0 if batches else idle + wait
            if self._news.wait(wait):
                self._news.clear()
            for batch in self.open:
                batch.tend()

    def _ended(self) -> bool:
        with self._lock:
            if self._open:
                return False
            self._thread = None
            return True
