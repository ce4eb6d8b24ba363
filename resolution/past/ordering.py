"""Boards of a past time in another order than that of their scores: by the average of the risk, or by mentions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.database import Transaction
from graph.queries import statement
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.trending import decay
from graph.trending.answer import Order
from graph.trending.names import BOARD_WS
from graph.trending.standings import ORDERED, Which
from resolution.past.identity import Moved, Partition
from resolution.past.tallies import mentioned
from resolution.past.weighing import Named, by_entity, learnt


@dataclass(slots=True)
class _Risks(Named):
    """A name with how often a risk was told of it, and the sum of these risks."""

    n: int = 0
    total: float = 0.0


_TOLD = ("alias", "n", "total", "born", "entity", "entity_kind")
"""What the statement tells of a name, in its order."""


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
    if order is Order.AVERAGE:
        told = by_entity(_risks(tx, which, at, clocks), partition)
        averages = {key: sum(one.total for one in own) / sum(one.n for one in own) for key, own in told.items()}
        return _by(averages, best), averages
    held = by_entity(mentioned(tx, clocks.of(at)), partition)
    return _by({key: float(sum(one.n for one in own)) for key, own in held.items()}, best), {}


def _by(values: Mapping[str, float], best: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted(best[:ORDERED], key=lambda row: (values.get(row[0], 0.0), row[1], row[0]), reverse=True)


def _risks(tx: Transaction, which: Which, at: int, clocks: Clocks) -> list[_Risks]:
    """Of each name the mentions that tell a risk and count on the board, as they stood on it then; some each."""
    moved, first = Moved(tx, None, clocks), decay.oldest(at, decay.half_life_seconds(which.half_life))
    asked = {"at": at, "from": first, "known": clocks.known, "but": moved.ids}
    told = tx.rows(statement("read/past_tally_risks"), asked)[0]["rows"]
    found: dict[str, _Risks] = {row[0]: _Risks(**dict(zip(_TOLD, row, strict=True))) for row in told}
    for one in past.placed(tx, moved.addresses, clocks):
        if one.w in BOARD_WS and one.risk is not None and first <= one.ts <= at:
            alias = moved.alias_of(one)
            own = found.setdefault(alias, _Risks(alias))
            own.n, own.total = own.n + 1, own.total + one.risk
    return learnt(tx, found)
