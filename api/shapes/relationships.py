"""Relationships as doors show them, and what may be asked of them."""

from datetime import datetime

from pydantic import Field

from api.shapes.common import MOST, AskedThen, Told
from api.shapes.entities import EvidenceOut


class AskedRelationships(AskedThen):
    """As of when, and how many."""

    limit: int = Field(50, ge=1, le=MOST)


class RelationshipOut(Told):
    """What relates the entity to another one: `outgoing` when it is the subject. `n` counts the events that say so; the
    newest stand beside; `confidence` is the highest that one of them states."""

    predicate: str
    outgoing: bool
    key: str
    name: str
    kind: str
    n: int
    confidence: float | None
    first_at: datetime | None
    last_at: datetime | None
    events: list[EvidenceOut]


class RelationshipsOut(Told):
    """Most events first; `more` when there are others."""

    key: str
    name: str
    kind: str
    items: list[RelationshipOut] = Field(validation_alias="rows")
    more: bool
