"""Keeps time: asks for the jobs of the schedules, and sweeps up what was forgotten.

Any number of beats may run, die and come back: whatever one does, another may have done already. The time is the
server's, so a beat whose clock is wrong asks for nothing that is not due.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event

import structlog

from graph import jobs
from graph.database import Database
from graph.errors import PentadError
from graph.job import Queue
from ingest.schedules import SCHEDULES, Schedule

_log = structlog.get_logger(__name__)

Wake = Callable[[Sequence[tuple[str, Queue]]], None]
"""Wakes a worker for each of these jobs. Raises Unavailable: the sweep tries again later."""


@dataclass(frozen=True, slots=True)
class BeatOptions:
    """Periods in seconds. `rest`: how long the sweep leaves a job alone that workers were woken for."""

    sweep: float = 10.0
    rest: float = 120.0
    attempts: int = 3
    speed: float = 1.0


class Beat:
    """One beat; `tick` is a round of it."""

    def __init__(
        self,
        database: Database,
        wake: Wake,
        options: BeatOptions | None = None,
        schedules: Sequence[Schedule] = SCHEDULES,
    ) -> None:
        self._database = database
        self._wake = wake
        self._options = options or BeatOptions()
        self._schedules = schedules
        self._asked: dict[str, str] = {}
        self._told = ""

    def run(self, stop: Event, ticked: Callable[[], None] = lambda: None) -> None:
        """Ticks every `sweep` seconds until `stop`; `ticked` hears of each round that went well."""
        while not stop.is_set():
            try:
                self.tick()
                self._told = ""
                ticked()
            except Exception as error:
                # A beat that ends would be missed by nobody, so none ends it.
                if str(error) != self._told:
                    self._told = str(error)
                    _log.warning("beat waits", cause=self._told, exc_info=not isinstance(error, PentadError))
            stop.wait(self._options.sweep)

    def tick(self) -> None:
        """Takes jobs from workers that fell silent, asks for what the schedules want now, wakes workers for what waits.

        Raises Unavailable, and nothing is lost: the next round does it.
        """
        found = jobs.due(self._database)
        if found.lost:
            lost = jobs.lose(self._database, self._options.attempts)
            _log.warning("jobs taken from silent workers", jobs=lost)
        self._ask(found.now)
        waiting = jobs.due(self._database).queued if found.lost else found.queued
        if waiting:
            self._wake(waiting)
            jobs.woken(self._database, [job for job, _ in waiting], self._options.rest)

    def _ask(self, now: datetime) -> None:
        for schedule in self._schedules:
            asked = schedule.at(now, self._options.speed)
            if self._asked.get(schedule.kind) == asked.key:
                continue
            job, new = jobs.ask(self._database, asked, rest=0)
            if new:
                _log.info("schedule", job=job.id, key=job.key)
            # While an earlier one is still at it, this period's is asked for again in the next round.
            if job.key == asked.key:
                self._asked[schedule.kind] = asked.key
