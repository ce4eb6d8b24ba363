"""The review queue as doors show it, and answers to it."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from api.shapes.common import EXAMPLE_KEY, MOST, AskedKind, Cursor, Key, Page, Told
from api.shapes.merges import DecidedOut, JudgementOut, Reason
from graph.reading.reviews import ReviewSort
from ingest.reviewing import Answer

REVIEW_ID = r"^(?:[0-9a-f]{32}|[0-9a-f]{64})$"
ReviewId = Annotated[
    str, Path(pattern=REVIEW_ID, description="Id of the question.", examples=["5f0c9a4e2f6b4f0d8a1f0e6c2b7d9a31"])
]


class AskedReviews(AskedKind):
    """A page of the queue."""

    sort: ReviewSort | None = Field(None, description="Only this sort of question.")
    limit: int = Field(50, ge=1, le=MOST)
    cursor: Cursor = None


class EvidenceOut(Told):
    """An event that speaks of one side, with some of the others in it."""

    id: str
    title: str | None
    occurred_at: datetime | None
    surface: str
    role: str | None
    others: list[str]


class SideOut(Told):
    """One entity of a question; `alias` is the name that was compared."""

    key: str
    name: str
    kind: str
    mentions: int
    version: int
    first_seen: datetime | None
    last_seen: datetime | None
    roles: list[str]
    aliases: list[str]
    alias_key: str
    alias: str
    evidence: list[EvidenceOut] = Field(description="The newest events that speak of it; told of one question alone.")


class ReviewOut(Told):
    """A question. `value` is how many mentions the answer is expected to put right; `score` the probability that the
    two are one. `b` is null where it asks whether `a` is anything at all."""

    id: str
    sort: ReviewSort
    value: float
    score: float
    by: str
    reason: str
    features: dict[str, float]
    a: SideOut
    b: SideOut | None
    against: JudgementOut | None
    expected_version: str


class ReviewDetailOut(ReviewOut):
    """A question with evidence; not `open` once it is decided, then `said` tells by whom."""

    open: bool
    said: list[JudgementOut]


class ReviewsOut(Page):
    """Questions, worth most first."""

    items: list[ReviewOut]


class ProposalIn(BaseModel):
    """Two entities that may be one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entities: list[Key] = Field(min_length=2, max_length=2, description="Keys of any alias of each.")
    reason: Reason = ""


class AnswerIn(BaseModel):
    """What a person says of one question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verdict: Answer
    expected_version: str = Field(
        "", max_length=16, description="As the question was seen: 409 when it changed meanwhile."
    )
    reason: Reason = ""
    dry_run: bool = False


class OneAnswerIn(BaseModel):
    """What a person says of one question of many."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=REVIEW_ID)
    verdict: Answer
    expected_version: str = Field("", max_length=16)


class AnswersIn(BaseModel):
    """Answers to many questions, taken as one decision."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answers: list[OneAnswerIn] = Field(min_length=1, max_length=1_000)
    reason: Reason = ""
    dry_run: bool = False


class RefusedOut(Told):
    """Why an answer was not taken."""

    id: str
    status: Literal[404, 409, 422]
    reason: str


class ReviewedOut(Told):
    """What became of answers: one decision for all that were taken, to be undone by its id."""

    decision: DecidedOut | None
    taken: list[str]
    skipped: list[str]
    refused: list[RefusedOut]


PROPOSAL_EXAMPLE: dict[str, Any] = {"entities": [EXAMPLE_KEY, "1" * 64], "reason": "the same office and dates"}
ANSWER_EXAMPLE: dict[str, Any] = {"verdict": "same", "expected_version": "5f0c9a4e2f6b4f0d"}
ANSWERS_EXAMPLE: dict[str, Any] = {
    "answers": [{"id": "5f0c9a4e2f6b4f0d8a1f0e6c2b7d9a31", "verdict": "different"}],
    "dry_run": True,
}
