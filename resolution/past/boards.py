"""Boards of a past time: what had happened by then, as it was recorded by then, of whoever was one then.

Computed from all mentions that counted: a scan, meant to stay within five seconds for a million of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph.database import Database, Transaction
from graph.entity import UNSPECIFIED
from graph.queries import statement
from graph.reading.clocks import Clocks
from graph.reading.entities import EntityRow
from graph.reading.identity import names_now
from graph.trending import ALL, Rank, Trending, decay
from graph.trending.answer import Order, TrendingRow
from graph.trending.names import board_kind
from graph.trending.standings import Which
from resolution.past.identity import Identity, Moved, entities_at
from resolution.past.reads import SECONDS, change_of, entities_of

_TOLD = ("alias", "score", "kind", "born", "entity", "entity_kind")
"""What `read/past_board` tells of a name, in its order."""


@dataclass(slots=True)
class _Member:
    """An entity on its way to the board."""

    score: float = 0.0
    kind: str = UNSPECIFIED
    """Stated by its earliest name that states one."""
    guessed: str = UNSPECIFIED


def board_then(database: Database, which: Which, now: int, clocks: Clocks, *, limit: int, offset: int) -> Trending:
    """A page of the board, at `as_of` or `now` (epoch ms). Raises BudgetExceeded, DatabaseUnavailable, InvalidInput."""
    at = clocks.until if clocks.as_of else now

    def work(tx: Transaction) -> tuple[list[tuple[str, float]], list[TrendingRow], int]:
        best = ranked(tx, which, at, clocks)
        rows = _rows(tx, best[offset : offset + limit], offset + 1, at, clocks)
        return best, rows, change_of(tx)

    best, rows, change = database.reading(work, timeout=SECONDS)
    return Trending(
        metric=which.metric,
        order=Order.SCORE,
        kind=which.kind,
        half_life=which.half_life,
        at=datetime.fromtimestamp(at / 1000, UTC),
        source="graph",
        degraded=False,
        change=change,
        landmark=None,
        total=len(best),
        next_offset=offset + limit if offset + limit < len(best) else None,
        rows=tuple(rows),
    )


def rank_then(database: Database, key: str, which: Which, now: int, clocks: Clocks) -> Rank:
    """Where the entity that held a name stood. Raises NotFound, BudgetExceeded, DatabaseUnavailable."""
    at = clocks.until if clocks.as_of else now

    def work(tx: Transaction) -> tuple[str, list[tuple[str, float]], int]:
        own = Identity(tx, clocks.identity_at).names_of(key)[0].key
        return own, ranked(tx, which, at, clocks), change_of(tx)

    own, best, change = database.reading(work, timeout=SECONDS)
    place = next(((n, score) for n, (one, score) in enumerate(best, start=1) if one == own), None)
    return Rank(
        entity_id=own,
        metric=which.metric,
        kind=which.kind,
        half_life=which.half_life,
        at=datetime.fromtimestamp(at / 1000, UTC),
        source="graph",
        degraded=False,
        change=change,
        rank=place[0] if place else None,
        trending_score=place[1] if place else 0.0,
        total=len(best),
    )


def ranked(tx: Transaction, which: Which, at: int, clocks: Clocks) -> list[tuple[str, float]]:
    """(entity, score), best first; ties in descending order of key, as on the boards."""
    members = _members(tx, _scores(tx, which, at, clocks), clocks)
    kept = (
        (key, member.score)
        for key, member in members.items()
        if member.score >= decay.FLOOR and which.kind in (ALL, _board_of(member))
    )
    return sorted(kept, key=lambda one: (one[1], one[0]), reverse=True)


def _scores(tx: Transaction, which: Which, at: int, clocks: Clocks) -> list[dict[str, Any]]:
    """Scores by the name that each mention stood on then."""
    seconds = decay.half_life_seconds(which.half_life)
    moved = Moved(tx, None, clocks)
    asked: dict[str, Any] = {"metric": which.metric, "known": clocks.known}
    more = {"at": at, "from": decay.oldest(at, seconds), "half_life": seconds * 1000, "but": moved.ids}
    told = tx.rows(statement("read/past_board"), {**asked, **more})[0]["rows"]
    found: dict[str, dict[str, Any]] = {row[0]: dict(zip(_TOLD, row, strict=True)) for row in told}
    placed = [{"event": event, "mention": mention} for event, mention in moved.addresses]
    rows = tx.rows(statement("read/past_weights"), {**asked, "rows": placed}) if placed else []
    for row in rows:
        if more["from"] <= row["ts"] <= at:
            alias = moved.place(row["event"], row["mention"]) or row["alias0"]
            score = row["weight"] * 2.0 ** ((row["ts"] - at) / (seconds * 1000))
            found.setdefault(alias, {"alias": alias, "score": 0.0, "born": None})["score"] += score
    unknown = [alias for alias, row in found.items() if row["born"] is None]
    for one in names_now(tx, unknown):
        if one.key in found:
            now = {"kind": one.kind, "born": one.born, "entity": one.entity, "entity_kind": one.entity_kind}
            found[one.key] |= now
    return list(found.values())


def _members(tx: Transaction, rows: Iterable[dict[str, Any]], clocks: Clocks) -> dict[str, _Member]:
    rows = list(rows)
    entities = {row["alias"]: row["entity"] for row in rows}
    if clocks.identity_at is not None:
        entities = entities_at(tx, {row["alias"]: row["born"] for row in rows}, clocks.identity_at)
    found: dict[str, _Member] = {}
    for row in sorted(rows, key=lambda row: row["born"]):
        member = found.setdefault(entities[row["alias"]], _Member(guessed=row["entity_kind"]))
        member.score += row["score"]
        if member.kind == UNSPECIFIED and row["kind"]:
            member.kind = row["kind"]
    return found


def _board_of(member: _Member) -> str:
    return board_kind(member.kind if member.kind != UNSPECIFIED else member.guessed)


def _rows(tx: Transaction, page: list[tuple[str, float]], first: int, at: int, clocks: Clocks) -> list[TrendingRow]:
    told = entities_of(
        tx,
        [key for key, _ in page],
        Clocks(datetime.fromtimestamp(at / 1000, UTC), clocks.known_at, clocks.identity_at),
    )
    return [_row(told[key].row, score, place) for place, (key, score) in enumerate(page, start=first)]


def _row(row: EntityRow, score: float, rank: int) -> TrendingRow:
    return TrendingRow(
        rank=rank,
        entity_id=row.key,
        name=row.name,
        type=row.kind,
        trending_score=score,
        mention_count=row.mentions,
        last_seen=row.last_seen,
        roles=tuple(row.roles),
    )
