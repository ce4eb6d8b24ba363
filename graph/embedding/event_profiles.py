"""Profiles of events: what, why and the names of who and where as one text, with its vector, kept beside the event and
found by an index of words and one of vectors.

A profile is a projection that only finds: what is told is always read from the event itself. It is made anew when its
event was told anew, or whom it names is called otherwise; it goes with an event that is withdrawn or erased.
"""

from collections.abc import Callable

from graph.database import Database, Row
from graph.embedding import Embedder
from graph.queries import statement

BATCH = 250
DUE = 50_000
"""Profiles that one round makes at most."""
TIMEOUT = 60.0
LENGTH = 4_000
"""Characters of an event that its profile holds."""
VECTORS, WORDS = "event_profiles", "event_profile_words"
"""Names of the indexes."""


def ready(database: Database, embedder: Embedder) -> None:
    """Makes the indexes for vectors of this length; one for another length is dropped."""
    [found] = database.setup(lambda tx: tx.rows(statement("read/event_profile_index")))
    if found["words"] and found["dimensions"] == embedder.dimensions:
        return
    if found["dimensions"] not in (None, embedder.dimensions):
        database.setup(lambda tx: tx.rows(statement("write/event_profile_index_drop")))
    database.setup(lambda tx: tx.rows(statement("write/event_profile_key")))
    database.setup(lambda tx: tx.rows(statement("write/event_profile_words")))
    asked = {"dimensions": embedder.dimensions}
    database.setup(lambda tx: tx.rows(statement("write/event_profile_index"), asked))
    database.setup(lambda tx: tx.rows(statement("write/schema_await")))


def stands(database: Database, embedder: Embedder) -> bool:
    """Whether there are indexes for vectors of this embedder's length, so that they can be asked."""
    [found] = database.read(statement("read/event_profile_index"))
    return bool(found["words"]) and found["dimensions"] == embedder.dimensions


def follow(database: Database, embedder: Embedder, progress: Callable[[int, int], object] | None = None) -> int:
    """Makes the profiles that are due, 50,000 at most, and drops those whose event is gone; how many were made. Raises
    DatabaseUnavailable, BudgetExceeded."""
    ready(database, embedder)
    change: int = database.read(statement("read/gate_change"))[0]["change"]
    asked = {"model": embedder.name, "since": _followed(database, None), "limit": DUE}
    due: list[str] = database.read(statement("read/event_profiles_due"), asked, timeout=TIMEOUT)[0]["ids"]
    for begin in range(0, len(due), BATCH):
        ids = due[begin : begin + BATCH]
        rows = database.read(statement("read/event_profile_texts"), {"ids": ids}, timeout=TIMEOUT)
        _keep(database, embedder, rows, change)
        if progress is not None:
            progress(begin + len(ids), len(due))
    gone = statement("write/event_profiles_drop")
    while database.write(lambda tx, _: tx.rows(gone, {"limit": BATCH}), shown=False)[0]["dropped"]:
        pass
    if len(due) < DUE:
        _followed(database, change)
    return len(due)


def text_of(row: Row) -> str:
    """What is told of an event: title, text, what and why, names; each once."""
    told = dict.fromkeys([row["title"], row["text"], *row["told"], *row["names"]])
    return "\n".join(one for one in told if one)[:LENGTH]


def _followed(database: Database, change: int | None) -> int:
    """Up to which change number names are followed; with a number, from now on up to that one."""
    asked = {"change": change}
    told = database.write(lambda tx, _: tx.rows(statement("write/event_profiles_followed"), asked), shown=False)
    return int(told[0]["followed"])


def _keep(database: Database, embedder: Embedder, rows: list[Row], change: int) -> None:
    texts = [text_of(row) for row in rows]
    kept = [
        {"id": row["id"], "version": row["version"], "ts": row["ts"], "text": text, "vector": vector}
        for row, text, vector in zip(rows, texts, embedder.embed(texts), strict=True)
    ]
    params = {"rows": kept, "model": embedder.name, "change": change}
    database.write(lambda tx, _: tx.rows(statement("write/event_profiles"), params))
