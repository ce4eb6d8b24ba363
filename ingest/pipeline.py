"""The whole way of a stream of records: parse, commit in batches, let the projections follow."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Protocol, TypeVar

from graph.batch import Written
from graph.database import Database, Transaction
from graph.errors import InvalidInput
from graph.room import Room
from ingest.committer import Committer, Outcome, Plan, Prepared, Versions
from ingest.prepare import mentions
from ingest.report import Reject, Report
from ingest.shapes import Raw, read
from resolution.index import AliasIndex
from resolution.resolver import BatchResolver

BATCH_EVENTS = 1_000
"""Events in one transaction; measured: fewer cost more for each mention, more gain nothing."""
BATCH_MENTIONS = 10_000
"""Mentions after which a batch is closed early, so that one transaction stays small whatever its events hold."""
KEPT = 1_000
"""Ids and rejects that a report keeps by itself."""

Record = tuple[int, Raw]
"""Position from 1, and the record: one line of JSON, an object, or why it is neither."""
T = TypeVar("T")


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

    def __init__(
        self, database: Database, clock: Callable[[], datetime], follower: Follower, room: Room | None = None
    ) -> None:
        self._committer = Committer(database, clock)
        self._follower = follower
        self._room = room

    def ingest(self, records: Iterable[Record], listener: Listener | None = None) -> Report:
        """Takes all records in, in bounded memory. Bad records are set aside; the others land.

        Raises DatabaseUnavailable or BudgetExceeded when the graph fails, StorageLow when its disk gets full; what was
        committed until then stays, and the same records given again find it unchanged.
        """
        run = _Run(self._committer, self._follower, listener or Listener())
        # Parsing has no thread of its own: it would only take turns with resolving, and make who writes wait for both.
        with _threads("write") as writing, _threads("follow") as following:
            try:
                for chunk in _chunks(records):
                    if self._room is not None:
                        self._room.ensure()
                    for batch in _batches(_parse(chunk)):
                        run.take(batch, writing, following)
                run.finish(following)
            finally:
                run.give_up()
        return run.report

    def reread(self, prepared: Sequence[Prepared], versions: Versions) -> Outcome:
        """Tells the mentions of stored events anew, in one batch, as they are read today; `versions` are those that
        the events were read at. Same errors as `ingest`."""
        outcome = self._committer.commit(prepared, versions)
        if outcome.written is not None:
            self._follower.committed(outcome.written)
            self._follower.finished()
        return outcome

    def ask(self, question: Callable[[BatchResolver], T]) -> T:
        """What the resolver would answer on the graph as it stands; nothing is written."""
        return self._committer.ask(question)

    def peek(self, question: Callable[[AliasIndex], T]) -> T:
        """What the index of names holds now; nothing is written."""
        return self._committer.peek(question)

    def decide(self, work: Callable[[Transaction, AliasIndex, int], T]) -> T:
        """Runs a decision of who is who under the gate; see `Committer.decide`."""
        return self._committer.decide(work)


class _Run:
    """One ingest under way: while Neo4j writes a batch, the next one is resolved and the boards take the last."""

    def __init__(self, committer: Committer, follower: Follower, hear: Listener) -> None:
        self.report = Report()
        self._committer = committer
        self._follower = follower
        self._hear = hear
        self._pending: tuple[Sequence[Prepared | Reject], Plan, Future[Outcome]] | None = None
        self._behind: Future[None] | None = None

    def take(
        self, batch: Sequence[Prepared | Reject], writing: ThreadPoolExecutor, following: ThreadPoolExecutor
    ) -> None:
        """Plans the batch while the one before it is written, then has it written."""
        plan = self._committer.plan([one for one in batch if isinstance(one, Prepared)])
        try:
            self._land(following)
        except BaseException:
            self._committer.abandon(plan)
            raise
        self._pending = batch, plan, writing.submit(copy_context().run, self._committer.write, plan)

    def finish(self, following: ThreadPoolExecutor) -> None:
        """Waits for what is under way."""
        self._land(following)
        if self._behind is not None:
            self._behind.result()
            self._follower.finished()

    def give_up(self) -> None:
        """After a failure: a plan that nobody writes must not keep others waiting."""
        if self._pending is not None:
            self._committer.abandon(self._pending[1])

    def _land(self, following: ThreadPoolExecutor) -> None:
        """Takes the result of the batch that was being written, and tells of it."""
        if self._pending is None:
            return
        batch, _, under_way = self._pending
        outcome = under_way.result()
        self._pending = None
        self._tell(batch, outcome)
        if outcome.written is not None:
            # The boards take one batch while the next is committed, never more: memory stays bounded.
            if self._behind is not None:
                self._behind.result()
            self._behind = following.submit(copy_context().run, self._follower.committed, outcome.written)
        self._hear.progressed(self.report)

    def _tell(self, batch: Sequence[Prepared | Reject], outcome: Outcome) -> None:
        report = self.report
        _add(report, outcome)
        stale = {id(one): error for one, error in outcome.stale}
        for one in batch:
            if isinstance(one, Reject):
                _set_aside(one, report, self._hear)
            elif id(one) in stale:
                reject = Reject(one.position, one.event.id, "version", str(stale[id(one)]))
                _set_aside(reject, report, self._hear)
            else:
                report.ignore(one.position, one.ignored)
                if len(report.ids) < KEPT:
                    report.ids.append(one.event.id)


def _threads(name: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)


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


def _parse(chunk: list[Record]) -> list[Prepared | Reject]:
    return [_prepare(position, record) for position, record in chunk]


def _prepare(position: int, record: Raw) -> Prepared | Reject:
    try:
        taken = read(record)
        event = taken.event
        return Prepared(position, event, event.content_hash, mentions(event), taken.ignored)
    except InvalidInput as error:
        return Reject(position, _id_of(record), error.field, error.reason)


def _id_of(record: Raw) -> str | None:
    """The id of a record that cannot be taken, when it can be told and shown."""
    if not isinstance(record, dict):
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
