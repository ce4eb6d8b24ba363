"""What is withdrawn: a document or all that a source published, by whom and why, and how far that is."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Sort(StrEnum):
    """What is withdrawn."""

    DOCUMENT = "document"
    SOURCE = "source"


class RetractionState(StrEnum):
    """How far it is. `applying` and `erasing` go on when they are asked for again."""

    APPLYING = "applying"
    APPLIED = "applied"
    UNDONE = "undone"
    ERASING = "erasing"
    ERASED = "erased"


class Target(BaseModel):
    """A document or source that is to be withdrawn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sort: Sort
    id: str
    name: str
    documents: int


class Retraction(BaseModel):
    """One retraction. Of an erased one only its counts, its reason and who asked are kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    state: RetractionState
    sort: Sort
    target: str = ""
    name: str = ""
    reason: str = ""
    author: str = ""
    at: datetime
    undone_at: datetime | None = None
    events: int = 0
    documents: int = 0
