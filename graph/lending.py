"""The graph lent to a library that wants a driver of Neo4j: it gets one that reads, in time, and can do nothing else.

Whatever the library asks for, its statements run in READ mode by the one door, with our bounds and our errors.
"""

from types import SimpleNamespace
from typing import Any, LiteralString, cast

from neo4j import Driver, EagerResult, Query

from graph.database import Database
from graph.queries import Statement


class ReadingDriver(Driver):
    """A driver by type, without a connection of its own. Only `execute_query` works.

    Raises DatabaseUnavailable, BudgetExceeded, InvalidInput; neo4j.exceptions.ClientError for a statement that cannot
    be run, such as one that writes.
    """

    # Nothing is held that would have to be closed.
    _closed = True

    def __init__(self, database: Database, timeout: float) -> None:
        self._database = database
        self._timeout = timeout
        # neo4j-graphrag writes its name here.
        self._pool = SimpleNamespace(pool_config=SimpleNamespace(user_agent=""))

    def execute_query(  # pyright: ignore[reportIncompatibleMethodOverride] (one signature for all of its overloads)
        self, query_: str | Query, parameters_: dict[str, Any] | None = None, **_: Any
    ) -> EagerResult:
        """Records of a reading. Where it is routed, and to which database, is not the library's to say."""
        text = query_.text if isinstance(query_, Query) else query_
        asked = Statement("lent", cast(LiteralString, text))
        return self._database.reading(lambda tx: tx.records(asked, parameters_), timeout=self._timeout)

    def session(self, **_: Any) -> Any:
        """Refused: a session could write."""
        raise TypeError("a lent graph has no sessions")
