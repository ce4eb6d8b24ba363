"""The Neo4j door: reads in read mode, writes through the one gate, each with a deadline, retries and plain errors.

Every mutating transaction first writes the gate node, so writers queue instead of deadlocking (measured: 0 deadlocks
and 2-3 times the throughput of racing writers). Replays are safe: keys are content hashes and the work function
looks again at what is there once it holds the gate.
"""

import logging
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any, LiteralString, TypeVar

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    EagerResult,
    GraphDatabase,
    ManagedTransaction,
    NotificationMinimumSeverity,
    Query,
    Record,
    Session,
    unit_of_work,
)
from neo4j import Transaction as OpenTransaction
from neo4j.api import BookmarkManager
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ResultFailedError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, stop_after_delay, wait_exponential_jitter

from graph import audit
from graph.audit import Effects
from graph.breaker import Breaker
from graph.changing import Changing, Mark
from graph.errors import BudgetExceeded, DatabaseUnavailable, InvalidInput
from graph.queries import Statement, statement

# What goes wrong is told once, as an error of ours; without a handler Python would print the driver's log as well.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

T = TypeVar("T")
Row = dict[str, Any]
Params = Mapping[str, Any]


_MADE_MEANWHILE = "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists"


@dataclass(frozen=True, slots=True)
class DatabaseOptions:
    """How to reach Neo4j and how long to wait; all times in seconds."""

    uri: str
    user: str = "neo4j"
    password: str = ""
    database: str = "neo4j"
    connection_timeout: float = 2.0
    acquisition_timeout: float = 3.0
    retry_time: float = 10.0
    read_timeout: float = 5.0
    write_timeout: float = 60.0
    bookkeeping_timeout: float = 10.0
    job_timeout: float = 600.0
    pool_size: int = 50


class Transaction:
    """One open transaction: runs named statements and returns their rows."""

    __slots__ = ("_effects", "_tx")

    def __init__(self, tx: ManagedTransaction | OpenTransaction, effects: Effects | None = None) -> None:
        self._tx = tx
        self._effects = effects

    def rows(self, query: Statement, params: Params | None = None) -> list[Row]:
        """All rows of the statement, each a dict by column name."""
        result = self._tx.run(query.text, dict(params or {}))
        rows = [_row(record) for record in result]
        if self._effects is not None:
            self._effects.add(result.consume().counters)
        return rows

    def records(self, query: Statement, params: Params | None = None) -> EagerResult:
        """The same as the driver tells them, for libraries that know no other."""
        return self._tx.run(query.text, dict(params or {})).to_eager_result()

    def plan(self, query: Statement) -> tuple[str, set[str]]:
        """What a statement would do, without running it: `r` for reading, and the operators of its plan."""
        summary: Any = self._tx.run("EXPLAIN " + query.text).consume()
        return str(summary.query_type), _operators(summary.plan or {})

    def stream(self, query: Statement, params: Params | None = None) -> Iterator[Row]:
        """Rows one by one, in bounded memory; must be consumed before the transaction ends."""
        for record in self._tx.run(query.text, dict(params or {})):
            yield _row(record)


