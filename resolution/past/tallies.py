"""How often names had been told by a past time: one scan of all mentions, since no index keeps former counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.database import Transaction
from graph.queries import statement
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.identity import PastAlias
from resolution.past.identity import Moved
from resolution.past.weighing import Named, learnt


@dataclass(slots=True)
class Mentioned(Named):
    """A name with how often it was mentioned, and when last (epoch ms; None for never)."""

    name: str = ""
    n: int = 0
    last: int | None = None

    def learn(self, told: PastAlias) -> None:
        Named.learn(self, told)
        self.name = told.name

    def add(self, ts: int) -> None:
        self.n += 1
        self.last = ts if self.last is None else max(self.last, ts)


def mentioned(tx: Transaction, clocks: Clocks) -> list[Mentioned]:
    """All names that were ever told by then, with the mentions that stood on them then. Raises BudgetExceeded."""
    moved = Moved(tx, None, clocks)
    asked = {"at": clocks.until, "known": clocks.known, "but": moved.ids}
    found = {row[0]: Mentioned(*row) for row in tx.rows(statement("read/past_list"), asked)[0]["rows"]}
    for one in past.placed(tx, moved.addresses, clocks):
        if one.ts <= clocks.until:
            alias = moved.alias_of(one)
            found.setdefault(alias, Mentioned(alias)).add(one.ts)
    return learnt(tx, found)


def most_frequent(names: Sequence[Mentioned]) -> Mentioned:
    """The name that an entity is shown by: of those that are as frequent the earliest."""
    return min(names, key=lambda one: (-one.n, one.born or 0))
