"""Resolve outside the gate, commit inside it: one batch of events at a time, the same whoever else writes.

A batch is resolved against the index as it stood at change number c. Under the gate the number is looked at again:
when somebody else has committed meanwhile, the index catches up and the batch is resolved anew before it is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import RLock

from graph import ledger, store
from graph.alias import Alias
from graph.batch import Batch, EventWrite, IdentityWrite, Kind, Known, Placed, Written
from graph.database import Database, Transaction
from graph.errors import StaleVersion
from graph.event import Event
from graph.keys import Family
from graph.mention import Mention
from graph.queries import statement
from resolution.index import AliasIndex
from resolution.resolver import BatchResolver, Resolved


@dataclass(frozen=True, slots=True)
class Prepared:
    """One parsed event with its hash and mentions; `position` is where its record stood, from 1."""

    position: int
    event: Event
    content_hash: str
    mentions: list[Mention]


@dataclass(slots=True)
class Outcome:
    """What became of a batch. `written` is None when there was nothing to write."""

    written: Written | None
    unchanged: list[str]
    stale: list[tuple[Prepared, StaleVersion]]
    matched: int
    review: int


@dataclass(slots=True)
class _Plan:
    base: int
    batch: Batch
    unchanged: list[str]
    stale: list[tuple[Prepared, StaleVersion]]
    matched: int


class Committer:
    """Commits batches with one index of names. Thread-safe: one batch at a time in this process, the gate across."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._index = AliasIndex()
        self._lock = RLock()

    def commit(self, prepared: Sequence[Prepared]) -> Outcome:
        """Writes what is new or changed of these events (ids all different) in one transaction.

        Raises DatabaseUnavailable, BudgetExceeded, InvalidInput; then nothing of the batch was written, or it was
        committed and a repetition finds all of it unchanged.
        """
        with self._lock:
            try:
                plan = self._database.reading(lambda tx: self._plan(tx, self._catch_up(tx), prepared), timeout=60)
                if not plan.batch.events:
                    return _outcome(plan, None)
                written, plan = self._database.write(lambda tx, change: self._write(tx, change, plan, prepared))
                if written is not None:
                    self._index.settle(written.change)
                return _outcome(plan, written)
            finally:
                self._index.undo()

    def _write(
        self, tx: Transaction, change: int, plan: _Plan, prepared: Sequence[Prepared]
    ) -> tuple[Written | None, _Plan]:
        if change != plan.base or self._index.change != plan.base:
            plan = self._plan(tx, self._catch_up(tx), prepared)
            if not plan.batch.events:
                return None, plan
        return store.write(tx, plan.batch, change + 1, self._clock()), plan

    def _catch_up(self, tx: Transaction) -> int:
        """Brings the index to the gate's number, which it answers."""
        index = self._index
        index.undo()
        change = int(tx.rows(statement("read/gate_change"))[0]["change"])
        if change != index.change:
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
        return change

    def _plan(self, tx: Transaction, base: int, prepared: Sequence[Prepared]) -> _Plan:
        known = store.event_states(tx, [p.event.id for p in prepared])
        unchanged: list[str] = []
        stale: list[tuple[Prepared, StaleVersion]] = []
        todo: list[tuple[Prepared, Known | None]] = []
        for one in prepared:
            try:
                if is_news(one.event, one.content_hash, known.get(one.event.id)):
                    todo.append((one, known.get(one.event.id)))
                else:
                    unchanged.append(one.event.id)
            except StaleVersion as error:
                stale.append((one, error))
        resolver = BatchResolver(self._index, base + 1)
        resolved = [resolver.event(one.event.id, one.mentions) for one, _ in todo]
        now = self._clock()
        events = [
            EventWrite(one.event, one.content_hash, _placed(places), state, one.event.occurred_at <= now)
            for (one, state), places in zip(todo, resolved, strict=True)
        ]
        identity = _identity(resolver, self._index, events)
        matched = sum(alias.key != entity for alias, entity in identity.founded)
        return _Plan(base, Batch(events, identity), unchanged, stale, matched)


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


def _outcome(plan: _Plan, written: Written | None) -> Outcome:
    matched, review = (plan.matched, plan.batch.identity.review) if written else (0, 0)
    return Outcome(written, plan.unchanged, plan.stale, matched, review)


def _placed(places: Sequence[Resolved]) -> list[Placed]:
    return [Placed(place.mention, place.entry.alias.key, place.entry.entity, place.score) for place in places]


def _identity(resolver: BatchResolver, index: AliasIndex, events: Sequence[EventWrite]) -> IdentityWrite:
    outcome = resolver.outcome
    moved = {alias: (before, index.by_key[alias].entity) for alias, before in outcome.moved.items()}
    touched = {entry.entity for entry in outcome.founded} | {entity for pair in moved.values() for entity in pair}
    touched = {entity for entity in touched if index.members.get(entity)}
    mentioned = {placed.entity for event in events for placed in event.placed}
    kinds = {entity: Kind(*resolver.kind_of(entity), _family(index, entity)) for entity in touched}
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


def _family(index: AliasIndex, entity: str) -> str:
    members = sorted(index.members[entity], key=lambda entry: entry.alias.born)
    stated = (entry.alias.family for entry in members if entry.alias.family != Family.UNSPECIFIED)
    return next(stated, Family.UNSPECIFIED)
