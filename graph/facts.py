"""Keeps the states of facts what their statements and judgements give, in the transaction that changes either.

Only predicates that declare that one fact may hold at a time have scopes to settle; all others cost one small read,
and what relates nobody costs nothing. A supersession that follows from the statements is a judgement by rule, with the
events that tell the newer fact as evidence; it is taken back, never deleted, once it does not follow any more.
"""

import hashlib
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from graph.checking import Fault, pages
from graph.database import Database, Params, Row, Transaction
from graph.fact import Fact, Statement, Word, settle, supersessions
from graph.judgement import Author, Verdict
from graph.keys import UNIT_SEPARATOR
from graph.predicate import BUILT_IN, Cardinality, Predicate, Scope
from graph.queries import Statement as Query
from graph.queries import statement

Rows = Callable[[Query, Params], list[Row]]
"""A read: of a transaction or of the database."""
EVIDENCE = 20
"""Events that a judgement names as evidence."""
TOUCHED = 1_000
"""Pairs of entities whose scopes are looked at in one read."""


class Pair(NamedTuple):
    """A relationship as far as its scope goes."""

    predicate: str
    subject: str
    object: str


class ScopeKey(NamedTuple):
    """Where one fact may hold at a time: a predicate at one end, and the entity at that end."""

    predicate: str
    scope: str
    key: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A scope as its statements and judgements give it, with what the graph holds of them."""

    scope: ScopeKey
    rows: Mapping[str, Row]
    facts: Sequence[Fact]
    judgements: Sequence[Row]

    @property
    def wanted(self) -> dict[tuple[str, str], tuple[Fact, Fact]]:
        """Supersessions that follow from the statements alone, by the older's last and the newer's first statement."""
        said = {(j["older"], j["newer"]) for j in self.judgements if j["by"] == Author.PERSON}
        place = {one.id: fact for fact in self.facts for one in fact.statements}
        told = {(place.get(older), place.get(newer)) for older, newer in said}
        return {
            (older.statements[-1].id, newer.id): (older, newer)
            for older, newer in supersessions(self.facts)
            if (older, newer) not in told
        }

    @property
    def by_rule(self) -> dict[tuple[str, str], str]:
        """Judgements by rule that stand: their two statements, and their id."""
        return {(j["older"], j["newer"]): j["id"] for j in self.judgements if j["by"] == Author.RULE}

    @property
    def differing(self) -> list[Row]:
        """Statements whose state is not what it should be, with what it should be."""
        rows: list[Row] = [
            {"id": one.id, "state": fact.state.value, "ended": fact.ended}
            for fact in self.facts
            for one in fact.statements
        ]
        held = ((row, self.rows[row["id"]]) for row in rows)
        return [row for row, had in held if (had["state"], had["ended"]) != (row["state"], row["ended"])]


def declared(rows: Rows, names: Collection[str] | None = None) -> dict[str, Predicate]:
    """What these predicates declare, or all that declare anything: the graph's own word before what is built in."""
    asked = None if names is None else sorted(names)
    found = {row["name"]: Predicate(**row) for row in rows(statement("read/facts_declared"), {"names": asked})}
    built = {name: one for name, one in BUILT_IN.items() if names is None or name in names}
    return built | found


def scopes_of(known: Mapping[str, Predicate], pairs: Iterable[Pair]) -> list[ScopeKey]:
    """The scopes that these pairs lie in; none where many may hold."""
    found = set[ScopeKey]()
    for pair in pairs:
        one = known.get(pair.predicate)
        if one is not None and one.cardinality is Cardinality.ONE:
            found.add(ScopeKey(pair.predicate, one.scope, pair.subject if one.scope is Scope.SUBJECT else pair.object))
    return sorted(found)


def read_scopes(rows: Rows, scopes: Sequence[ScopeKey]) -> list[Settled]:
    """Scopes with their facts, as of all that was recorded."""
    if not scopes:
        return []
    asked = {"scopes": [scope._asdict() for scope in scopes], "known_at": None}
    found = rows(statement("read/facts_scopes"), asked)
    ids = sorted({one["id"] for row in found for one in row["statements"]})
    said = words_on(rows, ids)
    return [settled(ScopeKey(row["predicate"], row["scope"], row["key"]), row["statements"], said) for row in found]


def words_on(rows: Rows, ids: Sequence[str], known_at: datetime | None = None) -> list[Row]:
    """Judgements on these statements that stand, or stood then."""
    if not ids:
        return []
    return [row["j"] for row in rows(statement("read/facts_words"), {"ids": list(ids), "known_at": known_at})]


