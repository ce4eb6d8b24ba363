"""Whether the graph keeps its own promises: counts equal edges, edges stand on their alias's entity, nothing twice.

What laws 1 to 3 leave and law 6 asks; laws 4 and 5 are `graph.trending.check_boards`, hubs `graph.reading.check_hubs`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.database import Database, Row
from graph.keys import canonical_key, short_id
from graph.queries import statement

PAGE = 500
_TIMEOUT = 120.0


@dataclass(frozen=True, slots=True)
class Fault:
    """One promise not kept: which, on what, and how."""

    promise: str
    subject: str
    detail: str


def pages(database: Database, name: str, limit: int = PAGE) -> Iterator[list[Row]]:
    """A statement that takes $after and $limit, page by page, by key."""
    after = ""
    while rows := database.read(statement(name), {"after": after, "limit": limit}, timeout=_TIMEOUT):
        yield rows
        after = max(row["key"] for row in rows)


def check_graph(database: Database) -> Iterator[Fault]:
    """All faults of counts, edges, keys, versions and the outbox. Reads everything, in bounded memory."""
    totals = database.read(statement("read/check_totals"), timeout=600)[0]
    yield from _totals(totals)
    live = 0
    for page in pages(database, "read/check_aliases"):
        for row in page:
            live += row["live"]
            yield from _alias(row)
    if live != totals["live"]:
        yield Fault("each live mention stands on an alias", "graph", f"{totals['live']} mentions, {live} on aliases")
    for page in pages(database, "read/check_entities"):
        for row in page:
            yield from _entity(row)


def _totals(row: Row) -> Iterator[Fault]:
    last, first, records = row["outbox_last"], row["outbox_first"], row["outbox_records"]
    if row["change"] != (last or 0):
        yield Fault("the outbox ends at the gate's number", "outbox", f"gate {row['change']}, outbox {last}")
    if records and last - first + 1 != records:
        yield Fault("the outbox has no gaps", "outbox", f"{first}..{last} holds {records} records")
    if row["half_closed"]:
        yield Fault("a mention is live or closed", "mentions", f"{row['half_closed']} are both or neither")
    if row["unhashed"]:
        yield Fault("an event's hash is among its hashes", "events", f"{row['unhashed']} events")
    if row["versions_missing"]:
        yield Fault("each former version is kept", "events", f"{row['versions_missing']} versions differ")


def _alias(row: Row) -> Iterator[Fault]:
    key = row["key"]
    if key != canonical_key(row["family"], row["normalised"], row["discriminator"]) or row["aid"] != short_id(key):
        yield Fault("an alias's key is the hash of its parts", key, f"{row['family']} {row['normalised']!r}")
    if row["entities"] != 1:
        yield Fault("an alias names one entity", key, f"names {row['entities']}")
    if row["astray"]:
        yield Fault("each edge is on its alias's entity", key, f"{row['astray']} edges lead elsewhere")
    if (row["mentions"] or 0) != row["live"]:
        yield Fault("an alias counts its mentions", key, f"says {row['mentions']}, has {row['live']}")


def _entity(row: Row) -> Iterator[Fault]:
    key = row["key"]
    if row["mentions"] != row["live"]:
        yield Fault("an entity counts its mentions", key, f"says {row['mentions']}, has {row['live']}")
    if (row["first"], row["last"]) != (row["earliest"], row["latest"]):
        said, seen = (row["first"], row["last"]), (row["earliest"], row["latest"])
        yield Fault("first and last seen are those of its mentions", key, f"says {said}, has {seen}")
    if row["astray"] or row["kid"] != short_id(key):
        yield Fault("edges carry their entity's short id and their event's time", key, f"{row['astray']} do not")
    if row["doubled"]:
        yield Fault("a mention is there once", key, f"{row['doubled']} twice")
    if row["earliest_alias"] != key:
        yield Fault("an entity goes by its earliest alias", key, f"the earliest is {row['earliest_alias']}")
    if row["foremost"] not in (None, row["name"]):
        yield Fault("an entity is called by its most frequent name", key, f"{row['name']!r}, not {row['foremost']!r}")
