"""Why an event happened and what came of it: causes told by events, walked step by step, with reasons and reports."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graph.database import Database, Row, Transaction
from graph.errors import InvalidInput, NotFound
from graph.keys import W
from graph.queries import statement
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.instants import END, of_graph

DEPTH = 5
EVENTS = 200
"""Events that one walk shows at most."""
EACH = 20
"""Causes, consequences and reasons of one event that are followed."""
PAST = 500
"""The same that are looked through for those of a past time."""
DOCUMENTS = 3


class Direction(StrEnum):
    """Back to causes, or on to consequences."""

    CAUSES = "causes"
    CONSEQUENCES = "consequences"


@dataclass(frozen=True, slots=True)
class Reason:
    """A WHY that an event gives, in its own words; `mentions` of it in all."""

    key: str
    name: str
    kind: str
    surface: str
    confidence: float
    mentions: int


@dataclass(frozen=True, slots=True)
class Report:
    """A document that told an event."""

    id: str
    url: str | None
    title: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Happening:
    """An event `depth` steps away, with the reasons that it gives and who reported it."""

    id: str
    title: str | None
    occurred_at: datetime | None
    category: str | None
    confidence: float
    depth: int
    reasons: list[Reason]
    documents: list[Report]


@dataclass(frozen=True, slots=True)
class Cause:
    """`effect` was told to come from `cause`; the reports of the effect are the evidence. `told_at`: when recorded."""

    effect: str
    cause: str
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Causation:
    """Events nearest first, the one asked about at depth 0; `truncated` when there are others."""

    id: str
    direction: Direction
    events: list[Happening]
    links: list[Cause]
    truncated: bool


def causation(database: Database, event_id: str, direction: Direction, *, depth: int = 3) -> Causation:
    """The events that led to one, or that came of it, as of now. Raises NotFound, InvalidInput."""
    return database.reading(lambda tx: walked(tx, event_id, direction, depth, Clocks()))


def walked(tx: Transaction, event_id: str, direction: Direction, depth: int, clocks: Clocks) -> Causation:
    """Up to `depth` steps (1..5), each event once however they circle; by the clocks those that had happened, as they
    were told then. Who a reason means is told as of now. Raises NotFound, InvalidInput."""
    if not 1 <= depth <= DEPTH:
        raise InvalidInput(f"causes are walked 1 to {DEPTH} steps", "depth")
    found: dict[str, Row] = {event_id: _asked(tx, event_id, clocks)}
    depths, links, truncated = {event_id: 0}, list[Cause](), False
    ring = [event_id]
    for at in range(1, depth + 2):
        rows = _beside(tx, direction, ring, clocks) if ring else []
        ring = []
        for event, others in rows:
            truncated = truncated or len(others) > EACH
            for other in others[:EACH]:
                if at > depth or (other["id"] not in found and len(found) >= EVENTS):
                    truncated = truncated or other["id"] not in found
                    continue
                if other["id"] not in found:
                    found[other["id"]], depths[other["id"]] = other, at
                    ring.append(other["id"])
                links.append(_link(direction, event, other))
    told = _told(tx, list(found), clocks)
    events = [_happening(key, row, depths[key], told[key]) for key, row in found.items()]
    return Causation(event_id, direction, events, links, truncated)


def missing(ws: Collection[str], category: str | None) -> list[W]:
    """The W's that an event does not tell. Each has a date, which answers when; a category answers what."""
    has = {*ws, W.WHEN.value, *([W.WHAT.value] if category else [])}
    return [w for w in W if w.value not in has]


def _asked(tx: Transaction, event_id: str, clocks: Clocks) -> Row:
    rows = tx.rows(statement("read/event_head"), {"id": event_id})
    head = past.heads(tx, [event_id], clocks).get(event_id) if clocks.past else None
    if not rows or (clocks.past and (head is None or head["ts"] > clocks.until)):
        raise NotFound("event", event_id)
    return {**rows[0], **_shown_then(head)} if head and clocks.remembers else rows[0]


def _beside(tx: Transaction, direction: Direction, ring: list[str], clocks: Clocks) -> list[tuple[str, list[Row]]]:
    """Each event of a ring with those one step away, latest causes and earliest consequences first; one more than are
    followed where there are more."""
    step = "read/causes_of" if direction is Direction.CAUSES else "read/consequences_of"
    asked = {"ids": ring, "limit": EACH + 1, "known": clocks.known, "until": clocks.until}
    if not clocks.remembers:
        return [(row["event"], row["others"]) for row in tx.rows(statement(step), asked)]
    # An event may have had another time then: which were the nearest is told by the heads of then.
    rows = tx.rows(statement(step), {**asked, "limit": PAST, "until": END})
    heads = past.heads(tx, {other["id"] for row in rows for other in row["others"]}, clocks)
    heads = {key: head for key, head in heads.items() if head["ts"] <= clocks.until}
    sign = -1 if direction is Direction.CAUSES else 1
    found: list[tuple[str, list[Row]]] = []
    for row in rows:
        others = [{**one, **_shown_then(heads[one["id"]])} for one in row["others"] if one["id"] in heads]
        others.sort(key=lambda one: (sign * heads[one["id"]]["ts"], one["id"]))
        found.append((row["event"], others[: EACH + 1]))
    return found


def _shown_then(head: Row) -> Row:
    shown = {name: head.get(name) for name in ("title", "occurred_at", "category")}
    confidence = head.get("confidence")
    return {**shown, "confidence": 1.0 if confidence is None else confidence}


def _told(tx: Transaction, ids: list[str], clocks: Clocks) -> dict[str, Row]:
    asked = {"ids": ids, "limit": EACH, "documents": DOCUMENTS, "known": clocks.known}
    return {row["event"]: row for row in tx.rows(statement("read/reasons_of"), asked)}


def _link(direction: Direction, event: str, other: Row) -> Cause:
    effect, cause = (event, other["id"]) if direction is Direction.CAUSES else (other["id"], event)
    return Cause(effect, cause, of_graph(other["told_at"]))


def _happening(key: str, row: Row, depth: int, told: Row) -> Happening:
    return Happening(
        id=key,
        title=row["title"],
        occurred_at=of_graph(row["occurred_at"]),
        category=row["category"],
        confidence=row["confidence"],
        depth=depth,
        reasons=[Reason(**reason) for reason in told["reasons"]],
        documents=[Report(**document) for document in told["documents"]],
    )
