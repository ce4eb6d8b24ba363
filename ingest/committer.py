"""Resolve outside the gate, commit inside it: one batch of events at a time, the same whoever else writes.

A batch is planned against the index as it will stand once the batches before it are committed, so the next one is
planned while Neo4j writes the last. Under the gate the change number is looked at again: when somebody else has
committed meanwhile, or a batch before it has failed, the index is brought to the graph and the batch is planned anew.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Condition
from typing import TypeVar

from graph import ledger, store
from graph.alias import Alias
from graph.batch import Batch, EventWrite, IdentityWrite, Kind, Known, Placed, Written
from graph.database import Database, Transaction
from graph.draft import Draft, draft
from graph.errors import StaleVersion
from graph.event import Event
from graph.mention import Mention
from graph.moment import epoch_ms
from graph.queries import statement
from graph.standing import Remembered
from ingest.prepare import settle
from ingest.report import Ignored
from resolution.context import Answer, stands
from resolution.context_reading import GraphContext
from resolution.index import AliasIndex
from resolution.resolver import BatchResolver, Resolved
from resolution.score import POSITIVE

T = TypeVar("T")
Versions = Mapping[str, int]
"""Version that each event to be read anew was read at, by event id."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One parsed event with its hash and mentions; `position` is where its record stood, from 1, and `ignored` are
    fields of the record that say nothing to us."""

    position: int
    event: Event
    content_hash: str
    mentions: list[Mention]
    ignored: tuple[Ignored, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What became of a batch. `written` is None when there was nothing to write."""

    written: Written | None
    unchanged: list[str]
    stale: list[tuple[Prepared, StaleVersion]]
    matched: int
    review: int


@dataclass(slots=True, eq=False)
class Plan:
    """A batch that was planned; give it to `Committer.write`, or to `Committer.abandon`."""

    prepared: Sequence[Prepared]
    reread: Versions
    ids: frozenset[str]
    base: int = 0
    """Change number of the graph that it was planned for."""
    draft: Draft | None = None
    """None when there is nothing to write."""
    unchanged: list[str] = field(default_factory=list[str])
    stale: list[tuple[Prepared, StaleVersion]] = field(default_factory=list[tuple[Prepared, StaleVersion]])
    matched: int = 0
    mark: int = 0
    """Steps of the index's journal that lead to the end of this plan."""
    asked: list[Answer] = field(default_factory=list[Answer])
    """What it asked of the graph about bearers, while batches before it were not committed yet."""


