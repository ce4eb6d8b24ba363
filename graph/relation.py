"""The relationship as an event tells it: a subject, a predicate and an object, the two ends by their names."""

import hashlib
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from graph.keys import UNIT_SEPARATOR


class Relationship(BaseModel):
    """`subject` and `object` are names as told, each also told among the event's who or where; `predicate` is one
    word in lower case, its parts joined by underscores. It holds from `since` (else the time of the event) until
    `until`, exclusive, where that is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: str
    predicate: str
    object: str
    confidence: float | None = Field(default=None, ge=0, le=1)
    since: datetime | None = None
    until: datetime | None = None


def same_name(one: str, other: str) -> bool:
    """Whether two names of one event are written alike, case and white space apart."""
    return folded(one) == folded(other)


def folded(name: str) -> str:
    """The name without case and runs of white space."""
    return " ".join(name.casefold().split())


def relation_id(event_id: str, told: Relationship) -> str:
    """Id of a relationship of an event, 32 hex digits; the same one told twice in an event is one."""
    parts = (event_id, folded(told.subject), told.predicate, folded(told.object))
    if told.since is not None or told.until is not None:
        parts += tuple(at.isoformat() if at else "" for at in (told.since, told.until))
    return hashlib.sha256(UNIT_SEPARATOR.join(parts).encode()).hexdigest()[:32]
