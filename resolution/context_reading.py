"""What the graph knows of bearers, for `resolution.context`: read in the transaction that plans or writes a batch."""

from collections.abc import Mapping

from graph.database import Transaction
from graph.queries import statement
from resolution.context import Asked, Support

BUDGET = 200
"""Newest mentions of one bearer, per W, that are looked at: older ones weigh next to nothing."""


class GraphContext:
    """A `Context` on one transaction; a question asked twice is read once."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[Asked, Mapping[str, Support]] = {}

    def support(self, asked: Asked) -> Mapping[str, Support]:
        """What supports each bearer."""
        if asked not in self._known:
            self._known[asked] = self._read(asked)
        return self._known[asked]

    def _read(self, asked: Asked) -> dict[str, Support]:
        values = {
            "bearers": list(asked.bearers),
            "beside": list(asked.beside),
            "event": asked.event,
            "ts": asked.ts,
            "budget": BUDGET,
        }
        found: dict[str, Support] = {}
        for row in self._tx.rows(statement("read/context_support"), values):
            support = Support()
            for ts, shared in sorted(row["events"]):
                support = support.with_(ts, asked, shared=shared)
            found[row["key"]] = support
        return found
