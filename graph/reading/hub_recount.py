"""Counts co-mentions of hubs afresh and brings their edges to it: never adds, so it may be repeated at will.

Every count takes only events whose latest version is not newer than the change number that the projection stands at:
what changed later is told by a later outbox record and recounted then.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.database import Row, Transaction
from graph.queries import statement

CLEARED_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class HubOptions:
    """When an entity is a hub (live WHO + WHERE mentions) and how much one transaction may do."""

    promote: int = 500
    demote: int = 400
    events: int = 5_000
    edges: int = 10_000


@dataclass(frozen=True, slots=True)
class Differences:
    """What must be written so that the edges of one entity say what was counted."""

    wrong: list[Row]
    gone: list[Row]

    def __len__(self) -> int:
        return len(self.wrong) + len(self.gone)


def recount_moved(tx: Transaction, keys: Iterable[str], change: int, options: HubOptions) -> int:
    """Brings all co-mentions from and to entities whose aliases changed to a live count; answers how many differed.

    A hub with more differences than one transaction should write stops being one: promotion counts it in batches.
    """
    moved = tx.rows(statement("read/co_degrees"), {"keys": sorted(keys)})
    kept = [row for row in moved if row["hub"] and not _demoted(tx, row, options)]
    written = 0
    for row in kept:
        found = differences(tx, row["key"], change, outgoing=True)
        if len(found) > options.edges and row["degree"] >= options.promote:
            tx.rows(statement("write/co_hub"), {"key": row["key"], "hub": False})
        else:
            written += _write(tx, found)
    for row in moved:
        written += _write(tx, differences(tx, row["key"], change, outgoing=False))
    return written


def recount_events(tx: Transaction, ids: Iterable[str], change: int, options: HubOptions) -> int:
    """Recounts every pair that events name or once named; answers how many pairs that was."""
    rows = tx.rows(statement("read/co_event_pairs"), {"ids": sorted(ids)})
    standing = tx.rows(statement("read/co_degrees"), {"keys": [row["hub"] for row in rows]})
    demoted = {row["key"] for row in standing if _demoted(tx, row, options)}
    return sum(_recount_pairs(tx, row, change) for row in rows if row["hub"] not in demoted)


def differences(tx: Transaction, key: str, change: int, *, outgoing: bool) -> Differences:
    """What the co-mentions kept by an entity (or, not outgoing, kept with it by hubs) lack against a live count."""
    edges = statement("read/co_edges_from" if outgoing else "read/co_edges_to")
    kept = {row["other"]: row for row in tx.rows(edges, {"key": key})}
    wrong: list[Row] = []
    for row in tx.stream(statement("read/co_counts"), {"key": key, "change": change, "hubs_only": not outgoing}):
        edge = kept.pop(row["other"], None)
        if edge is None or not edge["sound"] or any(edge[name] != row[name] for name in ("n", "first_ts", "last_ts")):
            wrong.append(_directed(key, row, outgoing) | {"kept": edge["n"] if edge else 0})
    gone = [_directed(key, row, outgoing) | {"kept": row["n"], "n": 0} for row in kept.values()]
    return Differences(wrong, gone)


def _directed(key: str, row: Row, outgoing: bool) -> Row:
    ends = (key, row["other"]) if outgoing else (row["other"], key)
    return {**row, "hub": ends[0], "other": ends[1]}


def _demoted(tx: Transaction, row: Row, options: HubOptions) -> bool:
    if not row["hub"] or row["degree"] >= options.demote:
        return False
    tx.rows(statement("write/co_hub"), {"key": row["key"], "hub": False})
    while clear(tx, row["key"]):
        pass
    return True


def clear(tx: Transaction, key: str) -> int:
    """Takes away at most CLEARED_AT_ONCE co-mentions kept by an entity; answers how many it took."""
    return int(tx.rows(statement("write/co_clear"), {"key": key, "limit": CLEARED_AT_ONCE})[0]["pairs"])


def _recount_pairs(tx: Transaction, row: Row, change: int) -> int:
    """One hub against others: by one pass over the hub's events where that reads less than a look at each pair."""
    hub, mentions = row["hub"], row["hub_mentions"]
    others = dict(row["others"])
    if sum(min(mentions, count) for count in others.values()) > mentions:
        everyone = tx.stream(statement("read/co_counts"), {"key": hub, "change": change, "hubs_only": False})
        counted = [{**found, "hub": hub} for found in everyone if found["other"] in others]
        gone = others.keys() - {found["other"] for found in counted}
        return _write(tx, Differences(counted, [{"hub": hub, "other": key} for key in gone]))
    pairs = [
        {"few": key, "many": hub} if count < mentions else {"few": hub, "many": key} for key, count in others.items()
    ]
    found = Differences([], [])
    for pair in tx.rows(statement("read/co_pair_counts"), {"pairs": pairs, "change": change}):
        other = pair["few"] if pair["many"] == hub else pair["many"]
        (found.wrong if pair["n"] else found.gone).append({**pair, "hub": hub, "other": other})
    return _write(tx, found)


def _write(tx: Transaction, found: Differences) -> int:
    if found.wrong:
        tx.rows(statement("write/co_set"), {"pairs": found.wrong})
    if found.gone:
        tx.rows(statement("write/co_drop"), {"pairs": found.gone})
    return len(found)
