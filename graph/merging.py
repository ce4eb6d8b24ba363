"""Writes a decision of who is who: in one transaction judgements, who names whom, counts, boards, history and outbox.

Mention edges follow by their alias. As many as one transaction should move go with the decision; more follow behind it,
at most `FOLLOW` a transaction: the alias says that it is `behind`, and both entities say that they are read `beside`
each other until it arrived. Whoever runs `follow` goes on where a killed process stopped. Counts and boards are made
from the aliases, so they are right from the first transaction on.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from graph import attributes, claims, counts, facts, history, ledger, readers, rows
from graph.batch import IdentityWrite
from graph.counts import Gain
from graph.database import Database, Row, Transaction
from graph.history import Changed
from graph.judgement import Judgement
from graph.kinds import rekind
from graph.moment import epoch_ms
from graph.names import rename
from graph.numbering import take_number
from graph.queries import Statement, statement
from graph.standing import Standing, standing
from graph.trending import decay, members
from graph.trending.further import set_of
from graph.trending.names import MENTIONS, METRICS

FOLLOW = 1_000
"""Mention edges that one transaction moves."""
ALIASES = 500
"""Aliases that one transaction of a follow moves at most."""
ARRIVED = 5_000
"""Aliases that have arrived and are counted in one transaction."""

Groups = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A mention that goes to another alias, and the entities that hold the two; `score` is how sure that is, 0..1.
    `live` leaves what former versions of its event told where it stands."""

    event: str
    mention: str
    before: str
    after: str
    entity_before: str
    entity_after: str
    score: float
    live: bool = False


@dataclass(slots=True)
class Deed:
    """A decision to write: who made it and why, what it does to identity, and how it is told in history.

    `taken` are judgements that it takes back itself, `settled` such that were taken back before and no undo brings
    back any more; `sort` is `merge`, `split`, `review` or empty. `merged` is entity
    key -> keys of those that went into it, `split` is entity key -> keys of its parts.
    """

    id: str
    author: str
    by: str
    cause: str
    identity: IdentityWrite
    sort: str = ""
    given: Sequence[Judgement] = ()
    taken: Sequence[Judgement] = ()
    settled: Sequence[Judgement] = ()
    places: Sequence[Place] = ()
    merged: Groups = field(default_factory=dict[str, list[str]])
    split: Groups = field(default_factory=dict[str, list[str]])
    disputed: Sequence[tuple[str, str]] = ()
    told: Row = field(default_factory=dict[str, Any])

    @property
    def regrouped(self) -> set[str]:
        """Entities that aliases or mentions came to or went from."""
        moved = {entity for pair in self.identity.moved.values() for entity in pair}
        placed = {entity for place in self.places for entity in (place.entity_before, place.entity_after)}
        return moved | placed | {entity for _, entity in self.identity.founded}


@dataclass(frozen=True, slots=True)
class Done:
    """What was written: the outbox record, mention edges moved, and whether others still follow."""

    payload: str
    mentions: int
    behind: bool


def write(tx: Transaction, deed: Deed, change: int, now: datetime) -> Done:
    """Writes the decision in the caller's transaction, which holds the gate at the change number before this one."""
    identity, regrouped = deed.identity, deed.regrouped
    before = standing(tx, regrouped, ())
    _found(tx, identity, before, change, now)
    _judge(tx, deed, change, now)
    _flip(tx, identity, change, now)
    _place(tx, deed)
    facts.settle_in(tx, (), regrouped, now)
    changes = recount(tx, regrouped, before) + rekind(tx, identity.kinds, before, now)
    # Mentions that were placed change how often each name of an entity is told, by which they are ranked.
    named = identity.several | {key for one in deed.places for key in (one.entity_before, one.entity_after)}
    changes += rename(tx, named, now)
    stated = attributes.state(tx, (), set[str](), regrouped, now)
    changes += history.of_attributes(one for one in stated if one.entity in before.entities)
    changes += _regroupings(deed, before)
    history.append(tx, changes, change, now)
    payload = tell(tx, change, regrouped, now)
    mentions, behind = _bring(tx, identity)
    if not behind:
        _drop(tx, regrouped)
    return Done(payload, mentions, behind)


