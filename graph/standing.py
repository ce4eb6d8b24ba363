"""What the graph holds of entities and aliases before a batch, read from it or remembered from the batches before.

A name in the news comes again and again: whoever writes batch after batch need not ask the graph for what it has just
told it. What is remembered is true at one change number, since no count changes without taking the next one; at any
other number all of it is forgotten.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from graph.database import Transaction
from graph.queries import statement

REMEMBERED = 20_000
"""Entities, and aliases, that are remembered at most: those told last, some 10 MB of each."""


@dataclass(slots=True)
class EntityStanding:
    """What the graph holds of an entity; `node` is its element id, times are epoch milliseconds."""

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
    """What the graph holds of an alias."""

    node: str
    mentions: int
    first: int | None
    last: int | None


@dataclass(slots=True)
class Standing:
    """Entities and aliases by key; those that are not there are left out."""

    entities: dict[str, EntityStanding] = field(default_factory=dict[str, EntityStanding])
    aliases: dict[str, AliasStanding] = field(default_factory=dict[str, AliasStanding])


def standing(tx: Transaction, entities: Iterable[str], aliases: Iterable[str]) -> Standing:
    """What is there of these keys."""
    asked = {"entities": list(entities), "aliases": list(aliases)}
    if not asked["entities"] and not asked["aliases"]:
        return Standing()
    found: Any = tx.rows(statement("read/batch_standing"), asked)[0]
    return Standing(
        {key: EntityStanding(*rest) for key, *rest in found["entities"]},
        {key: AliasStanding(*rest) for key, *rest in found["aliases"]},
    )


class Remembered:
    """The standing of what the last batches of this process told. Thread-safe."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most = most
        self._lock = Lock()
        self._change = -1
        self._known = Standing()
        self._told: _Told | None = None

    def standing(self, tx: Transaction, change: int, entities: Collection[str], aliases: Collection[str]) -> Standing:
        """What is there of these keys in a graph whose gate is held at this change number."""
        with self._lock:
            if change != self._change:
                self._change, self._known = change, Standing()
            self._told = None
            known = self._known
            found = Standing(_of(known.entities, entities), _of(known.aliases, aliases))
        rest = standing(
            tx,
            [key for key in entities if key not in found.entities],
            [key for key in aliases if key not in found.aliases],
        )
        found.entities |= rest.entities
        found.aliases |= rest.aliases
        return found

    def tell(self, change: int, entities: Collection[str], aliases: Collection[str], after: Standing) -> None:
        """That the batch of this change number touches these keys and leaves what `after` tells of them; what it does
        not tell is forgotten. It holds once the transaction has committed: see `settle`."""
        with self._lock:
            self._told = _Told(change, entities, aliases, after)

    def settle(self, change: int) -> None:
        """The batch that took this change number has committed."""
        with self._lock:
            told, self._told = self._told, None
            if told is None or told.change != change or self._change != change - 1:
                return
            self._change = change
            _renew(self._known.entities, told.entities, told.after.entities, self._most)
            _renew(self._known.aliases, told.aliases, told.after.aliases, self._most)


@dataclass(frozen=True, slots=True)
class _Told:
    change: int
    entities: Collection[str]
    aliases: Collection[str]
    after: Standing


T = TypeVar("T")


def _of(known: dict[str, T], keys: Collection[str]) -> dict[str, T]:
    return {key: known[key] for key in keys if key in known}


def _renew(known: dict[str, T], touched: Collection[str], after: dict[str, T], most: int) -> None:
    """What was told last stands last; what stands first is forgotten when there is too much."""
    for key in touched:
        known.pop(key, None)
    known |= after
    for key in list(known)[: max(len(known) - most, 0)]:
        del known[key]
