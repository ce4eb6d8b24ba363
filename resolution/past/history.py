"""What had become of an entity by a past time: the log of the names that it had then."""

from graph.database import Database, Transaction
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading.clocks import LAST, Clocks
from graph.reading.history import History, HistoryPlace, place_of, rows_of
from resolution.past.identity import Identity
from resolution.past.limits import SECONDS
from resolution.past.mentions import weigh


def history_then(
    database: Database, key: str, clocks: Clocks, *, after: HistoryPlace | None = None, limit: int = 50
) -> History:
    """Rows as `graph.reading.history` tells them, of the names that were held together at `identity_at`: what was
    recorded by `known_at`; of judgements, merges, splits and moves what was made by both. Nothing of a log happens
    before it is written, so that `as_of` bounds all of it by when it was. Raises NotFound, BudgetExceeded."""
    known = min(clocks.known, clocks.as_of or LAST)
    judged = min(known, clocks.identity_at or LAST)

    def work(tx: Transaction) -> History:
        identity = Identity(tx, clocks.identity_at)
        names = identity.names_of(key)
        own = names[0].key
        asked = {"keys": [one.key for one in names], "known": epoch_ms(known), "judged": epoch_ms(judged)}
        found = tx.rows(statement("read/past_history"), {**asked, **place_of(after), "limit": limit + 1})
        rows, end = rows_of(found[0]["rows"], limit)
        weigh(tx, identity, [own], clocks)
        return History(own, *identity.shown(own), rows, end)

    return database.reading(work, timeout=SECONDS)
