"""Bare standings, keys with scores and ranks: Redis answers the present, the graph the past, and the graph answers
alone while Redis is away. Every answer says which."""

from dataclasses import dataclass, replace
from typing import Any

from graph.database import Database
from graph.errors import BoardUnavailable, InvalidInput
from graph.queries import statement
from graph.trending import decay
from graph.trending.answer import Order
from graph.trending.as_of import averages_as_of, rank_as_of, top_as_of
from graph.trending.board import Boards
from graph.trending.names import ALL, BOARDS, MENTIONS, RISK, SANCTIONS, metric_of
from graph.trending.outbox import newest
from graph.trending.scans import ScanOptions, Scans

LIMIT = 50
MOST = 200
SCANNED = 1_000
"""Rows that one scan of the present keeps: pages within it are answered together."""
ORDERED = 10_000
"""Members, best scores first, among whom another order than the score is looked for."""
_ORDERS = {MENTIONS: {Order.SCORE}, RISK: {Order.SCORE, Order.AVERAGE}, SANCTIONS: {Order.SCORE, Order.MENTIONS}}

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Which:
    """One board, checked. `half_life` may be the named formula that only the graph computes."""

    metric: str = MENTIONS
    kind: str = ALL
    half_life: str = decay.DEFAULT_HALF_LIFE

    def __post_init__(self) -> None:
        """Raises InvalidInput for a board that there is not."""
        metric_of(self.metric)
        decay.half_life_seconds(self.half_life)
        if self.kind not in BOARDS:
            raise InvalidInput(f"no board of {self.kind!r}; choose one of {', '.join(BOARDS)}", "kind")

    @property
    def kinds(self) -> list[str] | None:
        """As the statements take kinds: None for all."""
        return None if self.kind == ALL else [self.kind]

    @property
    def kept(self) -> bool:
        """Whether Redis holds it."""
        return self.half_life in decay.HALF_LIVES


@dataclass(frozen=True, slots=True)
class Sources:
    """Where answers come from, and when: `now` and `as_of` in epoch ms, `as_of` None for the present."""

    database: Database
    boards: Boards | None
    scans: Scans
    now: int
    as_of: int | None

    @property
    def at(self) -> int:
        """The time asked about."""
        return self.now if self.as_of is None else self.as_of

    @property
    def past(self) -> bool:
        """Whether a past time is asked about."""
        return self.as_of is not None

    def moved(self) -> tuple[int, ...]:
        """What makes an answer about a past time another one; the present is taken as it was a few seconds ago."""
        return (self.at, newest(self.database)) if self.past else ()


def alone() -> Scans:
    """Scans for one who asks once: nothing is kept."""
    return Scans(ScanOptions(keep=0))


def standings(sources: Sources, which: Which, order: Order, limit: int, offset: int) -> Answer:
    """A bare page: `ranked` (key, score, rank), `averages` by key where they rank, and what it is true at.

    Raises InvalidInput, DatabaseUnavailable, BudgetExceeded.
    """
    check_order(which, order)
    if not 1 <= limit <= MOST:
        raise InvalidInput(f"must be 1 to {MOST}", "limit")
    if offset < 0:
        raise InvalidInput("must not be negative", "offset")
    if order is Order.SCORE:
        return _by_score(sources, which, limit, offset)
    found, age = sources.scans.answer(
        ("ordered", which, order, *sources.moved()), lambda: _ordered(sources, which, order)
    )
    return {**found, "age": max(age, found["age"]), "ranked": found["ranked"][offset : offset + limit]}


def standing(sources: Sources, which: Which, key: str) -> Answer:
    """Rank, score and total of one entity key, and what they are true at; the same errors."""
    found = _board_rank(sources, which, key) if not sources.past else None
    return {"at": sources.at, **found} if found is not None else _graph_rank(sources, which, key)


def check_order(which: Which, order: Order) -> None:
    """Raises InvalidInput for an order that the boards of a metric have not."""
    if order not in _ORDERS[which.metric]:
        fitting = ", ".join(sorted(_ORDERS[which.metric]))
        raise InvalidInput(f"the boards of {which.metric} are ranked by {fitting}, not by {order}", "order")


