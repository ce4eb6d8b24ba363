"""Feeds as doors take and show them."""

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from api.shapes.common import Told

LEAST, USUAL, LONGEST = 300, 900, 86_400
"""Seconds between two looks at a feed."""
FEED_EXAMPLE = {"url": "https://post.example/feed.xml", "every": USUAL}

FeedId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Id of a feed.", examples=["0f3a" * 8])]


class FeedIn(BaseModel):
    """A feed to be polled."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(pattern=r"^https?://\S+$", max_length=2_000)
    every: int = Field(USUAL, ge=LEAST, le=LONGEST, description="Seconds between two looks.")


class FeedOut(Told):
    """A feed with what came of the last look; `listed` counts pages that it has led to."""

    id: str
    url: str
    title: str | None
    every: int
    created_at: datetime
    next_at: datetime
    polled_at: datetime | None
    outcome: str
    listed: int
    failures: int


class FeedsOut(Told):
    """By address."""

    items: list[FeedOut]
