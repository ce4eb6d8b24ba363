"""What waits for a person to decide, worth most first.

Three sorts: `pair` (an unsure judgement), `conflict` (a positive that a negative keeps from joining) and `new` (an
entity that may be none). The value of a question is how many mentions its answer is expected to put right: the
probability that the two are one x the mentions of the smaller one; of two persons who differ .5 x those; of an entity
that may be none .3 x its mentions. Each skip halves it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from graph import ledger
from graph.database import Database, Row, Transaction
from graph.errors import NotFound
from graph.judgement import Judgement
from graph.queries import statement
from graph.reading.instants import of_graph

UNSURE_LOOKED_AT = 20_000
NEGATIVES_LOOKED_AT = 5_000
NAMES_LOOKED_AT = 5_000
FEW = 20
RELEVANT = 0.7
"""Mentions below this relevance alone do not found an entity that is believed."""
EVIDENCE = 3


class ReviewSort(StrEnum):
    """What kind of question it is."""

    PAIR = "pair"
    CONFLICT = "conflict"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Evidence:
    """An event that speaks of one side, with some of the others in it."""

    id: str
    title: str | None
    occurred_at: datetime | None
    surface: str
    role: str | None
    others: list[str]


@dataclass(frozen=True, slots=True)
class Side:
    """One entity of a question, with the name that was compared."""

    key: str
    name: str
    kind: str
    mentions: int
    version: int
    first_seen: datetime | None
    last_seen: datetime | None
    roles: list[str]
    aliases: list[str]
    alias_key: str
    alias: str
    evidence: list[Evidence] = field(default_factory=list[Evidence])


@dataclass(frozen=True, slots=True)
class Review:
    """One question. `score` is the probability that the two are one; `against` is what parts them, of a conflict;
    `decided` are the persons who said something of the pair already. `expected_version` changes with either side."""

    id: str
    sort: ReviewSort
    value: float
    score: float
    by: str
    reason: str
    features: dict[str, float]
    a: Side
    b: Side | None
    against: Judgement | None = None
    said: tuple[Judgement, ...] = ()
    judgement: Judgement | None = None

    @property
    def expected_version(self) -> str:
        """16 hex digits of both entities and their versions."""
        sides = [f"{side.key}:{side.version}" for side in (self.a, self.b) if side]
        return hashlib.sha256("|".join(sides).encode()).hexdigest()[:16]

    @property
    def open(self) -> bool:
        """Whether there is still something to decide."""
        if self.b is not None and self.a.key == self.b.key:
            return False
        return not self.said if self.sort is not ReviewSort.CONFLICT else True


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Questions, worth most first; `complete` is false where more wait than were looked at."""

    rows: list[Review]
    end: tuple[float, str] | None


def review_list(
    database: Database,
    *,
    sort: ReviewSort | None = None,
    kind: str | None = None,
    after: tuple[float, str] | None = None,
    limit: int = 50,
) -> ReviewPage:
    """Questions of one sort or all, by value from high to low, ties by id."""

    def work(tx: Transaction) -> list[Review]:
        found: list[Review] = []
        if sort in (None, ReviewSort.PAIR):
            value, key = after or (None, None)
            asked = {"kind": kind, "value": value, "id": key, "most": UNSURE_LOOKED_AT, "limit": limit + 1}
            found += [_of_pair(row) for row in tx.rows(statement("read/review_unsure"), asked)]
        # Of these two there are few: they are cut here.
        if sort in (None, ReviewSort.CONFLICT):
            asked = {"kind": kind, "most": NEGATIVES_LOOKED_AT, "limit": NEGATIVES_LOOKED_AT}
            found += [_of_pair(row) for row in tx.rows(statement("read/review_conflicts"), asked)]
        if sort in (None, ReviewSort.NEW):
            few = {"relevance": RELEVANT, "few": FEW, "most": NAMES_LOOKED_AT, "limit": NAMES_LOOKED_AT}
            found += [_of_new(row) for row in tx.rows(statement("read/review_new"), {"kind": kind, **few})]
        return found

    place = (0.0, "") if after is None else (-after[0], after[1])
    found = database.reading(work)
    if after is not None:
        found = [one for one in found if (-one.value, one.id) > place]
    found.sort(key=lambda one: (-one.value, one.id))
    rows = found[:limit]
    more = len(found) > limit
    return ReviewPage(rows, (rows[-1].value, rows[-1].id) if more else None)


def review_detail(database: Database, key: str) -> Review:
    """One question with the newest events that speak of each side. Raises NotFound."""

    def work(tx: Transaction) -> Review:
        found = review_items(tx, [key])
        if not found:
            raise NotFound("review", key)
        one = found[0]
        keys = [side.alias_key for side in (one.a, one.b) if side]
        asked = {"keys": keys, "limit": EVIDENCE}
        told = {row["key"]: row["events"] for row in tx.rows(statement("read/review_evidence"), asked)}
        for side in (one.a, one.b):
            if side:
                side.evidence.extend(_evidence(row) for row in told.get(side.alias_key, ()))
        return one

    return database.reading(work)


def review_items(tx: Transaction, ids: Sequence[str]) -> list[Review]:
    """Questions by their ids as they stand now, decided ones too; ids of none are left out."""
    rows = tx.rows(statement("read/review_items"), {"ids": list(ids)})
    found = [_of_pair(row) if row["b"] is not None else _of_new(row) for row in rows]
    order = {key: place for place, key in enumerate(ids)}
    return sorted(found, key=lambda one: order[one.id])


def _of_pair(row: Row) -> Review:
    judgement = ledger.of_properties(row["j"])
    a, b = _side(row["a"]), _side(row["b"])
    against = row.get("against")
    positive = judgement.verdict == "positive"
    return Review(
        id=row["id"],
        sort=ReviewSort.CONFLICT if positive else ReviewSort.PAIR,
        value=row.get("value", judgement.score * min(a.mentions, b.mentions)),
        score=judgement.score,
        by=judgement.by.value,
        reason=judgement.reason,
        features=judgement.features,
        a=a,
        b=b,
        against=ledger.of_properties(against) if against else None,
        said=tuple(ledger.of_properties(one) for one in row.get("said", ())),
        judgement=judgement,
    )


def _of_new(row: Row) -> Review:
    a = _side(row["a"])
    return Review(
        id=a.key,
        sort=ReviewSort.NEW,
        value=row.get("value", 0.3 * a.mentions),
        score=0.7,
        by="online",
        reason=row.get("reason", "founded by what was told of it alone"),
        features={},
        a=a,
        b=None,
        said=tuple(ledger.of_properties(one) for one in row.get("said", ())),
    )


def _side(row: Row) -> Side:
    values: Row = {**row, "first_seen": of_graph(row["first_seen"]), "last_seen": of_graph(row["last_seen"])}
    return Side(**values)


def _evidence(row: Row) -> Evidence:
    values: Row = {**row, "occurred_at": of_graph(row["occurred_at"])}
    return Evidence(**values)
