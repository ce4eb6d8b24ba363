"""A claim: what one sentence of a document says, who did what, with its span and how sure that is."""

import hashlib
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from graph.keys import UNIT_SEPARATOR


class About(BaseModel):
    """Whom a claim is about: the name as written, the alias it was resolved to, its part (subject | object | place)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    surface: str
    alias: str
    entity: str
    w: str
    role: str
    score: float = 1.0


class Claim(BaseModel):
    """Characters `start` to before `end` of the `part` (title | description | text) of its document are `text`; the
    other spans are told by what they say. `event_time` is as exact as `precision` says, `told` when the sentence itself
    tells it; `factors` by W and name; `closed_at` when the document does not say so any more."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    document: str
    text: str
    sentence: str
    part: str
    start: int
    end: int
    n: int = 0
    subject: str = ""
    deed: str = ""
    place: str = ""
    reason: str = ""
    event_time: datetime | None = None
    precision: str = "day"
    told: bool = False
    confidence: float = Field(ge=0, le=1)
    factors: dict[str, float] = {}
    about: tuple[About, ...] = ()
    closed_at: datetime | None = None


def claim_id(document: str, part: str, start: int, text: str) -> str:
    """Id of a claim, 32 hex digits: the same words at the same place of the same document."""
    return hashlib.sha256(UNIT_SEPARATOR.join((document, part, str(start), text)).encode()).hexdigest()[:32]