def _by_score(sources: Sources, which: Which, limit: int, offset: int) -> Answer:
    page = _board_page(sources, which, limit, offset) if not sources.past else None
    return page if page is not None else _graph_page(sources, which, limit, offset)


def _ordered(sources: Sources, which: Which, order: Order) -> Answer:
    """All members in another order than that of their scores; equals by score."""
    # A scan within a scan would wait for a place that the outer one holds.
    page = _by_score(replace(sources, scans=alone()), which, ORDERED, 0)
    keys = [key for key, _, _ in page["ranked"]]
    if order is Order.AVERAGE:
        values: dict[str, float] = averages_as_of(sources.database, keys, sources.at, which.half_life)
    else:
        values = {key: float(row["mentions"] or 0) for key, row in details(sources, keys).items()}
    best = sorted(page["ranked"], key=lambda row: (values.get(row[0], 0.0), row[1], row[0]), reverse=True)
    ranked = [(key, score, rank) for rank, (key, score, _) in enumerate(best, start=1)]
    told = {"averages": values} if order is Order.AVERAGE else {}
    return {"age": 0.0, **page, **told, "total": len(ranked), "ranked": ranked}


def details(sources: Sources, keys: list[str]) -> dict[str, Answer]:
    """What rows show of the entities that hold these keys now, by the key asked for."""
    if not keys:
        return {}
    if sources.as_of is None:
        row = sources.database.one(statement("read/board_rows"), {"keys": keys})
    else:
        row = sources.database.one(statement("read/board_rows_as_of"), {"keys": keys, "at": sources.as_of})
    return {found["asked"]: found for found in (row["rows"] if row else ())}


def _board_page(sources: Sources, which: Which, limit: int, offset: int) -> Answer | None:
    """What Redis answers; None when it is away, has no such board, or was lost."""
    if sources.boards is None or not which.kept:
        return None
    try:
        page = sources.boards.of(which.metric).top(which.kind, which.half_life, sources.now, limit, offset)
    except BoardUnavailable:
        return None
    if page is None:
        return None
    held = {"at": sources.now, "source": "board", "change": page.state.change, "landmark": page.state.landmark}
    return {**held, "degraded": False, "total": page.total, "ranked": page.rows}


def _graph_page(sources: Sources, which: Which, limit: int, offset: int) -> Answer:
    # One scan of the present serves all pages near the top.
    together = not sources.past and offset + limit <= SCANNED
    first, most = (0, SCANNED) if together else (offset, limit)

    def scan() -> Answer:
        change = newest(sources.database)
        page = top_as_of(sources.database, sources.at, which.half_life, which.kinds, most, first, metric=which.metric)
        return {"at": sources.at, "change": change, "total": page.total, "ranked": page.rows}

    found, age = sources.scans.answer(("page", which, first, most, *sources.moved()), scan)
    rows = found["ranked"][offset - first :][:limit]
    return {**found, **_of_graph(sources, which), "landmark": None, "age": age, "ranked": rows}


def _of_graph(sources: Sources, which: Which) -> Answer:
    return {"source": "graph", "degraded": which.kept and not sources.past}


def _board_rank(sources: Sources, which: Which, key: str) -> Answer | None:
    if sources.boards is None or not which.kept:
        return None
    try:
        found = sources.boards.of(which.metric).rank(key, which.half_life, sources.now, which.kind)
    except BoardUnavailable:
        return None
    if found is None:
        return None
    place = {"rank": found.rank, "trending_score": found.score, "total": found.total}
    return {"source": "board", "degraded": False, "change": found.state.change, **place}


def _graph_rank(sources: Sources, which: Which, key: str) -> Answer:
    def scan() -> Answer:
        change = newest(sources.database)
        found = rank_as_of(sources.database, key, sources.at, which.half_life, which.kinds, metric=which.metric)
        place = {"rank": found.rank, "trending_score": found.score, "total": found.total}
        return {"at": sources.at, "change": change, **place}

    found, age = sources.scans.answer(("rank", key, which, *sources.moved()), scan)
    return {**found, **_of_graph(sources, which), "age": age}
