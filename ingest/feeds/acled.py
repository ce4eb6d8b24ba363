"""ACLED: exports of the Armed Conflict Location & Event Data project as CSV, with header; comma or semicolon.

Columns as in the ACLED Codebook (2023 and later); columns that a version of the export lacks are passed over. The row's
`timestamp` is its version: a later export that corrects an event makes a new version of it.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime

from graph.errors import InvalidInput
from ingest.feeds.cells import point, some, text_of
from ingest.shapes import Raw

NEEDED = ("event_id_cnty", "event_date", "event_type")
_DATES = ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d/%m/%Y")
_KINDS = {
    "state forces": "government",
    "rebel group": "group",
    "rebel forces": "group",
    "political militia": "group",
    "identity militia": "group",
    "rioters": "group",
    "protesters": "group",
    "civilians": "group",
    **dict.fromkeys(("2", "3", "4", "5", "6", "7"), "group"),
    "1": "government",
}
"""`inter1` and `inter2`, in words or, before 2024, in numbers."""
_DEEDS = {"political violence": "military", "demonstrations": "political"}


def events(lines: Iterable[bytes]) -> Iterator[tuple[int, Raw]]:
    """Rows with their numbers, the header being row 1. Raises InvalidInput where the header is none of ACLED's."""
    texts = (text_of(line) + "\n" for line in lines)
    header = next(texts, "")
    delimiter = ";" if header.count(";") > header.count(",") else ","
    columns = [one.strip().strip('"') for one in header.rstrip("\n").split(delimiter)]
    missing = [one for one in NEEDED if one not in columns]
    if missing:
        raise InvalidInput(f"is no export of ACLED: it has no column {missing[0]!r}")
    rows = csv.reader(texts, delimiter=delimiter, strict=True)
    number = 1
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, InvalidInput(f"is no row of a table: {error}")
            continue
        if any(cells):
            yield number, _read(columns, cells)


def _read(columns: list[str], cells: list[str]) -> Raw:
    if len(cells) != len(columns):
        return InvalidInput(f"has {len(cells)} cells, the header has {len(columns)}")
    row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    try:
        return _record(row)
    except InvalidInput as error:
        return error


def _record(row: dict[str, str]) -> Raw:
    if not row["event_id_cnty"]:
        raise InvalidInput("is missing", "event_id_cnty")
    deed = row.get("sub_event_type") or row["event_type"]
    place = row.get("location", "")
    path = [row.get(part, "") for part in ("country", "admin1", "admin2", "admin3")]
    stamp = row.get("timestamp", "")
    return some(
        id=f"acled-{row['event_id_cnty']}",
        version=int(stamp) if stamp.isdigit() else None,
        occurred_at=_date(row["event_date"]),
        title=f"{deed}{f' in {place}' if place else ''}{f', {path[0]}' if path[0] else ''}",
        text=row.get("notes"),
        category=row["event_type"],
        who=[*_actors(row, "1", "source"), *_actors(row, "2", "target")],
        what=some(label=deed, kind=_DEEDS.get(row.get("disorder_type", "").casefold())),
        where=[
            *(
                [some(name=place, kind="city", path=[*(one for one in path if one), place], coordinates=_at(row))]
                if place
                else []
            ),
            *([{"name": path[0], "kind": "country"}] if path[0] and path[0] != place else []),
        ],
        sources=[{"name": one} for one in _each(row.get("source", ""))],
    )


def _actors(row: dict[str, str], side: str, role: str) -> Iterator[dict[str, object]]:
    kind = _KINDS.get(row.get(f"inter{side}", "").casefold())
    if actor := row.get(f"actor{side}"):
        yield some(name=actor, kind=kind, role=role)
    for name in _each(row.get(f"assoc_actor_{side}", "")):
        yield {"name": name, "role": f"with {role}"}


def _at(row: dict[str, str]) -> list[float] | None:
    return point(row.get("latitude", ""), row.get("longitude", ""))


def _each(cell: str) -> list[str]:
    return list(dict.fromkeys(one.strip() for one in cell.split(";") if one.strip()))


def _date(cell: str) -> str:
    for form in _DATES:
        try:
            return datetime.strptime(cell, form).date().isoformat()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise InvalidInput("is no date such as 2024-01-05 or 05 January 2024", "event_date")