class Committer:
    """Commits batches with one index of names. Thread-safe: plans are written in the order in which they were made."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._index = AliasIndex()
        self._remembered = Remembered()
        self._turn = Condition()
        self._planned: tuple[Plan, ...] = ()
        """Plans that the index already holds, in the order in which they will be written. Replaced with `_turn` held,
        looked at without it: who writes a batch does not wait for who plans the next."""

    def ask(self, question: Callable[[BatchResolver], T]) -> T:
        """What the resolver would answer on the graph as it stands; nothing is written. Same errors as `commit`."""
        with self._turn:
            self._turn.wait_for(lambda: not self._planned)
            try:
                self._database.reading(self._refresh, timeout=60)
                return question(BatchResolver(self._index, self._index.change + 1))
            finally:
                self._index.undo()

    def peek(self, question: Callable[[AliasIndex], T]) -> T:
        """What the index holds now; names of batches that are being written are there, too. Same errors as `commit`."""
        with self._turn:
            if not self._planned:
                self._database.reading(self._refresh, timeout=60)
            return question(self._index)

    def decide(self, work: Callable[[Transaction, AliasIndex, int], T]) -> T:
        """Runs `work(tx, index, change)` under the gate, with the index as the graph stands at that change number.

        What it does to the index is taken back: the index learns what was committed as it learns what other processes
        write, and batches that were planned before are planned anew. Same errors as `commit`, and those of `work`.
        """

        def decided(tx: Transaction, change: int) -> T:
            with self._turn:
                self._restart()
                self._catch_up(tx, change)
                try:
                    return work(tx, self._index, change)
                finally:
                    self._index.undo()

        return self._database.write(decided)

    def commit(self, prepared: Sequence[Prepared], reread: Versions | None = None) -> Outcome:
        """Writes what is new or changed of these events (ids all different) in one transaction.

        An event in `reread` is written whatever its content, if the graph still holds that version of it: its mentions
        are told anew. Raises DatabaseUnavailable, BudgetExceeded, InvalidInput; then nothing of the batch was written,
        or it was committed and a repetition finds all of it unchanged.
        """
        return self.write(self.plan(prepared, reread))

    def plan(self, prepared: Sequence[Prepared], reread: Versions | None = None) -> Plan:
        """Resolves a batch as it will be written after all that were planned before it. Same errors as `commit`."""
        plan = Plan(prepared, reread or {}, frozenset(one.event.id for one in prepared))
        if not prepared:
            return plan
        with self._turn:
            # What becomes of an event that is being written can only be told afterwards.
            self._turn.wait_for(lambda: all(plan.ids.isdisjoint(before.ids) for before in self._planned))
            try:
                self._database.reading(lambda tx: self._make(tx, plan), timeout=60)
            except BaseException:
                self._restart()
                raise
        return plan

    def write(self, plan: Plan) -> Outcome:
        """Commits a plan once those before it are committed. Same errors as `commit`."""
        if plan.draft is None:
            return _outcome(plan, None)
        if not self._is_next(plan):
            with self._turn:
                self._turn.wait_for(lambda: self._is_next(plan))
        try:
            written = self._database.write(lambda tx, change: self._write(tx, change, plan))
        except BaseException:
            self.abandon(plan)
            raise
        if written is not None:
            self._remembered.settle(written.change)
        with self._turn:
            if plan in self._planned:
                self._settle(plan)
        return _outcome(plan, written)

    def abandon(self, plan: Plan) -> None:
        """Gives up a plan that will not be written, or was not. Those after it are planned anew in their turn."""
        with self._turn:
            if plan in self._planned:
                self._restart()

    def _is_next(self, plan: Plan) -> bool:
        """Whether no plan stands before this one; a plan that was given up is made anew, whenever that is."""
        planned = self._planned
        return plan not in planned or planned[0] is plan

    def _settle(self, plan: Plan) -> None:
        self._planned = tuple(one for one in self._planned if one is not plan)
        self._index.settle(plan.base + 1, plan.mark)
        for later in self._planned:
            later.mark -= plan.mark
        self._turn.notify_all()

    def _restart(self) -> None:
        """The index as the graph was last known; whoever holds a plan finds it gone and plans anew."""
        self._index.undo()
        self._planned = ()
        self._turn.notify_all()

    def _write(self, tx: Transaction, change: int, plan: Plan) -> Written | None:
        # Whoever gives plans up after this look finds this one committed when he catches up with the graph.
        if plan not in self._planned or change != plan.base or not stands(plan.asked, GraphContext(tx), POSITIVE):
            self._make_anew(tx, plan)
        return store.write(tx, plan.draft, self._clock(), remembered=self._remembered) if plan.draft else None

    def _make_anew(self, tx: Transaction, plan: Plan) -> None:
        with self._turn:
            self._restart()
            try:
                self._make(tx, plan)
            except BaseException:
                self._restart()
                raise

    def _refresh(self, tx: Transaction) -> None:
        self._catch_up(tx, int(tx.rows(statement("read/gate_change"))[0]["change"]))

    def _catch_up(self, tx: Transaction, change: int) -> None:
        """Brings the index to the gate's number."""
        index = self._index
        if change == index.change:
            return
        if tx.rows(statement("read/gate_erased"))[0]["erased"] > index.change >= 0:
            # Names were erased that this index still holds.
            index = self._index = AliasIndex()
        for row in tx.stream(statement("read/aliases_since"), {"change": index.change}):
            entity = row.pop("entity")
            known = index.by_key.get(row["key"])
            if known is None:
                index.add(Alias(**row), entity)
            elif known.entity != entity:
                index.move(known, entity)
        for judgement in ledger.since(tx, index.change):
            index.judge(judgement)
        index.settle(change)

    def _make(self, tx: Transaction, plan: Plan) -> None:
        """Makes the plan, and queues it when there is something to write."""
        states = store.event_states(tx, [one.event.id for one in plan.prepared])
        if not self._planned:
            self._catch_up(tx, states.change)
        plan.base = self._index.change + len(self._planned)
        todo = _news(plan, states.known)
        plan.draft = None
        if not todo:
            return
        resolver = BatchResolver(self._index, plan.base + 1, GraphContext(tx))
        resolved = [
            resolver.event(
                one.event.id,
                settle(one.mentions, resolver.known_kind, resolver.is_person_word),
                epoch_ms(one.event.occurred_at),
            )
            for one, _ in todo
        ]
        now = self._clock()
        events = [
            EventWrite(
                event=one.event,
                content_hash=one.content_hash,
                # Only now: a later event of the batch may have moved a name to another entity.
                placed=_placed(places),
                known=known,
                boarded=one.event.occurred_at <= now,
                reread=one.event.id in plan.reread,
            )
            for (one, known), places in zip(todo, resolved, strict=True)
        ]
        identity = _identity(resolver, self._index, events)
        plan.matched = sum(alias.key != entity for alias, entity in identity.founded)
        plan.draft = draft(Batch(events, identity, _awaited(self._index, events)), plan.base + 1)
        plan.mark = self._index.mark
        # What was read at the very change number that the batch is written at needs no second look.
        plan.asked = resolver.outcome.asked if self._planned else []
        self._planned = (*self._planned, plan)


