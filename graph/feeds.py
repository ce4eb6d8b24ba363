"""Feeds as the graph keeps them: added, listed, removed, and what came of each look."""

from collections.abc import Sequence
from datetime import datetime

from graph.database import Database, Row
from graph.errors import NotFound
from graph.feed import Feed, feed_id
from graph.queries import statement
from graph.reading.instants import of_graph

MOST = 1_000
"""Feeds that are listed at most."""
_TIMES = ("created_at", "next_at", "polled_at")


def add(database: Database, url: str, every: int, now: datetime) -> Feed:
    """Adds a feed, or changes how often one is looked at; it is looked at with the next round."""
    params = {"id": feed_id(url), "url": url, "every": every, "at": now}
    return _feed(database.write(lambda tx, _: tx.rows(statement("write/feed"), params))[0]["f"])


def remove(database: Database, given: str) -> Feed:
    """Removes a feed, by its address or id; what it led to stays. Raises NotFound."""
    params = {"id": given, "url": given}
    rows = database.write(lambda tx, _: tx.rows(statement("write/feed_drop"), params))
    if not rows:
        raise NotFound("feed", given)
    return _feed(rows[0]["f"])


def feeds(database: Database) -> list[Feed]:
    """All feeds, by address."""
    return [_feed(row["f"]) for row in database.read(statement("read/feeds"), {"due": None, "limit": MOST})]


def due(database: Database, now: datetime, limit: int) -> Sequence[Feed]:
    """Feeds whose time has come, those that waited longest first."""
    return [_feed(row["f"]) for row in database.read(statement("read/feeds"), {"due": now, "limit": limit})]


def polled(database: Database, feed: Feed) -> None:
    """Keeps what came of a look; nothing where the feed was removed meanwhile."""
    props = feed.model_dump(exclude={"id", "url", "every", "created_at"})
    database.write(lambda tx, _: tx.rows(statement("write/feed_polled"), {"id": feed.id, "props": props}), shown=False)


def _feed(props: Row) -> Feed:
    return Feed.model_validate({**props, **{name: of_graph(props.get(name)) for name in _TIMES}})
