"""Reads by db hits: a hub beside an entity of degree 1,000. PROFILE does not know the machine's load."""

from typing import Any

from api.wiring import Clients
from graph.queries import statement
from graph.reading.instants import BEGINNING, END

_LIMIT = 100


def measure(clients: Clients) -> list[dict[str, Any]]:
    """Rows of the table: db hits of the timeline at the largest hub and at the entity nearest to degree 1,000."""
    rows = clients.database.read(statement("read/entity_list_mentions"), _largest())
    entities = rows[0]["rows"] if rows and "rows" in rows[0] else rows
    hub = entities[0]
    alike = [row for row in entities if row["ws"] == hub["ws"]]
    middle = min(alike, key=lambda row: abs(row["mentions"] - 1_000))
    hits = {
        row["key"]: clients.database.profile(statement("read/entity_timeline"), _timeline(row)) for row in (hub, middle)
    }
    return [
        {
            "figure": f"timeline db hits, degree {hub['mentions']} / {middle['mentions']}",
            "ours": hits[hub["key"]],
            "raw": hits[middle["key"]],
            "unit": "db hits",
            "ratio": round(hits[hub["key"]] / hits[middle["key"]], 2),
            "target": "<= 1.2",
        }
    ]


def _largest() -> dict[str, Any]:
    return {"kind": None, "after": None, "mentions": None, "key": None, "limit": 200}


def _timeline(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": row["key"],
        "ws": list(row["ws"]),
        "since": BEGINNING,
        "until": END,
        "mention": None,
        "limit": _LIMIT,
    }