def _news(plan: Plan, known: Mapping[str, Known]) -> list[tuple[Prepared, Known | None]]:
    """What of the plan is to be written; notes in the plan what is not."""
    todo: list[tuple[Prepared, Known | None]] = []
    plan.unchanged, plan.stale = [], []
    for one in plan.prepared:
        state = known.get(one.event.id)
        try:
            if _to_write(one, state, plan.reread):
                todo.append((one, state))
            else:
                plan.unchanged.append(one.event.id)
        except StaleVersion as error:
            plan.stale.append((one, error))
    return todo


def _to_write(one: Prepared, known: Known | None, reread: Versions) -> bool:
    """Whether the event is written. Raises StaleVersion."""
    if one.event.id in reread:
        return known is not None and known.version == reread[one.event.id]
    return is_news(one.event, one.content_hash, known)


def is_news(event: Event, content_hash: str, known: Known | None) -> bool:
    """Whether the event is to be written: it is unknown, or its content was in none of its versions, or the caller's
    own version number is higher. Raises StaleVersion when that number is not higher but the content is unknown."""
    if known is None:
        return True
    given, had = event.given_version, known.given_version
    if given is None or had is None:
        return content_hash not in known.hashes
    if given > had:
        return True
    if content_hash in known.hashes:
        return False
    if given == had:
        raise StaleVersion(f"version {given} was already given with other content")
    raise StaleVersion(f"version {given} is older than version {had}, which is known")


def _outcome(plan: Plan, written: Written | None) -> Outcome:
    matched, review = (plan.matched, plan.draft.batch.identity.review) if written and plan.draft else (0, 0)
    return Outcome(written, plan.unchanged, plan.stale, matched, review)


def _placed(places: Sequence[Resolved]) -> list[Placed]:
    return [Placed(place.mention, place.entry.alias.key, place.entry.entity, place.score) for place in places]


def _awaited(index: AliasIndex, events: Sequence[EventWrite]) -> dict[str, str]:
    keys = {store.cause_key(write.event.id): write.event.id for write in events}
    return {key: event for key, event in keys.items() if key in index.by_key}


def _identity(resolver: BatchResolver, index: AliasIndex, events: Sequence[EventWrite]) -> IdentityWrite:
    mentioned = {placed.entity for event in events for placed in event.placed}
    # Who is read anew is guessed at anew, too.
    anew = {placed.entity for event in events if event.reread for placed in event.placed}
    return identity_of(resolver, index, mentioned, anew)


def identity_of(
    resolver: BatchResolver, index: AliasIndex, mentioned: set[str], anew: Collection[str] = ()
) -> IdentityWrite:
    """What a resolved batch that mentions these entities brings to identity; those in `anew` are guessed at anew."""
    outcome = resolver.outcome
    moved = {alias: (before, index.by_key[alias].entity) for alias, before in outcome.moved.items()}
    touched = {entry.entity for entry in outcome.founded} | {entity for pair in moved.values() for entity in pair}
    touched = {entity for entity in touched if index.members.get(entity)}
    touched |= set(anew)
    kinds = {entity: Kind(*resolver.kind_of(entity), resolver.family_of(entity)) for entity in touched}
    several = {entity for entity in mentioned | touched if len(index.members.get(entity, ())) > 1}
    several |= {entity for pair in moved.values() for entity in pair if index.members.get(entity)}
    return IdentityWrite(
        founded=[(entry.alias, entry.entity) for entry in outcome.founded],
        judgements=outcome.judgements,
        revoked=outcome.revoked,
        moved=moved,
        kinds=kinds,
        several=several,
        review=outcome.review,
    )
