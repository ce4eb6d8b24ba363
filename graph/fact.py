"""A fact: what statements of one predicate between the same two ends come to, with the time it holds and its state.

`settle` is a pure function of the statements of one scope and of the words said on them, so the state of a fact is the
same whichever statement came first:

- Statements of one value that follow each other are one fact; one that begins after the last one's stated end begins
  another.
- Two facts of a scope whose times meet contradict each other. When every statement of one is older than every statement
  of the other, the newer supersedes it, from its own beginning on; one that calls itself less likely than not
  (confidence below .5) supersedes nothing.
- Else both are contested, and so are two that a person told apart from any succession.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from graph.judgement import Verdict

LIKELY = 0.5
"""Confidence that a newer fact must not fall short of to supersede an older one by itself."""


class State(StrEnum):
    """Where a fact stands among those of its scope."""

    CURRENT = "current"
    CONTESTED = "contested"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Statement:
    """One event (or record) that tells a fact. Times are epoch milliseconds; `until` is the stated end, exclusive.
    `value` is the key of the end that is not the scope."""

    id: str
    value: str
    since: int
    until: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said of two statements: positive, the newer superseded the older; negative, it did not."""

    older: str
    newer: str
    verdict: Verdict


@dataclass(slots=True, eq=False)
class Fact:
    """A fact of a scope: its statements in order, when it holds, and what became of it."""

    value: str
    statements: list[Statement]
    state: State = State.CURRENT
    ended: int | None = None
    """When another one superseded it."""
    by: "Fact | None" = None
    against: "list[Fact]" = field(default_factory=lambda: list[Fact]())

    @property
    def id(self) -> str:
        """The id of its first statement."""
        return self.statements[0].id

    @property
    def since(self) -> int:
        """When it began."""
        return self.statements[0].since

    @property
    def last(self) -> int:
        """When it was told last."""
        return self.statements[-1].since

    @property
    def until(self) -> int | None:
        """The end that its newest statements state, if any."""
        newest = [one.until for one in self.statements if one.since == self.last]
        ends = [end for end in newest if end is not None]
        return max(ends) if len(ends) == len(newest) else None

    @property
    def confidence(self) -> float | None:
        """The highest that a statement gives itself."""
        return max((one.confidence for one in self.statements if one.confidence is not None), default=None)

    def holds_at(self, at: int) -> bool:
        """Whether it holds at a time."""
        ends = [end for end in (self.until, self.ended) if end is not None]
        return self.since <= at and (not ends or at < min(ends))


def settle(statements: Sequence[Statement], words: Sequence[Word] = ()) -> list[Fact]:
    """The facts of one scope in which one may hold at a time, oldest first."""
    facts = facts_of(statements)
    place = {one.id: fact for fact in facts for one in fact.statements}
    parted = set[frozenset[int]]()
    for word in words:
        older, newer = place.get(word.older), place.get(word.newer)
        if older is None or newer is None or older is newer:
            continue
        parted.add(frozenset((id(older), id(newer))))
        if word.verdict is Verdict.POSITIVE:
            _supersede(older, newer)
        elif word.verdict is Verdict.NEGATIVE and _meet(older, newer):
            _contest(older, newer)
    for newer in facts:
        for older in facts:
            if older is newer or (older.since, older.id) >= (newer.since, newer.id) or not _meet(older, newer):
                continue
            if frozenset((id(older), id(newer))) in parted:
                continue
            if older.last < newer.since and (newer.confidence is None or newer.confidence >= LIKELY):
                _supersede(older, newer)
            else:
                _contest(older, newer)
    for fact in facts:
        if fact.state is State.CURRENT and fact.against:
            fact.state = State.CONTESTED
    return facts


def facts_of(statements: Sequence[Statement]) -> list[Fact]:
    """Statements as facts, oldest first, each by itself: what a predicate of which many may hold comes to."""
    by_value: dict[str, list[Fact]] = {}
    for one in sorted(statements, key=lambda one: (one.since, one.id)):
        known = by_value.setdefault(one.value, [])
        end = known[-1].until if known else None
        if known and (end is None or one.since < end):
            known[-1].statements.append(one)
        else:
            known.append(Fact(one.value, [one]))
    return sorted((fact for known in by_value.values() for fact in known), key=lambda fact: (fact.since, fact.id))


def _meet(one: Fact, other: Fact) -> bool:
    """Whether there is a time at which both would hold."""
    first, second = sorted((one, other), key=lambda fact: fact.since)
    if first.value == second.value:
        return False
    ends = [end for end in (first.until, first.ended) if end is not None]
    # One that another superseded from its own beginning on never held.
    return (not ends or second.since < min(ends)) and (second.ended is None or second.ended > second.since)


def _supersede(older: Fact, newer: Fact) -> None:
    at = max(newer.since, older.since)
    if older.ended is None or at < older.ended:
        older.state, older.ended, older.by = State.SUPERSEDED, at, newer


def _contest(one: Fact, other: Fact) -> None:
    one.against.append(other)
    other.against.append(one)


def supersessions(facts: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Pairs of an older fact and the one that superseded it."""
    return [(fact, fact.by) for fact in facts if fact.by is not None]