def settled(scope: ScopeKey, told: Sequence[Row], said: Sequence[Row], at: int | None = None) -> Settled:
    """The scope of these statements, those alone that began by a time where one is given (epoch ms)."""
    kept = {one["id"]: one for one in told if at is None or one["since"] <= at}
    own = [j for j in said if j["older"] in kept or j["newer"] in kept]
    words = [Word(j["older"], j["newer"], Verdict(j["verdict"])) for j in own if j["by"] == Author.PERSON]
    return Settled(scope, kept, settle([statement_of(one) for one in kept.values()], words), own)


def statement_of(row: Row) -> Statement:
    """The statement of a row of `facts_scopes`."""
    return Statement(row["id"], row["value"], row["since"], row["until"], row["confidence"])


def settle_in(tx: Transaction, events: Collection[str], entities: Collection[str], now: datetime) -> int:
    """Brings the facts that these events told or tell, and those of these entities, to what their statements give, in
    the caller's gated transaction; answers how many statements got another state."""
    if not events and not entities:
        return 0
    asked = {"events": sorted(events), "entities": sorted(entities)}
    pairs = [Pair(**row) for row in tx.rows(statement("read/facts_touched"), asked)]
    return _settle(tx, pairs, now) if pairs else 0


def _settle(tx: Transaction, pairs: Sequence[Pair], now: datetime) -> int:
    known = declared(tx.rows, {pair.predicate for pair in pairs})
    scopes = scopes_of(known, pairs)
    changed = 0
    for begin in range(0, len(scopes), TOUCHED):
        for one in read_scopes(tx.rows, scopes[begin : begin + TOUCHED]):
            changed += _bring(tx, one, now)
    return changed


def _bring(tx: Transaction, one: Settled, now: datetime) -> int:
    wanted, held = one.wanted, one.by_rule
    gone = [key for pair, key in held.items() if pair not in wanted]
    if gone:
        tx.rows(statement("write/facts_revoke"), {"ids": gone, "author": "", "at": now})
    fresh = [_by_rule(one, older, newer) for pair, (older, newer) in wanted.items() if pair not in held]
    if fresh:
        tx.rows(statement("write/facts_judge"), {"rows": fresh, "at": now})
    differing = one.differing
    if differing:
        tx.rows(statement("write/facts_states"), {"rows": differing})
    return len(differing)


def _by_rule(one: Settled, older: Fact, newer: Fact) -> Row:
    told = [one.rows[statement.id] for statement in newer.statements]
    return judgement(
        older.statements[-1].id,
        newer.id,
        Verdict.POSITIVE,
        predicate=one.scope.predicate,
        by=Author.RULE,
        score=1.0 if newer.confidence is None else newer.confidence,
        reason="a newer fact of which one may hold at a time",
        events=list(dict.fromkeys(row["event"] for row in told if row["event"]))[:EVIDENCE],
        decision=uuid.uuid4().hex,
    )


def judgement(older: str, newer: str, verdict: Verdict, **more: Any) -> Row:
    """Properties of a judgement on two statements."""
    parts = (older, newer, verdict, more["by"], more.get("author", ""), more["decision"])
    key = hashlib.sha256(UNIT_SEPARATOR.join(parts).encode()).hexdigest()[:32]
    return {"id": key, "older": older, "newer": newer, "verdict": verdict.value, **more, "by": more["by"].value}


def check_facts(database: Database) -> Iterator[Fault]:
    """Facts whose state is not what their statements and judgements give, and supersessions that nobody judged."""

    def rows(query: Query, params: Params) -> list[Row]:
        return database.read(query, params, timeout=database.options.job_timeout)

    seen = set[ScopeKey]()
    for page in pages(database, "read/related_check"):
        asked = {"events": [], "entities": [row["key"] for row in page]}
        pairs = [Pair(**row) for row in rows(statement("read/facts_touched"), asked)]
        scopes = [one for one in scopes_of(declared(rows, {p.predicate for p in pairs}), pairs) if one not in seen]
        seen.update(scopes)
        for one in read_scopes(rows, scopes):
            for row in one.differing:
                yield Fault("a fact has the state that its statements give", row["id"], f"should be {row['state']}")
            if one.wanted.keys() != one.by_rule.keys():
                yield Fault("each supersession is a judgement", one.scope.key, f"of {one.scope.predicate}")
