"""Decisions of who is who as they were made: what was merged or split, by whom, why, and whether it still stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph import ledger
from graph.database import Database, Row
from graph.errors import NotFound
from graph.judgement import Judgement
from graph.queries import statement

SORTS = ("merge", "split", "review")


@dataclass(frozen=True, slots=True)
class DecisionPlace:
    """Where a page ended: the time of the last row's judgement and its id."""

    at: str
    id: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision. `merged` is entity key -> keys that went into it, `split` is entity key -> keys of its parts, as
    they were called when it was made; `standing` is false once it was undone."""

    id: str
    sort: str
    at: datetime
    author: str
    reason: str
    standing: bool
    change: int
    entities: list[str]
    merged: dict[str, list[str]]
    split: dict[str, list[str]]
    moved: int
    placed: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class DecisionDetail:
    """A decision with the judgements that it made and those that it took back."""

    row: DecisionRow
    made: list[Judgement]
    revoked: list[Judgement]


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """Decisions of one sort, the last first."""

    rows: list[DecisionRow]
    end: DecisionPlace | None


def decision_list(
    database: Database, sort: str, *, after: DecisionPlace | None = None, limit: int = 50
) -> DecisionPage:
    """Decisions of a sort, undone ones too."""
    place: Row = {"at": datetime.fromisoformat(after.at), "id": after.id} if after else {"at": None, "id": None}
    rows = database.read(statement("read/decisions"), {"deed": sort, "limit": limit + 1, **place})
    shown = [_row(row["j"], row["standing"]) for row in rows[:limit]]
    last = rows[limit - 1]["j"] if len(rows) > limit else None
    end = DecisionPlace(last["at"].to_native().isoformat(), last["id"]) if last else None
    return DecisionPage(shown, end)


def decision_detail(database: Database, sort: str, decision: str) -> DecisionDetail:
    """One decision of a sort. Raises NotFound."""
    rows = database.read(statement("read/decision"), {"id": decision})
    head = next((row["j"] for row in rows if row["made"] and row["j"].get("deed") == sort), None)
    if head is None:
        raise NotFound(sort, decision)
    made = [ledger.of_properties(row["j"]) for row in rows if row["made"]]
    standing = any(judgement.revoked_at is None for judgement in made)
    taken = [ledger.of_properties(row["j"]) for row in rows if not row["made"]]
    return DecisionDetail(_row(head, standing), made, taken)


def _row(j: Row, standing: bool) -> DecisionRow:
    told: dict[str, Any] = orjson.loads(j["told"])
    return DecisionRow(
        id=j["decision"],
        sort=j["deed"],
        at=j["at"].to_native(),
        standing=standing,
        change=j.get("made_change") or j["change"],
        **told,
    )
