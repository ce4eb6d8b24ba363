"""Facts of an entity, now or as of a time: what holds, what is contested (with its other sides) or superseded."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from graph.database import Database, Params, Row
from graph.errors import NotFound
from graph.fact import Fact, State, facts_of
from graph.facts import Pair, Rows, ScopeKey, Settled, declared, scopes_of, settled, statement_of, words_on
from graph.moment import epoch_ms, from_epoch_ms
from graph.origins import Origins
from graph.predicate import Cardinality, Predicate, Scope
from graph.queries import Statement, statement
from graph.reading.clocks import Clocks
from graph.reading.instants import of_graph
from graph.reading.origins import origins_over

PAIRS = 2_000
"""Pairs of entity and predicate that one answer looks at."""
WITNESSES = 5
"""Events that are shown for a fact, the newest."""
COUNTED = 100
"""Events of a fact whose reports are looked at for independent origins, the newest."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a fact."""

    key: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Side:
    """Another fact that this one is contested by, superseded by, or that it superseded."""

    id: str
    subject: End
    object: End
    since: datetime
    state: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact. It holds from `since` to the first of `until` (as stated) and `ended_at` (when another superseded it).

    `events` are those that tell it, the newest of `n`; `origins` the independent roots of their reports. `contested_by`
    are the other sides, `judgement` is the id of the judgement that superseded it.
    """

    id: str
    predicate: str
    subject: End
    object: End
    state: str
    since: datetime
    until: datetime | None
    ended_at: datetime | None
    holds: bool
    confidence: float | None
    n: int
    events: list[str]
    records: list[str]
    origins: Origins
    contested_by: list[Side]
    superseded_by: Side | None
    judgement: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one entity: contested ones first, then what holds, newest first; `more` when there are others."""

    key: str
    name: str
    kind: str
    rows: list[FactRow]
    more: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Which facts: `every` also those that do not hold at that time any more."""

    predicate: str | None = None
    every: bool = False
    limit: int = 50


class Stated(ABC):
    """What was stated of whom: where facts are read from. All raise DatabaseUnavailable, BudgetExceeded."""

    def __init__(self, rows: Rows, known_at: datetime | None) -> None:
        self.rows = rows
        self.known_at = known_at

    @abstractmethod
    def entity(self, key: str) -> tuple[End, list[Pair]]:
        """The entity of a name, and by which predicates it is related to whom. Raises NotFound."""

    @abstractmethod
    def scopes(self, scopes: Sequence[ScopeKey]) -> list[tuple[ScopeKey, list[Row]]]:
        """Statements within scopes, as `read/facts_scopes` tells them."""

    @abstractmethod
    def ends(self, keys: list[str]) -> list[End]:
        """Entities by their own keys."""


class Live(Stated):
    """Between the entities of now."""

    def entity(self, key: str) -> tuple[End, list[Pair]]:
        """By its edges."""
        asked = {"key": key, "known_at": self.known_at, "limit": PAIRS + 1}
        found = next(iter(self.rows(statement("read/facts_of"), asked)), None)
        if found is None:
            raise NotFound("entity", key)
        return End(found["key"], found["name"], found["kind"]), [Pair(**pair) for pair in found["pairs"]]

    def scopes(self, scopes: Sequence[ScopeKey]) -> list[tuple[ScopeKey, list[Row]]]:
        """By the edges of the entity at their end."""
        asked = {"scopes": [scope._asdict() for scope in scopes], "known_at": self.known_at}
        found = self.rows(statement("read/facts_scopes"), asked) if scopes else []
        return [(ScopeKey(row["predicate"], row["scope"], row["key"]), row["statements"]) for row in found]

    def ends(self, keys: list[str]) -> list[End]:
        """As they are called."""
        rows = self.rows(statement("read/facts_ends"), {"keys": keys}) if keys else []
        return [End(row["key"], row["name"], row["kind"]) for row in rows]


def entity_facts(database: Database, key: str, now: datetime, clocks: Clocks, asked: Asked) -> Facts:
    """Facts that the entity is an end of, between the entities of now. Under `as_of` only what had begun by then
    counts; under `known_at` only what had been recorded, judgements too. Raises NotFound."""

    def rows(query: Statement, params: Params) -> list[Row]:
        return database.read(query, params, timeout=10)

    return with_origins(database, facts_by(Live(rows, clocks.known_at), key, now, clocks, asked))


def facts_by(stated: Stated, key: str, now: datetime, clocks: Clocks, asked: Asked) -> Facts:
    """The same of what is stated, without origins. Raises NotFound, BudgetExceeded."""
    own, pairs = stated.entity(key)
    if asked.predicate is not None:
        pairs = [pair for pair in pairs if pair.predicate == asked.predicate]
    known = declared(stated.rows, {pair.predicate for pair in pairs})
    at = epoch_ms(clocks.as_of or now)
    past = None if clocks.as_of is None else at
    told = stated.scopes(scopes_of(known, pairs[:PAIRS]))
    said = words_on(stated.rows, sorted({one["id"] for _, rows in told for one in rows}), stated.known_at)
    scopes = [settled(scope, rows, said, past) for scope, rows in told]
    free = _free(stated, own, known, pairs[:PAIRS], past)
    ends = {one.key: one for one in stated.ends(sorted({one.scope.key for one in scopes}))}
    found = [row for one in (*scopes, *free) for row in _told(one, own, ends, at)]
    kept = [row for row in found if asked.every or row.holds]
    kept.sort(key=lambda row: (row.state != State.CONTESTED, not row.holds, -row.since.timestamp(), row.id))
    more = len(kept) > asked.limit or len(pairs) > PAIRS
    return Facts(own.key, own.name, own.kind, kept[: asked.limit], more)


def with_origins(database: Database, found: Facts) -> Facts:
    """The facts with the independent origins of their events' reports, and as many events as are shown."""
    counted = origins_over(database, [row.events for row in found.rows])
    rows = [
        replace(row, origins=origins, events=row.events[:WITNESSES])
        for row, origins in zip(found.rows, counted, strict=True)
    ]
    return replace(found, rows=rows)


