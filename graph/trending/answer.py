"""What questions to the boards are answered with; every answer says where it came from and what it is true at."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from graph.trending.explain import Why

Source = Literal["board", "graph"]


class Order(StrEnum):
    """What a board is ranked by: its score, the plain average of the risk, or the count of all mentions."""

    SCORE = "score"
    AVERAGE = "average"
    MENTIONS = "mentions"


class TrendingRow(BaseModel):
    """One entity on a board. `mention_count` and `last_seen` are of all W's, at the time asked; `average` is told where
    the board is ranked by it. Where asked for: how many `sources` (publishers) and `independent_origins` tell its
    newest mentions, `at_least` so many where it has more mentions than were looked at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rank: int
    entity_id: str
    name: str
    type: str
    trending_score: float
    average: float | None = None
    mention_count: int
    last_seen: datetime | None
    roles: tuple[str, ...]
    sources: int | None = None
    independent_origins: int | None = None
    at_least: bool | None = None


class Trending(BaseModel):
    """A page of a board, true at change number `change` and time `at`; `landmark` (epoch s) where Redis answered.

    `degraded`: the graph answered because Redis is away or has no such board yet. `age`: seconds since the graph was
    asked, where the same was asked a moment ago. `within`: the place that it is the board of. `weigh`: what a mention
    weighs by beside its own weight.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    order: Order
    kind: str
    half_life: str
    within: str | None = None
    within_name: str | None = None
    weigh: Literal["mentions", "origins"] = "mentions"
    at: datetime
    source: Source
    degraded: bool
    change: int
    landmark: int | None
    age: float = 0.0
    total: int
    next_offset: int | None
    rows: tuple[TrendingRow, ...]


class Past(BaseModel):
    """Where an entity stood on the board of all mentions on one day (UTC), by that day's snapshot."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    rank: int
    trending_score: float


class Rank(BaseModel):
    """Where an entity stands among `total`: from 1, or None when nothing of it counts. `degraded`, `age` as in
    `Trending`; `why` and `history` (oldest day first, days off the snapshots left out) where they were asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entity_id: str
    metric: str
    kind: str
    half_life: str
    at: datetime
    source: Source
    degraded: bool
    change: int
    age: float = 0.0
    rank: int | None
    trending_score: float
    total: int
    why: Why | None = None
    history: tuple[Past, ...] | None = None
