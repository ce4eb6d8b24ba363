"""Withdraws documents with the events that nobody else tells, and tells them again: each a gated transaction in which
counts, boards, facts and history follow.

Withdrawing closes, its undo writes new edges: what had been recorded at a time stays what it was at that time.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from graph import attributes, counts, facts, history, merging
from graph.database import Database, Row, Transaction
from graph.keys import UNIT_SEPARATOR
from graph.names import rename
from graph.queries import statement
from graph.retraction import RetractionState, Sort
from graph.standing import standing

AT_ONCE = 20
"""Documents that one transaction withdraws, with what leans on them."""


@dataclass(slots=True)
class Step:
    """What one transaction did: the outbox record at a change number, events and documents withdrawn or told again,
    pages whose events are to be formed anew."""

    change: int = 0
    payload: str = ""
    events: list[str] = field(default_factory=list[str])
    documents: list[str] = field(default_factory=list[str])
    pages: set[str] = field(default_factory=set[str])


def documents_of(tx: Transaction, sort: Sort, key: str, limit: int = AT_ONCE) -> list[str]:
    """Documents of a target that are not withdrawn yet."""
    asked = {"sort": sort.value, "id": key, "limit": limit}
    return [row["id"] for row in tx.rows(statement("read/retract_documents"), asked)]


def reach(tx: Transaction, documents: Collection[str], sort: Sort, key: str) -> list[Row]:
    """The events that these documents report or support."""
    asked = {"documents": sorted(documents), "source": key if sort is Sort.SOURCE else ""}
    return tx.rows(statement("read/retract_reach"), asked)


def withdraw(tx: Transaction, change: int, retraction: str, sort: Sort, target: str, props: Row, now: datetime) -> Step:
    """Withdraws the next documents of a target, those of one transaction; none left, it says that all is done."""
    documents = documents_of(tx, sort, target)
    told = {"id": retraction, "props": props, "at": now}
    if not documents:
        state = {"state": RetractionState.APPLIED.value, "events": 0, "documents": 0}
        tx.rows(statement("write/retraction"), {**told, **state})
        return Step(change + 1, merging.tell(tx, change + 1, (), now))
    reached = reach(tx, documents, sort, target)
    alone = [row["id"] for row in reached if row["alone"]]
    same = {"id": retraction, "change": change + 1, "at": now}
    lost = _close(tx, alone, same) if alone else []
    for document in documents:
        names = [
            orjson.dumps(row["props"], default=str).decode()
            for row in tx.rows(statement("read/retract_names"), {"document": document})
        ]
        tx.rows(statement("write/retract_document"), {"document": document, "names": names, **same})
    stated = _forgotten(tx, lost, alone, now)
    shared = [row["id"] for row in reached if not row["alone"]]
    payload = _followed(tx, change + 1, lost, stated, [*alone, *shared], now)
    state = {"state": RetractionState.APPLYING.value, "events": len(alone), "documents": len(documents)}
    tx.rows(statement("write/retraction"), {**told, **state})
    pages = {page for row in reached if not row["alone"] and row["formed"] for page in row["pages"]}
    return Step(change + 1, payload, alone, documents, pages)


def withdraw_events(tx: Transaction, change: int, retraction: str, events: Sequence[str], now: datetime) -> None:
    """Withdraws single events under a retraction."""
    lost = _close(tx, events, {"id": retraction, "change": change + 1, "at": now})
    _followed(tx, change + 1, lost, _forgotten(tx, lost, events, now), events, now)


def _close(tx: Transaction, events: Sequence[str], same: Row) -> list[Row]:
    rows = [{"id": event, "hash": _hash(str(same["id"]), event)} for event in events]
    return tx.rows(statement("write/retract_events"), {"rows": rows, **same})


def _forgotten(tx: Transaction, lost: Sequence[Row], events: Sequence[str], now: datetime) -> list[attributes.Change]:
    """Takes back what the events state of names, kept on them for an undo."""
    kept, stated = attributes.forget(tx, _holders(lost), set(events), now)
    if kept:
        told = [{"event": event, "attributes": text} for event, text in kept.items()]
        tx.rows(statement("write/retract_attributes"), {"rows": told})
    return stated


def restore(tx: Transaction, change: int, retraction: str, now: datetime) -> Step:
    """Tells the next of what a retraction withdrew again; none left, it says that all is undone."""
    marked = tx.rows(statement("read/retract_marked"), {"id": retraction, "limit": AT_ONCE})[0]
    events: list[str] = marked["events"]
    documents: list[Row] = marked["documents"]
    told: Row = {"id": retraction, "props": {}, "events": 0, "documents": 0, "at": now}
    if not events and not documents:
        tx.rows(statement("write/retraction"), {**told, "state": RetractionState.UNDONE.value})
        return Step(change + 1, merging.tell(tx, change + 1, (), now))
    same = {"id": retraction, "change": change + 1, "at": now}
    kept = [text for text in marked["attributes"] if text]
    gained = tx.rows(statement("write/retract_events_undo"), {"ids": events, **same}) if events else []
    # Documents stand again after their events: each report is told again once.
    done = documents if len(events) < AT_ONCE else []
    pages = set[str]()
    for row in done:
        names = [orjson.loads(name) for name in row["names"]]
        params = {"document": row["id"], "names": [_props(name) for name in names], **same}
        if tx.rows(statement("write/retract_document_undo"), params)[0]["claims"]:
            pages.add(row["id"])
    stated = attributes.remember(tx, _holders(gained), kept, now)
    payload = _followed(tx, change + 1, gained, stated, events, now)
    return Step(change + 1, payload, events, [row["id"] for row in done], pages)


def steps(database: Database, work: Any) -> Iterator[Step]:
    """Runs a step as often as it finds something to do; the last one found nothing."""
    while True:
        step: Step = database.write(work)
        yield step
        if not step.events and not step.documents:
            return


def _followed(
    tx: Transaction,
    change: int,
    mentions: Sequence[Row],
    stated: Sequence[attributes.Change],
    changed: Sequence[str],
    now: datetime,
) -> str:
    """Brings counts, facts, boards and history to the mentions that were closed or told; answers the outbox record."""
    entities = {row["entity"] for row in mentions}
    before = standing(tx, entities, ())
    counts.recount_aliases(tx, {row["alias"] for row in mentions})
    changes = merging.recount(tx, entities, before) + history.of_attributes(stated)
    # Another of its names may be the most frequent now.
    changes += rename(tx, entities, now)
    facts.settle_in(tx, changed, (), now)
    history.append(tx, changes, change, now)
    return merging.tell(tx, change, entities, now, more={"events": {"new": [], "changed": list(changed)}, "moved": []})


def _holders(mentions: Sequence[Row]) -> dict[str, str]:
    return {row["alias"]: row["entity"] for row in mentions}


def _hash(retraction: str, event: str) -> str:
    """What stands for the content of a withdrawn event."""
    return hashlib.sha256(UNIT_SEPARATOR.join(("withdrawn", retraction, event)).encode()).hexdigest()


def _props(name: Mapping[str, Any]) -> Row:
    return {key: value for key, value in name.items() if key != "recorded_at"}
