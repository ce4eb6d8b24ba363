"""Where entities lie, as far as somebody stated it."""

from collections.abc import Collection
from dataclasses import dataclass

from graph.database import Database
from graph.queries import statement


@dataclass(frozen=True, slots=True)
class Lies:
    """Latitude and longitude in degrees, and the name of a country; None where not stated."""

    point: tuple[float, float] | None
    country: str | None


def place_points(database: Database, keys: Collection[str]) -> dict[str, Lies]:
    """What was stated of these entities; those of which nothing was are left out."""
    if not keys:
        return {}
    rows = database.read(statement("read/place_points"), {"keys": list(keys)})[0]["rows"]
    return {
        row["key"]: Lies((row["location"][1], row["location"][0]) if row["location"] else None, row["country"])
        for row in rows
    }
