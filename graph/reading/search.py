"""Search for entities by the beginning of a name and by words, in any script: one row an entity, best first."""

from graph.database import Database, Row, Transaction
from graph.queries import statement
from graph.reading.entities import EntityRow, entity_row
from graph.reading.lucene import words

PREFIX_SCAN = 5_000
WORDS_SCAN = 1_000


def search(
    database: Database, text: str, normalised: str, *, kind: str | None = None, limit: int = 20
) -> list[EntityRow]:
    """Entities with an alias that is the text, then that begin with it, then that hold its words.

    `normalised` is the text as aliases are normalised (the beginning is compared there); both may be empty. Equal
    matches are ordered by mentions. A beginning shared by more than 5,000 aliases is looked at in part.
    """
    query = words(text)

    def work(tx: Transaction) -> list[Row]:
        found: list[Row] = []
        if normalised:
            params = {"prefix": normalised, "kind": kind, "scan": PREFIX_SCAN, "limit": limit}
            found += tx.rows(statement("read/entity_prefix"), params)[0]["rows"]
        if query and len(found) < limit:
            params = {"words": query, "kind": kind, "scan": WORDS_SCAN, "limit": limit}
            found += tx.rows(statement("read/entity_fulltext"), params)[0]["rows"]
        return found

    best: dict[str, Row] = {}
    for row in database.reading(work):
        best.setdefault(row["key"], row)
    return [entity_row(row) for row in list(best.values())[:limit]]
