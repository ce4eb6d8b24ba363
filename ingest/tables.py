"""Rows of a CSV table -> records in the 5-W shape, by a mapping. Bounded memory: a row at a time.

UTF-8 with or without its mark; comma, semicolon, tab or bar between cells, told from the header. A row that has more
or fewer cells than the header is set aside with its row number; rows count from 1, the header included, as
spreadsheets show them.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from graph.errors import InvalidInput
from ingest.mapping import SPLITTING, WHOLE, Columns, Value, of_columns
from ingest.shapes import Raw

CELL = 1_000_000
"""Characters that one cell may have."""
_DELIMITERS = ",;\t|"
_NUMBERS = frozenset("risk_score confidence relevance lat lon count version".split())
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


class Table:
    """A table being read: give it lines (bytes with their line ends), take records with their row numbers."""

    def __init__(self, lines: Iterable[bytes], mapping: Columns | None, name: str = "") -> None:
        self._name = name
        self._text = _Decoded(lines, name)
        self._wanted = mapping
        self._columns: list[str] = []
        self._mapping: Columns = {}
        self._delimiter = ","

    def header(self) -> "Table":
        """Reads the header and checks the mapping against it. Raises InvalidInput."""
        first = next(self._text, None)
        while first is not None and not first.strip():
            first = next(self._text, None)
        if first is None:
            raise InvalidInput("is empty: a table begins with a header", self._name)
        self._delimiter = max(_DELIMITERS, key=lambda one: (first.count(one), -_DELIMITERS.index(one)))
        self._columns = [one.strip() for one in next(self._rows(first))]
        twice = {one for one in self._columns if one and self._columns.count(one) > 1}
        if twice:
            raise InvalidInput(f"has two columns called {sorted(twice)[0]!r}", self._name)
        self._mapping = of_columns(self._columns) if self._wanted is None else self._wanted
        self._check()
        return self

    def at(self, offset: int) -> None:
        """Tells that the lines go on from an offset in bytes."""
        self._text.done = offset

    def records(self, row: int = 1) -> Iterator[tuple[int, Raw]]:
        """The rows after row number `row` (1 is the header), each a record or the reason why it is none."""
        rows = self._rows()
        while True:
            row += 1
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield row, InvalidInput(f"is no row of a table: {error}")
                continue
            if not any(cells):
                continue
            if len(cells) != len(self._columns):
                told = f"has {len(cells)} cells, the header has {len(self._columns)}"
                yield row, InvalidInput(told)
                continue
            yield row, self._record(dict(zip(self._columns, (one.strip() for one in cells), strict=True)))

    def _rows(self, first: str | None = None) -> Iterator[list[str]]:
        csv.field_size_limit(CELL)
        text: Iterable[str] = self._text if first is None else _chained(first, self._text)
        return csv.reader(text, delimiter=self._delimiter, strict=True)

    def _check(self) -> None:
        missing = {
            value.column
            for values in self._mapping.values()
            for value in values
            if value.column is not None and value.column not in self._columns
        }
        if missing:
            columns = ", ".join(repr(one) for one in self._columns)
            raise InvalidInput(f"has no column {sorted(missing)[0]!r}: it has {columns}", self._name)

    def _record(self, row: dict[str, str]) -> Raw:
        record: dict[str, Any] = {}
        try:
            for field in sorted(self._mapping, key=lambda one: one.count(".")):
                slot, _, part = field.partition(".")
                values = [_of(value, row, field) for value in self._mapping[field]]
                if part:
                    _join(record, slot, part, values)
                elif slot in SPLITTING:
                    record[slot] = values
                else:
                    record[slot] = values[0][0] if values[0] else None
        except InvalidInput as error:
            return error
        # Slots of names hold a list for each column; what says nothing is left out.
        settled = {slot: [one for each in record[slot] for one in each if one] for slot in record.keys() & SPLITTING}
        return {**record, **settled}


class _Decoded:
    """Lines as text; what is no UTF-8 is told with the place of its byte. Raises InvalidInput."""

    def __init__(self, lines: Iterable[bytes], name: str) -> None:
        self._lines = iter(lines)
        self._name = name
        self.done = 0

    def __iter__(self) -> "_Decoded":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        try:
            text = line.decode("utf-8-sig" if not self.done else "utf-8")
        except UnicodeDecodeError as error:
            place = self.done + error.start
            raise InvalidInput(
                f"is no UTF-8 at byte {place} (0x{line[error.start]:02x}): save it as UTF-8, or convert it with"
                " `iconv -f latin1 -t utf-8`",
                self._name,
            ) from error
        self.done += len(line)
        return text


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _of(value: Value, row: dict[str, str], field: str) -> list[Any]:
    """What a value says in one row: nothing, one thing, or what its cell is split into."""
    if value.constant is not None:
        told = [value.constant]
    else:
        cell = row[value.column or ""]
        told = [one.strip() for one in cell.split(value.split)] if value.split else [cell]
    found = [one for one in told if one]
    if value.format:
        return [_dated(one, value.format, field) for one in found]
    last = field.rsplit(".", 1)[-1]
    return [_number(one) for one in found] if last in _NUMBERS else found


def _dated(text: str, format_: str, field: str) -> str:
    try:
        at = datetime.strptime(text, format_)  # noqa: DTZ007 (a time without zone is UTC, as everywhere)
    except ValueError as error:
        raise InvalidInput(f"is no date of the form {format_}", field) from error
    if not any(mark in format_ for mark in ("%H", "%I", "%X", "%c", "%T")):
        day = any(mark in format_ for mark in ("%d", "%j", "%x", "%D"))
        month = any(mark in format_ for mark in ("%m", "%b", "%B"))
        return at.strftime("%Y-%m-%d" if day else "%Y-%m" if month else "%Y").zfill(4)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()


def _number(text: str) -> Any:
    """The number a cell shows, a decimal comma too; other texts are left for the parser to refuse."""
    if not _NUMBER.fullmatch(text):
        return text
    return float(text.replace(",", ".")) if "." in text or "," in text else int(text)


def _join(record: dict[str, Any], slot: str, part: str, values: list[list[Any]]) -> None:
    """Adds a part to the names of a slot: the n-th column to the n-th column's names, a single one to all."""
    held = record.setdefault(slot, [[{}]])
    for n, names in enumerate(held):
        said = values[n] if len(values) == len(held) else values[0] if len(values) == 1 else []
        for place, name in enumerate(names):
            told = said[place] if len(said) == len(names) else said[0] if len(said) == 1 else None
            if told is not None:
                names[place] = {**(name if isinstance(name, dict) else {WHOLE[slot]: name}), part: told}
