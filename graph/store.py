"""One-transaction writes: a batch with its events, mentions, aliases, judgements and outbox record, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph import attributes, claims, counts, facts, history, ledger, outbox, readers, relations, rows
from graph.alias import Alias
from graph.batch import EventWrite, IdentityWrite, Known, Written
from graph.counts import Gain
from graph.database import Row, Transaction
from graph.draft import Draft
from graph.history import Changed
from graph.keys import RESOLVED, Family, fresh_key
from graph.kinds import rekind
from graph.names import rename
from graph.numbering import take_number
from graph.queries import statement
from graph.standing import Remembered, Standing, standing
from graph.trending.names import BOARD_WS

FOLLOW = 1_000
"""Mention edges of one W that follow a moved alias in one statement."""

Moves = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class States:
    """The graph's change number, and what it holds of the events asked for; those it does not know are left out."""

    change: int
    known: dict[str, Known]


def event_states(tx: Transaction, ids: Sequence[str]) -> States:
    """What the graph holds of these events. It may be newer than the change number, never older."""
    found: Any = tx.rows(statement("read/event_states"), {"ids": list(ids)})
    if not found:
        return States(-1, {})
    rows_of: list[tuple[str, int, int | None, str, list[str]]] = found[0]["events"]
    known = {key: Known(version, given, sha, tuple(had)) for key, version, given, sha, had in rows_of}
    return States(found[0]["change"], known)


def write(
    tx: Transaction, draft: Draft, now: datetime, more: Row | None = None, remembered: Remembered | None = None
) -> Written:
    """Writes the batch in the caller's transaction, which holds the gate at the change number before the draft's.
    `more` is told in its outbox record, too. Who writes batch after batch gives what is `remembered` of the last, and
    settles it when the transaction has committed."""
    batch, change = draft.batch, draft.change
    events, identity = batch.events, batch.identity
    remembered = remembered or Remembered()
    founded = {alias.key for alias, _ in identity.founded}
    before = _standing(tx, draft, founded, remembered)
    nodes = _found(tx, draft, before, founded, now)
    had, has = _kinds(tx, identity, before)
    # Moved before closed: a seek may still find an edge that one transaction has both changed and deleted (measured).
    left = _move(tx, identity.moved, change, now)
    lost = _close(tx, events, change, now)
    mentions = _tell(tx, draft, nodes, now)
    relations.write(tx, events, now)
    related = [write.event.id for write in events if write.known or write.event.relationships]
    facts.settle_in(tx, related, {entity for pair in identity.moved.values() for entity in pair}, now)
    _causes(tx, batch.awaited, events, now)
    gone_to = {after for _, after in identity.moved.values()}
    recounted = {row["entity"] for row in lost} | left | gone_to
    anew = {row["alias"] for row in lost} | set(identity.moved)
    changes, after = _count(tx, draft, before, recounted, anew)
    rekinded = rekind(tx, identity.kinds, before, now)
    # Where mentions were lost another name may be the most frequent now.
    renamed = identity.several | {row["entity"] for row in lost}
    changes += [*rekinded, *history.of_moves(identity.moved, had, has), *rename(tx, renamed, now, founded)]
    if left:
        tx.rows(statement("write/entities_drop"), {"keys": sorted(left)})
    regrouped = {entity for pair in identity.moved.values() for entity in pair}
    stated = attributes.state(tx, events, founded, regrouped, now)
    changes += history.of_attributes(one for one in stated if one.entity not in founded)
    ledger.append(tx, identity.judgements, now)
    ledger.revoke(tx, identity.revoked, now, change)
    history.append(tx, changes, change, now)
    # A kind may be another now, and what was counted anew is known to the graph alone.
    for key in identity.kinds:
        after.entities.pop(key, None)
    touched = before.entities.keys() | recounted | identity.kinds.keys()
    remembered.tell(change, touched, before.aliases.keys() | anew, after)
    # Those of future events too: what was counted anew has no sum to add to.
    decreased = {row["entity"] for row in lost if row["w"] in BOARD_WS}
    summed = decreased | left | gone_to | {changed.alias for changed in rekinded}
    told = outbox.payload(tx, events, had | has, summed, left | gone_to, now)
    # Each event has a WHAT and a WHEN of its own: these are not told of.
    discovered = [entity for alias, entity in identity.founded if alias.key == entity and alias.family in RESOLVED]
    if discovered:
        told["founded"] = discovered
    text = take_number(tx, change, now, told | (more or {}))
    fresh = sum(alias.key == entity for alias, entity in identity.founded)
    return Written(change, text, told["events"]["new"], told["events"]["changed"], mentions, fresh)


