"""Who decides who is who, beside the ingest: persons, rules and the batch. One way in for all of them.

A decision is thought through under the gate with the index of names (`resolution.judging`), written in one transaction
(`graph.merging`), and can be undone exactly. An ingest that runs at the same time plans its batches anew on it.
"""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, TypeVar

from graph import ledger, merging
from graph.alias import Alias
from graph.batch import Written
from graph.database import Database, Row, Transaction
from graph.errors import Conflict as Refused
from graph.errors import InvalidInput, NotFound, StaleVersion
from graph.judgement import Author, Judgement, Verdict
from graph.merging import Deed
from graph.queries import statement
from ingest.placing import places
from ingest.proposals import Order, Proposal, Propose, entity_of, parted, placements, said
from resolution.index import AliasIndex
from resolution.judging import Bench, Conflict

AT_ONCE = 20
"""Transactions of a follow that the caller waits for; the rest is left to whoever keeps the service current."""

T = TypeVar("T")


class Index(Protocol):
    """Who holds the index of names: the pipeline."""

    def decide(self, work: Callable[[Transaction, AliasIndex, int], T]) -> T: ...
    def peek(self, question: Callable[[AliasIndex], T]) -> T: ...


class Follower(Protocol):
    """What follows the graph."""

    def committed(self, written: Written) -> None: ...
    def finished(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision did, or would do. `change` is its change number, None for a dry run or where nothing changed.

    `made` and `revoked` hold what was asked again, too. `merged` is entity key -> keys of entities that went into it;
    `split` is entity key -> keys of the parts it fell into. `conflicts` are positives that a negative keeps apart.
    """

    id: str
    change: int | None = None
    made: list[Judgement] = field(default_factory=list[Judgement])
    revoked: list[Judgement] = field(default_factory=list[Judgement])
    moved: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    merged: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    split: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    placed: int = 0
    mentions: int = 0
    behind: bool = False
    """Mention edges still follow; reads answer both entities together until they arrived."""
    conflicts: list[Conflict] = field(default_factory=list[Conflict])
    founded: list[Alias] = field(default_factory=list[Alias])
    entities: list[str] = field(default_factory=list[str])
    """Those that the subjects of the decision belong to after it."""


class _DryRun(Exception):
    def __init__(self, decision: Decision) -> None:
        self.decision = decision


class Judging:
    """The one service that decides. Thread-safe."""

    def __init__(
        self, index: Index, database: Database, clock: Callable[[], datetime], follower: Follower | None = None
    ) -> None:
        self._index = index
        self._database = database
        self._clock = clock
        self._follower = follower

    def judge(
        self,
        made: Sequence[Judgement],
        revoked: Collection[str] = (),
        *,
        author: str = "",
        cause: str = "",
        expected: Mapping[str, int] | None = None,
        dry_run: bool = False,
    ) -> Decision:
        """Takes judgements in and others (by id) back, as one decision; those not known or revoked already are passed
        over. `expected` is entity key -> version that it must have.

        Raises NotFound for an alias that is not there, InvalidInput, StaleVersion, DatabaseUnavailable, BudgetExceeded.
        """
        by = made[0].by if made else Author.PERSON

        def propose(tx: Transaction, _: AliasIndex) -> Proposal:
            standing = [j for j in ledger.named(tx, revoked) if j.revoked_at is None] if revoked else []
            return Proposal(made, standing)

        return self.decide(propose, Order(author, by, cause, "", expected or {}, dry_run))

    def merge(self, keys: Sequence[str], order: Order) -> Decision:
        """Joins the entities that hold these aliases: a person's word, which only a person's can stand against.

        Raises InvalidInput for fewer than two entities; otherwise as `judge`.
        """

        def propose(_: Transaction, index: AliasIndex) -> Proposal:
            entities = list(dict.fromkeys(entity_of(index, key) for key in keys))
            if len(entities) < 2:
                raise InvalidInput("these are one entity already" if len(set(keys)) > 1 else "takes two entities")
            first = min(entities, key=lambda key: index.by_key[key].alias.born)
            others = [key for key in entities if key != first]
            words = [said(first, other, Verdict.POSITIVE, order) for other in others]
            return Proposal(words, subjects=entities)

        return self.decide(propose, _sorted(order, "merge"))

    def split(self, aliases: Sequence[str], mentions: Sequence[tuple[str, str]], order: Order) -> Decision:
        """Parts aliases, or single mentions (event id, mention id), of one entity from the rest of it: they are
        somebody else, one somebody. What the rest rests on decides whether it stays one.

        Raises InvalidInput where they are not one entity's or are all of it; otherwise as `judge`.
        """

        def propose(tx: Transaction, index: AliasIndex) -> Proposal:
            stands, founded = placements(tx, index, mentions, order)
            whole = {entity_of(index, key) for key in aliases}
            whole |= {entity_of(index, placement.b) for placement in stands}
            if len(whole) != 1:
                raise InvalidInput("takes aliases or mentions of one entity")
            members = [entry.alias.key for entry in index.members[next(iter(whole))]]
            return parted(index, members, list(dict.fromkeys(aliases)), stands, founded, order)

        return self.decide(propose, _sorted(order, "split"))

    def undo(self, decision: str, order: Order) -> Decision:
        """Takes a decision back: what it made is revoked, what it took back stands again, and what rested on either is
        asked again. Names and mentions that came later stay with their aliases.

        Raises NotFound, Conflict when it is undone already; otherwise as `judge`.
        """

        def propose(tx: Transaction, _: AliasIndex) -> Proposal:
            rows = tx.rows(statement("read/decision"), {"id": decision})
            if not rows:
                raise NotFound("decision", decision)
            made = [ledger.of_properties(row["j"]) for row in rows if row["made"]]
            taken = [ledger.of_properties(row["j"]) for row in rows if not row["made"]]
            live = [judgement for judgement in made if judgement.revoked_at is None]
            if not live:
                raise Refused(f"decision {decision} is undone already, or a later one stands on its place")
            again = [j.model_copy(update={"revoked_at": None, "at": None, "change": 0}) for j in taken]
            gone = [judgement for judgement in made if judgement.revoked_at is not None]
            subjects = [end for j in made for end in (j.a, j.b)]
            return Proposal((), live, again, gone, subjects=subjects)

        return self.decide(propose, order)

    def resume(self) -> int:
        """Moves the mention edges that are behind, whoever left them; answers how many."""
        moved = merging.follow(self._database, self._clock)
        if moved and self._follower is not None:
            self._follower.finished()
        return moved

    def note(self, work: Callable[[Transaction], object]) -> None:
        """Writes what is no decision, such as that a question was put back, under the gate."""
        self._database.write(lambda tx, _: work(tx))

    def peek(self, question: Callable[[AliasIndex], T]) -> T:
        """What the index of names holds now; nothing is written."""
        return self._index.peek(question)

    def decide(self, propose: Propose, order: Order) -> Decision:
        """Makes a decision of what `propose` answers under the gate. Raises what `propose` raises, and as `judge`."""
        key = uuid.uuid4().hex

        def work(tx: Transaction, index: AliasIndex, change: int) -> tuple[Decision, str]:
            _expect(tx, order.expected)
            decision, payload = _decide(tx, index, change, _Made(key, order, propose(tx, index), self._clock()))
            if order.dry_run:
                raise _DryRun(decision)
            return decision, payload

        try:
            decision, payload = self._index.decide(work)
        except _DryRun as dry:
            return dry.decision
        if decision.change is not None and self._follower is not None:
            self._follower.committed(Written(decision.change, payload, [], [], 0, 0))
        if decision.behind:
            merging.follow(self._database, self._clock, AT_ONCE)
        if decision.change is not None and self._follower is not None:
            self._follower.finished()
        return decision


@dataclass(frozen=True, slots=True)
class _Made:
    id: str
    order: Order
    proposal: Proposal
    now: datetime


def _decide(tx: Transaction, index: AliasIndex, change: int, made: _Made) -> tuple[Decision, str]:
    proposal, order = made.proposal, made.order
    bench = Bench(index, change + 1)
    for alias in proposal.founded:
        bench.found(alias)
    signed = [_signed(judgement, made) for judgement in proposal.made]
    bench.rule(signed, proposal.revoked, proposal.restored)
    placed = places(tx, bench, [*signed, *proposal.restored], proposal.revoked)
    identity = bench.identity()
    merged, split = _regrouped(index, identity.moved)
    touched = {end for j in identity.judgements for end in (j.a, j.b)} | set(identity.moved)
    entities = {index.by_key[key].entity for key in touched if key in index.by_key}
    conflicts = bench.conflicts(entities)
    subjects = list(dict.fromkeys(index.by_key[key].entity for key in proposal.subjects if key in index.by_key))
    decision = Decision(
        id=made.id,
        made=identity.judgements,
        revoked=identity.revoked,
        moved=identity.moved,
        merged=merged,
        split=split,
        placed=len(placed),
        conflicts=conflicts,
        founded=[alias for alias, _ in identity.founded],
        entities=subjects,
    )
    if order.dry_run or not (identity.judgements or identity.revoked or identity.founded):
        return decision, ""
    deed = Deed(
        made.id,
        order.author,
        order.by.value,
        order.cause,
        identity,
        order.sort,
        given=bench.given,
        taken=bench.taken,
        settled=proposal.settled,
        places=placed,
        merged=merged,
        split=split,
        disputed=[(one.positive.a, one.positive.b) for one in conflicts],
        told=_told(decision, order),
    )
    done = merging.write(tx, deed, change + 1, made.now)
    return _written(decision, change + 1, done), done.payload


def _written(decision: Decision, change: int, done: merging.Done) -> Decision:
    return replace(decision, change=change, mentions=done.mentions, behind=done.behind)


def _told(decision: Decision, order: Order) -> Row:
    return {
        "reason": order.cause,
        "author": order.author,
        "entities": decision.entities,
        "merged": decision.merged,
        "split": decision.split,
        "moved": len(decision.moved),
        "placed": decision.placed,
        "conflicts": len(decision.conflicts),
    }


def _signed(judgement: Judgement, made: _Made) -> Judgement:
    author = judgement.author or (made.order.author if judgement.by is made.order.by else "")
    return judgement.model_copy(update={"author": author, "decision": made.id})


def _sorted(order: Order, sort: str) -> Order:
    return order if order.sort else replace(order, sort=sort)


def _expect(tx: Transaction, expected: Mapping[str, int]) -> None:
    if not expected:
        return
    rows = tx.rows(statement("read/entity_versions"), {"keys": list(expected)})
    found = {row["asked"]: (row["key"], row["version"]) for row in rows}
    for key, version in expected.items():
        if found.get(key) != (key, version):
            raise StaleVersion(f"entity {key} is not in version {version} any more: look at it again")


def _regrouped(
    index: AliasIndex, moved: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Entities that took whole others in, and entities that fell into several parts."""
    gone: dict[str, set[str]] = {}
    for before, after in moved.values():
        gone.setdefault(before, set()).add(after)
    merged: dict[str, list[str]] = {}
    split: dict[str, list[str]] = {}
    for before, afters in gone.items():
        stays = any(entry.alias.key not in moved for entry in index.members.get(before, ()))
        parts = ([before] if stays else []) + sorted(afters - {before})
        if len(parts) > 1:
            split[before] = parts
        elif not stays:
            merged.setdefault(parts[0], []).append(before)
    return {key: sorted(keys) for key, keys in merged.items()}, split
