"""A CSV file as a table of compared columns."""

import csv
import gzip
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graph.errors import InvalidInput
from graph.keys import Family
from resolution.records.column import Codes, Column
from resolution.records.dates import Dates
from resolution.records.guessing import guess
from resolution.records.linking import Table
from resolution.records.names import Names, family_of
from resolution.records.schema import Field, Kind, Schema, read
from resolution.records.texts import Texts
from resolution.records.values import Amounts, Categories, Countries, Marks, Places, Years

PLAIN: Mapping[Kind, Callable[[str, Sequence[str]], Column]] = {
    Kind.DATE: Dates,
    Kind.YEAR: Years,
    Kind.COUNTRY: Countries,
    Kind.CODE: Marks,
    Kind.CATEGORY: Categories,
    Kind.PLACE: Places,
    Kind.TEXT: Texts,
    Kind.AMOUNT: Amounts,
}
LONGEST = 20_000
"""Characters of a value that are read."""


@dataclass(frozen=True, slots=True)
class Records:
    """The ids of the records in the order of the file, the schema and the table."""

    ids: list[str]
    schema: Schema
    table: Table


def records_of(path: Path, schema: str | None) -> Records:
    """Reads a CSV file (also .gz; - is not taken). Raises InvalidInput with the reason when it cannot be read."""
    columns, rows = _rows(path)
    told = read(schema, columns) if schema else guess(columns, rows)
    if not told.compared:
        raise InvalidInput(f"{path}: no column to compare could be guessed; give --schema")
    return Records(_ids(rows, told), told, table_of(rows, told))


def table_of(rows: Sequence[Mapping[str, str]], schema: Schema) -> Table:
    """The compared columns of rows."""
    type_column = schema.of(Kind.TYPE)
    types = [(row.get(type_column) or "").strip().lower() for row in rows] if type_column else None
    source = schema.of(Kind.SOURCE)
    columns = tuple(_column(field, rows, types) for field in schema.compared)
    return Table(
        columns,
        _codes([row.get(source) or "" for row in rows] if source else None, len(rows)),
        _codes(types, len(rows)),
    )


def _column(field: Field, rows: Sequence[Mapping[str, str]], types: Sequence[str] | None) -> Column:
    written = [" ".join(text for c in field.columns if (text := (row.get(c) or "").strip()))[:LONGEST] for row in rows]
    if field.kind in PLAIN:
        return PLAIN[field.kind](field.name, written)
    if field.kind is Kind.NAME:
        return Names(field.name, written, [family_of(kind) for kind in types] if types else Family.UNSPECIFIED)
    return Names(field.name, written, family_of(field.kind))


def _codes(values: Sequence[str] | None, count: int) -> Codes:
    """A number for each value, -1 for none."""
    if values is None:
        return np.full(count, -1, np.int32)
    places = {value: place for place, value in enumerate(sorted(set(filter(None, values))))}
    return np.array([places.get(value, -1) for value in values], dtype=np.int32)


def _ids(rows: Sequence[Mapping[str, str]], schema: Schema) -> list[str]:
    """The id of each record, its number in the file where there is no column of ids. Raises InvalidInput when one is
    missing or there twice."""
    column = schema.of(Kind.ID) or ("id" if rows and "id" in rows[0] else None)
    if column is None:
        return [str(number) for number in range(1, len(rows) + 1)]
    ids = [row.get(column) or "" for row in rows]
    seen: set[str] = set()
    for number, id_ in enumerate(ids, start=1):
        if not id_ or id_ in seen:
            raise InvalidInput(f"record {number}: {column} {id_!r} {'is there twice' if id_ else 'is missing'}")
        seen.add(id_)
    return ids


def _rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    try:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            rows = [{str(key): str(value) for key, value in row.items()} for row in reader]
            columns = list(reader.fieldnames or [])
    except OSError as error:
        raise InvalidInput(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, csv.Error, EOFError) as error:
        raise InvalidInput(f"{path}: {error}") from error
    if not columns:
        raise InvalidInput(f"{path}: no header line")
    return columns, rows
