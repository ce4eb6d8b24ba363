"""What is asked of the boards: who trends, and where one entity stands. Redis answers the present, the graph the past,
and the graph answers alone while Redis is away; every answer says which."""

from datetime import UTC, datetime
from typing import Any

from graph.database import Database
from graph.entity import UNSPECIFIED
from graph.errors import BoardUnavailable, InvalidInput, NotFound
from graph.queries import statement
from graph.trending import decay
from graph.trending.answer import Rank, Trending, TrendingRow
from graph.trending.as_of import rank_as_of, top_as_of
from graph.trending.board import Boards
from graph.trending.explain import Why, explain
from graph.trending.names import ALL, BOARDS
from graph.trending.outbox import newest
from graph.trending.scans import ScanOptions, Scans

LIMIT = 50
MOST = 200
SCANNED = 1_000
"""Rows that one scan of the present keeps: pages within it are answered together."""


def trending(
    database: Database,
    boards: Boards | None,
    now: int,
    *,
    kind: str = ALL,
    half_life: str = decay.DEFAULT_HALF_LIFE,
    limit: int = LIMIT,
    offset: int = 0,
    as_of: int | None = None,
    scans: Scans | None = None,
) -> Trending:
    """A page of the board of `all` or one kind, at `now` or at `as_of` (epoch ms), best first.

    A key that another entity on the page holds since a merge is passed over, so a page may have fewer than `limit`
    (1..200) rows. With `scans`, what the graph must compute is computed once for all who ask.
    Raises InvalidInput, DatabaseUnavailable, BudgetExceeded.
    """
    page = standings(database, boards, now, kind, half_life, limit, offset, as_of=as_of, scans=scans)
    told = _details(database, [key for key, _, _ in page["ranked"]], as_of)
    rows: dict[str, TrendingRow] = {}
    for key, score, rank in page.pop("ranked"):
        if key in told and told[key]["key"] not in rows:
            rows[told[key]["key"]] = _row(told[key], score, rank)
    after = offset + limit
    return Trending(
        kind=kind,
        half_life=half_life,
        at=_moment(page.pop("at")),
        next_offset=after if after < page["total"] else None,
        rows=tuple(rows.values()),
        **page,
    )


def standings(
    database: Database,
    boards: Boards | None,
    now: int,
    kind: str,
    half_life: str,
    limit: int,
    offset: int,
    *,
    as_of: int | None = None,
    scans: Scans | None = None,
) -> dict[str, Any]:
    """The bare page of `trending`: (key, score, rank) as `ranked`, and what it is true at. The same errors."""
    _check(kind, half_life, limit, offset)
    at = now if as_of is None else as_of
    page = _board_page(boards, kind, half_life, limit, offset, at) if as_of is None else None
    if page is not None:
        return {"at": at, **page}
    return _graph_page(database, scans or _alone(), kind, half_life, limit, offset, at, past=as_of is not None)


def rank(
    database: Database,
    boards: Boards | None,
    key: str,
    now: int,
    *,
    kind: str = ALL,
    half_life: str = decay.DEFAULT_HALF_LIFE,
    as_of: int | None = None,
    scans: Scans | None = None,
) -> Rank:
    """Where the entity that holds `key` now stands; the same arguments and errors as `trending`, and NotFound."""
    _check(kind, half_life, LIMIT, 0)
    at = now if as_of is None else as_of
    holder = database.one(statement("read/board_holder"), {"key": key})
    if holder is None:
        raise NotFound("entity", key)
    found = _board_rank(boards, holder["key"], kind, half_life, at) if as_of is None else None
    if found is None:
        found = _graph_rank(database, scans or _alone(), holder["key"], kind, half_life, at, past=as_of is not None)
    return Rank(entity_id=holder["key"], kind=kind, half_life=half_life, at=_moment(found.pop("at", at)), **found)


def why(
    database: Database,
    boards: Boards | None,
    key: str,
    now: int,
    *,
    half_life: str = decay.DEFAULT_HALF_LIFE,
    as_of: int | None = None,
) -> tuple[Rank, Why]:
    """Where the entity stands among all, and the ten events that put it there; the same arguments and errors."""
    place = rank(database, boards, key, now, half_life=half_life, as_of=as_of)
    at = now if as_of is None else as_of
    return place, explain(database, place.entity_id, at, place.trending_score, half_life)