class Database:
    """Reads and gated writes on one Neo4j database. Thread-safe; one per process."""

    def __init__(
        self,
        driver: Driver,
        options: DatabaseOptions,
        breaker: Breaker | None = None,
        changing: Changing | None = None,
        bookmarks: BookmarkManager | None = None,
    ) -> None:
        self._driver = driver
        self._bookmarks = bookmarks
        self._breaker = breaker
        self._changing = changing
        self.options = options

    def impatient(self, breaker: Breaker | None = None) -> "Database":
        """The same door for callers who would rather hear at once that Neo4j is away: reads are not retried for
        `options.retry_time`, and after a failed connection they fail at once for a second. Writes wait as ever.
        """
        return Database(self._driver, self.options, breaker or Breaker(), self._changing, self._bookmarks)

    def read(self, query: Statement, params: Params | None = None, *, timeout: float | None = None) -> list[Row]:
        """All rows of one statement in READ mode.

        `timeout` (seconds) is clamped to `options.job_timeout`; default `options.read_timeout`.
        Raises DatabaseUnavailable, BudgetExceeded, InvalidInput.
        """
        if self._breaker is None:
            return self.reading(lambda tx: tx.rows(query, params), timeout=timeout)
        # A statement alone needs no BEGIN and COMMIT, each a message to the server and back.
        limit = self._limit(timeout)
        return self._at_once(self._breaker, lambda: self._run_once(query, params, limit), limit)

    def one(self, query: Statement, params: Params | None = None, *, timeout: float | None = None) -> Row | None:
        """The first row, or None. Same errors as `read`."""
        rows = self.read(query, params, timeout=timeout)
        return rows[0] if rows else None

    def planned(self, query: Statement, *, timeout: float) -> list[Row]:
        """Rows of a statement that is not one of ours, in READ mode: planned first, and run only where the plan reads,
        loads nothing and calls no procedure. A statement that cannot be planned is InvalidInput; else as `read`."""

        def work(tx: Transaction) -> list[Row]:
            kind, operators = tx.plan(query)
            if kind != "r" or operators & _OUTWARD:
                raise InvalidInput("is no reading of the graph alone", "query")
            return tx.rows(query)

        try:
            return self.reading(work, timeout=timeout)
        except ClientError as error:
            raise InvalidInput(f"cannot be run ({(error.code or '').rsplit('.', 1)[-1]})", "query") from error

    def reading(self, work: Callable[[Transaction], T], *, timeout: float | None = None) -> T:
        """Runs several reads in one READ transaction (one snapshot of nothing newer than its statements)."""
        limit = self._limit(timeout)

        if self._breaker is not None:
            return self._at_once(self._breaker, lambda: self._read_once(work, limit), limit)

        @unit_of_work(timeout=limit)
        def unit(tx: ManagedTransaction) -> T:
            return work(Transaction(tx))

        with _plain_errors(), self._session(READ_ACCESS) as session:
            return session.execute_read(unit)

    def _limit(self, timeout: float | None) -> float:
        return min(timeout or self.options.read_timeout, self.options.job_timeout)

    def _at_once(self, breaker: Breaker, once: Callable[[], T], limit: float) -> T:
        with breaker.calling(limit):
            try:
                with _plain_errors():
                    found = _twice(once)
            except DatabaseUnavailable as error:
                if isinstance(error.__cause__, DriverError):
                    breaker.failed(str(error))
                else:
                    breaker.reached()
                raise
            except Exception:
                breaker.reached()
                raise
            breaker.reached()
            return found

    def _read_once(self, work: Callable[[Transaction], T], limit: float) -> T:
        with self._session(READ_ACCESS) as session, session.begin_transaction(timeout=limit) as tx:
            return work(Transaction(tx))

    def _run_once(self, query: Statement, params: Params | None, limit: float) -> list[Row]:
        with self._session(READ_ACCESS) as session:
            return [_row(record) for record in session.run(Query(query.text, timeout=limit), dict(params or {}))]

    def write(self, work: Callable[[Transaction, int], T], *, timeout: float | None = None, shown: bool = True) -> T:
        """Runs `work(tx, change)` holding the gate; commits when it returns, rolls back when it raises.

        `change` is the number of the last committed batch. `work` may run more than once and must look at the graph
        again each time; it takes the next number with `graph.numbering.take_number` when it has something to tell.
        Not `shown`: it changes nothing that a kept answer shows, so these stay (jobs and their leases). It is small:
        whoever freezes amid it holds the gate no longer than `options.bookkeeping_timeout`.
        What it changed for a request or a command is told in the audit log, in the same transaction.
        Raises DatabaseUnavailable, BudgetExceeded, InvalidInput.
        """
        usual = self.options.write_timeout if shown else self.options.bookkeeping_timeout
        limit = min(timeout or usual, self.options.job_timeout)
        with _plain_errors():
            for attempt in _attempts(4, IncompleteCommit, ResultFailedError, TransientError, SessionExpired):
                with attempt, Mark(self._changing if shown else None) as mark, self._session(WRITE_ACCESS) as session:
                    return session.execute_write(_gated(work, limit, mark, {"shown": int(shown)}))
        raise AssertionError("tenacity re-raises the last error")

    def write_alone(self, query: Statement, params: Params | None = None) -> Row:
        """The row of a statement that takes the gate itself, and changes nothing that readers are shown: bookkeeping.

        Gate, work and commit are one message to the server and back instead of four, behind the same gate. It may run
        more than once. What is done for a request or a command goes the long way, where the audit log is told.
        Raises as `write`.
        """
        if audit.current() is not None:
            return _gate_held(self.write(lambda tx, _: tx.rows(query, params), shown=False))
        limit = min(self.options.bookkeeping_timeout, self.options.job_timeout)
        with _plain_errors():
            for attempt in _patiently(self.options.retry_time):
                with attempt, self._session(WRITE_ACCESS) as session:
                    found = session.run(Query(query.text, timeout=limit), dict(params or {}))
                    return _gate_held([_row(record) for record in found])
        raise AssertionError("tenacity re-raises the last error")

    def setup(self, work: Callable[[Transaction], T]) -> T:
        """Runs `work` in a write transaction WITHOUT the gate: only for what makes the gate, the schema."""

        @unit_of_work(timeout=self.options.job_timeout)
        def unit(tx: ManagedTransaction) -> T:
            return work(Transaction(tx))

        with _plain_errors(), Mark(self._changing) as mark, self._session(WRITE_ACCESS) as session:
            mark.begin()
            try:
                return session.execute_write(unit)
            except ClientError as error:
                if error.code != _MADE_MEANWHILE:
                    raise
                # Two processes looked for one index before either had made it: IF NOT EXISTS finds it now.
                return session.execute_write(unit)

    def schema(self, query: LiteralString, *, timeout: float | None = None) -> None:
        """Runs one schema statement in its own auto-commit transaction (constraints and indexes need that)."""
        # Two processes that start together deadlock on the schema; the driver retries managed transactions only.
        with _plain_errors():
            for attempt in _attempts(10, TransientError):
                with attempt, self._session(WRITE_ACCESS) as session:
                    session.run(Query(query, timeout=timeout or self.options.job_timeout)).consume()

    def ping(self) -> None:
        """Raises DatabaseUnavailable unless the server answers."""
        with _plain_errors():
            self._driver.verify_connectivity()

    def profile(self, query: Statement, params: Params | None = None) -> int:
        """Total db hits of one statement under PROFILE, run in READ mode (for tests and the bench)."""
        with _plain_errors(), self._session(READ_ACCESS) as session:
            summary: Any = session.run("PROFILE " + query.text, dict(params or {})).consume()
        return _db_hits(summary.profile or {})

    def _session(self, access: str) -> Session:
        return self._driver.session(
            database=self.options.database, default_access_mode=access, bookmark_manager=self._bookmarks
        )


