"""Why an entity stands on the board: the events that contribute most, each with its share of the score."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from graph.database import Database
from graph.queries import statement
from graph.reading.origins import origins_of
from graph.trending import decay
from graph.trending.names import MENTIONS, RISK, SANCTIONS

WINDOW = {MENTIONS: 1_000, RISK: 20_000, SANCTIONS: 20_000}
"""Newest mentions of each W that are looked at: every one weighs by itself, but only some have a risk or a match."""
LIMIT = 10
CO_MOVERS = 5


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one event adds to the score at the time asked; `share` is its part of the whole score, 0..1. `documents`
    told it, by so many `sources` (publishers), from so many `independent_origins` (docs/boards.md)."""

    event: str
    title: str | None
    occurred_at: datetime | None
    contribution: float
    share: float
    documents: int = 0
    sources: int = 0
    independent_origins: int = 0


@dataclass(frozen=True, slots=True)
class CoMover:
    """Another entity of the same events: `share` of the score comes from those that name both."""

    key: str
    name: str
    kind: str
    share: float
    events: int


@dataclass(frozen=True, slots=True)
class Why:
    """`weighed`: mentions that count, of the newest; most contributing events first, and who moves along in them."""

    weighed: int
    events: tuple[Contribution, ...]
    co_movers: tuple[CoMover, ...] = ()


def explain(database: Database, key: str, at: int, score: float, half_life: str, metric: str = MENTIONS) -> Why:
    """The events that contribute most at `at` (epoch ms) to the `score` that the board shows for an entity key.

    Cost does not grow with the entity: its newest mentions of each W are weighed (`WINDOW`), by index, and shares are
    told of `score`, which counts the older ones too. Raises DatabaseUnavailable, InvalidInput.
    """
    seconds = decay.half_life_seconds(half_life)
    asked = {
        "key": key,
        "at": at,
        "from": decay.oldest(at, seconds),
        "half_life": seconds * 1000,
        "metric": metric,
        "window": WINDOW[metric],
        "limit": LIMIT,
    }
    row = database.one(statement("read/board_why"), asked)
    if row is None:
        return Why(0, ())
    events = tuple(_contribution(event, score) for event in row["events"])
    shares = [{"id": event.event, "share": event.share} for event in events]
    company = database.one(statement("read/why_company"), {"key": key, "events": shares, "limit": CO_MOVERS})
    roots = origins_of(database, [event.event for event in events])
    told = tuple(replace(event, **asdict(roots[event.event])) for event in events)
    return Why(int(row["weighed"]), told, tuple(CoMover(**other) for other in company["others"]) if company else ())


def _contribution(event: dict[str, Any], score: float) -> Contribution:
    value = float(event["contribution"])
    # The sum that is the score may round one way and this value the other: a share is still no more than all.
    share = min(value / score, 1.0) if score > 0 else 0.0
    at = event["occurred_at"]
    return Contribution(event["event"], event["title"], at.to_native() if at else None, value, share)
