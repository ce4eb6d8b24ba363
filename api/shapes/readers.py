"""Readers as doors show them, and what may be told and asked of them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.shapes.common import MOST, Asked, Cursor, Instant, Page, Told
from graph.errors import InvalidInput
from graph.text import clean_name

ID_LENGTH = 200


def _id(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return clean_name(value)
    except InvalidInput as error:
        raise ValueError(error.reason) from error


ReaderName = Annotated[str, BeforeValidator(_id), Field(min_length=1, max_length=ID_LENGTH)]
ReaderId = Annotated[
    str,
    Path(min_length=1, max_length=ID_LENGTH, description="Id of the reader, as whoever tells the reads chose it."),
    BeforeValidator(_id),
]
ContentId = Annotated[str, Path(min_length=1, max_length=512, description="Id of a document.")]
Choice = Annotated[str, BeforeValidator(_id), Field(min_length=1, max_length=200)]
Language = Literal["en", "fr", "es", "zh", "pt"]


class ReadIn(BaseModel):
    """Who read it, and when: now, where that is not told. Told again with the same time, it is the same read."""

    model_config = ConfigDict(extra="forbid")

    reader_id: ReaderName
    at: Instant | None = None


class ReadOut(Told):
    """What a read did; `counted` is false where it was told before. `entities` are those that it counts for."""

    reader_id: str
    content_id: str
    at: datetime
    counted: bool
    entities: list[str]


class SettingsIn(BaseModel):
    """What a reader chose; what is left out is nothing."""

    model_config = ConfigDict(extra="forbid")

    themes: list[Choice] = Field([], max_length=100, description="Categories of events.")
    topics: list[Choice] = Field([], max_length=100, description="Words of titles.")
    sources: list[Choice] = Field([], max_length=200, description="Publishers, by name or id.")
    language: Language | None = Field(None, description="Of the reasons in the feed.")


class SettingsOut(Told):
    """A reader with what they chose, and how many reads were counted."""

    reader_id: str
    created_at: datetime | None
    reads: int
    themes: list[str]
    topics: list[str]
    sources: list[str]
    language: Language | None


class InterestOut(Told):
    """An entity that a reader often reads about: 5 points a read, times `decay_factor`."""

    key: str
    name: str
    kind: str
    score: float
    read_count: int
    first_seen: datetime | None
    last_seen: datetime | None
    decay_factor: float


class InterestsOut(Told):
    """The 50 strongest interests, most first."""

    reader_id: str
    items: list[InterestOut]


class AskedFeed(Asked):
    """A part of a feed."""

    lang: Language | None = Field(None, description="Of the reasons; else the reader's own, else English.")
    read: bool = Field(False, description="Also contents that were read.")
    limit: int = Field(50, ge=1, le=MOST)
    cursor: Cursor = None


class ReasonOut(Told):
    """What speaks for a content, and how much."""

    sort: Literal["entity", "theme", "source", "topic", "reliable"]
    points: int
    text: str
    names: list[str]


class FeedItemOut(Told):
    """A content with its points and their reasons."""

    id: str
    url: str | None
    title: str | None
    source: str | None
    occurred_at: datetime | None
    read: bool
    score: int
    because: str
    reasons: list[ReasonOut]


class FeedOut(Page):
    """Contents for a reader, most points first, then the newest."""

    reader_id: str
    items: list[FeedItemOut]


class ForgottenOut(Told):
    """What was kept of the reader, and is no more; `keys` of theirs alone have ended."""

    reads: int
    interests: int
    keys: int


READ_EXAMPLE: dict[str, Any] = {"reader_id": "ann"}
SETTINGS_EXAMPLE: dict[str, Any] = {"themes": ["talks"], "topics": ["grain"], "sources": ["The Selwyn Post"]}
