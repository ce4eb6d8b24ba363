"""The whole ledger and the names it speaks of, for measuring it."""

from dataclasses import dataclass

from graph import ledger
from graph.database import Database, Transaction
from graph.entity import UNSPECIFIED
from graph.judgement import Judgement
from graph.queries import statement

LONG = 600.0
"""Seconds that reading it all may take."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """By alias key its kind (its family where none is stated) and its order of founding; all judgements on pairs."""

    kinds: dict[str, str]
    born: dict[str, int]
    judgements: list[Judgement]


def whole_ledger(database: Database, kind: str | None = None) -> Ledger:
    """Everything, or names of one kind alone. Raises DatabaseUnavailable, BudgetExceeded."""

    def work(tx: Transaction) -> Ledger:
        found = Ledger({}, {}, list(ledger.since(tx, -1)))
        for row in tx.stream(statement("read/quality_names"), {}):
            told = row["kind"] if row["kind"] != UNSPECIFIED else row["family"]
            if kind in (None, told):
                found.kinds[row["key"]] = told
                found.born[row["key"]] = row["born"]
        return found

    return database.reading(work, timeout=LONG)
