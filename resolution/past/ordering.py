"""Boards of a past time in another order than that of their scores: by the average of the risk, or by mentions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.database import Row, Transaction
from graph.queries import statement
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.trending import decay
from graph.trending.answer import Order
from graph.trending.names import BOARD_WS
from graph.trending.standings import ORDERED, Which
from resolution.past.identity import Moved, Partition
from resolution.past.weighing import Named, learnt


@dataclass(slots=True)
class _Tally(Named):
    """A name with how often it was told, or a risk of it, and the sum of these risks."""

    n: int = 0
    total: float = 0.0

    def add(self, n: int, total: float) -> None:
        self.n += n
        self.total += total


_TOLD = ("alias", "n", "total", "born", "entity", "entity_kind")
"""What a statement tells of a name, in its order."""


def reordered(
    tx: Transaction,
    which: Which,
    order: Order,
    best: Sequence[tuple[str, float]],
    at: int,
    clocks: Clocks,
    partition: Partition,
) -> tuple[list[tuple[str, float]], Mapping[str, float]]:
    """The 10,000 best of a board in another order, equals by score; and the averages by entity where they rank. Raises
    BudgetExceeded."""
    tallies = _tallies(tx, which, order, at, clocks)
    entities = partition.entities({one.alias: one.entity for one in tallies})
    found: dict[str, _Tally] = {}
    for one in tallies:
        found.setdefault(entities[one.alias], _Tally(one.alias)).add(one.n, one.total)
    average = order is Order.AVERAGE
    values = {key: one.total / one.n if average else float(one.n) for key, one in found.items() if one.n}
    ranked = sorted(best[:ORDERED], key=lambda row: (values.get(row[0], 0.0), row[1], row[0]), reverse=True)
    return ranked, values if average else {}


def _tallies(tx: Transaction, which: Which, order: Order, at: int, clocks: Clocks) -> Iterable[_Tally]:
    """Of each name its mentions, or those that tell a risk and count on the board; as they stood on it then."""
    moved = Moved(tx, None, clocks)
    asked: Row = {"at": at, "known": clocks.known, "but": moved.ids}
    first, ws, query = past.BEGINNING, None, "read/past_tally_mentions"
    if order is Order.AVERAGE:
        first, ws = decay.oldest(at, decay.half_life_seconds(which.half_life)), {str(w) for w in BOARD_WS}
        asked, query = {**asked, "from": first}, "read/past_tally_risks"
    told = tx.rows(statement(query), asked)[0]["rows"]
    found: dict[str, _Tally] = {row[0]: _Tally(**dict(zip(_TOLD, row, strict=True))) for row in told}
    for one in past.placed(tx, moved.addresses, clocks):
        counts = ws is None or (one.w in ws and one.risk is not None)
        if counts and first <= one.ts <= at:
            alias = moved.alias_of(one)
            found.setdefault(alias, _Tally(alias)).add(1, one.risk or 0.0)
    return learnt(tx, found)