def _gated(
    work: Callable[[Transaction, int], T], limit: float, mark: Mark, asked: Params
) -> Callable[[ManagedTransaction], T]:
    """The work behind the gate, told in the audit log where somebody asked for it; marked once it only has to be
    committed."""

    @unit_of_work(timeout=limit)
    def unit(tx: ManagedTransaction) -> T:
        held = _gate_held(Transaction(tx).rows(statement("write/gate"), asked))
        act = audit.current()
        effects = None if act is None else Effects()
        done = work(Transaction(tx, effects), int(held["change"]))
        if act is not None and effects:
            audit.record(Transaction(tx), act, effects)
        mark.begin()
        return done

    return unit


def _gate_held(rows: list[Row]) -> Row:
    """The one row of what took the gate."""
    if not rows:
        raise DatabaseUnavailable(
            "the graph has no schema yet, or a restore of it is unfinished: `pentad up` or `pentad restore`"
        )
    return rows[0]


def _row(record: Record) -> Row:
    return {key: record[key] for key in record.keys()}  # noqa: SIM118 (a Record iterates over its values)


_OUTWARD = frozenset(
    "LoadCSV ProcedureCall ShowFunctions ShowProcedures ShowSettings ShowTransactions TerminateTransactions"
    " ShowIndexes ShowConstraints EmptyResult CommandResult".split()
)


def _operators(plan: Mapping[str, Any]) -> set[str]:
    own = {str(plan.get("operatorType", "")).split("@")[0]}
    return own.union(*(_operators(child) for child in plan.get("children", [])))


