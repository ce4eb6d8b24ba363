"""What is asked of the boards: who trends, where one entity stands, and why."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from graph.database import Database
from graph.entity import UNSPECIFIED
from graph.errors import InvalidInput, NotFound
from graph.moment import epoch_ms, from_epoch_ms
from graph.origins import Origins
from graph.queries import statement
from graph.reading.origins import origins_of_entities
from graph.trending import decay
from graph.trending.answer import Order, Rank, Trending, TrendingRow
from graph.trending.board import Boards
from graph.trending.explain import explain
from graph.trending.names import ALL, MENTIONS
from graph.trending.scans import Scans
from graph.trending.snapshot import rank_history
from graph.trending.standings import LIMIT, Answer, Sources, Which, alone, details, standing, standings


def trending(
    database: Database,
    boards: Boards | None,
    now: int,
    *,
    metric: str = MENTIONS,
    order: Order = Order.SCORE,
    kind: str = ALL,
    half_life: str = decay.DEFAULT_HALF_LIFE,
    limit: int = LIMIT,
    offset: int = 0,
    as_of: int | None = None,
    scans: Scans | None = None,
) -> Trending:
    """A page of the board of `all` or one kind, at `now` or at `as_of` (epoch ms), best first.

    A key that another entity on the page holds since a merge is passed over, so a page may have fewer than `limit`
    (1..200) rows. With `scans`, what the graph must compute is computed once for all who ask. Other orders than the
    score rank its 10,000 best. Raises InvalidInput, DatabaseUnavailable, BudgetExceeded.
    """
    sources, which = Sources(database, boards, scans or alone(), now, as_of), Which(metric, kind, half_life)
    page = standings(sources, which, order, limit, offset)
    return told_as(sources, page, (limit, offset), metric=metric, order=order, kind=kind, half_life=half_life)


def told_as(sources: Sources, page: Answer, part: tuple[int, int], **which: Any) -> Trending:
    """A bare page with what its rows show; `part` is its limit and offset."""
    averages = page.pop("averages", {})
    told = details(sources, [key for key, _, _ in page["ranked"]])
    rows = [_row(row, score, rank, averages.get(asked)) for asked, row, score, rank in held_once(page, told)]
    limit, offset = part
    del page["ranked"]
    return Trending(
        at=_moment(page.pop("at")), next_offset=following(page, offset, limit), rows=tuple(rows), **which, **page
    )


def with_origins(database: Database, board: Trending) -> Trending:
    """The same page with the origins of each row's newest mentions. Raises DatabaseUnavailable, BudgetExceeded."""
    found = origins_of_entities(database, [row.entity_id for row in board.rows], epoch_ms(board.at))
    rows = [
        row.model_copy(
            update={"sources": told.sources, "independent_origins": told.independent_origins, "at_least": not whole}
        )
        for row in board.rows
        for told, whole in [found.get(row.entity_id, (Origins(), True))]
    ]
    return board.model_copy(update={"rows": tuple(rows)})


def held_once(page: Answer, told: Mapping[str, Answer]) -> Iterator[tuple[str, Answer, float, int]]:
    """Rows of a bare page as (key on the board, what is told of its holder now, score, rank), each holder once."""
    seen: set[str] = set()
    for asked, score, rank in page["ranked"]:
        if asked in told and told[asked]["key"] not in seen:
            seen.add(told[asked]["key"])
            yield asked, told[asked], score, rank


def following(page: Answer, offset: int, limit: int) -> int | None:
    """Where the next page begins; None after the last."""
    return offset + limit if offset + limit < page["total"] else None


def rank(
    database: Database,
    boards: Boards | None,
    key: str,
    now: int,
    *,
    metric: str = MENTIONS,
    kind: str = ALL,
    half_life: str = decay.DEFAULT_HALF_LIFE,
    as_of: int | None = None,
    scans: Scans | None = None,
    why: bool = False,
    history: int | None = None,
) -> Rank:
    """Where the entity that holds `key` now stands; the same arguments and errors as `trending`, and NotFound.

    With `why`, the events that contribute most to its score. `history`: its ranks of the last so many days, from the
    daily snapshots, which there are of the default board alone.
    """
    which = Which(metric, kind, half_life)
    check_history(which, history)
    holder = database.one(statement("read/board_holder"), {"key": key})
    if holder is None:
        raise NotFound("entity", key)
    own = holder["key"]
    sources = Sources(database, boards, scans or alone(), now, as_of)
    found = standing(sources, which, own)
    return Rank(
        entity_id=own,
        metric=metric,
        kind=kind,
        half_life=half_life,
        why=explain(database, own, sources.at, found["trending_score"], half_life, metric) if why else None,
        history=None if history is None else rank_history(database, own, sources.at, history),
        at=_moment(found.pop("at")),
        **found,
    )


def check_history(which: Which, history: int | None) -> None:
    """Raises InvalidInput where the history of a board is asked for that no snapshot is taken of."""
    if history is not None and which != Which():
        raise InvalidInput("is kept of the board of all mentions at the default half-life alone", "history")


def _row(found: Answer, score: float, rank: int, average: float | None) -> TrendingRow:
    return TrendingRow(
        rank=rank,
        entity_id=found["key"],
        name=found["name"] or "",
        type=found["kind"] or UNSPECIFIED,
        trending_score=score,
        average=average,
        mention_count=int(found["mentions"] or 0),
        last_seen=None if found["last_seen"] is None else from_epoch_ms(found["last_seen"]),
        roles=tuple(found["roles"]),
    )


def _moment(at: int) -> datetime:
    try:
        return datetime.fromtimestamp(at / 1000, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidInput("must lie in the years 1 to 9999", "as_of") from error
