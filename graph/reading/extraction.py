"""What the extraction API tells of entities: one with what speaks for it, those related to it, totals of all."""

from dataclasses import dataclass
from typing import Any

from graph.database import Database, Row
from graph.errors import NotFound
from graph.queries import statement

EVENTS = 50
RELATED = 20


@dataclass(frozen=True, slots=True)
class Known:
    """An entity (`props`), in how many pages it is named and how sure they are on average, how many names it has,
    whether an identifier was stated, and the next place of its hierarchy that has a point."""

    props: Row
    aliases: int
    identified: bool
    pages: int
    page_confidence: float | None
    parent: Row | None


@dataclass(frozen=True, slots=True)
class Related:
    """An entity that `n` events and claims tell beside another; `causal` of these tell a cause; `place` where one of
    the two is a place."""

    known: Known
    n: int
    causal: int
    place: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """Entities by kind, names of all, and the mean confidence of what pages name."""

    kinds: dict[str, int]
    aliases: int
    confidence: float | None


def extracted_entity(database: Database, key: str) -> Known:
    """The entity that holds the alias. Raises NotFound."""
    row = database.one(statement("read/extraction_entity"), {"key": key})
    if row is None:
        raise NotFound("entity", key)
    return Known(
        row["entity"], row["aliases"], bool(row["identified"]), row["pages"], row["page_confidence"], row["parent"]
    )


def related_to(database: Database, key: str) -> list[Related]:
    """Entities told beside it, most often first."""
    params = {"key": key, "events": EVENTS, "limit": RELATED}
    rows = database.read(statement("read/extraction_related"), params)
    return [
        Related(
            Known(row["entity"], 1, False, row["pages"], row["page_confidence"], None),
            row["n"],
            row["causal"],
            row["place"],
        )
        for row in rows
    ]


def totals(database: Database) -> Totals:
    """Counted over the whole graph."""
    row: dict[str, Any] = database.read(statement("read/extraction_stats"), timeout=20)[0]
    return Totals({kind or "unspecified": n for kind, n in row["kinds"]}, row["aliases"], row["confidence"])


def change_of(database: Database) -> int:
    """Number of the last committed change: what is kept of the graph holds as long as it stays."""
    row = database.one(statement("read/gate_change"))
    return int(row["change"]) if row else 0
