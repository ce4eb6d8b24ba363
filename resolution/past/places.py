"""What lay in a place at a past time: by what had been recorded by then of countries, paths and relationships."""

from dataclasses import dataclass

import orjson

from graph.database import Transaction
from graph.errors import BudgetExceeded
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.reading.entities import Attribute
from resolution.past.identity import Identity, Partition
from resolution.past.mentions import weigh
from resolution.past.telling import stated_of, united

MOST = 100_000
"""Names that may be told to lie in one place."""


@dataclass(frozen=True, slots=True)
class PlaceThen:
    """A place by the key and name of its entity, and the names (keys) of all that lay in it, its own among them."""

    key: str
    name: str
    inner: frozenset[str]


def place_then(tx: Transaction, key: str, clocks: Clocks, partition: Partition) -> PlaceThen:
    """The place that held a name. What lies where has no date of its own: it is what was known, whatever `as_of` says.
    Raises NotFound, BudgetExceeded."""
    known = Clocks(None, clocks.known_at, clocks.identity_at)
    identity = Identity(tx, clocks.identity_at)
    held = identity.names_of(key)
    own, keys = held[0].key, [one.key for one in held]
    words = {one.name.lower() for one in held} | {one.normalised for one in held}
    asked = {"keys": keys, "names": sorted(_as_json(word) for word in words), "known": known.known, "limit": MOST}
    row = tx.rows(statement("read/past_within"), asked)[0]
    if len(row["stated"]) + len(row["related"]) >= MOST:
        raise BudgetExceeded(f"{MOST:,} names or more lie in this place")
    related = set(row["related"])
    members = partition.members({*row["stated"], *related})
    told = stated_of(tx, [one for names in members.values() for one in names], known)
    inner = set(keys)
    for entity, names in members.items():
        if entity != own and (not related.isdisjoint(names) or _lies(_shown(told, names), words)):
            inner.update(names)
    weigh(tx, identity, [own], clocks)
    return PlaceThen(own, identity.shown(own)[0], frozenset(inner))


def _shown(told: "dict[str, list[tuple[str, tuple[Attribute, int, str]]]]", names: list[str]) -> dict[str, Attribute]:
    return united(one for name in names for one in told.get(name, ()))


def _lies(attributes: dict[str, Attribute], words: set[str]) -> bool:
    """Whether an entity of these attributes lies in a place of these names."""
    path = attributes.get("path")
    steps = [str(step) for step in path] if isinstance(path, list) else []
    return any(step.lower() in words for step in [str(attributes.get("country", "")), *steps])


def _as_json(word: str) -> str:
    """As it stands within what is stated of a name."""
    return orjson.dumps(word).decode()
