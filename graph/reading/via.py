"""Who is connected to one entity through another, with the events that say so."""

from dataclasses import dataclass
from datetime import datetime

from graph.database import Database, Row, Transaction
from graph.errors import InvalidInput
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading.co_mentions import Brief, CoMention, brief, ranked
from graph.reading.instants import END, of_graph

EVIDENCE_SHOWN = 3
EVIDENCE_BUDGET = 500
EVIDENCE_NEAR = 50
"""Mentions per W that are looked at first: where two are often named together their newest events are among these."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """An event that names both ends of a connection."""

    id: str
    title: str | None
    occurred_at: datetime | None


@dataclass(frozen=True, slots=True)
class Connection:
    """An entity named with the one in the middle; `n` counts their distinct events, some of the newest shown."""

    other: CoMention
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True)
class Connections:
    """`link` counts the events of both ends of the first step; without any, nothing is connected through it."""

    key: str
    name: str
    via: str
    via_name: str
    change: int
    link: int
    link_evidence: list[Evidence]
    rows: list[Connection]


def co_mentions_via(database: Database, key: str, via: str, *, limit: int = 10, kind: str | None = None) -> Connections:
    """Entities named with `via`, ranked by shared events, where `via` itself is named with `key`; `kind` keeps
    to those of one kind.

    Raises NotFound for a key that no alias has, InvalidInput when both lead to one entity.
    """

    def work(tx: Transaction) -> Connections:
        start, middle = brief(tx, key), brief(tx, via)
        if start.key == middle.key:
            raise InvalidInput("both keys lead to the same entity", "via")
        link = tx.rows(statement("read/co_pair"), {"a": start.key, "b": middle.key})
        n = int(link[0]["n"]) if link else 0
        others: list[CoMention] = []
        if n:
            found = ranked(tx, [middle.key], limit + 1, hub=middle.hub, kind=kind)[middle.key]
            others = [other for other in found if other.key != start.key][:limit]
        ends = [_pair(middle, start.key, start.mentions < middle.mentions, END, n)]
        ends += [
            _pair(middle, other.key, middle.hub or not other.hub, epoch_ms(other.last_at), other.n) for other in others
        ]
        shown = _evidence(tx, middle.key, ends) if n else {}
        return Connections(
            key=start.key,
            name=start.name,
            via=middle.key,
            via_name=middle.name,
            change=middle.followed if middle.hub else middle.change,
            link=n,
            link_evidence=shown.get(start.key, []),
            rows=[Connection(other, shown.get(other.key, [])) for other in others],
        )

    return database.reading(work)


def _pair(middle: Brief, other: str, from_other: bool, last: int, n: int) -> Row:
    few, many = (other, middle.key) if from_other else (middle.key, other)
    return {"few": few, "many": many, "last": last, "n": n}


def _evidence(tx: Transaction, middle: str, pairs: list[Row]) -> dict[str, list[Evidence]]:
    """Events by the key of the other end: looked for from the end with fewer mentions, from their last event back, at
    first a little way and further for those that are short of events then."""
    found: dict[str, list[Evidence]] = {}
    asked = {_other(pair, middle): pair for pair in pairs}
    for budget in (EVIDENCE_NEAR, EVIDENCE_BUDGET):
        short = [pair for key, pair in asked.items() if len(found.get(key, ())) < min(EVIDENCE_SHOWN, pair["n"])]
        params = {"pairs": short, "budget": budget, "limit": EVIDENCE_SHOWN}
        for row in tx.rows(statement("read/co_evidence"), params) if short else ():
            found[_other(row, middle)] = [
                Evidence(event["id"], event["title"], of_graph(event["occurred_at"])) for event in row["events"]
            ]
    return found


def _other(pair: Row, middle: str) -> str:
    return pair["few"] if pair["many"] == middle else pair["many"]
