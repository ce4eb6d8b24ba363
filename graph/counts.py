"""Counts of entities and aliases: added to where mentions were gained, counted anew where any were lost or moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.batch import EventWrite
from graph.database import Row, Transaction
from graph.keys import W
from graph.moment import epoch_ms
from graph.queries import statement
from graph.standing import AliasStanding, EntityStanding, Standing


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


def add(tx: Transaction, before: Standing, entities: Mapping[str, Gain], aliases: Mapping[str, Gain]) -> Standing:
    """Adds gains to what was there before, and answers what is there now of whatever gained; keys that were not there
    are left to who founds them."""
    after = Standing(
        {key: _entity_after(known, entities[key]) for key, known in before.entities.items() if key in entities},
        {key: _alias_after(known, aliases[key]) for key, known in before.aliases.items() if key in aliases},
    )
    if after.entities or after.aliases:
        of_entities = [_entity_row(before.entities[key], now) for key, now in after.entities.items()]
        of_aliases = [_row(before.aliases[key], now) for key, now in after.aliases.items()]
        tx.rows(statement("write/gains"), {"entities": of_entities, "aliases": of_aliases})
    return after


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


def _alias_after(known: AliasStanding, gain: Gain) -> AliasStanding:
    return AliasStanding(
        known.node, known.mentions + gain.mentions, _earlier(known.first, gain.first), _later(known.last, gain.last)
    )


def _entity_after(known: EntityStanding, gain: Gain) -> EntityStanding:
    roles, role_counts, ws = known.roles, known.role_counts, known.ws
    if gain.roles:
        counted = dict(zip(roles, role_counts, strict=True))
        for role, count in gain.roles.items():
            counted[role] = counted.get(role, 0) + count
        ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        roles, role_counts = [role for role, _ in ranked], [count for _, count in ranked]
    if not gain.ws <= set(ws):
        ws = [w.value for w in W if w.value in gain.ws or w.value in ws]
    mentions = known.mentions + gain.mentions
    first, last = _earlier(known.first, gain.first), _later(known.last, gain.last)
    return EntityStanding(known.node, known.kind, known.kind_source, mentions, first, last, roles, role_counts, ws)


def _earlier(known: int | None, gained: int | None) -> int | None:
    return gained if known is None or (gained is not None and gained < known) else known


def _later(known: int | None, gained: int | None) -> int | None:
    return gained if known is None or (gained is not None and gained > known) else known


def _row(known: EntityStanding | AliasStanding, now: EntityStanding | AliasStanding) -> Row:
    """Only what changes is told: half of what a write costs is what it changes."""
    row: Row = {"node": known.node, "mentions": now.mentions}
    if now.first != known.first:
        row["first"] = now.first
    if now.last != known.last:
        row["last"] = now.last
    return row


def _entity_row(known: EntityStanding, now: EntityStanding) -> Row:
    row = _row(known, now)
    if now.role_counts is not known.role_counts:
        row["role_counts"] = [now.role_counts]
    if now.roles != known.roles:
        row["roles"] = [now.roles]
    if now.ws is not known.ws:
        row["ws"] = [now.ws]
    return row
