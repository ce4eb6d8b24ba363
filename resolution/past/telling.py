"""What was told of an entity by a past time: its attributes, and how it is related to others."""

from collections.abc import Collection, Iterable
from dataclasses import replace

import orjson

from graph.attributes import LISTS
from graph.database import Database, Row, Transaction
from graph.errors import BudgetExceeded
from graph.queries import statement
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.entities import Attribute
from graph.reading.instants import of_graph
from graph.reading.relations import EVIDENCE, Relation, Relations, Witness
from resolution.past.identity import Identity
from resolution.past.limits import SECONDS
from resolution.past.mentions import weigh

RELATIONS = 5_000
"""Relationships of one entity that are looked through."""
Stated = tuple[Attribute, int, str]
"""A value, the time of the event that states it (epoch milliseconds), and its id."""


def stated_of(tx: Transaction, keys: Collection[str], clocks: Clocks) -> dict[str, list[tuple[str, Stated]]]:
    """What events that had happened and were recorded by then state of each of these names. A value that a later told,
    earlier event replaced is not there any more."""
    rows = tx.rows(statement("read/past_attributes"), {"keys": list(keys)})
    told: dict[str, list[tuple[str, Stated]]] = {
        row["key"]: [
            (name, (value, at, event))
            for name, (value, at, event) in orjson.loads(row["attributes"]).items()
            if at <= clocks.until
        ]
        for row in rows
    }
    if clocks.known_at is None:
        return told
    events = {event for said in told.values() for _, (_, _, event) in said if event}
    found = tx.rows(statement("read/past_recorded"), {"ids": sorted(events), "known": clocks.known})
    known = set(found[0]["ids"]) | {""}
    return {key: [one for one in said if one[1][2] in known] for key, said in told.items()}


def united(told: Iterable[tuple[str, Stated]]) -> dict[str, Attribute]:
    """Of each attribute the value of the earliest event, lists united."""
    found: dict[str, Stated] = {}
    for name, one in sorted(told, key=lambda said: (said[1][1], said[1][2])):
        if name not in found:
            found[name] = one
        elif name in LISTS and isinstance(held_already := found[name][0], list) and isinstance(one[0], list):
            both: list[str] = list(dict.fromkeys([*map(str, held_already), *map(str, one[0])]))
            found[name] = (both, *found[name][1:])
    return {name: one[0] for name, one in sorted(found.items())}


def relations_at(database: Database, key: str, clocks: Clocks, limit: int = 50) -> Relations:
    """Relationships as `graph.reading.relations` tells them, as they were told by then between who was who then. Raises
    NotFound, BudgetExceeded."""

    def work(tx: Transaction) -> Relations:
        identity = Identity(tx, clocks.identity_at)
        names = {one.key for one in identity.names_of(key)}
        own = identity.entity_of(key)
        asked = {"keys": sorted(names), "known": clocks.known, "until": clocks.until, "limit": RELATIONS}
        rows = tx.rows(statement("read/past_related"), asked)
        if len(rows) >= RELATIONS:
            raise BudgetExceeded(f"more than {RELATIONS:,} relationships were told of it")
        others = {row["oalias" if row["salias"] in names else "salias"] for row in rows}
        identity.learn(others)
        titles = past.heads(tx, {row["event"] for row in rows}, clocks) if clocks.remembers else {}
        gathered: dict[tuple[str, bool, str], list[Row]] = {}
        for row in rows:
            outgoing = row["salias"] in names
            other = identity.entity_of(row["oalias" if outgoing else "salias"])
            if other != own:
                title = titles[row["event"]].get("title") if row["event"] in titles else row["title"]
                gathered.setdefault((row["predicate"], outgoing, other), []).append({**row, "title": title})
        found = [_relation(identity, *ends, told) for ends, told in gathered.items()]
        found.sort(key=lambda one: (one.key, one.predicate))
        found.sort(key=lambda one: (one.n, one.last_at), reverse=True)
        weigh(tx, identity, [own, *(one.key for one in found[:limit])], clocks)
        named = [replace(one, name=identity.shown(one.key)[0]) for one in found[:limit]]
        return Relations(own, *identity.shown(own), named, len(found) > limit)

    return database.reading(work, timeout=SECONDS)


def _relation(identity: Identity, predicate: str, outgoing: bool, other: str, told: list[Row]) -> Relation:
    times = [of_graph(row["since"]) for row in told]
    witnesses = {row["event"]: Witness(row["event"], row["title"], of_graph(row["since"])) for row in told}
    name, kind = identity.shown(other)
    return Relation(
        predicate=predicate,
        outgoing=outgoing,
        key=other,
        name=name,
        kind=kind,
        n=len(witnesses),
        confidence=max((row["confidence"] for row in told if row["confidence"] is not None), default=None),
        first_at=min((time for time in times if time), default=None),
        last_at=max((time for time in times if time), default=None),
        events=list(witnesses.values())[:EVIDENCE],
    )
