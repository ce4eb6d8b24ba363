"""Profiles: what is told of an entity as one text, and its vector, kept beside the entity and found by an index.

A profile is a projection: it is made anew when its entity changed or was mentioned half as often again, and all of them
when another embedder is set. It stands under the key its entity had then, which leads to the holder of now.
"""

from collections.abc import Callable, Sequence
from typing import Any

from graph.database import Database, Row, Transaction
from graph.embedding import Embedder
from graph.queries import statement

BATCH = 250
DUE = 50_000
"""Profiles that one round makes at most."""
TITLES = 12
"""Titles of newest events, a W, that a profile holds."""
TIMEOUT = 60.0
_STATED = ("description", "sector", "country", "of", "affiliations", "event_type")


def ready(database: Database, embedder: Embedder) -> None:
    """Makes the index for vectors of this length; one for another length is dropped with its profiles."""
    found = database.setup(lambda tx: tx.rows(statement("read/profile_index")))
    if found and found[0]["dimensions"] != embedder.dimensions:
        database.setup(lambda tx: tx.rows(statement("write/profile_index_drop")))
        found = []
    if not found:
        asked = {"dimensions": embedder.dimensions}
        database.setup(lambda tx: tx.rows(statement("write/profile_index"), asked))
        database.setup(lambda tx: tx.rows(statement("write/schema_await")))


def follow(database: Database, embedder: Embedder, progress: Callable[[int, int], object] | None = None) -> int:
    """Makes the profiles that are due, 50,000 at most; how many. Raises DatabaseUnavailable, BudgetExceeded."""
    ready(database, embedder)
    due = database.read(statement("read/profiles_due"), {"model": embedder.name, "limit": DUE}, timeout=TIMEOUT)
    keys: list[str] = due[0]["keys"]
    for begin in range(0, len(keys), BATCH):
        asked = {"keys": keys[begin : begin + BATCH], "titles": TITLES}
        rows = database.read(statement("read/profile_texts"), asked, timeout=TIMEOUT)
        vectors = embedder.embed([text_of(row) for row in rows])
        kept = [
            {"key": row["key"], "version": row["version"], "mentions": row["mentions"], "vector": vector}
            for row, vector in zip(rows, vectors, strict=True)
        ]
        params = {"rows": kept, "model": embedder.name}
        database.write(lambda tx, _, params=params: tx.rows(statement("write/profiles"), params))
        if progress is not None:
            progress(begin + len(rows), len(keys))
    return len(keys)


def text_of(row: Row) -> str:
    """What is told of an entity: names, kind, roles, attributes, titles of its newest events."""
    told: list[Any] = [row["name"], *row["aliases"], row["kind"], *row["roles"]]
    for name in _STATED:
        value = row["attributes"].get(name)
        told += value if isinstance(value, list) else [value]
    told += dict.fromkeys(row["titles"])
    return "\n".join(str(one) for one in told if one)


def nearest(tx: Transaction, model: str, vector: Sequence[float], kind: str | None, limit: int) -> list[Row]:
    """Entities whose profiles lie nearest, as `entity_fulltext` tells them; none while there is no index, or that of an
    embedder whose vectors have another length."""
    if not any(vector):
        return []
    found = tx.rows(statement("read/profile_index"))
    if not found or found[0]["dimensions"] != len(vector):
        return []
    asked = {"model": model, "vector": list(vector), "kind": kind, "limit": limit}
    return tx.rows(statement("read/profile_search"), asked)[0]["rows"]
