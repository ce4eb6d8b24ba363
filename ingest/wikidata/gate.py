"""Which events are sure enough that their entities are looked up elsewhere: the last gate of a page's way.

What it says is recorded on the documents that an event is formed of, whether anybody is asked or not. Events that pass
wait until a job of kind `enrichment` has looked their entities up, those of many events at once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from graph import jobs
from graph.artifacts import decided
from graph.database import Database, Transaction
from graph.job import Asked, Queue
from graph.queries import statement
from graph.reading.claims import events_named
from ingest.pages.gates import Gate, GateOptions, State, decision

ENRICHMENT = "enrichment"
GATHERED = 20.0
"""Seconds in which events gather before they are looked up together."""
AT_ONCE = 100
OFF = "; enrichment is off"


@dataclass(frozen=True, slots=True)
class EnrichOptions:
    """Confidence of an event from which its entities are looked up, and whether anybody is asked at all."""

    least: float = 0.9
    on: bool = False


def enrichment_asked() -> Asked:
    """The job that looks up what waits. One at a time: it takes all that wait while it works."""
    return Asked(ENRICHMENT, ENRICHMENT, {}, Queue.LONG, delay=GATHERED)


def gate_events(
    database: Database,
    events: Collection[str],
    now: datetime,
    options: EnrichOptions,
    *,
    document: str = "",
) -> int:
    """Records what the gate says of these events; how many are to be looked up. `document` bears what is said of an
    event that others told. Done twice, the second changes nothing."""
    named = events_named(database, list(dict.fromkeys(events)))
    limits = GateOptions(enrichment=options.least)
    passed: list[str] = []
    said: dict[str, State] = {}
    for key, event in sorted(named.items()):
        state = State(Gate.ENRICHMENT, event_confidence=event.confidence)
        if options.on and decision(state, limits).go:
            passed.append(key)
        for one in event.reports or ([document] if document else []):
            if one not in said or state.event_confidence > said[one].event_confidence:
                said[one] = state
    told = {one: decision(state, limits) for one, state in said.items()}
    if not options.on:
        told = {one: made.model_copy(update={"reason": made.reason + OFF}) for one, made in told.items()}
    documents = sorted(told)

    for begin in range(0, max(len(documents), len(passed)), AT_ONCE):

        def work(tx: Transaction, _: int, begin: int = begin) -> None:
            for one in documents[begin : begin + AT_ONCE]:
                decided(tx, one, told[one])
            if due := passed[begin : begin + AT_ONCE]:
                tx.rows(statement("write/enrich_due"), {"ids": due, "at": now})
                jobs.ask_in(tx, enrichment_asked(), rest=0)

        database.write(work)
    return len(passed)
