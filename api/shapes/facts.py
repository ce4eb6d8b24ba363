"""Facts as doors show them, and what may be asked and said of them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from api.shapes.common import MOST, Asked, AskedThen, Told
from graph.predicate import Cardinality, Scope

JUDGE_EXAMPLE: dict[str, Any] = {
    "older": "0f3a5b8a7c6f4e3d9c4b5a69788796a5",
    "newer": "1f3a5b8a7c6f4e3d9c4b5a69788796a5",
    "verdict": "positive",
    "reason": "sworn in",
}
DECLARE_EXAMPLE: dict[str, Any] = {"cardinality": "one", "scope": "object"}
_ID = "^[0-9a-f]{32}$"
_PREDICATE = r"^[^\W_]\w*$"

JudgementId = Annotated[str, Path(pattern=_ID, description="Id of a judgement.", examples=["0f3a" * 8])]
PredicateName = Annotated[
    str, Path(pattern=_PREDICATE, max_length=200, description="As facts have it.", examples=["president_of"])
]


class AskedFacts(AskedThen):
    """Which facts, as of when."""

    predicate: str | None = Field(None, pattern=_PREDICATE, max_length=200, description="Only of this predicate.")
    every: bool = Field(False, description="Those that do not hold any more, too.")
    limit: int = Field(50, ge=1, le=MOST)


class EndOut(Told):
    """One end of a fact."""

    key: str
    name: str
    kind: str


class SideOut(Told):
    """Another fact of the same scope."""

    id: str
    subject: EndOut
    object: EndOut
    since: datetime
    state: str


class OriginsOut(Told):
    """Reports of the events that tell it, their publishers, and their independent roots."""

    documents: int
    sources: int
    independent_origins: int


class FactOut(Told):
    """A fact: it holds from `since` to the first of `until` (as stated) and `ended_at` (when another superseded it).
    `events` are the newest of `n` that tell it, `records` other places that do; `contested_by` are the other sides."""

    id: str
    predicate: str
    subject: EndOut
    object: EndOut
    state: str = Field(examples=["current", "contested", "superseded"])
    since: datetime
    until: datetime | None
    ended_at: datetime | None
    holds: bool
    confidence: float | None
    n: int
    events: list[str]
    records: list[str]
    origins: OriginsOut
    contested_by: list[SideOut]
    superseded_by: SideOut | None
    judgement: str | None


class FactsOut(Told):
    """Contested ones first, then what holds, newest first; `more` when there are others."""

    key: str
    name: str
    kind: str
    items: list[FactOut] = Field(validation_alias="rows")
    more: bool


class AskedFactJudgements(Asked):
    """Which judgements."""

    predicate: str | None = Field(None, pattern=_PREDICATE, max_length=200, description="Only of this predicate.")
    revoked: bool = Field(False, description="Those taken back, too.")
    limit: int = Field(50, ge=1, le=MOST)


class FactJudgementOut(Told):
    """A judgement on two statements: positive, the newer superseded the older; negative, it did not."""

    id: str
    predicate: str
    verdict: str
    by: str
    author: str
    reason: str
    score: float
    older: str
    newer: str
    older_says: str | None
    newer_says: str | None
    events: list[str]
    at: datetime
    revoked_at: datetime | None
    revoked_by: str


class FactJudgementsOut(Told):
    """The last decided first."""

    items: list[FactJudgementOut]


class FactJudgementIn(BaseModel):
    """A person's word on two facts, by their ids."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    older: str = Field(pattern=_ID)
    newer: str = Field(pattern=_ID)
    verdict: str = Field(pattern="^(positive|negative)$")
    reason: str = Field("", max_length=500)


class FactJudgedOut(Told):
    """The judgement that stands now; none where a person's word was taken back."""

    id: str | None
    older: str | None
    newer: str | None
    verdict: str | None


class PredicateOut(Told):
    """How many facts may hold at once, for which end."""

    name: str
    cardinality: Cardinality
    scope: Scope


class PredicatesOut(Told):
    """What is declared, by name; a predicate that is not listed contradicts nothing."""

    items: list[PredicateOut]


class PredicateIn(BaseModel):
    """What a predicate declares."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cardinality: Cardinality
    scope: Scope = Scope.SUBJECT


class DeclaredOut(PredicateOut):
    """What is declared now; `changed` statements got another state."""

    changed: int
