"""What readers read, and what that says of their interests: `(Reader)-[:INTERESTED_IN {alias}]->(Entity)`.

An interest stands on an alias, as a mention does, with the numbers of the reads that spoke of it. So it follows merges
and splits, and a read that spoke of one entity by two names counts once while they are one, twice when they are parted.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from graph.checking import Fault, pages
from graph.database import Database, Row, Transaction
from graph.errors import NotFound
from graph.queries import statement

POINTS = 5.0
"""What one read adds to the score of an entity."""
DECAY = 0.9
"""Factor of a score for each full 30 days since the last read."""
LEAST = 10.0
"""Score from which an entity is an interest."""
FOLLOW = 1_000
PAGE = 200
LANGUAGES = ("en", "fr", "es", "zh", "pt")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader chose: `themes` are categories of events, `topics` words of titles, `sources` names or ids of
    publishers; `language` of reasons, one of LANGUAGES."""

    themes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A read that was told: whether it was news, and the entities (keys) that it counts for."""

    counted: bool
    entities: list[str]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was kept of a reader who is forgotten now."""

    reads: int
    interests: int
    keys: int


def read(database: Database, reader: str, content: str, at: datetime, now: datetime) -> Read:
    """Notes that a reader read a content at a time; told again with the same time, it changes nothing.

    The reader is made at the first read. Raises NotFound for a content that is not there.
    """

    def work(tx: Transaction, _: int) -> Read:
        asked = {"reader": reader, "content": content, "at": at, "now": now}
        noted = tx.rows(statement("write/reader_read"), asked)
        if not noted:
            raise NotFound("content", content)
        if not noted[0]["counted"]:
            return Read(False, [])
        aliases = tx.rows(statement("read/content_names"), {"id": content})[0]["aliases"]
        told = {"reader": reader, "aliases": sorted(aliases), "n": noted[0]["n"], "at": at}
        return Read(True, sorted(tx.rows(statement("write/reader_interests"), told)[0]["entities"]))

    return database.write(work)


def choose(database: Database, reader: str, chosen: Chosen, now: datetime) -> None:
    """Puts these settings in place of the former ones; makes the reader where there is none."""
    asked = {
        "reader": reader,
        "now": now,
        "language": chosen.language,
        "themes": list(chosen.themes),
        "topics": list(chosen.topics),
        "sources": list(chosen.sources),
    }
    database.write(lambda tx, _: tx.rows(statement("write/reader_settings"), asked))


def forget(database: Database, reader: str, now: datetime) -> Forgotten:
    """Takes away the reader, all reads, interests and settings; keys that were theirs alone end. Raises NotFound."""
    rows = database.write(lambda tx, _: tx.rows(statement("write/reader_forget"), {"reader": reader, "now": now}))
    if not rows:
        raise NotFound("reader", reader)
    return Forgotten(**rows[0])


def keep_decay(database: Database, now: datetime) -> tuple[int, int]:
    """Writes today's `decay_factor` on every interest, computed from when it was last read; answers how many readers
    were looked at, and how many interests changed. Reads do not need it: it is for whoever looks by hand."""
    looked = changed = 0
    after = ""
    while rows := database.read(statement("read/backup_readers_after"), {"after": after, "limit": PAGE}):
        ids = [row["key"] for row in rows]
        asked = {"readers": ids, "now": now, "decay": DECAY}
        changed += database.write(
            lambda tx, _, asked=asked: tx.rows(statement("write/readers_decay"), asked)[0]["changed"]
        )
        looked, after = looked + len(ids), ids[-1]
    return looked, changed


def follow(tx: Transaction, aliases: Collection[str]) -> None:
    """Brings interests to the entities that these aliases name now."""
    asked = {"aliases": sorted(aliases), "limit": FOLLOW}
    while aliases and tx.rows(statement("write/interests_follow"), asked)[0]["moved"] == FOLLOW:
        pass


def place(tx: Transaction, placed: Iterable[tuple[str, str, str]]) -> None:
    """Has reads count for the aliases that mentions were placed on: (event, alias before, alias after), once the
    mentions are there."""
    rows = [{"event": event, "before": before, "after": after} for event, before, after in sorted(set(placed))]
    if not rows:
        return
    found = tx.rows(statement("read/reads_placed"), {"rows": rows})
    if found:
        tx.rows(statement("write/interests_place"), {"rows": list(_placed(found))})


def check_readers(database: Database) -> Iterator[Fault]:
    """Interests that do not stand on their alias's entity, and such that no read speaks for."""
    for page in pages(database, "read/readers_check"):
        for row in page:
            if row["astray"]:
                yield Fault("an interest is in its name's entity", row["key"], f"{row['astray']} lead astray")
            if row["unread"]:
                yield Fault("an interest comes from reads", row["key"], f"{row['unread']} do not")


def _placed(found: Iterable[Row]) -> Iterator[Row]:
    add: dict[tuple[str, str], set[int]] = {}
    drop: dict[tuple[str, str], set[int]] = {}
    for row in found:
        add.setdefault((row["reader"], row["after"]), set()).add(row["n"])
        if not row["still"]:
            drop.setdefault((row["reader"], row["before"]), set()).add(row["n"])
    for reader, alias in sorted(add.keys() | drop.keys()):
        added = add.get((reader, alias), set())
        dropped = drop.get((reader, alias), set()) - added
        yield {"reader": reader, "alias": alias, "add": sorted(added), "drop": sorted(dropped)}
