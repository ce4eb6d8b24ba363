"""Quality of the ledger as doors show it."""

from pydantic import Field

from api.shapes.common import Asked, Told


class AskedQuality(Asked):
    """What to measure."""

    kind: str | None = Field(None, max_length=50, description="Only names of this kind.")
    threshold: float | None = Field(None, ge=0.5, le=1.0, description="Replay: joined from here on.")


class ShareOut(Told):
    """A share with its 95 % interval; null where nobody looked."""

    value: float | None
    low: float | None
    high: float | None
    seen: int


class KindQualityOut(Told):
    """Of one kind of names."""

    kind: str
    names: int
    joined: int
    asked: int
    reviewed: int
    precision: ShareOut
    recall: ShareOut
    waiting: int
    load: float
    extraction: ShareOut
    drift: float | None


class WhatIfOut(Told):
    """The ledger replayed with another threshold."""

    threshold: float
    entities_now: int
    entities_then: int
    asked_instead: int
    joined_instead: int
    precision: ShareOut


class QualityOut(Told):
    """All kinds."""

    kinds: list[KindQualityOut]
    decisions_a_day: float
    what_if: WhatIfOut | None
