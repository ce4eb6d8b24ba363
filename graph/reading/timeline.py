"""An entity's mentions, newest first: a seek in index order per W, at a cost that does not know the entity's degree.

The order (time, mention id) is the index's own and total, so a first page reads its rows and no more, however many
mentions share an instant, and a later one goes on exactly where the last ended, whatever was written meanwhile; what it
reads besides its rows is at most the instant that both pages share.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from graph.database import Database, Row
from graph.errors import NotFound
from graph.keys import W
from graph.moment import from_epoch_ms
from graph.origins import Origins
from graph.queries import statement
from graph.reading.instants import from_time, to_time
from graph.reading.origins import origins_beside


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the last row's time (epoch milliseconds) and mention id."""

    ts: int
    mention: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One mention with the event that makes it; of the event, how many documents tell it, by how many publishers, from
    how many independent origins."""

    event: str
    mention: str
    ts: int
    w: str
    occurred_at: datetime | None
    precision: str | None
    title: str | None
    category: str | None
    surface: str
    role: str | None
    alias: str
    relevance: float | None
    weight: float | None
    documents: int = 0
    sources: int = 0
    independent_origins: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows newest first, those of one instant by mention id, falling; `more` says that older rows follow.

    `total_mentions` counts all live mentions.
    """

    key: str
    name: str
    kind: str
    total_mentions: int
    change: int
    rows: list[TimelineRow]
    more: bool

    @property
    def end(self) -> Place | None:
        """Where the next page goes on, None when this was the last."""
        last = self.rows[-1] if self.more else None
        return Place(last.ts, last.mention) if last else None


def entity_timeline(
    database: Database,
    key: str,
    *,
    ws: Collection[W] = tuple(W),
    since: datetime | None = None,
    until: datetime | None = None,
    after: Place | None = None,
    limit: int = 100,
) -> Timeline:
    """Mentions from `since` up to `until`, both included, of the entity that holds the alias. Raises NotFound."""
    params = {
        "key": key,
        "ws": [str(w) for w in ws],
        "since": from_time(since),
        "until": to_time(until),
        "mention": None,
        "limit": limit + 1,
    }
    if after is not None:
        params |= {"until": after.ts, "mention": after.mention}
    found = database.one(statement("read/entity_timeline"), params)
    if found is None:
        raise NotFound("entity", key)
    rows = found.pop("rows")
    if found.pop("beside"):
        # Some mentions are still on their way: by its names all of them are found.
        rows = database.read(statement("read/merging_timeline"), params)[0]["rows"]
    shown = rows[:limit]
    roots = origins_beside(database, {row["event"]: (row["documents"], row["published"]) for row in shown})
    told = [_row(row, roots[row["event"]]) for row in shown]
    return Timeline(**found, rows=told, more=len(rows) > limit)


def _row(row: Row, roots: Origins) -> TimelineRow:
    return TimelineRow(
        event=row["event"],
        mention=row["mention"],
        ts=row["ts"],
        w=row["w"],
        # A mention's time is its event's; a hundred date-times of the driver cost as much as all else that a row tells.
        occurred_at=from_epoch_ms(row["ts"]),
        precision=row["precision"],
        title=row["title"],
        category=row["category"],
        surface=row["surface"],
        role=row["role"],
        alias=row["alias"],
        relevance=row["relevance"],
        weight=row["weight"],
        documents=roots.documents,
        sources=roots.sources,
        independent_origins=roots.independent_origins,
    )
