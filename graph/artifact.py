"""What somebody wants read: an address, a text or a page, and how far that got. A document known to the graph."""

import hashlib
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class ArtifactState(StrEnum):
    """How far a page is. The last three are ends; `failed` and `low_quality` may be asked for again."""

    STUB = "stub"
    """It waits for a worker."""
    EXTRACTING = "extracting"
    EXTRACTED = "extracted"
    LOW_QUALITY = "low_quality"
    """It was read, and a gate says that nothing is to be made of it."""
    FAILED = "failed"
    """It was not read: `error_type` says why."""
    WITHDRAWN = "withdrawn"
    """It was read once; a retraction says that nothing is to be made of it."""

    @property
    def over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self not in (ArtifactState.STUB, ArtifactState.EXTRACTING)


class GateDecision(BaseModel):
    """What a gate said between two stages: whether to go on, how sure that is (0..1), and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gate: str
    go: bool
    confidence: float
    reason: str
    at: datetime | None = None


class Artifact(BaseModel):
    """A page as the graph has it. `text` is the main text, paragraphs parted by a blank line, empty until it was read.

    `quality` is 0..1, `words` counts two ideographs as one, `source_reliability` is that of the publisher, 1 where
    nothing is known. `also` are further addresses that turned out to lead to the same text; `read_model` is the
    language model that read it, too, `read_failure` why one that should have did not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    state: ArtifactState
    url: str | None = None
    title: str | None = None
    description: str | None = None
    text: str = ""
    published_at: datetime | None = None
    language: str | None = None
    words: int | None = None
    quality: float | None = None
    content_hash: str | None = None
    method: str | None = None
    error_type: str | None = None
    reason: str | None = None
    source_name: str | None = None
    source_reliability: float = 1.0
    decisions: tuple[GateDecision, ...] = ()
    also: tuple[str, ...] = ()
    read_model: str | None = None
    read_failure: str | None = None
    job: str | None = None
    requested_at: datetime | None = None
    extracted_at: datetime | None = None


def text_id(kind: str, text: str) -> str:
    """The id of an artifact that has no address: of what was given, so that the same is the same. 32 hex digits."""
    return hashlib.sha256(f"{kind}\u241f{text}".encode()).hexdigest()[:32]


def content_hash(text: str) -> str:
    """What makes two texts the same: their words, however they are laid out. 64 hex digits."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
