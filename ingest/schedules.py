"""What is done at regular times: one job a period, whoever asks for it and however often.

A period is a stretch of the server's time; its start stands in the key of its job. So two beats ask for one job, and
a beat that was away asks for the period that it comes back in, not for those that it missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.job import Asked, Queue

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
_LATEST = 900.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """A kind of job and its period in seconds. Periods count from 1970 in UTC: a day begins at midnight."""

    kind: str
    every: float

    def at(self, now: datetime, speed: float = 1.0) -> Asked:
        """The job of the period that `now` lies in; `speed` divides the period, down to a second.

        It may begin a hundredth of its period later (15 minutes at most), so that not everything begins at once.
        """
        period = max(self.every / speed, 1.0)
        start = datetime.fromtimestamp(now.timestamp() // period * period, UTC)
        text = start.isoformat(timespec="minutes" if period >= MINUTE else "milliseconds")
        return Asked(
            self.kind,
            f"{self.kind}:{text.replace('+00:00', 'Z')}",
            {},
            Queue.UPKEEP,
            delay=min(period / 100, _LATEST),
            once=True,
            alone=True,
        )


SCHEDULES: Sequence[Schedule] = (
    Schedule("page-sweep", MINUTE),
    Schedule("feeds", MINUTE),
    Schedule("future-events", 5 * MINUTE),
    Schedule("co-mentions", 5 * MINUTE),
    Schedule("watches", 5 * MINUTE),
    Schedule("rank-mirror", 15 * MINUTE),
    Schedule("hierarchy", 15 * MINUTE),
    Schedule("profiles", 15 * MINUTE),
    Schedule("event-regroup", HOUR),
    Schedule("enrichment", HOUR),
    Schedule("rank-snapshot", DAY),
    Schedule("drift-check", DAY),
    Schedule("audit-head", DAY),
    Schedule("dedupe", DAY),
    Schedule("reader-decay", DAY),
    Schedule("purge", 30 * DAY),
)
