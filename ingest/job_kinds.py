"""What can be done as a job: each kind a name, the queue it waits in, and the function that does it.

A handler may be run more than once for one job, up to the end or halfway: its effect is the same however often. It
writes through `context.database`, which refuses it once the job was taken from its worker.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.job import Asked, Queue
from ingest.job_context import Context

Handler = Callable[[Context], dict[str, Any] | None]
"""Does the job; what it answers is told in the job's log."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job.

    `brief`: as a rule it takes milliseconds, and it never ends its process. A worker that is woken for one may claim
    several that wait, does them one after another and writes their ends together (`ingest/batch.py`).
    """

    name: str
    run: Handler
    queue: Queue = Queue.NORMAL
    brief: bool = False

    def asked(self, key: str, **payload: Any) -> Asked:
        """A job of this kind, to be given to `graph.jobs.ask`."""
        return Asked(self.name, key, payload, self.queue)


Kinds = Mapping[str, Kind]


def registry(kinds: Iterable[Kind]) -> Kinds:
    """Kinds by name. Raises ValueError where two have the same."""
    found: dict[str, Kind] = {}
    for kind in kinds:
        if kind.name in found:
            raise ValueError(f"two kinds of jobs are called {kind.name}")
        found[kind.name] = kind
    return found
