"""Retractions as doors take and show them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from api.shapes.common import MOST, Asked, Told
from graph.retraction import RetractionState, Sort

RETRACT_EXAMPLE: dict[str, Any] = {
    "sort": "document",
    "given": "https://post.example/1",
    "reason": "withdrawn by its publisher",
    "dry_run": True,
}

RetractionId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Id of a retraction.", examples=["0f3a" * 8])]


class RetractIn(BaseModel):
    """What is to be withdrawn: a document by id or address, a source by id or name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sort: Sort
    given: str = Field(min_length=1, max_length=2_000)
    reason: str = Field("", max_length=500)
    dry_run: bool = Field(False, description="Tell what leans on it, and write nothing.")


class EraseIn(BaseModel):
    """What is to be erased: as for a retraction, or the id of one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sort: Sort
    given: str = Field(min_length=1, max_length=2_000)
    reason: str = Field("", max_length=500)


class LeaningEventOut(Told):
    """An event that the target tells: `withdrawn` with it, or told by others, too."""

    id: str
    title: str | None
    occurred_at: datetime | None
    withdrawn: bool


class LeaningFactOut(Told):
    """A statement that goes; `others` are further statements of the same."""

    id: str
    subject: str
    predicate: str
    object: str
    state: str
    others: int


class LeaningMergeOut(Told):
    """A judgement that was made with an event that goes."""

    id: str
    a: str
    b: str | None
    by: str
    mention: bool


class LeaningRankOut(Told):
    """An entity that loses mentions, with its rank and score of now and the score that it would have."""

    key: str
    name: str
    kind: str
    mentions: int
    left: int
    rank: int | None
    score: float | None
    score_left: float | None


class LeaningOut(Told):
    """What leans on a target: lists of 100 at most, `n_…` counts all."""

    documents: int
    events: list[LeaningEventOut]
    n_events: int
    n_shared: int
    facts: list[LeaningFactOut]
    n_facts: int
    merges: list[LeaningMergeOut]
    n_merges: int
    ranks: list[LeaningRankOut]
    n_ranks: int
    complete: bool


class RetractionOut(Told):
    """A retraction; of an erased one target and name are not kept."""

    id: str
    state: RetractionState
    sort: Sort
    target: str
    name: str
    reason: str
    author: str
    at: datetime
    undone_at: datetime | None
    events: int
    documents: int


class RetractedOut(Told):
    """What was withdrawn, or, of a dry run, what leans on it."""

    retraction: RetractionOut | None
    leaning: LeaningOut | None


class AskedRetractions(Asked):
    """How many."""

    limit: int = Field(50, ge=1, le=MOST)


class RetractionsOut(Told):
    """The last first."""

    items: list[RetractionOut]
