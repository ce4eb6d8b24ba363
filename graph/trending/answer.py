"""What questions to the boards are answered with; every answer says where it came from and what it is true at."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

Source = Literal["board", "graph"]


class TrendingRow(BaseModel):
    """One entity on a board. `mention_count` and `last_seen` are of all W's, at the time asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rank: int
    entity_id: str
    name: str
    type: str
    trending_score: float
    mention_count: int
    last_seen: datetime | None
    roles: tuple[str, ...]


class Trending(BaseModel):
    """A page of a board, true at change number `change` and time `at`; `landmark` (epoch s) where Redis answered.

    `age`: seconds since the graph was asked, where it answers for Redis and was asked the same a moment ago.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    half_life: str
    at: datetime
    source: Source
    change: int
    landmark: int | None
    age: float = 0.0
    total: int
    next_offset: int | None
    rows: tuple[TrendingRow, ...]


class Rank(BaseModel):
    """Where an entity stands among `total`: from 1, or None when nothing of it counts. `age` as in `Trending`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entity_id: str
    kind: str
    half_life: str
    at: datetime
    source: Source
    change: int
    age: float = 0.0
    rank: int | None
    trending_score: float
    total: int
