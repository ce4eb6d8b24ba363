"""How a transaction takes its change number: with the outbox record of what it changed."""

from datetime import datetime
from typing import Any

import orjson

from graph.database import Transaction
from graph.queries import statement


def take_number(tx: Transaction, number: int, at: datetime, told: dict[str, Any]) -> str:
    """Leaves the record of change `number`, which tells `told` (docs/graph.md); gives its text as it stands there."""
    text = orjson.dumps(told).decode()
    tx.rows(statement("write/outbox"), {"change": number, "at": at, "payload": text})
    return text
