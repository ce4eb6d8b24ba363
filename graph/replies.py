"""Answers that are kept for whoever sends the same request again: `(:Reply {key, request, status, body, at})`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from graph.database import Database
from graph.queries import statement

KEPT = timedelta(hours=24)
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer over HTTP; `request` is the hash of what it answers, 64 hex digits."""

    request: str
    status: int
    media_type: str
    body: str


def kept(database: Database, key: str, now: datetime) -> Reply | None:
    """The answer that is kept under this key, None where there is none or it is older than KEPT."""
    found = database.one(statement("read/reply"), {"key": key, "since": now - KEPT})
    return Reply(**found) if found else None


def keep(database: Database, key: str, reply: Reply, now: datetime) -> None:
    """Keeps an answer for KEPT."""
    asked = {
        "key": key,
        "request": reply.request,
        "status": reply.status,
        "media_type": reply.media_type,
        "body": reply.body,
        "at": now,
    }
    database.write(lambda tx, _: tx.rows(statement("write/reply"), asked))


def forget(database: Database, before: datetime) -> int:
    """Drops answers of before that moment; how many that were."""
    asked = {"before": before, "limit": _AT_ONCE}
    dropped = 0
    while found := database.write(lambda tx, _: tx.rows(statement("write/replies_forget"), asked))[0]["replies"]:
        dropped += found
    return dropped
