"""Watches as they are kept: made, changed, and what they told, each thing once."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph import jobs
from graph.database import Database, Row, Transaction
from graph.errors import NotFound
from graph.job import Asked, Job, Queue
from graph.queries import statement
from graph.reading.instants import of_graph
from graph.watch import Fired, Firing, Occasion, Watch, WatchSort

MOST = 1_000
"""Watches there may be."""
DELIVERY = "watch-delivery"
"""Kind of the jobs that deliver."""
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """Up to where changes were looked at (None: never), the last one, how many watches there are, and those that have
    something to look at."""

    position: int | None
    change: int
    many: int
    watches: list[Watch]


def keep(database: Database, watch: str, props: Row, since: int | None) -> Watch | None:
    """Makes or changes a watch. Changes after `since` count, None: those that counted before.

    None, and nothing is written, where changes after `since` were looked at already without it: think it anew.
    """
    texts = {name: _text(props[name]) for name in ("spec", "state") if name in props}
    asked = {"id": watch, "props": {**props, **texts}, "since": since}
    rows = database.write(lambda tx, _: tx.rows(statement("write/watch_keep"), asked))
    return _watch(rows[0]["watch"]) if rows else None


def drop(database: Database, watch: str) -> None:
    """Takes away a watch with all that it told. Raises NotFound."""
    rows = database.write(lambda tx, _: tx.rows(statement("write/watch_drop"), {"id": watch}))
    if not rows or not rows[0]["dropped"]:
        raise NotFound("watch", watch)


def get(database: Database, watch: str) -> Watch:
    """One watch. Raises NotFound."""
    rows = database.read(statement("read/watches"), {"id": watch, "after": "", "limit": 1})
    if not rows:
        raise NotFound("watch", watch)
    return _watch(rows[0]["watch"])


def listed(database: Database, after: str = "", limit: int = 50) -> list[Watch]:
    """Watches by id, those after one."""
    rows = database.read(statement("read/watches"), {"id": None, "after": after, "limit": limit})
    return [_watch(row["watch"]) for row in rows]


def fired(
    database: Database, watch: str, *, after: int = 0, delivery: str | None = None, limit: int = 50
) -> list[Fired]:
    """What a watch told after the `after`th thing, in order; only those whose delivery is in a state, where given."""
    asked = {"id": watch, "after": after, "state": delivery, "limit": limit}
    return [_fired(row) for row in database.read(statement("read/watch_firings"), asked)]


def standing(database: Database) -> Standing:
    """How far watches looked, and which of them have something to look at."""
    row = database.read(statement("read/watches_active"))[0]
    return Standing(row["position"], row["change"], row["many"], [_watch(one) for one in row["watches"]])


def tell(
    database: Database,
    now: datetime,
    moved: tuple[int, int] | None,
    states: Sequence[tuple[Watch, dict[str, Any]]],
    firings: Iterable[Firing],
) -> list[Job] | None:
    """Writes what came of a look in one transaction: the position, what is known now, what is told, and jobs that
    deliver it. Answers these jobs.

    None, and nothing is written, where somebody else looked on or changed one of these watches meanwhile: look again.
    """
    rows = [_row(firing) for firing in firings]
    kept = [
        {"id": one.id, "revision": one.revision, "state": _text(state), "owed": state.get("owed", False)}
        for one, state in states
    ]

    def work(tx: Transaction, _: int) -> list[Job]:
        if moved is not None:
            asked = {"from": moved[0], "to": moved[1]}
            if not tx.rows(statement("write/watch_position"), asked)[0]["moved"]:
                raise _Elsewhere
        if kept and tx.rows(statement("write/watch_states"), {"rows": kept})[0]["kept"] != len(kept):
            raise _Elsewhere
        told = tx.rows(statement("write/watch_tell"), {"rows": rows, "at": now}) if rows else []
        asked_for = [(row["id"], _delivery(tx, row)) for row in told if row["url"] is not None]
        if asked_for:
            named = [{"id": firing, "job": job.id} for firing, job in asked_for]
            tx.rows(statement("write/firing_job"), {"rows": named})
        return [job for _, job in asked_for]

    try:
        return database.write(work, shown=False)
    except _Elsewhere:
        return None


def purge(database: Database, before: datetime) -> int:
    """Drops what was told before a time; how many that were."""
    asked = {"before": before, "limit": 1_000}
    dropped = 0
    while found := database.write(lambda tx, _: tx.rows(statement("write/firings_purge"), asked))[0]["purged"]:
        dropped += found
    return dropped


class _Elsewhere(Exception):
    """Somebody else was faster."""


def _delivery(tx: Transaction, row: Row) -> Job:
    key = f"{DELIVERY}:{row['watch']}:{row['n']}"
    asked = Asked(DELIVERY, key, {"firing": row["id"]}, Queue.URGENT, once=True)
    return jobs.ask_in(tx, asked, rest=0)[0]


def _row(firing: Firing) -> Row:
    parts = (firing.watch, str(firing.change), firing.sort, firing.about)
    key = hashlib.sha256("\u241f".join(parts).encode()).hexdigest()[:32]
    told = {"type": f"watch.{firing.sort}", "data": {"watch": firing.watch, "change": firing.change, **firing.told}}
    values: Row = {"watch": firing.watch, "sort": str(firing.sort), "change": firing.change}
    return {**values, "id": key, "told": _text(told)}


def _watch(row: Row) -> Watch:
    return Watch(
        id=row["id"],
        name=row["name"],
        sort=WatchSort(row["sort"]),
        spec=orjson.loads(row["spec"]),
        on=tuple(Occasion(one) for one in row["on"]),
        url=row.get("url"),
        secret=row.get("secret"),
        paused=row["paused"],
        created_at=row["created_at"].to_native(),
        author=row["author"],
        since=row["since"],
        revision=row["revision"],
        n=row["n"],
        state=orjson.loads(row["state"]),
    )


def _fired(row: Row) -> Fired:
    at = of_graph(row["at"])
    assert at is not None  # noqa: S101 (every firing has its time)
    return Fired(
        id=row["id"],
        n=row["n"],
        sort=row["sort"],
        change=row["change"],
        told=orjson.loads(row["told"]),
        at=at,
        job=row["job"],
        delivery=row["state"],
        attempts=row["attempts"],
        cause=row["cause"],
    )


def _text(value: dict[str, Any]) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
