"""Keeps the co-mentions of hubs on edges, so that a hub's top ten costs what anyone's does.

`(hub)-[:CO_MENTIONED {src, kind, n, first_ts, last_ts}]->(other)`: n distinct live events that name both in WHO or
WHERE. Invariant: at the change number on the `co_mentions` Projection node, every hub's edges equal a live count.
New events are added, one sum per pair; all else is recounted. Each batch and its new number commit together, so a
follower may die or race another at any point.
"""

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import orjson

from graph.database import Database, Row, Transaction
from graph.queries import statement
from graph.reading.hub_recount import HubOptions, clear, recount_events, recount_moved

RECORDS_AT_ONCE = 50
MOVED_COST = 50
"""An entity whose aliases changed costs about as much to recount as this many new events to add."""


@dataclass(slots=True)
class Followed:
    """What one call did: the change number that the kept co-mentions are true at, and how much was counted."""

    change: int = 0
    events: int = 0
    recounted: int = 0
    promoted: int = 0
    reset: bool = False


@dataclass(slots=True)
class _Work:
    to: int
    new: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    changed: set[str] = field(default_factory=set[str])
    moved: set[str] = field(default_factory=set[str])
    rekinded: set[str] = field(default_factory=set[str])

    @property
    def cost(self) -> int:
        return len(self.new) + len(self.changed) + MOVED_COST * len(self.moved)


class _Overtaken(Exception):
    """The projection moved on while a hub was being counted."""


def follow(database: Database, options: HubOptions | None = None) -> Followed:
    """Brings the kept co-mentions to the change number that the gate stood at when called, in bounded batches.

    Then promotes what has the degree of a hub. Where the outbox no longer reaches back far enough, every hub is
    counted anew. Raises DatabaseUnavailable, BudgetExceeded.
    """
    options = options or HubOptions()
    row = database.read(statement("read/co_followed"))[0]
    target = int(row["change"])
    done = Followed(change=int(row["followed"]))
    while done.change < target:
        step = database.write(lambda tx, change: _step(tx, change, options))
        done.change = step.change
        done.events += step.events
        done.recounted += step.recounted
        done.reset = done.reset or step.reset
    candidates = database.read(
        statement("read/co_candidates"), {"promote": options.promote}, timeout=database.options.job_timeout
    )
    for row in candidates:
        try:
            _promote(database, row["key"], done.change, options)
        except _Overtaken:
            break
        done.promoted += 1
    return done


def _step(tx: Transaction, change: int, options: HubOptions) -> Followed:
    """One bounded batch; what it answers counts only once the transaction has committed."""
    followed = _position(tx)
    if followed >= change:
        return Followed(followed)
    records = tx.rows(statement("read/outbox_after"), {"change": followed, "limit": RECORDS_AT_ONCE})
    if not records or records[0]["change"] != followed + 1:
        tx.rows(statement("write/co_unhub_all"))
        step = Followed(change, reset=True)
    else:
        work = _take(records, options)
        step = Followed(work.to, len(work.new) + len(work.changed), _apply(tx, work, options))
    tx.rows(statement("write/co_advance"), {"change": step.change})
    return step


def _take(records: list[Row], options: HubOptions) -> _Work:
    """The first records, as many as one transaction should do, at least one."""
    work = _Work(to=0)
    for record in records:
        payload = orjson.loads(record["payload"])
        events = payload.get("events", {})
        work.to = record["change"]
        work.new += [{"id": event, "change": work.to} for event in events.get("new", [])]
        work.changed.update(events.get("changed", []))
        work.moved.update(payload.get("moved", []))
        work.rekinded.update(payload.get("set", {}))
        if work.cost >= options.events:
            break
    return work


def _apply(tx: Transaction, work: _Work, options: HubOptions) -> int:
    recounted = 0
    if work.new:
        tx.rows(statement("write/co_add"), {"new": work.new})
    if work.changed:
        recounted += recount_events(tx, work.changed, work.to, options)
    if work.moved:
        recounted += recount_moved(tx, work.moved, work.to, options)
    if work.rekinded:
        tx.rows(statement("write/co_kinds"), {"keys": sorted(work.rekinded)})
    return recounted


def _promote(database: Database, key: str, followed: int, options: HubOptions) -> None:
    """Counts one entity outside the gate, as of the projection's change number, and writes its edges in batches.

    The entity is a hub only with the last batch, and each batch looks whether the projection still stands there:
    what happened since is then followed like any other change.
    """

    def held(work: str, params: dict[str, Any]) -> int:
        def unit(tx: Transaction, _: int) -> int:
            if _position(tx) != followed:
                raise _Overtaken
            return clear(tx, key) if work == "clear" else len(tx.rows(statement(f"write/{work}"), params))

        return database.write(unit)

    while held("clear", {}):
        pass

    def count(tx: Transaction) -> None:
        rows = tx.stream(statement("read/co_counts"), {"key": key, "change": followed, "hubs_only": False})
        while pairs := [{**row, "hub": key} for row in islice(rows, options.edges)]:
            held("co_set", {"pairs": pairs})

    database.reading(count, timeout=database.options.job_timeout)
    held("co_hub", {"key": key, "hub": True})


def _position(tx: Transaction) -> int:
    return int(tx.rows(statement("write/co_position"))[0]["followed"])
