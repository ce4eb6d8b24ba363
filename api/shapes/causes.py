"""Causes and consequences of events as doors show them."""

from datetime import datetime

from pydantic import Field

from api.shapes.common import AskedThen, Told
from graph.reading.why import DEPTH, Direction


class AskedCauses(AskedThen):
    """How far to walk."""

    depth: int = Field(3, ge=1, le=DEPTH, description="Steps at most.")


class ReasonOut(Told):
    """A reason that an event gives, in its own words; `mentions` of it in all."""

    key: str
    name: str
    kind: str
    surface: str
    confidence: float
    mentions: int


class ReportedOut(Told):
    """A document that told an event."""

    id: str
    url: str | None
    title: str | None
    source: str | None


class HappeningOut(Told):
    """An event `depth` steps away, with the reasons that it gives and three documents that told it."""

    id: str
    title: str | None
    occurred_at: datetime | None
    category: str | None
    confidence: float
    depth: int
    reasons: list[ReasonOut]
    documents: list[ReportedOut]


class CauseOut(Told):
    """`effect` was told to come from `cause`: the documents of the effect are the evidence."""

    effect: str
    cause: str
    told_at: datetime | None


class CausationOut(Told):
    """Events nearest first, the one asked about at depth 0, and what leads from which; `truncated` when there are
    others."""

    id: str
    direction: Direction
    events: list[HappeningOut]
    links: list[CauseOut]
    truncated: bool
