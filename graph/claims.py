"""Claims and the names of documents as the graph keeps them: written with what a document says, they follow their
aliases through merges and splits as mentions do, and `pentad check` holds them to that.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from graph.artifact import GateDecision
from graph.artifacts import decided
from graph.checking import Fault, pages
from graph.claim import About, Claim
from graph.database import Database, Row, Transaction
from graph.keys import W
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading.instants import of_graph

FOLLOW = 1_000
"""Edges that follow moved aliases in one statement."""


@dataclass(frozen=True, slots=True)
class NamedIn:
    """A name that a document says `n` times, as it was resolved."""

    surface: str
    alias: str
    w: W
    n: int
    role: str
    confidence: float
    factors: dict[str, float]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document came to: its claims, the names it says, when what it tells happened, and how that is told of the
    document (`props`)."""

    document: str
    claims: Sequence[Claim]
    names: Sequence[NamedIn]
    at: datetime | None = None
    props: Row = field(default_factory=dict[str, Any])
    decisions: Sequence[GateDecision] = ()


def write(tx: Transaction, reading: Reading, change: int, now: datetime) -> int:
    """Writes what a document says in the caller's gated transaction; what it said before and says no more is closed.

    Answers how many claims were closed. Aliases and entities must be there.
    """
    kept = [claim.id for claim in reading.claims]
    same = {"document": reading.document, "change": change, "at": now}
    closed = tx.rows(statement("write/claims_close"), {**same, "kept": kept})
    if reading.claims:
        tx.rows(statement("write/claims"), {**same, "rows": [_claim_row(claim) for claim in reading.claims]})
    told = {"rows": [_name_row(name) for name in reading.names], "props": reading.props}
    ts = epoch_ms(reading.at) if reading.at else None
    tx.rows(statement("write/document_names"), {**same, **told, "ts": ts})
    for decision in reading.decisions:
        decided(tx, reading.document, decision)
    return int(closed[0]["closed"]) if closed else 0


def follow(tx: Transaction, aliases: Collection[str]) -> None:
    """Brings what claims and documents say of these aliases to the entities that they name now."""
    for name in ("write/claims_follow", "write/document_names_follow"):
        while tx.rows(statement(name), {"aliases": list(aliases), "limit": FOLLOW})[0]["moved"] == FOLLOW:
            pass


def of_document(database: Database, document: str) -> list[Claim]:
    """The live claims of a document in its order."""
    rows = database.read(statement("read/claims_of_document"), {"id": document})
    return [of_row(row, document) for row in rows]


def of_row(row: Row, document: str) -> Claim:
    """The noun from a node's properties and its edges."""
    props: Row = row["claim"]
    return Claim(
        id=props["id"],
        document=document,
        text=props["text"],
        sentence=props["sentence"],
        part=props["part"],
        start=props["start"],
        end=props["end"],
        n=props["n"],
        subject=props.get("subject", ""),
        deed=props.get("deed", ""),
        place=props.get("place", ""),
        reason=props.get("reason", ""),
        event_time=of_graph(props.get("event_time")),
        precision=props.get("precision", "day"),
        told=props.get("told", False),
        confidence=props["confidence"],
        factors=orjson.loads(props["factors"]),
        about=tuple(About(**one) for one in row["about"]),
        closed_at=of_graph(props.get("closed_at")),
    )


def check_claims(database: Database) -> Iterator[Fault]:
    """Claims and names of documents that do not stand on their alias's entity, and claims of no one document."""
    for page in pages(database, "read/claims_check"):
        for row in page:
            if row["astray"]:
                yield Fault("what is said of a name is said of its entity", row["key"], f"{row['astray']} lead astray")
            if row["unmade"]:
                yield Fault("one document makes a claim", row["key"], f"{row['unmade']} claims have none or several")


def _claim_row(claim: Claim) -> Row:
    props = claim.model_dump(exclude={"about", "event_time", "factors", "document", "closed_at"}, exclude_defaults=True)
    props |= {"factors": orjson.dumps(claim.factors).decode(), "n": claim.n, "start": claim.start, "end": claim.end}
    about = [
        {
            "alias": one.alias,
            "props": {"surface": one.surface, "w": one.w, "role": one.role, "n": n}
            | ({"score": one.score} if one.score != 1.0 else {}),
        }
        for n, one in enumerate(claim.about)
    ]
    return {"props": props, "ts": epoch_ms(claim.event_time) if claim.event_time else None, "about": about}


def _name_row(name: NamedIn) -> Row:
    props: Row = {"surface": name.surface, "w": name.w.value, "n": name.n, "confidence": name.confidence}
    props |= {"factors": orjson.dumps(name.factors).decode()}
    if name.role:
        props["role"] = name.role
    if name.score != 1.0:
        props["score"] = name.score
    return {"alias": name.alias, "props": props}
