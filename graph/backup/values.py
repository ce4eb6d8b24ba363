"""Property values as JSON and back, each as the type it had: an integer stays one, a time keeps its nanoseconds and its
offset, a point its reference system. What has no form here is refused.
"""

import math
from datetime import timedelta, timezone
from typing import Any

from neo4j.spatial import CartesianPoint, Point, WGS84Point
from neo4j.time import Date, DateTime

from graph.errors import Conflict

_TIME, _DATE, _POINT, _NUMBER = "$time", "$date", "$point", "$number"
_EARTH = (4326, 4979)
_PLAIN = frozenset({str, int, bool})
"""Most values by far."""


def pack(value: Any) -> Any:
    """A value for JSON. Raises Conflict for a type that backups do not know."""
    if type(value) in _PLAIN:
        return value
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else {_NUMBER: repr(value)}
        case list():
            return [pack(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
        case DateTime():
            return {_TIME: _time(value)}
        case Date():
            return {_DATE: value.iso_format()}
        case Point():
            return {_POINT: [value.srid, *value]}
        case _:
            raise Conflict(f"a property of type {type(value).__name__} is not one that backups know")


def unpack(value: Any) -> Any:
    """The value that was packed. Raises ValueError, KeyError, TypeError for what none is."""
    if isinstance(value, list):
        return [unpack(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(value, dict):
        return value
    ((form, packed),) = value.items()  # pyright: ignore[reportUnknownVariableType]
    made: Any = {_TIME: _of_time, _DATE: Date.from_iso_format, _POINT: _of_point, _NUMBER: float}[form](packed)  # pyright: ignore[reportUnknownArgumentType]
    return made


def _time(value: DateTime) -> list[Any]:
    """Local date and time with nine digits, then the offset in seconds where it has one."""
    local = value.iso_format()[:29]
    zone: Any = value.tzinfo
    if zone is None:
        return [local]
    # The driver shows `Z` as a zone named UTC. Another name would not say which of two equal hours in autumn is meant.
    name = getattr(zone, "key", None) or getattr(zone, "zone", None)
    if name == "UTC":
        return [local, 0]
    if name is not None:
        raise Conflict(f"a time in the zone {name} is not one that backups know: Pentad writes offsets")
    offset: Any = value.utcoffset()
    return [local, round(offset.total_seconds())]


def _of_time(packed: list[Any]) -> DateTime:
    local, *offset = packed
    naive = DateTime.from_iso_format(local)
    return naive.replace(tzinfo=timezone(timedelta(seconds=offset[0]))) if offset else naive


def _of_point(packed: list[Any]) -> Point:
    srid, *numbers = packed
    return WGS84Point(numbers) if srid in _EARTH else CartesianPoint(numbers)
