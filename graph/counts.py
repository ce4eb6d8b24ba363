"""Counts of entities and aliases: added to where mentions were gained, counted anew where any were lost or moved."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from graph.batch import EventWrite
from graph.database import Row, Transaction
from graph.keys import W
from graph.moment import epoch_ms
from graph.queries import statement


@dataclass(slots=True)
class Gain:
    """What a batch adds to one entity or alias; times are epoch milliseconds."""

    mentions: int = 0
    first: int | None = None
    last: int | None = None
    roles: Counter[str] = field(default_factory=Counter[str])
    ws: set[str] = field(default_factory=set[str])

    def take(self, at: int, role: str, w: str, count: int = 1) -> None:
        """Counts mentions at one time."""
        self.mentions += count
        self.first = at if self.first is None else min(self.first, at)
        self.last = at if self.last is None else max(self.last, at)
        self.ws.add(w)
        if role:
            self.roles[role] += count


def gained(events: Iterable[EventWrite]) -> tuple[dict[str, Gain], dict[str, Gain]]:
    """Gains by entity key and by alias key."""
    entities: dict[str, Gain] = {}
    aliases: dict[str, Gain] = {}
    for write in events:
        at = epoch_ms(write.event.occurred_at)
        for placed in write.placed:
            mention = placed.mention
            entities.setdefault(placed.entity, Gain()).take(at, mention.role, mention.w.value)
            aliases.setdefault(placed.alias, Gain()).take(at, "", mention.w.value)
    return entities, aliases


def count_aliases(tx: Transaction, gains: Mapping[str, Gain], anew: set[str]) -> None:
    """Brings the counts of aliases up to date."""
    rows = [
        {"key": key, "mentions": gain.mentions, "first": gain.first, "last": gain.last}
        for key, gain in gains.items()
        if key not in anew
    ]
    if rows:
        tx.rows(statement("write/alias_gains"), {"rows": rows})
    if anew:
        found = tx.rows(statement("read/alias_recount"), {"keys": sorted(anew)})
        tx.rows(statement("write/alias_counts"), {"rows": found})


def count_entities(tx: Transaction, gains: Mapping[str, Gain], anew: set[str], at: datetime) -> dict[str, str]:
    """Brings counts, times, roles and W's of entities up to date; answers the kind of each that only gained."""
    known = tx.rows(statement("read/entity_stats"), {"keys": [key for key in gains if key not in anew]})
    rows = [_sum(row, gains[row["key"]]) for row in known] + _recount(tx, sorted(anew))
    if rows:
        tx.rows(statement("write/entity_stats"), {"rows": rows, "at": at})
    return {row["key"]: row["kind"] for row in known}


def _sum(row: Row, gain: Gain) -> Row:
    total = Gain(row["mentions"], row["first"], row["last"], Counter(), set(row["ws"]))
    total.roles.update(dict(zip(row["roles"], row["role_counts"], strict=True)))
    if gain.first is not None and gain.last is not None:
        total.take(gain.first, "", next(iter(gain.ws)), 0)
        total.take(gain.last, "", next(iter(gain.ws)), gain.mentions)
    total.ws |= gain.ws
    total.roles.update(gain.roles)
    return _row(row["key"], total)


def _recount(tx: Transaction, keys: Sequence[str]) -> list[Row]:
    if not keys:
        return []
    found = {row["key"]: Gain() for row in tx.rows(statement("read/entity_stats"), {"keys": keys})}
    for row in tx.rows(statement("read/entity_recount"), {"keys": keys}):
        if row["mentions"]:
            gain = found[row["key"]]
            gain.take(row["first"], "", row["w"], 0)
            gain.take(row["last"], row["role"], row["w"], row["mentions"])
    return [_row(key, gain) for key, gain in found.items()]


def _row(key: str, total: Gain) -> Row:
    ranked = sorted(total.roles.items(), key=lambda item: (-item[1], item[0]))
    props = {
        "mentions": total.mentions,
        "roles": [role for role, _ in ranked],
        "role_counts": [count for _, count in ranked],
        "ws": [w.value for w in W if w.value in total.ws],
    }
    return {"key": key, "props": props, "first": total.first, "last": total.last}
