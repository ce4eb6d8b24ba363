"""The outbox as the boards read it: records in order, in small pages, without a gap or none at all."""

from collections.abc import Iterator

from graph.database import Database
from graph.queries import statement
from graph.trending.members import Rows
from graph.trending.record import Record, record

# A record of a full batch (1,000 events) has some 300 kB, so a page stays within a few megabytes.
PAGE = 20


class OutboxGap(Exception):
    """Records that are needed are not kept any more: what follows the outbox must be rebuilt."""


def newest(database: Database) -> int:
    """Number of the last committed change; 0 for an empty graph."""
    row = database.one(statement("read/board_change"))
    return int(row["change"]) if row else 0


def pages(rows: Rows, after: int, upto: int) -> Iterator[list[Record]]:
    """Records after+1 .. upto in order. Raises OutboxGap as soon as one is missing."""
    while after < upto:
        found = rows(statement("read/board_outbox"), {"after": after, "upto": upto, "limit": PAGE})
        told = [record(int(row["change"]), row["payload"]) for row in found]
        if [r.change for r in told] != list(range(after + 1, after + 1 + len(told))) or not told:
            raise OutboxGap(f"outbox records after change {after} are not kept any more")
        yield told
        after = told[-1].change
