"""The event as it was told: five W's, times and reports. Pure and frozen: what is here decides the content hash."""

import hashlib
from datetime import datetime
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field

from graph.document import Document
from graph.mention import Attributes
from graph.moment import Moment
from graph.relation import Relationship


class Named(BaseModel):
    """A name told in WHO or WHERE. `kind` is the stated kind or None; `identifiers` are stated, scheme to value.

    `untyped` is one that was told without saying which of the two: it stands among `who` until the graph is asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: str | None = None
    role: str = ""
    relevance: float = Field(default=1.0, ge=0, le=1)
    identifiers: dict[str, str] = {}
    attributes: Attributes = {}
    risk_score: float | None = Field(default=None, ge=0, le=1)
    sanctions: tuple[dict[str, str | float], ...] = ()
    point: tuple[float, float] | None = None
    """Latitude and longitude in degrees (WGS 84)."""
    untyped: bool = False


class Deed(BaseModel):
    """What happened: a code or a category label names it, the text tells it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    code: str | None = None
    kind: str | None = None
    attributes: Attributes = {}


class Reason(BaseModel):
    """Why: a text, or the id of the event that brought it about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str | None = None
    kind: str | None = None
    event: str | None = None
    attributes: Attributes = {}


class Event(BaseModel):
    """A dated happening. `given_version` is the caller's own version number, None when it gave none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    given_version: int | None = None
    title: str
    text: str | None = None
    occurred_at: datetime
    ended_at: datetime | None = None
    precision: str = "second"
    category: str | None = None
    code: str | None = None
    impact: str | None = None
    confidence: float | None = None
    count: int = 1
    story: str | None = None
    who: tuple[Named, ...] = ()
    what: tuple[Deed, ...] = ()
    where: tuple[Named, ...] = ()
    when: tuple[Moment, ...] = ()
    why: tuple[Reason, ...] = ()
    documents: tuple[Document, ...] = ()
    relationships: tuple[Relationship, ...] = ()

    @property
    def content_hash(self) -> str:
        """sha256 of the canonical content: everything told but the id and the caller's version number. 64 hex digits.

        What was not told does not enter, so a field that a later Pentad adds leaves the hashes of old events alone.
        """
        return content_hash(self.model_dump(mode="json", exclude={"id", "given_version"}, exclude_defaults=True))


def content_hash(content: dict[str, Any]) -> str:
    """sha256 of the content as JSON with sorted keys. 64 hex digits."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
