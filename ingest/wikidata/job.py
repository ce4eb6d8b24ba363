"""The job that looks entities up in Wikidata: those that somebody asked for, or those of sure events that wait.

One run keeps to the budget of requests; what it does not come to waits for the next one, which a schedule asks for. An
entity that has no item is not asked about again for a month. Done again, it finds what it wrote and goes on after it.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from graph.database import Database
from graph.errors import BudgetExceeded, InvalidInput, NotFound
from graph.job import Asked, Queue
from graph.queries import statement
from ingest.job_context import Context
from ingest.job_kinds import Kind
from ingest.wikidata.enriching import Enriched, Enriching
from ingest.wikidata.gate import ENRICHMENT

EVENTS = 50
"""Events that are read at once."""
AGAIN = timedelta(days=30)
MOST = 1_000
"""Entities that may be asked for at once."""


def asked_for(keys: list[str] | None, top: int | None) -> Asked:
    """The job that looks up these entities, or those told most that have no item yet."""
    payload: dict[str, Any] = {"keys": keys} if keys is not None else {"top": top}
    return Asked(ENRICHMENT, f"{ENRICHMENT}:{uuid.uuid4().hex}", payload, Queue.LONG)


Service = Callable[[Database], Enriching]
"""Who looks up, writing through this door; a fresh budget each."""


@dataclass(slots=True)
class Run:
    """What one run came to: entities looked up, those with an item, what was told of them, those not there any more;
    `cut` says why it ended before all were."""

    looked: int = 0
    found: int = 0
    facts: int = 0
    attributes: int = 0
    asked: int = 0
    gone: list[str] = field(default_factory=list[str])
    cut: str = ""

    def add(self, one: Enriched) -> None:
        """Counts one entity."""
        self.looked += 1
        self.found += one.item is not None
        self.facts += one.facts
        self.attributes += one.attributes
        self.asked += one.asked

    def told(self) -> dict[str, Any]:
        """For the job's log."""
        names = ("looked", "found", "facts", "attributes", "asked")
        told: dict[str, Any] = {name: getattr(self, name) for name in names}
        return told | ({"gone": self.gone[:20]} if self.gone else {}) | ({"cut": self.cut} if self.cut else {})


def enrichment_kind(service: Service, clock: Callable[[], datetime]) -> Kind:
    """The kind. Its payload is {keys} or {top}; without either it takes what waits."""

    def enrich(context: Context) -> dict[str, Any]:
        run, enriching = Run(), service(context.database)
        try:
            for key in _wanted(context, enriching, clock):
                context.heartbeat(run.looked)
                _one(context.database, enriching, key, clock, run)
        except BudgetExceeded as error:
            run.cut = str(error)
        return run.told()

    return Kind(ENRICHMENT, enrich, Queue.LONG)


def _wanted(context: Context, enriching: Enriching, clock: Callable[[], datetime]) -> Iterable[str]:
    keys, top = context.payload.get("keys"), context.payload.get("top")
    if keys is not None:
        if not isinstance(keys, list):
            raise InvalidInput("is no list of keys", "keys")
        return list(dict.fromkeys(map(str, cast(list[object], keys))))[:MOST]
    if top is not None:
        if isinstance(top, bool) or not isinstance(top, int) or not 1 <= top <= MOST:
            raise InvalidInput(f"is no number from 1 to {MOST}", "top")
        return enriching.top(top)
    return _waiting(context.database, clock)


def _waiting(database: Database, clock: Callable[[], datetime]) -> Iterator[str]:
    """Entities of events that wait; an event waits no more once its last one was looked up."""
    while rows := database.read(statement("read/enrich_due"), {"limit": EVENTS, "before": clock() - AGAIN}, timeout=30):
        # Events share entities: each is looked up once, for all of them.
        yield from dict.fromkeys(key for row in rows for key in row["keys"])
        ids = [row["id"] for row in rows]
        database.write(lambda tx, _, ids=ids: tx.rows(statement("write/enrich_done"), {"ids": ids}))


def _one(database: Database, enriching: Enriching, key: str, clock: Callable[[], datetime], run: Run) -> None:
    try:
        one = enriching.enrich(key)
    except NotFound:
        run.gone.append(key)
        return
    run.add(one)
    tried = {"key": one.key, "at": clock()}
    database.write(lambda tx, _: tx.rows(statement("write/enrich_tried"), tried))
