"""One-transaction writes: a batch with its events, mentions, aliases, judgements and outbox record, or nothing."""

from collections.abc import Sequence
from datetime import datetime

import orjson

from graph import ledger, outbox, rows
from graph.alias import Alias
from graph.batch import Batch, EventWrite, IdentityWrite, Kind, Known, Written
from graph.counts import count_aliases, count_entities, gained
from graph.database import Row, Transaction
from graph.entity import UNSPECIFIED, label_of
from graph.keys import Family
from graph.queries import statement

FOLLOW = 1_000
"""Mention edges of one W that follow a moved alias in one statement."""

Moves = dict[str, tuple[str, str]]


def event_states(tx: Transaction, ids: Sequence[str]) -> dict[str, Known]:
    """What the graph holds of these events; ids that it does not know are left out."""
    found = tx.rows(statement("read/event_states"), {"ids": list(ids)})
    return {
        row["id"]: Known(row["version"], row["given_version"], row["content_hash"], tuple(row["hashes"]))
        for row in found
    }


def write(tx: Transaction, batch: Batch, change: int, now: datetime) -> Written:
    """Writes the batch as change number `change` in the caller's transaction, which holds the gate."""
    events, identity = batch.events, batch.identity
    _found(tx, identity, events, change, now)
    # Moved before closed: a seek may still find an edge that one transaction has both changed and deleted (measured).
    left = _move(tx, identity.moved, change)
    lost = _close(tx, [e.event.id for e in events if e.known], now)
    mentions = _tell(tx, events, change, now)
    _causes(tx, events, now)
    gone_to = {after for _, after in identity.moved.values()}
    entities, aliases = gained(events)
    count_aliases(tx, aliases, {row["alias"] for row in lost} | set(identity.moved))
    kinds = count_entities(tx, entities, {row["entity"] for row in lost} | left | gone_to, now)
    rekinded = _rekind(tx, identity)
    if identity.several:
        tx.rows(statement("write/entity_names"), {"keys": sorted(identity.several)})
    if left:
        tx.rows(statement("write/entities_drop"), {"keys": sorted(left)})
    ledger.append(tx, identity.judgements, now)
    ledger.revoke(tx, identity.revoked, now, change)
    # Those of future events too: what was counted anew has no sum to add to.
    decreased = {row["entity"] for row in lost if row["w"] in outbox.BOARD_WS}
    told = outbox.payload(tx, events, kinds, decreased | rekinded | left | gone_to, left | gone_to, now)
    text = orjson.dumps(told).decode()
    tx.rows(statement("write/outbox"), {"change": change, "at": now, "payload": text})
    founded = sum(alias.key == entity for alias, entity in identity.founded)
    return Written(change, text, told["events"]["new"], told["events"]["changed"], mentions, founded)


def cause_name(event_id: str) -> str:
    """The normalised name of the WHY alias that stands for an event named as cause."""
    return f"event:{event_id}"


def _close(tx: Transaction, ids: list[str], now: datetime) -> list[Row]:
    return tx.rows(statement("write/event_close"), {"ids": ids, "at": now}) if ids else []


def _found(tx: Transaction, identity: IdentityWrite, events: list[EventWrite], change: int, now: datetime) -> None:
    """Founds aliases, and entities: those of new aliases, and those that a split parts under an older alias's key."""
    founded = {alias.key: alias for alias, _ in identity.founded}
    stated = rows.stated_attributes(events)
    entities = [
        rows.entity_row(key, kind, {**stated.get(key, {}), "name": founded[key].name, "aliases": [founded[key].name]})
        for key, kind in identity.kinds.items()
        if key in founded
    ]
    entities += [rows.entity_row(key, identity.kinds[key], {}) for key in _parted(tx, identity.kinds, founded)]
    if entities:
        tx.rows(statement("write/entities"), {"rows": entities, "at": now})
    aliases = [rows.alias_row(alias, entity, change) for alias, entity in identity.founded]
    if aliases:
        tx.rows(statement("write/aliases"), {"rows": aliases})


def _parted(tx: Transaction, kinds: dict[str, Kind], founded: dict[str, Alias]) -> list[str]:
    older = [key for key in kinds if key not in founded]
    known = {row["key"] for row in tx.rows(statement("read/entity_stats"), {"keys": older})} if older else set[str]()
    return [key for key in older if key not in known]


def _move(tx: Transaction, moved: Moves, change: int) -> set[str]:
    """NAMES flips first, then the mention edges follow; answers the entities that were left."""
    if not moved:
        return set()
    pairs = [{"alias": alias, "entity": after} for alias, (_, after) in moved.items()]
    tx.rows(statement("write/alias_move"), {"rows": pairs, "change": change})
    follow = statement("write/mentions_follow")
    for alias in moved:
        while any(row["moved"] == FOLLOW for row in tx.rows(follow, {"alias": alias, "limit": FOLLOW})):
            pass
    return {before for before, _ in moved.values()}


def _tell(tx: Transaction, events: list[EventWrite], change: int, now: datetime) -> int:
    """Events, their mentions and their reports; answers the number of mentions."""
    tx.rows(statement("write/events"), {"rows": [rows.event_row(write, change) for write in events], "at": now})
    edges = rows.slots()
    for write in events:
        for placed in write.placed:
            edges[placed.mention.w.value.lower()].append(rows.mention_row(write, placed))
    tx.rows(statement("write/mentions"), {**edges, "at": now})
    reports = [row for write in events for row in rows.document_rows(write)]
    if reports:
        tx.rows(statement("write/documents"), {"rows": reports, "at": now})
    return sum(map(len, edges.values()))


def _causes(tx: Transaction, events: list[EventWrite], now: datetime) -> None:
    """Edges between events and the events they name as cause, whichever of the two came first."""
    pairs = {
        (write.event.id, placed.mention.event)
        for write in events
        for placed in write.placed
        if placed.mention.event is not None
    }
    named = {
        Alias.of("", cause_name(write.event.id), Family.WHY, "", UNSPECIFIED).key: write.event.id for write in events
    }
    awaiting = tx.rows(statement("read/causes_awaiting"), {"keys": list(named)})
    pairs |= {(row["event"], named[row["alias"]]) for row in awaiting}
    if pairs:
        found = [{"event": event, "cause": cause} for event, cause in sorted(pairs)]
        tx.rows(statement("write/causes"), {"rows": found, "at": now})


def _rekind(tx: Transaction, identity: IdentityWrite) -> set[str]:
    """Writes kinds that became others on entities that were there before; answers their keys."""
    founded = {alias.key for alias, _ in identity.founded}
    older = [key for key in identity.kinds if key not in founded]
    changed: list[Row] = []
    for known in tx.rows(statement("read/entity_stats"), {"keys": older}) if older else ():
        kind = identity.kinds[known["key"]]
        if (known["kind"], known["kind_source"]) != (kind.kind, kind.source):
            label = label_of(kind.kind, kind.family)
            changed.append({"key": known["key"], "label": label, "kind": kind.kind, "kind_source": kind.source})
    if changed:
        tx.rows(statement("write/entity_kinds"), {"rows": changed})
    return {row["key"] for row in changed}