def _check(kind: str, half_life: str, limit: int, offset: int) -> None:
    decay.half_life_seconds(half_life)
    if kind not in BOARDS:
        raise InvalidInput(f"no board of {kind!r}; choose one of {', '.join(BOARDS)}", "kind")
    if not 1 <= limit <= MOST:
        raise InvalidInput(f"must be 1 to {MOST}", "limit")
    if offset < 0:
        raise InvalidInput("must not be negative", "offset")


def _kinds(kind: str) -> list[str] | None:
    return None if kind == ALL else [kind]


def _board_page(
    boards: Boards | None, kind: str, half_life: str, limit: int, offset: int, now: int
) -> dict[str, Any] | None:
    """What Redis answers; None when it is away, has no such board, or was lost."""
    if boards is None or half_life not in decay.HALF_LIVES:
        return None
    try:
        page = boards.top(kind, half_life, now, limit, offset)
    except BoardUnavailable:
        return None
    if page is None:
        return None
    held = {"source": "board", "change": page.state.change, "landmark": page.state.landmark}
    return {**held, "total": page.total, "ranked": page.rows}


def _alone() -> Scans:
    return Scans(ScanOptions(keep=0))


def _graph_page(
    database: Database, scans: Scans, kind: str, half_life: str, limit: int, offset: int, at: int, *, past: bool
) -> dict[str, Any]:
    # One scan of the present serves all pages near the top.
    together = not past and offset + limit <= SCANNED
    first, most = (0, SCANNED) if together else (offset, limit)

    def scan() -> dict[str, Any]:
        change = newest(database)
        page = top_as_of(database, at, half_life, _kinds(kind), most, first)
        return {"at": at, "change": change, "total": page.total, "ranked": page.rows}

    found, age = scans.answer(("page", kind, half_life, first, most, *_moved(database, at, past)), scan)
    rows = found["ranked"][offset - first :][:limit]
    return {**found, "source": "graph", "landmark": None, "age": age, "ranked": rows}


def _moved(database: Database, at: int, past: bool) -> tuple[int, ...]:
    """What makes an answer about a past time another one; the present is taken as it was a few seconds ago."""
    return (at, newest(database)) if past else ()


def _board_rank(boards: Boards | None, key: str, kind: str, half_life: str, now: int) -> dict[str, Any] | None:
    if boards is None or half_life not in decay.HALF_LIVES:
        return None
    try:
        standing = boards.rank(key, half_life, now, kind)
    except BoardUnavailable:
        return None
    if standing is None:
        return None
    place = {"rank": standing.rank, "trending_score": standing.score, "total": standing.total}
    return {"source": "board", "change": standing.state.change, **place}


def _graph_rank(
    database: Database, scans: Scans, key: str, kind: str, half_life: str, at: int, *, past: bool
) -> dict[str, Any]:
    def scan() -> dict[str, Any]:
        change = newest(database)
        found = rank_as_of(database, key, at, half_life, _kinds(kind))
        place = {"rank": found.rank, "trending_score": found.score, "total": found.total}
        return {"at": at, "change": change, **place}

    found, age = scans.answer(("rank", key, kind, half_life, *_moved(database, at, past)), scan)
    return {**found, "source": "graph", "age": age}


def _details(database: Database, keys: list[str], as_of: int | None) -> dict[str, dict[str, Any]]:
    if not keys:
        return {}
    if as_of is None:
        row = database.one(statement("read/board_rows"), {"keys": keys})
    else:
        row = database.one(statement("read/board_rows_as_of"), {"keys": keys, "at": as_of})
    return {found["asked"]: found for found in (row["rows"] if row else ())}


def _row(found: dict[str, Any], score: float, rank: int) -> TrendingRow:
    return TrendingRow(
        rank=rank,
        entity_id=found["key"],
        name=found["name"] or "",
        type=found["kind"] or UNSPECIFIED,
        trending_score=score,
        mention_count=int(found["mentions"] or 0),
        last_seen=found["last_seen"].to_native() if found["last_seen"] else None,
        roles=tuple(found["roles"]),
    )


def _moment(at: int) -> datetime:
    try:
        return datetime.fromtimestamp(at / 1000, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidInput("must lie in the years 1 to 9999", "as_of") from error