def _free(
    stated: Stated, own: End, known: Mapping[str, Predicate], pairs: Iterable[Pair], past: int | None
) -> list[Settled]:
    """Facts of predicates of which many may hold: each stands by itself, seen from the entity's end."""
    scopes = {
        ScopeKey(pair.predicate, Scope.SUBJECT if pair.subject == own.key else Scope.OBJECT, own.key)
        for pair in pairs
        if pair.predicate not in known or known[pair.predicate].cardinality is Cardinality.MANY
    }
    found: list[Settled] = []
    for scope, rows in stated.scopes(sorted(scopes)):
        held = {row["id"]: row for row in rows if past is None or row["since"] <= past}
        found.append(Settled(scope, held, facts_of([statement_of(row) for row in held.values()]), ()))
    return found


def _told(one: Settled, own: End, ends: Mapping[str, End], at: int) -> Iterable[FactRow]:
    scope = ends.get(one.scope.key, own)
    judged = {(j["older"], j["newer"]): j["id"] for j in one.judgements if j["verdict"] == "positive"}
    for fact in one.facts:
        subject, object_ = _two(one, fact, scope)
        if own.key not in (subject.key, object_.key):
            continue
        rows = [one.rows[statement.id] for statement in reversed(fact.statements)]
        events = list(dict.fromkeys(row["event"] for row in rows if row["event"]))
        yield FactRow(
            id=fact.id,
            predicate=one.scope.predicate,
            subject=subject,
            object=object_,
            state=fact.state,
            since=from_epoch_ms(fact.since),
            until=_at(fact.until),
            ended_at=_at(fact.ended),
            holds=fact.holds_at(at),
            confidence=fact.confidence,
            n=len(events),
            events=events[:COUNTED],
            records=sorted({row["origin"] for row in rows if not row["event"]}),
            origins=Origins(),
            contested_by=[_side(one, other, scope) for other in fact.against],
            superseded_by=_side(one, fact.by, scope) if fact.by else None,
            judgement=_judged(fact, judged),
        )


def _judged(fact: Fact, judged: Mapping[tuple[str, str], str]) -> str | None:
    if fact.by is None:
        return None
    pairs = ((older.id, newer.id) for older in reversed(fact.statements) for newer in fact.by.statements)
    return next((judged[pair] for pair in pairs if pair in judged), None)


def _two(one: Settled, fact: Fact, scope: End) -> tuple[End, End]:
    """Subject and object of a fact."""
    row = one.rows[fact.statements[-1].id]
    value = End(row["value"], row["name"], row["kind"])
    return (scope, value) if one.scope.scope == Scope.SUBJECT else (value, scope)


def _side(one: Settled, fact: Fact, scope: End) -> Side:
    subject, object_ = _two(one, fact, scope)
    return Side(fact.id, subject, object_, from_epoch_ms(fact.since), fact.state)


def _at(ms: int | None) -> datetime | None:
    return None if ms is None else from_epoch_ms(ms)


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement on two facts, with what they say now."""

    id: str
    predicate: str
    verdict: str
    by: str
    author: str
    reason: str
    score: float
    older: str
    newer: str
    older_says: str | None
    newer_says: str | None
    events: list[str]
    at: datetime
    revoked_at: datetime | None
    revoked_by: str


def fact_judgements(
    database: Database, predicate: str | None = None, *, revoked: bool = False, limit: int = 50
) -> list[Judged]:
    """Judgements on facts, the last decided first."""
    asked = {"predicate": predicate, "revoked": revoked, "limit": limit}
    return [_judgement(row) for row in database.read(statement("read/fact_judgements"), asked)]


def _judgement(row: Row) -> Judged:
    j: Row = row["j"]

    def says(end: Row | None) -> str | None:
        return f"{end['subject']} {j['predicate']} {end['object']}" if end else None

    return Judged(
        id=j["id"],
        predicate=j["predicate"],
        verdict=j["verdict"],
        by=j["by"],
        author=j.get("author", ""),
        reason=j.get("reason", ""),
        score=j["score"],
        older=j["older"],
        newer=j["newer"],
        older_says=says(row["older"]),
        newer_says=says(row["newer"]),
        events=list(j["events"]),
        at=j["at"].to_native(),
        revoked_at=of_graph(j.get("revoked_at")),
        revoked_by=j.get("revoked_by", ""),
    )


def predicates(database: Database) -> list[Predicate]:
    """What predicates declare, by name: those of the graph, and what is built in."""

    def rows(query: Statement, params: Params) -> list[Row]:
        return database.read(query, params)

    found = declared(rows)
    return [found[name] for name in sorted(found)]
