"""The hierarchy of places and dates, kept on LOCATED_IN and PART_OF edges and in `lies_in`: read whole, compared, and
written where it differs. A projection of what is stated: it can always be made anew, and a merge follows at the next
round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.database import Database
from graph.queries import statement

Sort = Literal["places", "moments"]
BATCH = 500
"""Entities written in one gated transaction."""
TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Parent:
    """What an entity lies in, and why that is taken to hold."""

    key: str
    by: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place, what is told of it, and the `parent` (key) and `lies_in` that it has so far."""

    key: str
    name: str
    kind: str
    mentions: int
    path: list[str] | None
    country: str | None
    names: list[str]
    parent: str | None
    lies_in: list[str]


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A date or stretch of time; `start` and `end` in ISO 8601, as they are known."""

    key: str
    name: str
    mentions: int
    start: str
    end: str | None
    parent: str | None
    lies_in: list[str]


def places(database: Database) -> list[PlaceRow]:
    """All places."""
    return [PlaceRow(**row) for row in database.read(statement("read/hierarchy_places"), timeout=TIMEOUT)]


def moments(database: Database) -> list[MomentRow]:
    """All dates and stretches that have a beginning."""
    return [MomentRow(**row) for row in database.read(statement("read/hierarchy_moments"), timeout=TIMEOUT)]


def keep(database: Database, sort: Sort, rows: Sequence[PlaceRow | MomentRow], parents: Mapping[str, Parent]) -> int:
    """Writes the parents where they differ from what the rows say; how many. Raises DatabaseUnavailable."""
    names = {row.key: row.name for row in rows}
    fresh = [
        {"key": row.key, "parent": parent.key if parent else None, "by": parent.by if parent else None, "lies_in": path}
        for row in rows
        for parent, path in [(parents.get(row.key), path_of(row.key, names, parents))]
        if (parent.key if parent else None, path) != (row.parent, row.lies_in)
    ]
    query = statement(f"write/hierarchy_{sort}")
    for begin in range(0, len(fresh), BATCH):
        batch = {"rows": fresh[begin : begin + BATCH]}
        database.write(lambda tx, _, batch=batch: tx.rows(query, batch))
    return len(fresh)


def path_of(key: str, names: Mapping[str, str], parents: Mapping[str, Parent]) -> list[str]:
    """Names of what it lies in, the widest first."""
    path: list[str] = []
    while (parent := parents.get(key)) is not None:
        key = parent.key
        path.append(names[key])
    return path[::-1]