def _db_hits(plan: Mapping[str, Any]) -> int:
    own = plan.get("args", {}).get("DbHits", plan.get("dbHits", 0))
    return int(own or 0) + sum(_db_hits(child) for child in plan.get("children", []))


def _twice(once: Callable[[], T]) -> T:
    """Once more, at once: a connection kept from before a restart of the server fails at its next use.

    Not where the first try took long: then the server is silent.
    """
    began = monotonic()
    try:
        return once()
    except (ServiceUnavailable, SessionExpired, TransientError):
        if monotonic() - began > 0.5:
            raise
    return once()


def _attempts(most: int, *passing: type[BaseException]) -> Retrying:
    return Retrying(
        reraise=True,
        stop=stop_after_attempt(most),
        wait=wait_exponential_jitter(multiplier=0.05, max=1.0),
        retry=retry_if_exception_type(passing),
    )


def _patiently(seconds: float) -> Retrying:
    """What the driver does for a transaction of several messages: as often as it takes, for so long."""
    return Retrying(
        reraise=True,
        stop=stop_after_delay(seconds),
        wait=wait_exponential_jitter(multiplier=0.05, jitter=0.05, max=1.0),
        retry=retry_if_exception_type((ServiceUnavailable, SessionExpired, TransientError)),
    )


@contextmanager
def connect(options: DatabaseOptions, changing: Changing | None = None) -> Generator[Database]:
    """Opens the driver, closes it at the end. Does not wait for the server: the first call tells. Writes are marked on
    `changing`."""
    driver = GraphDatabase.driver(
        options.uri,
        auth=(options.user, options.password) if options.password else None,
        connection_timeout=options.connection_timeout,
        connection_acquisition_timeout=options.acquisition_timeout,
        max_transaction_retry_time=options.retry_time,
        initial_retry_delay=0.05,
        max_connection_pool_size=options.pool_size,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
        user_agent="pentad",
    )
    with driver:
        # Where several servers answer, each read waits for one that has what this process wrote.
        routed = options.uri.startswith("neo4j")
        bookmarks = GraphDatabase.bookmark_manager() if routed else None
        yield Database(driver, options, changing=changing, bookmarks=bookmarks)


@contextmanager
def _plain_errors() -> Generator[None]:
    try:
        yield
    except AuthError as error:
        raise DatabaseUnavailable(f"Neo4j refused the login: {error.message}") from error
    except (ServiceUnavailable, SessionExpired, IncompleteCommit) as error:
        raise DatabaseUnavailable(f"Neo4j cannot be reached or is still starting ({type(error).__name__})") from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise InvalidInput(f"a value cannot be stored: {error}") from error
    except ConfigurationError as error:
        raise DatabaseUnavailable(f"Neo4j cannot be used as configured: {error}") from error
    except Neo4jError as error:
        raise _of_server(error) from error
    except DriverError as error:
        raise DatabaseUnavailable(f"the connection to Neo4j failed ({type(error).__name__}: {error})") from error


_BUDGET_CODES = (
    "TransactionTimedOut",
    "MemoryPoolOutOfMemory",
    "TransactionOutOfMemory",
    "LockAcquisitionTimeout",
    "TransactionTerminated",
)
_BROKEN_CODES = ("Neo.DatabaseError.Transaction.", "Neo.DatabaseError.General.StorageDamage", "OutOfMemoryError")
"""A disk that is full, a store that cannot be written: the server says so until it is started again."""
_STARTING_CODES = ("DatabaseUnavailable", "General.DatabaseNotFound", "Database.DatabaseNotFound", "ReadOnly")


def _of_server(error: Neo4jError) -> Exception:
    code = error.code or ""
    if any(name in code for name in _BUDGET_CODES):
        return BudgetExceeded(f"the query was ended at its bound ({code.rsplit('.', 1)[-1]})")
    if any(name in code for name in _BROKEN_CODES) or "No space left" in (error.message or ""):
        return DatabaseUnavailable(f"Neo4j failed and may need a restart ({code}): its log tells why")
    if isinstance(error, TransientError) or any(name in code for name in _STARTING_CODES):
        return DatabaseUnavailable(f"Neo4j cannot take the query now ({code})")
    if isinstance(error, ClientError) and "Statement.ArgumentError" in code:
        return InvalidInput(error.message or code)
    return error
