"""What became of one entity, newest first: changes of what it is, moves of its names, judgements on them.

The entity is taken as it is held together now: what happened to a name is told wherever the name is. Placements of
single mentions are not told here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.database import Database, Row
from graph.errors import NotFound
from graph.moment import from_epoch_ms
from graph.queries import statement

Value = str | float | list[str] | None


@dataclass(frozen=True, slots=True)
class HistoryPlace:
    """Where a page ended: the last row's time (epoch milliseconds) and id."""

    ts: int
    id: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One thing that happened; `sort`: change | move | merge | split | conflict | placed | judgement | revocation.
    `change` is the change number.

    `alias` is the name it happened to; of a judgement `other` is the name it was compared with, `score` how sure it was
    (0..1), and `new` the verdict.
    """

    id: str
    at: datetime
    sort: str
    by: str
    cause: str
    field: str
    old: Value
    new: Value
    alias: str
    alias_key: str
    other: str | None
    other_key: str | None
    score: float | None
    change: int


@dataclass(frozen=True, slots=True)
class History:
    """Rows newest first; `end` is where the next page goes on, None when this was the last."""

    key: str
    name: str
    kind: str
    rows: list[HistoryRow]
    end: HistoryPlace | None


def entity_history(database: Database, key: str, *, after: HistoryPlace | None = None, limit: int = 50) -> History:
    """What became of the entity that holds the alias. Raises NotFound."""
    found = database.one(statement("read/history_of"), {"key": key, "limit": limit + 1, **place_of(after)})
    if found is None:
        raise NotFound("entity", key)
    rows, end = rows_of(found.pop("rows"), limit)
    return History(**found, rows=rows, end=end)


def place_of(after: HistoryPlace | None) -> dict[str, Any]:
    """Parameters of a page."""
    return {"ts": after.ts, "id": after.id} if after else {"ts": None, "id": None}


def rows_of(rows: list[Row], limit: int) -> tuple[list[HistoryRow], HistoryPlace | None]:
    """A page of at most `limit` rows, and where the next one goes on."""
    last = rows[limit - 1] if len(rows) > limit else None
    return [_row(row) for row in rows[:limit]], HistoryPlace(last["ts"], last["id"]) if last else None


def _row(row: Row) -> HistoryRow:
    values = {name: value for name, value in row.items() if name != "ts"}
    return HistoryRow(**values, at=from_epoch_ms(row["ts"]))
