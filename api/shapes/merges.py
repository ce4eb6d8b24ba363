"""Merges and splits as doors take and show them."""

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import Path
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, model_validator

from api.shapes.common import MOST, Asked, Cursor, Key, Page, Told
from graph.judgement import Author, Verdict

DecisionId = Annotated[
    str,
    Path(pattern=r"^[0-9a-f]{32}$", description="Id of the decision.", examples=["5f0c9a4e2f6b4f0d8a1f0e6c2b7d9a31"]),
]
Reason = Annotated[str, Field(max_length=1_000, description="Why; kept in the ledger and told in history.")]
Versions = Annotated[
    dict[str, int],
    Field(
        max_length=100,
        description="Key of an entity -> the `version` it was seen in; 409 when it changed meanwhile.",
    ),
]


class Given(BaseModel):
    """A body: an unknown field is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Reason = ""
    expected_versions: Versions = Field(default_factory=dict)
    dry_run: bool = Field(False, description="Tell what would become of it, and write nothing.")


class MergeIn(Given):
    """Entities that are one, by the key of any alias that each has."""

    entities: list[Key] = Field(
        min_length=2, max_length=100, validation_alias=AliasChoices("entities", "keys"), description="Two or more."
    )
    expected_version: int | None = Field(None, description="Version of the first entity, as a short form.")

    @property
    def expected(self) -> dict[str, int]:
        """Versions by entity key."""
        first = {} if self.expected_version is None else {self.entities[0]: self.expected_version}
        return {**first, **self.expected_versions}


class MentionAddress(BaseModel):
    """Where a mention is found."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    event_id: str = Field(max_length=500)
    mention_id: str = Field(pattern=r"^[0-9a-f]{32}$")


class SplitIn(Given):
    """Aliases or single mentions of one entity that are somebody else, all of them the same somebody."""

    aliases: list[Key] = Field(default_factory=list[Key], max_length=1_000)
    mentions: list[MentionAddress] = Field(default_factory=list[MentionAddress], max_length=1_000)

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.aliases and not self.mentions:
            raise ValueError("takes aliases or mentions")
        return self


class AskedDecisions(Asked):
    """A page of decisions."""

    limit: int = Field(50, ge=1, le=MOST)
    cursor: Cursor = None


class JudgementOut(Told):
    """One judgement of the ledger, on two aliases or, with `event_id` and `mention_id`, on one mention."""

    id: str
    a: str
    b: str
    verdict: Verdict
    by: Author
    author: str
    score: float
    reason: str
    features: dict[str, float]
    event_id: str | None = Field(None, validation_alias=AliasChoices("event", "event_id"))
    mention_id: str | None = Field(None, validation_alias=AliasChoices("mention", "mention_id"))
    at: datetime | None
    change: int
    revoked_at: datetime | None


class ConflictOut(Told):
    """A positive that a negative keeps from joining its two names; it waits in the review queue."""

    positive: JudgementOut
    negative: JudgementOut


class DecidedOut(Told):
    """What a decision did, or with `dry_run` would do.

    `merged` is entity key -> keys of entities that went into it; `split` is entity key -> keys of the parts it fell
    into; `entities` are those that the decision is about, as they are called after it. `mentions` counts the edges that
    were moved at once; while `behind`, others follow, and reads answer both entities together.
    """

    id: str | None
    change: int | None
    entities: list[str]
    merged: dict[str, list[str]]
    split: dict[str, list[str]]
    aliases_moved: int
    placed: int
    mentions: int
    behind: bool
    conflicts: list[ConflictOut]
    judgements: int
    revoked: int


class DecisionOut(Told):
    """A decision of the past; `standing` is false once it was undone."""

    id: str
    sort: str
    at: datetime
    author: str
    reason: str
    standing: bool
    change: int
    entities: list[str]
    merged: dict[str, list[str]]
    split: dict[str, list[str]]
    moved: int
    placed: int
    conflicts: int


class DecisionDetailOut(DecisionOut):
    """A decision with the judgements that it made and took back."""

    made: list[JudgementOut]
    revoked: list[JudgementOut]


class DecisionsOut(Page):
    """Decisions, the last first."""

    items: list[DecisionOut]


MERGE_EXAMPLE: dict[str, Any] = {
    "entities": [
        "9f2c4e0d5b8a7c6f1e3d2c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a697887",
        "1e3d2c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978879f2c4e0d5b8a7c6f",
    ],
    "reason": "the same minister",
}
SPLIT_EXAMPLE: dict[str, Any] = {
    "aliases": ["1e3d2c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978879f2c4e0d5b8a7c6f"],
    "reason": "his brother",
}