def follow(database: Database, clock: Any, most: int | None = None) -> int:
    """Moves the mention edges that are behind, `FOLLOW` a transaction at most, then counts anew; answers how many
    edges it moved. Goes on where another process stopped; two at once do no harm. `most` bounds the transactions."""
    total, steps = 0, 0
    # Looked at before the gate is taken: who only looks, every few seconds, changes nothing that readers see.
    if not is_behind(database):
        return 0
    while most is None or steps < most:
        moved = database.write(lambda tx, change: _step(tx, change, clock()))
        if moved is None:
            break
        total, steps = total + moved, steps + 1
    return total


def is_behind(database: Database) -> bool:
    """Whether mentions of some alias still follow."""
    asked = ({"arrived": arrived, "limit": 1} for arrived in (False, True))
    return any(database.read(statement("read/merging_behind"), one) for one in asked)


def _step(tx: Transaction, change: int, now: datetime) -> int | None:
    found = tx.rows(statement("read/merging_behind"), {"arrived": False, "limit": ALIASES})
    if found:
        aliases = _as_many(found)
        moved = _moved(tx, aliases)
        if moved < FOLLOW:
            tx.rows(statement("write/merging_arrived"), {"aliases": aliases})
        return moved
    found = tx.rows(statement("read/merging_behind"), {"arrived": True, "limit": ARRIVED})
    if not found:
        return None
    tx.rows(statement("write/merging_settled"), {"aliases": [row["alias"] for row in found]})
    tx.rows(statement("write/merging_alone"))
    entities = {row["entity"] for row in found} | {key for row in found for key in row["behind"]}
    if any(row["since"] < change for row in found):
        # Others wrote meanwhile: where they counted by edges, some were still elsewhere.
        recount(tx, entities, standing(tx, entities, ()))
        tell(tx, change + 1, entities, now)
    else:
        tell(tx, change + 1, entities, now, anew=False)
    _drop(tx, entities)
    return 0


def _as_many(found: Sequence[Row]) -> list[str]:
    """Of names that are behind as many as one transaction moves, at least one."""
    aliases: list[str] = []
    mentions = 0
    for row in found:
        mentions += row["mentions"]
        if aliases and mentions >= FOLLOW:
            break
        aliases.append(row["alias"])
    return aliases


def _found(tx: Transaction, identity: IdentityWrite, before: Standing, change: int, now: datetime) -> None:
    """Founds entities that a split parts under an older alias's key, and aliases that single mentions found."""
    fresh = [
        {**rows.entity_row(key, kind, {}, Gain()), "alias": None}
        for key, kind in identity.kinds.items()
        if key not in before.entities
    ]
    if fresh:
        tx.rows(statement("write/entities"), {"rows": fresh, "at": now})
    if identity.founded:
        aliases = [{"entity": entity} | rows.alias_row(alias, change, Gain()) for alias, entity in identity.founded]
        tx.rows(statement("write/aliases"), {"rows": aliases})


def _judge(tx: Transaction, deed: Deed, change: int, now: datetime) -> None:
    ledger.append(tx, deed.identity.judgements, now)
    if deed.identity.revoked:
        own = {judgement.id for judgement in deed.taken}
        taken = [{"id": j.id, "taken_in": deed.id if j.id in own else None} for j in deed.identity.revoked]
        revoked = {"rows": taken, "author": deed.author, "at": now, "change": change}
        tx.rows(statement("write/merging_revoke"), revoked)
    if deed.settled:
        tx.rows(statement("write/merging_settle"), {"ids": [j.id for j in deed.settled], "decision": deed.id})
    if deed.sort and deed.given:
        told = {"id": deed.given[0].id, "deed": deed.sort, "told": orjson.dumps(deed.told).decode()}
        tx.rows(statement("write/merging_deed"), told)


def _flip(tx: Transaction, identity: IdentityWrite, change: int, now: datetime) -> None:
    if identity.moved:
        pairs = [{"alias": alias, "entity": after} for alias, (_, after) in identity.moved.items()]
        tx.rows(statement("write/alias_move"), {"rows": pairs, "change": change, "at": now})
        _relate(tx, list(identity.moved))


def _place(tx: Transaction, deed: Deed) -> None:
    if not deed.places:
        return
    placed: list[Row] = [
        {"event": one.event, "mention": one.mention, "alias": one.after, "live": one.live}
        | {"score": None if one.score == 1 else one.score}
        for one in deed.places
    ]
    for begin in range(0, len(placed), FOLLOW):
        part = {"rows": placed[begin : begin + FOLLOW]}
        tx.rows(statement("write/mentions_place"), part)
        tx.rows(statement("write/related_place"), part)
    _relate(tx, sorted({one.after for one in deed.places}))
    readers.place(tx, [(one.event, one.before, one.after) for one in deed.places])
    counts.recount_aliases(tx, {alias for one in deed.places for alias in (one.before, one.after)})