def cause_name(event_id: str) -> str:
    """The normalised name of the WHY alias that stands for an event named as cause."""
    return f"event:{event_id}"


def cause_key(event_id: str) -> str:
    """The key of that alias. Asked of every event, mostly once: not kept, as those of names are."""
    return fresh_key(Family.WHY, cause_name(event_id))


def _standing(tx: Transaction, draft: Draft, founded: set[str], remembered: Remembered) -> Standing:
    entities = (draft.entities.keys() | draft.batch.identity.kinds.keys()) - founded
    return remembered.standing(tx, draft.change - 1, entities, draft.aliases.keys() - founded)


def _found(tx: Transaction, draft: Draft, before: Standing, founded: set[str], now: datetime) -> dict[str, str]:
    """Founds aliases, and entities: those of new aliases, and those that a split parts under an older alias's key.

    Answers the element ids of all entities that the batch touches, by key.
    """
    identity = draft.batch.identity
    own = {alias.key: alias for alias, entity in identity.founded if alias.key == entity}
    names = {alias.key: alias.name for alias, _ in identity.founded}
    nodes = {key: known.node for key, known in before.entities.items()}
    fresh: list[Row] = []
    for key, kind in identity.kinds.items():
        if key in founded:
            props = {"name": names[key], "aliases": [names[key]]}
            row = rows.entity_row(key, kind, props, draft.entities.get(key) or Gain())
            fresh.append(row | {"alias": _alias(draft, own[key]) if key in own else None})
        elif key not in nodes:
            fresh.append(rows.entity_row(key, kind, {}, Gain()) | {"alias": None})
    if fresh:
        found: Any = tx.rows(statement("write/entities"), {"rows": fresh, "at": now})[0]["founded"]
        nodes |= dict(found)
    others = [{"entity": entity} | _alias(draft, alias) for alias, entity in identity.founded if alias.key not in own]
    if others:
        tx.rows(statement("write/aliases"), {"rows": others})
    return nodes


def _alias(draft: Draft, alias: Alias) -> Row:
    return rows.alias_row(alias, draft.change, draft.aliases.get(alias.key) or Gain())


def _kinds(tx: Transaction, identity: IdentityWrite, before: Standing) -> tuple[dict[str, str], dict[str, str]]:
    """Kinds of entities before and after, also of those that are left."""
    left = {entity for entity, _ in identity.moved.values()} - before.entities.keys()
    known = standing(tx, left, ()).entities | before.entities
    return {key: one.kind for key, one in known.items()}, {key: one.kind for key, one in identity.kinds.items()}


def _move(tx: Transaction, moved: Moves, change: int, now: datetime) -> set[str]:
    """NAMES flips first, then the mention edges follow; answers the entities that were left."""
    if not moved:
        return set()
    pairs = [{"alias": alias, "entity": after} for alias, (_, after) in moved.items()]
    tx.rows(statement("write/alias_move"), {"rows": pairs, "change": change, "at": now})
    follow = statement("write/mentions_follow")
    for alias in moved:
        while any(row["moved"] == FOLLOW for row in tx.rows(follow, {"alias": alias, "limit": FOLLOW})):
            pass
    relations.follow(tx, moved)
    claims.follow(tx, moved)
    readers.follow(tx, moved)
    return {before for before, _ in moved.values()}


