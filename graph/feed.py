"""A feed that is polled: where it is, how often it is looked at, and what came of the last look."""

import hashlib
from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Feed(BaseModel):
    """`every` is in seconds; `listed` counts pages that it has led to; `failures` counts looks in a row that
    failed, after which it is looked at less often."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    url: str
    every: int
    title: str | None = None
    created_at: datetime
    next_at: datetime
    polled_at: datetime | None = None
    etag: str | None = None
    modified: str | None = None
    outcome: str = "never looked at"
    listed: int = 0
    failures: int = 0


def feed_id(url: str) -> str:
    """Hash of the address. 32 hex digits."""
    return hashlib.sha256(url.encode()).hexdigest()[:32]