def recount(tx: Transaction, entities: Collection[str], before: Standing) -> list[Changed]:
    """Counts, times, roles and W's of entities, by their aliases; answers new roles."""
    found = counts.recount_entities(tx, sorted(entities), "read/merging_counts")
    changes: list[Changed] = []
    for key, known in before.entities.items():
        roles = found[key].ranked_roles()
        changes += history.of_roles(key, known.roles or [], roles) if roles else []
    return changes


def _regroupings(deed: Deed, standing_before: Standing) -> list[Changed]:
    """What history tells of merges and splits, on both sides."""
    had = {key: one.kind for key, one in standing_before.entities.items()}
    has = {key: one.kind for key, one in deed.identity.kinds.items()}
    parted = {part for parts in deed.split.values() for part in parts}
    joined = {key for keys in deed.merged.values() for key in keys}
    changes: list[Changed] = []
    for alias, (before, after) in deed.identity.moved.items():
        sort = "merge" if before in joined else "split" if after in parted else "move"
        kind = history.own_kind(alias, before, after, had, has)
        changes.append(Changed(alias, "entity", before, after, f"{sort}: {deed.cause}", deed.by, kind))
    for key, keys in deed.merged.items():
        changes.append(Changed(key, "merge", None, keys, deed.cause, deed.by))
    for key, parts in deed.split.items():
        changes.append(Changed(key, "split", None, parts, deed.cause, deed.by))
    for one, other in deed.disputed:
        changes += [Changed(one, "conflict", None, other, deed.cause, deed.by)]
    for alias, count in Counter(place.after for place in deed.places).items():
        changes.append(Changed(alias, "placed", None, count, deed.cause, deed.by))
    return changes


def tell(
    tx: Transaction,
    change: int,
    entities: Iterable[str],
    now: datetime,
    *,
    anew: bool = True,
    more: Row | None = None,
) -> str:
    """The outbox record: that the entities' aliases or edges moved, and their board values, counted by their aliases;
    without `anew` the boards have these already. `more` is told, too."""
    at = epoch_ms(now)

    def by_aliases(_: Statement, parameters: Mapping[str, Any]) -> list[Row]:
        return tx.rows(statement("read/merging_members"), parameters)

    keys = sorted(entities)
    found = members.of_keys(by_aliases, keys, at, tuple(decay.HALF_LIVES)) if anew else []
    told: Row = {"events": {"new": [], "changed": []}, "moved": keys}
    if found:
        told["set"] = {m.key: {"kind": m.kind, "at": at, "values": dict(m.values)} for m in found}
        for metric in METRICS:
            if metric != MENTIONS:
                told[metric] = {"set": {m.key: set_of(m, metric, at) for m in found}}
    return take_number(tx, change, now, told | (more or {}))


def _bring(tx: Transaction, identity: IdentityWrite) -> tuple[int, bool]:
    """Moves the mention edges, or marks their aliases when they are too many for one transaction."""
    moved = identity.moved
    if not moved:
        return 0, False
    mentions = standing(tx, (), moved).aliases
    if sum(one.mentions for one in mentions.values()) <= FOLLOW:
        done = 0
        while (last := _moved(tx, list(moved))) == FOLLOW:
            done += last
        return done + last, False
    behind = [{"alias": alias, "beside": [before]} for alias, (before, _) in moved.items()]
    tx.rows(statement("write/merging_behind"), {"rows": behind})
    return 0, True


def _relate(tx: Transaction, aliases: Sequence[str]) -> None:
    """Brings both ends of relationships, live and closed, what claims and documents say, and interests of readers, to
    the entities that these aliases name now."""
    for ends in ("write/merging_subjects", "write/merging_objects"):
        while tx.rows(statement(ends), {"aliases": aliases, "limit": FOLLOW})[0]["moved"] == FOLLOW:
            pass
    claims.follow(tx, aliases)
    readers.follow(tx, aliases)


def _moved(tx: Transaction, aliases: Sequence[str]) -> int:
    return int(tx.rows(statement("write/merging_follow"), {"aliases": list(aliases), "limit": FOLLOW})[0]["moved"])


def _drop(tx: Transaction, entities: Iterable[str]) -> None:
    tx.rows(statement("write/entities_drop"), {"keys": sorted(entities)})
