"""What entities are called: of several names the most frequent, looked at anew where that may have changed."""

from collections.abc import Collection
from datetime import datetime

from graph import history
from graph.database import Transaction
from graph.history import Changed
from graph.queries import statement


def rename(tx: Transaction, keys: Collection[str], now: datetime, founded: Collection[str] = ()) -> list[Changed]:
    """Ranks the names of these entities; answers display names that became others, but for those just founded."""
    if not keys:
        return []
    found = tx.rows(statement("write/entity_names"), {"keys": sorted(keys), "at": now})
    return history.of_names(found, founded)
