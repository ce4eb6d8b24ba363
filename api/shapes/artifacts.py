"""Pages to be read, and how far they are."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, RootModel

from api.shapes.common import MOST, Asked, Cursor, Instant, Page, Told
from graph.artifact import ArtifactState

ArtifactId = Annotated[
    str, Path(pattern="^[0-9a-f]{32}$", description="Id of an artifact.", examples=["0f3a5b8a7c6f4e3d9c4b5a69788796a5"])
]
GIVEN_LENGTH = 5_000_000
AT_ONCE = 100


class ArtifactIn(BaseModel):
    """One page: `url`, or `text`, or `html` with or without the `url` that it came from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str | None = Field(None, max_length=4_096, examples=["https://post.example/harbour"])
    text: str | None = Field(None, max_length=GIVEN_LENGTH)
    html: str | None = Field(None, max_length=GIVEN_LENGTH)
    title: str | None = Field(None, max_length=1_000)
    published: Instant | None = None
    source: str | None = Field(None, max_length=1_000, description="Name of the publisher.")
    again: bool = Field(False, description="Read once more what failed or was of low quality.")


class ArtifactsIn(RootModel[ArtifactIn | Annotated[list[ArtifactIn], Field(min_length=1, max_length=AT_ONCE)]]):
    """One page or a list of them."""


class StubOut(Told):
    """What became of one wish: the artifact's id, its state, and the job that reads it where one was asked for."""

    id: str
    state: ArtifactState
    created: bool
    job: str | None


class NotTakenOut(Told):
    """A wish that was not taken; `position` counts from 0."""

    position: int
    field: str
    reason: str


class StubsOut(Told):
    """Artifacts in the order of the wishes, without those that were not taken."""

    items: list[StubOut]
    rejected: list[NotTakenOut]


class GateDecisionOut(Told):
    """What a gate said: whether to go on, how sure that is (0..1), and why."""

    gate: str
    go: bool
    confidence: float
    reason: str


class ArtifactOut(Told):
    """A page as it stands. `reason` says why it failed or was of low quality, `error_type` of which sort that is."""

    id: str
    state: ArtifactState
    url: str | None
    title: str | None
    description: str | None
    published_at: datetime | None
    language: str | None
    words: int | None
    quality: float | None
    content_hash: str | None
    method: str | None
    error_type: str | None
    reason: str | None
    job: str | None
    requested_at: datetime | None
    extracted_at: datetime | None
    decisions: list[GateDecisionOut]


class ArtifactDetailOut(ArtifactOut):
    """A page with its text, its publisher, and further addresses that lead to the same text. `read_model` is the
    language model that read it, too; `read_failure` says why one that should have did not."""

    text: str
    source_name: str | None
    source_reliability: float
    also: list[str]
    read_model: str | None
    read_failure: str | None


class AskedArtifacts(Asked):
    """Pages that meet all that is asked."""

    state: ArtifactState | None = Field(None, description="Only in this state.")
    limit: int = Field(50, ge=1, le=MOST)
    cursor: Cursor = None


class ArtifactsOut(Page):
    """Pages, the last asked for first, without their texts."""

    items: list[ArtifactOut]


ARTIFACTS_EXAMPLE: dict[str, Any] = {"url": "https://post.example/harbour"}
