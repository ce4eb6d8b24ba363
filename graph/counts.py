"""Counts of entities and aliases: added to where mentions were gained, counted anew where any were lost or moved."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
    roles: dict[str, int] = field(default_factory=dict[str, int])
    ws: set[str] = field(default_factory=set[str])

    def take(self, at: int, role: str, w: str, count: int = 1) -> None:
        """Counts mentions at one time."""
        self.mentions += count
        if self.first is None or at < self.first:
            self.first = at
        if self.last is None or at > self.last:
            self.last = at
        self.ws.add(w)
        if role:
            self.roles[role] = self.roles.get(role, 0) + count

    def ranked_roles(self) -> list[str]:
        """Roles, most frequent first, then by name."""
        return sorted(self.roles, key=lambda role: (-self.roles[role], role))

    def props(self) -> Row:
        """Counts, roles (most frequent first) and W's as an entity keeps them."""
        roles = self.ranked_roles()
        return {
            "mentions": self.mentions,
            "roles": roles,
            "role_counts": [self.roles[role] for role in roles],
            "ws": [w.value for w in W if w.value in self.ws],
        }


@dataclass(slots=True)
class EntityStanding:
    """What the graph holds of an entity before a batch; `node` is its element id, times are epoch milliseconds."""

    node: str
    kind: str
    kind_source: str
    mentions: int
    first: int | None
    last: int | None
    roles: list[str]
    role_counts: list[int]
    ws: list[str]


@dataclass(slots=True)
class AliasStanding:
    """What the graph holds of an alias before a batch."""

    node: str
    mentions: int
    first: int | None
    last: int | None


@dataclass(slots=True)
class Standing:
    """Entities and aliases by key, as they stood before a batch."""

    entities: dict[str, EntityStanding]
    aliases: dict[str, AliasStanding]


def standing(tx: Transaction, entities: Iterable[str], aliases: Iterable[str]) -> Standing:
    """What is there of these keys."""
    asked = {"entities": list(entities), "aliases": list(aliases)}
    found: Any = tx.rows(statement("read/batch_standing"), asked)[0]
    return Standing(
        {key: EntityStanding(*rest) for key, *rest in found["entities"]},
        {key: AliasStanding(*rest) for key, *rest in found["aliases"]},
    )


def gained(events: Iterable[EventWrite]) -> tuple[dict[str, Gain], dict[str, Gain]]:
    """Gains by entity key and by alias key."""
    entities: dict[str, Gain] = {}
    aliases: dict[str, Gain] = {}
    for write in events:
        at = epoch_ms(write.event.occurred_at)
        for placed in write.placed:
            mention = placed.mention
            w = mention.w.value
            for found, key, role in ((entities, placed.entity, mention.role), (aliases, placed.alias, "")):
                gain = found.get(key)
                if gain is None:
                    gain = found[key] = Gain()
                gain.take(at, role, w)
    return entities, aliases


def add(tx: Transaction, before: Standing, entities: Mapping[str, Gain], aliases: Mapping[str, Gain]) -> None:
    """Adds gains to what was there before; keys that were not there are left to who founds them."""
    of_entities = [_entity_gain(known, entities[key]) for key, known in before.entities.items() if key in entities]
    of_aliases = [_gain(known, aliases[key]) for key, known in before.aliases.items() if key in aliases]
    if of_entities or of_aliases:
        tx.rows(statement("write/gains"), {"entities": of_entities, "aliases": of_aliases})


def recount_aliases(tx: Transaction, keys: set[str]) -> None:
    """Counts aliases anew from their live mentions."""
    if keys:
        found = tx.rows(statement("read/alias_recount"), {"keys": sorted(keys)})
        tx.rows(statement("write/alias_counts"), {"rows": found})


def recount_entities(tx: Transaction, keys: Sequence[str], counted_by: str = "read/entity_recount") -> dict[str, Gain]:
    """Counts entities anew from their live mentions; answers what was counted. `counted_by` is the statement that
    counts them: by the edges that lead to them, or by their names while edges still follow."""
    found = {key: Gain() for key in keys}
    if not found:
        return found
    for row in tx.rows(statement(counted_by), {"keys": list(keys)}):
        if row["mentions"]:
            gain = found[row["key"]]
            gain.take(row["first"], "", row["w"], 0)
            gain.take(row["last"], row["role"], row["w"], row["mentions"])
    rows = [{"key": key, "props": gain.props(), "first": gain.first, "last": gain.last} for key, gain in found.items()]
    tx.rows(statement("write/entity_counts"), {"rows": rows})
    return found


def _gain(known: EntityStanding | AliasStanding, gain: Gain) -> Row:
    """Only what changes is told: half of what a write costs is what it changes."""
    row: Row = {"node": known.node, "mentions": known.mentions + gain.mentions}
    if known.first is None or (gain.first is not None and gain.first < known.first):
        row["first"] = gain.first
    if known.last is None or (gain.last is not None and gain.last > known.last):
        row["last"] = gain.last
    return row


def _entity_gain(known: EntityStanding, gain: Gain) -> Row:
    row = _gain(known, gain)
    if gain.roles:
        roles = Counter(dict(zip(known.roles, known.role_counts, strict=True)))
        roles.update(gain.roles)
        ranked = sorted(roles.items(), key=lambda item: (-item[1], item[0]))
        row["role_counts"] = [[count for _, count in ranked]]
        names = [role for role, _ in ranked]
        if names != known.roles:
            row["roles"] = [names]
    if not gain.ws <= set(known.ws):
        row["ws"] = [[w.value for w in W if w.value in gain.ws or w.value in known.ws]]
    return row
