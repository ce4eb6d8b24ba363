"""The whole way of a stream of records: parse ahead, commit in batches, let the projections follow."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Protocol

from graph.batch import Written
from graph.database import Database
from graph.errors import InvalidInput
from ingest.committer import Committer, Outcome, Prepared
from ingest.payload import parse_line, parse_record
from ingest.prepare import mentions
from ingest.report import Reject, Report

BATCH_EVENTS = 1_000
"""Events in one transaction; measured: fewer cost more for each mention, more gain nothing."""
BATCH_MENTIONS = 10_000
"""Mentions after which a batch is closed early, so that one transaction stays small whatever its events hold."""
KEPT = 1_000
"""Ids and rejects that a report keeps by itself."""

Record = tuple[int, bytes | dict[str, Any]]
"""Position from 1, and the record: one line of JSON, or an object."""


class Follower(Protocol):
    """What follows the graph: boards, co-mentions. It never fails an ingest; what it misses it catches up later."""

    def committed(self, written: Written) -> None:
        """Called after each batch."""
        ...

    def finished(self) -> None:
        """Called at the end of an ingest that wrote something."""
        ...


@dataclass(frozen=True, slots=True)
class Listener:
    """Who wants to hear of an ingest while it runs: each reject, and the report after each batch."""

    rejected: Callable[[Reject], None] = lambda _: None
    progressed: Callable[[Report], None] = lambda _: None


class Pipeline:
    """Takes records in; thread-safe."""

    def __init__(self, database: Database, clock: Callable[[], datetime], follower: Follower) -> None:
        self._committer = Committer(database, clock)
        self._follower = follower

    def ingest(self, records: Iterable[Record], listener: Listener | None = None) -> Report:
        """Takes all records in, in bounded memory. Bad records are set aside; the others land.

        Raises DatabaseUnavailable or BudgetExceeded when the graph fails; what was committed until then stays, and
        the same records given again find it unchanged.
        """
        report, hear = Report(), listener or Listener()
        with (
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="parse") as parsing,
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="follow") as following,
        ):
            chunks = _chunks(records)
            ahead = _submit(parsing, chunks)
            behind: Future[None] | None = None
            while ahead is not None:
                parsed = ahead.result()
                ahead = _submit(parsing, chunks)
                for batch in _batches(parsed):
                    written = self._commit(batch, report, hear)
                    if written is not None:
                        # The boards take one batch while the next is committed, never more: memory stays bounded.
                        if behind is not None:
                            behind.result()
                        behind = following.submit(self._follower.committed, written)
                hear.progressed(report)
            if behind is not None:
                behind.result()
                self._follower.finished()
        return report

    def _commit(self, batch: Sequence[Prepared | Reject], report: Report, hear: Listener) -> Written | None:
        prepared = [one for one in batch if isinstance(one, Prepared)]
        for one in batch:
            if isinstance(one, Reject):
                _set_aside(one, report, hear)
        if not prepared:
            return None
        outcome = self._committer.commit(prepared)
        _add(report, outcome)
        for one, error in outcome.stale:
            _set_aside(Reject(one.position, one.event.id, "version", str(error)), report, hear)
        stale = {id(one) for one, _ in outcome.stale}
        room = max(0, KEPT - len(report.ids))
        report.ids += [one.event.id for one in prepared if id(one) not in stale][:room]
        return outcome.written


def _add(report: Report, outcome: Outcome) -> None:
    report.events_unchanged += len(outcome.unchanged)
    report.names_matched += outcome.matched
    report.review += outcome.review
    written = outcome.written
    if written is not None:
        report.events_new += len(written.new)
        report.events_changed += len(written.changed)
        report.mentions += written.mentions
        report.entities_new += written.entities
        report.change = written.change


def _set_aside(reject: Reject, report: Report, hear: Listener) -> None:
    report.rejected += 1
    if len(report.rejects) < KEPT:
        report.rejects.append(reject)
    hear.rejected(reject)


def _chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    stream = iter(records)
    while chunk := list(islice(stream, BATCH_EVENTS)):
        yield chunk


def _submit(pool: ThreadPoolExecutor, chunks: Iterator[list[Record]]) -> "Future[list[Prepared | Reject]] | None":
    chunk = next(chunks, None)
    return None if chunk is None else pool.submit(_parse, chunk)


def _parse(chunk: list[Record]) -> list[Prepared | Reject]:
    return [_prepare(position, record) for position, record in chunk]


def _prepare(position: int, record: bytes | dict[str, Any]) -> Prepared | Reject:
    try:
        event = parse_line(record) if isinstance(record, bytes) else parse_record(record)
        return Prepared(position, event, event.content_hash, mentions(event))
    except InvalidInput as error:
        return Reject(position, _id_of(record), error.field, error.reason)


def _id_of(record: bytes | dict[str, Any]) -> str | None:
    """The id of a record that cannot be taken, when it can be told and shown."""
    if isinstance(record, bytes):
        return None
    found = record.get("id")
    return found[:200] if isinstance(found, str) and found.isprintable() else None


def _batches(parsed: Sequence[Prepared | Reject]) -> Iterator[list[Prepared | Reject]]:
    """Closes a batch before an id that it holds already, and where its mentions grow too many."""
    batch: list[Prepared | Reject] = []
    seen = set[str]()
    size = 0
    for one in parsed:
        if isinstance(one, Prepared):
            if one.event.id in seen or size + len(one.mentions) > BATCH_MENTIONS:
                yield batch
                batch, seen, size = [], set[str](), 0
            seen.add(one.event.id)
            size += len(one.mentions)
        batch.append(one)
    if batch:
        yield batch
