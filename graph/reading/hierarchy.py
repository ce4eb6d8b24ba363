"""Up and down the hierarchy of places and dates: what one lies in or is part of, and what lies in it.

Each has one parent at most, so going up costs a step a level, whatever lies beside it.
"""

from dataclasses import dataclass

from graph.database import Database, Row
from graph.errors import NotFound
from graph.queries import statement

DEEPEST = 20
"""Levels that are walked."""


@dataclass(frozen=True, slots=True)
class Level:
    """A place or date `depth` steps away. `by` tells why the step to it holds: stated (by a path),
    country (a stated country), known (a name that is known to lie there), contains (an interval in another)."""

    key: str
    name: str
    kind: str
    mentions: int
    by: str
    depth: int


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The entity with its `path`, names from the widest down, itself left out; `more` when rows were left out."""

    key: str
    name: str
    kind: str
    path: list[str]
    rows: list[Level]
    more: bool = False


def ancestors(database: Database, key: str) -> Hierarchy:
    """What it lies in or is part of, nearest first. Raises NotFound."""
    return _told(database.one(statement("read/hierarchy_above"), {"key": key}), key)


def descendants(database: Database, key: str, *, depth: int = 1, limit: int = 100) -> Hierarchy:
    """What lies in it or is part of it, up to `depth` steps (1..20), nearest first, then most mentioned. Raises
    NotFound, BudgetExceeded."""
    asked = {"key": key, "depth": depth, "limit": limit + 1}
    return _told(database.one(statement("read/hierarchy_below"), asked), key, limit)


def _told(found: Row | None, key: str, limit: int | None = None) -> Hierarchy:
    if found is None:
        raise NotFound("entity", key)
    rows = [Level(**row) for row in found["rows"]]
    return Hierarchy(
        found["key"],
        found["name"],
        found["kind"],
        found["lies_in"],
        rows[:limit],
        limit is not None and len(rows) > limit,
    )