def _close(tx: Transaction, events: Iterable[EventWrite], change: int, now: datetime) -> list[Row]:
    """Closes what former versions told; of events read anew only the mentions. Answers the mentions closed."""
    again = [write.event.id for write in events if write.known and not write.reread]
    reread = [write.event.id for write in events if write.reread]
    lost = tx.rows(statement("write/event_close"), {"ids": again, "at": now}) if again else []
    if reread:
        lost += tx.rows(statement("write/event_reread"), {"ids": reread, "at": now, "change": change})
    if again or reread:
        # What the new version says of its names is told with it; what the former said holds no more.
        tx.rows(statement("write/placements_revoke"), {"ids": again + reread, "at": now, "change": change})
    relations.close(tx, again + reread, now)
    return lost


def _tell(tx: Transaction, draft: Draft, nodes: dict[str, str], now: datetime) -> int:
    """Events, their mentions and their reports; answers the number of mentions."""
    names = [rows.name_row(alias, nodes[entity], entity) for alias, entity in draft.names]
    documents = _documents(tx, draft, now)
    mentions = 0
    if draft.events:
        params = {"rows": draft.events, "names": names, "documents": documents, "change": draft.change, "at": now}
        mentions += tx.rows(statement("write/events"), params)[0]["mentions"]
    if draft.again:
        params = {"rows": draft.again, "names": names, "at": now}
        mentions += tx.rows(statement("write/events_again"), params)[0]["mentions"]
    if draft.reports:
        reports = [[event, documents[place]] for event, place in draft.reports]
        tx.rows(statement("write/reports"), {"rows": reports, "at": now})
    return mentions


def _documents(tx: Transaction, draft: Draft, now: datetime) -> list[str]:
    """Element ids of what reported the events, at their places; those that are not there yet are founded."""
    told = draft.documents
    if not told:
        return []
    found: Any = tx.rows(statement("read/documents_known"), {"ids": list({row["id"] for row in told})})[0]["documents"]
    nodes = {key: node for key, node, _ in found}
    published = {(key, source) for key, _, sources in found for source in (None, *sources)}
    # Of several that tell the same, the first does.
    asked = {(row["id"], row["source_id"]): row for row in reversed(told)}
    fresh = {pair: row for pair, row in asked.items() if pair not in published}
    if fresh:
        written: Any = tx.rows(statement("write/documents"), {"rows": list(reversed(fresh.values())), "at": now})[0][
            "documents"
        ]
        nodes |= dict(written)
    return [nodes[row["id"]] for row in told]


def _causes(tx: Transaction, awaited: dict[str, str], events: Iterable[EventWrite], now: datetime) -> None:
    """Edges between events and the events they name as cause, whichever of the two came first."""
    pairs = {
        (write.event.id, placed.mention.event)
        for write in events
        if write.event.why
        for placed in write.placed
        if placed.mention.event is not None
    }
    if awaited:
        found = tx.rows(statement("read/causes_awaiting"), {"keys": list(awaited)})
        pairs |= {(row["event"], awaited[row["alias"]]) for row in found}
    if pairs:
        named = [{"event": event, "cause": cause} for event, cause in sorted(pairs)]
        tx.rows(statement("write/causes"), {"rows": named, "at": now})


def _count(
    tx: Transaction, draft: Draft, before: Standing, entities: set[str], aliases: set[str]
) -> tuple[list[Changed], Standing]:
    """Brings counts up to date: these entities and aliases are counted anew, the others gain. Answers new roles, and
    how those that gained stand now."""
    gains = {key: gain for key, gain in draft.entities.items() if key not in entities}
    kept = {key: gain for key, gain in draft.aliases.items() if key not in aliases}
    after = counts.add(tx, before, gains, kept)
    counts.recount_aliases(tx, aliases)
    found = counts.recount_entities(tx, sorted(entities))
    changes: list[Changed] = []
    for key, known in before.entities.items():
        if key in found:
            changes += history.of_roles(key, known.roles, found[key].ranked_roles())
        elif key in gains and not gains[key].roles.keys() <= set(known.roles):
            changes += history.of_roles(
                key, known.roles, [*known.roles, *sorted(gains[key].roles.keys() - set(known.roles))]
            )
    return changes, after
