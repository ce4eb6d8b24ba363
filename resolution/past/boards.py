"""Boards of a past time: what had happened by then, as it was recorded by then, of whoever was one then.

Computed from all mentions that counted: a scan, meant to stay within five seconds for a million of them.
"""

from collections.abc import Mapping

from graph.database import Database, Transaction
from graph.moment import epoch_ms, from_epoch_ms
from graph.reading.clocks import Clocks
from graph.reading.entities import EntityRow
from graph.trending import Rank, Trending, Why, decay
from graph.trending.answer import Order, TrendingRow
from graph.trending.computed import story_score
from graph.trending.reading import check_history
from graph.trending.snapshot import rank_history
from graph.trending.standings import Which, check_order
from resolution.past.explaining import why_then
from resolution.past.identity import Identity, Partition
from resolution.past.ordering import reordered
from resolution.past.origins import origins_of_then
from resolution.past.places import PlaceThen
from resolution.past.reads import SECONDS, change_of, entities_of
from resolution.past.weighing import How, Weighed, by_entity, weighed

Ranked = list[tuple[str, float]]
"""(entity, score), best first; ties in descending order of key, as on the boards."""


def board_then(
    database: Database,
    which: Which,
    now: int,
    clocks: Clocks,
    *,
    limit: int,
    offset: int,
    order: Order = Order.SCORE,
    how: How | None = None,
    origins: bool = False,
) -> Trending:
    """A page of the board, at `as_of` or `now` (epoch ms); with `origins` those of each row's newest mentions. Another
    order than the score ranks its 10,000 best. Raises NotFound for a place, BudgetExceeded, DatabaseUnavailable,
    InvalidInput."""
    at = clocks.moment(now)
    wanted = how or How()
    check_order(which, order)

    def work(tx: Transaction) -> tuple[Ranked, PlaceThen | None, list[TrendingRow], int]:
        partition = Partition(tx, clocks.identity_at)
        best, place = _ranked(tx, which, at, clocks, wanted, partition)
        averages: Mapping[str, float] = {}
        if order is not Order.SCORE:
            best, averages = reordered(tx, which, order, best, at, clocks, partition)
        rows = _rows(tx, best[offset : offset + limit], offset + 1, at, clocks, averages)
        if origins:
            rows = [_with_origins(tx, row, at, clocks) for row in rows]
        return best, place, rows, change_of(tx)

    best, place, rows, change = database.reading(work, timeout=SECONDS)
    return Trending(
        metric=which.metric,
        order=order,
        kind=which.kind,
        half_life=wanted.formula or which.half_life,
        within=place.key if place else None,
        within_name=place.name if place else None,
        weigh=wanted.weigh,
        at=from_epoch_ms(at),
        source="graph",
        degraded=False,
        change=change,
        landmark=None,
        total=len(best),
        next_offset=offset + limit if offset + limit < len(best) else None,
        rows=tuple(rows),
    )


def rank_then(
    database: Database,
    key: str,
    which: Which,
    now: int,
    clocks: Clocks,
    *,
    why: bool = False,
    history: int | None = None,
) -> Rank:
    """Where the entity that held a name stood; with `why` the events that contributed most, with `history` its ranks of
    the last so many days, of the snapshots that there were. Raises NotFound, BudgetExceeded, DatabaseUnavailable,
    InvalidInput."""
    at = clocks.moment(now)
    check_history(which, history)

    def work(tx: Transaction) -> tuple[str, Ranked, tuple[int, float] | None, Why | None, int]:
        own = Identity(tx, clocks.identity_at).names_of(key)[0].key
        best = ranked(tx, which, at, clocks)
        place = next(((n, score) for n, (one, score) in enumerate(best, start=1) if one == own), None)
        reasons = why_then(tx, own, place[1] if place else 0.0, which, at, clocks) if why else None
        return own, best, place, reasons, change_of(tx)

    own, best, place, reasons, change = database.reading(work, timeout=SECONDS)
    known = at if clocks.known_at is None else min(at, epoch_ms(clocks.known_at))
    return Rank(
        entity_id=own,
        metric=which.metric,
        kind=which.kind,
        half_life=which.half_life,
        at=from_epoch_ms(at),
        source="graph",
        degraded=False,
        change=change,
        rank=place[0] if place else None,
        trending_score=place[1] if place else 0.0,
        total=len(best),
        why=reasons,
        history=None if history is None else rank_history(database, own, known, history),
    )


def ranked(tx: Transaction, which: Which, at: int, clocks: Clocks) -> Ranked:
    """The board by half-life of everywhere. Raises BudgetExceeded."""
    return _ranked(tx, which, at, clocks, How(), Partition(tx, clocks.identity_at))[0]


def _ranked(
    tx: Transaction, which: Which, at: int, clocks: Clocks, how: How, partition: Partition
) -> tuple[Ranked, PlaceThen | None]:
    names, place = weighed(tx, which, at, clocks, how, partition)
    kept = (
        (key, _score(rows, how.formula, at))
        for key, rows in by_entity(names, partition, which.kind).items()
        if place is None or key != place.key
    )
    # A formula of a news site has no score so small that it says nothing.
    best = (one for one in kept if how.formula is not None or one[1] >= decay.FLOOR)
    return sorted(best, key=lambda one: (one[1], one[0]), reverse=True), place


def _score(names: list[Weighed], formula: str | None, at: int) -> float:
    total = sum(one.score for one in names)
    if formula is None:
        return total
    return story_score(formula, total, min((one.first for one in names if one.first is not None), default=at), at)


def _rows(
    tx: Transaction, page: Ranked, first: int, at: int, clocks: Clocks, averages: Mapping[str, float]
) -> list[TrendingRow]:
    told = entities_of(tx, [key for key, _ in page], clocks.of(at))
    return [
        _row(told[key].row, score, place, averages.get(key)) for place, (key, score) in enumerate(page, start=first)
    ]


def _with_origins(tx: Transaction, row: TrendingRow, at: int, clocks: Clocks) -> TrendingRow:
    told, whole = origins_of_then(tx, row.entity_id, clocks.of(at))
    counts = {"sources": told.sources, "independent_origins": told.independent_origins, "at_least": not whole}
    return row.model_copy(update=counts)


def _row(row: EntityRow, score: float, rank: int, average: float | None) -> TrendingRow:
    return TrendingRow(
        rank=rank,
        entity_id=row.key,
        name=row.name,
        type=row.kind,
        trending_score=score,
        average=average,
        mention_count=row.mentions,
        last_seen=row.last_seen,
        roles=tuple(row.roles),
    )
