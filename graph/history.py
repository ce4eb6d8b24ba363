"""What became of entities: each change of an attribute, a role, the kind, the name or the confidence, and each move of
a name, kept for ever with when, by whom and why.

A change is a node on the alias that the entity went by, not a list on the entity: nothing grows with a hub, and what
merges or splits takes its past with it. Counts and times are no changes. Nothing changed costs nothing.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from graph.database import Transaction
from graph.judgement import Author
from graph.keys import UNIT_SEPARATOR
from graph.queries import statement

Value = str | float | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Changed:
    """One change. `alias` is the key that the entity goes by, or of the name that moved; None is "there was none".
    `kind` is told where a name leaves the entity that goes by it, or comes back: what that one was, as nothing else
    keeps it while there is no such entity."""

    alias: str
    field: str
    old: Value
    new: Value
    cause: str
    by: str = Author.ONLINE
    kind: str | None = None

    def id(self, change: int) -> str:
        """A field of an alias changes once in a batch for one cause."""
        parts = (self.alias, self.field, self.cause, str(change))
        return hashlib.sha256(UNIT_SEPARATOR.join(parts).encode()).hexdigest()[:32]


class Stated(Protocol):
    """A field of an entity that a batch wrote anew, as `graph.attributes` answers it."""

    @property
    def entity(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def old(self) -> Any: ...
    @property
    def new(self) -> Any: ...


def append(tx: Transaction, changes: Sequence[Changed], change: int, at: datetime) -> None:
    """Keeps the changes of a batch, in its transaction."""
    if not changes:
        return
    rows = {one.id(change): {"alias": one.alias, "props": _props(one, change)} for one in changes}
    tx.rows(statement("write/history_append"), {"rows": list(rows.values()), "at": at})


def of_kind(key: str, old: tuple[str, str], new: tuple[str, str]) -> list[Changed]:
    """Kind and where it is from (`stated` or `guessed`), before and after; only what differs."""
    cause = "a mention states it" if new[1] == "stated" else "guessed from its names"
    fields = zip(("kind", "kind_source"), old, new, strict=True)
    return [Changed(key, field, was, now, cause) for field, was, now in fields if was != now]


def of_moves(
    moved: Mapping[str, tuple[str, str]], had: Mapping[str, str], has: Mapping[str, str], by: str = Author.ONLINE
) -> list[Changed]:
    """Names (alias keys) that went from one entity key to another; the judgements of the same change say why. `had` and
    `has` are the kinds of entities before and after."""
    return [
        Changed(alias, "entity", *pair, _cause(alias, *pair), by, own_kind(alias, *pair, had, has))
        for alias, pair in moved.items()
    ]


def own_kind(alias: str, before: str, after: str, had: Mapping[str, str], has: Mapping[str, str]) -> str | None:
    """Kind of the entity that goes by a name which leaves it or comes back to it; None for any other name."""
    return had.get(alias) if alias == before else has.get(alias) if alias == after else None


def of_names(rows: Iterable[Mapping[str, str]], founded: Collection[str] = ()) -> list[Changed]:
    """Display names that became others: rows of key, old and name; those of entities just founded are left out."""
    cause = "its most frequent name"
    return [Changed(row["key"], "name", row["old"], row["name"], cause) for row in rows if row["key"] not in founded]


def of_roles(key: str, old: Sequence[str], new: Sequence[str]) -> list[Changed]:
    """Roles, most frequent first; their mere order is no change."""
    return [Changed(key, "roles", old, new, "its mentions")] if set(old) != set(new) else []


def of_attributes(changes: Iterable[Stated]) -> list[Changed]:
    """Attributes that mentions state, or stopped to state."""
    return [Changed(one.entity, one.field, one.old, one.new, "its mentions state it") for one in changes]


def _cause(alias: str, before: str, after: str) -> str:
    """The name that an entity goes by leaves it only when both become one, and comes back only when they part."""
    return "split" if after == alias else "merge" if before == alias else "move"


def _props(one: Changed, change: int) -> dict[str, Any]:
    # The graph holds no null: what was not there before or is not there after is left out.
    values = {"old": _kept(one.old), "new": _kept(one.new), "kind": one.kind}
    told = {name: value for name, value in values.items() if value is not None}
    own = {"id": one.id(change), "field": one.field, "by": str(one.by), "cause": one.cause, "change": change}
    return {**own, **told}


def _kept(value: Value) -> str | float | list[str] | None:
    return value if value is None or isinstance(value, str | int | float) else list(value)
