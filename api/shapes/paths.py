"""Paths between entities as doors show them, and what may be asked of them."""

from datetime import datetime

from pydantic import AliasChoices, ConfigDict, Field

from api.shapes.common import AskedThen, AskedW, Instant, Key, Told, Until
from graph.keys import W
from graph.reading.paths import HOPS, MOST


class AskedPaths(AskedThen):
    """Between whom, by which events, how many and how long."""

    model_config = ConfigDict(populate_by_name=True)

    start: Key = Field(alias="from")
    end: Key = Field(alias="to")
    via: Key | None = Field(None, description="Only paths through this entity.")
    w: list[AskedW] = Field(default_factory=lambda: [W.WHO, W.WHERE], min_length=1, description="W's that connect.")
    since: Instant | None = Field(None, description="By events from here on.")
    until: Until | None = Field(None, description="By events up to here, included: a date to the end of its day.")
    k: int = Field(3, ge=1, le=MOST, description="Paths at most, cheapest first.")
    hops: int = Field(HOPS, ge=1, le=HOPS, description="Steps of a path at most.")
    ordered: bool = Field(False, description="Each step at an event that is not earlier than that of the step before.")


class PathNodeOut(Told):
    """An entity on a path."""

    key: str
    name: str
    kind: str
    mention_count: int = Field(validation_alias=AliasChoices("mentions", "mention_count"))


class PathEventOut(Told):
    """An event that names both ends of a step; `confidence` that it does so rightly, 0..1."""

    id: str
    title: str | None
    occurred_at: datetime | None
    confidence: float


class HopOut(Told):
    """A step: `n` events name both ends, or at least so many; three are shown, the newest, or the first that fit where
    dates count."""

    n: int
    at_least: bool
    confidence: float
    evidence: list[PathEventOut]


class PathOut(Told):
    """Entities from end to end, and the steps between them. `cost`: 1 a step and log10(1 + mentions) for each entity in
    the middle. `confidence`: that every step is right, by the events shown."""

    cost: float
    confidence: float
    nodes: list[PathNodeOut]
    hops: list[HopOut]


class PathsOut(Told):
    """Paths, cheapest first; `truncated` when others may be hidden: somebody on the way has more events than were
    looked at, or the search ended at its bounds."""

    start: PathNodeOut
    end: PathNodeOut
    via: PathNodeOut | None
    change: int
    expanded: int
    truncated: bool
    items: list[PathOut] = Field(validation_alias=AliasChoices("paths", "items"))
