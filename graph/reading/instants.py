"""Times as the graph holds them: the driver's date-times as Python's, and the first and last instant of all."""

from datetime import UTC, datetime
from typing import Any

from graph.moment import epoch_ms

BEGINNING = -62_135_596_800_000
"""Epoch milliseconds of 0001-01-01, the first instant that an event may have."""
END = 253_402_300_799_999
"""Epoch milliseconds of the last instant of 9999."""


def from_time(since: datetime | None) -> int:
    """Epoch milliseconds of a time that something begins at; None begins with all."""
    return BEGINNING if since is None else epoch_ms(since)


def to_time(until: datetime | None) -> int:
    """Epoch milliseconds of a time that something goes up to; None goes to the end of all."""
    return END if until is None else epoch_ms(until)


def of_graph(value: Any) -> datetime | None:
    """A driver's date-time as Python's in UTC (nanoseconds are cut), None as None.

    The zone matters on the way back: Cypher orders equal instants of differently written zones, `Z` and `UTC` too.
    """
    return None if value is None else value.to_native().astimezone(UTC)
