"""Watches as doors show them, and how they are asked for."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.shapes.common import MOST, Asked, Cursor, Instant, Key, Kind, NearPoint, Page, SomeText, Told, Until
from graph.job import JobState
from graph.watch import Occasion, WatchSort

WatchId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Id of the watch.")]
Preset = Literal["balanced", "exact", "forgiving"]
Name = Annotated[str, Field(max_length=200)]
Url = Annotated[str, Field(max_length=2_000, description="Where what it tells is delivered, as Standard Webhooks.")]


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EntityIn(_Told):
    """An entity; `rank_change`: places it must move on the board of all mentions before that is told."""

    key: Key
    rank_change: int = Field(10, ge=1, le=100_000)


class PairIn(_Told):
    """Two entities; `hops`: steps of a new way between them at most."""

    a: Key
    b: Key
    hops: int = Field(3, ge=1, le=4)


class QueryIn(_Told, NearPoint):
    """What `GET /api/search` takes."""

    q: SomeText
    kind: Kind | None = None
    since: Instant | None = None
    until: Until | None = None
    place: Key | None = None
    preset: Preset = "balanced"


class ExampleIn(_Told):
    """A row of a watchlist: any of these names. `least`: probability below which nobody is a candidate; `delta`: what a
    score must change by before that is told."""

    names: list[Annotated[str, Field(min_length=1, max_length=1_000)]] = Field(min_length=1, max_length=20)
    kind: Kind | None = None
    least: float = Field(0.5, ge=0, le=1)
    delta: float = Field(0.01, gt=0, le=1)


class WatchIn(_Told):
    """What is watched (one of the four), on what it fires (what is usual, if not said) and where it is delivered."""

    name: Name = ""
    entity: EntityIn | None = None
    pair: PairIn | None = None
    query: QueryIn | None = None
    example: ExampleIn | None = None
    on: list[Occasion] = Field([], max_length=8)
    url: Url | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(one is not None for one in (self.entity, self.pair, self.query, self.example)) != 1:
            raise ValueError("watches one of entity, pair, query, example")
        return self

    @property
    def sort(self) -> WatchSort:
        """Which of the four it is."""
        return next(sort for sort in WatchSort if getattr(self, sort) is not None)

    @property
    def spec(self) -> dict[str, Any]:
        """What is watched, as it is kept."""
        found: dict[str, Any] = getattr(self, self.sort).model_dump(mode="json", exclude_none=True)
        if self.query is not None and self.query.near is not None:
            found["near"] = list(self.query.point)
        return found


class WatchChangeIn(_Told):
    """What is to be changed; an empty `url` ends deliveries."""

    name: Name | None = None
    paused: bool | None = None
    url: Url | None = None
    on: list[Occasion] = Field([], max_length=8)


class JudgementIn(_Told):
    """What is said of a candidate of a row: the same, somebody else, or (null) nothing any more."""

    entity: Key
    verdict: Literal["positive", "negative"] | None


class CandidateScoreOut(Told):
    """Whom a row may mean, and how probably; `why` is the rule or judgement that decided it, if one did."""

    key: str
    score: float
    alias: str | None
    why: str | None


class WatchOut(Told):
    """A watch; `spec` is what is watched, `told` counts what it told. `candidates` of an example, best first."""

    id: str
    name: str
    sort: WatchSort
    spec: dict[str, Any]
    on: list[Occasion]
    url: str | None
    paused: bool
    created_at: datetime
    author: str
    told: int
    candidates: list[CandidateScoreOut] = Field(default_factory=list[CandidateScoreOut])


class WatchMadeOut(WatchOut):
    """A watch with the secret that signs its deliveries: shown this once, null where it delivers nothing."""

    secret: str | None


class SecretOut(Told):
    """A new secret; deliveries from now on are signed with it alone."""

    secret: str


class WatchesOut(Page):
    """Watches in the order of their ids."""

    items: list[WatchOut]


class AskedWatches(Asked):
    """A part of the list."""

    limit: int = Field(50, ge=1, le=MOST)
    cursor: Cursor = None


class AskedFirings(Asked):
    """What a watch told after a number."""

    after: int = Field(0, ge=0, description="The last number that is known.")
    delivery: JobState | None = Field(None, description="Only what is in this state of delivery: `dead` letters.")
    limit: int = Field(50, ge=1, le=MOST)


class AskedStream(Asked):
    """Where a stream begins; `Last-Event-ID` goes before."""

    after: int | None = Field(None, ge=0, description="After this number; what is told from now on, if not said.")


class FiringOut(Told):
    """The `n`th thing that a watch told. `told` is what is delivered: `type` and `data`. `delivery` is the state of the
    job that delivers it, null where nothing is."""

    id: str
    n: int
    sort: Occasion
    change: int
    at: datetime
    told: dict[str, Any]
    job: str | None
    delivery: JobState | None
    attempts: int | None
    cause: str | None


class FiringsOut(Told):
    """What a watch told, in order; `after` is where the next part goes on."""

    items: list[FiringOut]
    after: int


WATCH_EXAMPLE: dict[str, Any] = {
    "entity": {"key": "9f2c4e0d5b8a7c6f1e3d2c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a697887"},
    "on": ["events", "merge"],
}
CHANGE_EXAMPLE: dict[str, Any] = {"paused": True}
JUDGEMENT_EXAMPLE: dict[str, Any] = {
    "entity": "9f2c4e0d5b8a7c6f1e3d2c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a697887",
    "verdict": "negative",
}
