"""Reads whose db hits are counted: each statement they run is run under PROFILE."""

from collections.abc import Callable
from typing import Any, TypeVar

from neo4j import READ_ACCESS

from graph.database import Database, Params, Row, Transaction, _db_hits, _row
from graph.queries import Statement

T = TypeVar("T")


class Profiled(Database):
    """Reads as ever and adds up what they cost, whatever statements they are made of."""

    def __init__(self, database: Database) -> None:
        super().__init__(database._driver, database.options)
        self.hits = 0

    def reading(self, work: Callable[[Transaction], T], *, timeout: float | None = None) -> T:
        """Runs reads in one transaction."""
        with self._session(READ_ACCESS) as session, session.begin_transaction(timeout=timeout) as tx:
            return work(_Counting(tx, self))

    def of(self, read: Callable[[Database], object]) -> int:
        """Db hits of one read."""
        self.hits = 0
        read(self)
        return self.hits


class _Counting(Transaction):
    __slots__ = ("_told",)

    def __init__(self, tx: Any, told: Profiled) -> None:
        super().__init__(tx)
        self._told = told

    def rows(self, query: Statement, params: Params | None = None) -> list[Row]:
        """All rows of the statement."""
        asked: Any = "PROFILE " + query.text
        result = self._tx.run(asked, dict(params or {}))
        rows = [_row(record) for record in result]
        self._told.hits += _db_hits(result.consume().profile or {})
        return rows
