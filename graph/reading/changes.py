"""What was committed since a change number: the outbox as others may read it, without a gap, or it says so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph.database import Database, Row
from graph.errors import Conflict
from graph.queries import statement
from graph.reading.instants import of_graph


@dataclass(frozen=True, slots=True)
class Feed:
    """One thing that happened in a change: `type` says what, `ids` of what: events, or keys of entities or aliases."""

    type: str
    ids: list[str]
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    """A change with what happened in it."""

    change: int
    at: datetime | None
    feed: list[Feed]


def changes(database: Database, after: int | None, *, limit: int = 20) -> list[Committed]:
    """Changes after a number, oldest first; from the oldest that is kept where it is None.

    Raises Conflict when those that follow it are not kept any more: whoever read up to there must read all anew.
    """
    rows = database.read(statement("read/changes"), {"after": after, "limit": limit})
    if after is not None and rows and rows[0]["change"] != after + 1:
        raise Conflict(f"the changes after {after} are not kept any more: read anew what you follow, then go on")
    return [Committed(row["change"], of_graph(row["at"]), _feed(row)) for row in rows]


def _feed(row: Row) -> list[Feed]:
    payload: dict[str, Any] = orjson.loads(row["payload"])
    events: dict[str, list[str]] = payload.get("events", {})
    found = [
        Feed("event.formed", events.get("new", [])),
        Feed("event.updated", events.get("changed", [])),
        Feed("event.merged", events.get("merged", [])),
        Feed("event.due", events.get("boarded", [])),
        Feed("entity.discovered", payload.get("founded", [])),
        Feed("claim.extracted", payload.get("claims", [])),
        *(Feed(f"entity.{_DEEDS[deed['deed']]}", [deed["a"], deed["b"]], deed["decision"]) for deed in row["deeds"]),
        Feed("entity.regrouped", payload.get("moved", [])),
        Feed("entity.enriched", payload.get("enriched", [])),
        Feed("entity.confidence", payload.get("confidence", [])),
        *(Feed(f"page.{became}", payload.get("pages", {}).get(became, [])) for became in _PAGES),
    ]
    return [one for one in found if one.ids]


_PAGES = ("created", "extracted", "low_quality", "failed", "semantic_done", "semantic_failed")
_DEEDS = {"merge": "merged", "split": "split"}
