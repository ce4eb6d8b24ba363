"""Which columns of a table are compared, and as what: written by hand or guessed from the table.

name=person,dob=date,country=country          in one line
given_name+surname=person                     several columns told as one
[columns]                                     or a TOML file
name = "person"
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from graph.errors import InvalidInput


class Kind(StrEnum):
    """What a column holds, and so how it is compared."""

    PERSON = "person"
    ORGANIZATION = "organization"
    NAME = "name"
    """Names of whatever kind the column of type `type` says for each record."""
    PLACE = "place"
    DATE = "date"
    YEAR = "year"
    COUNTRY = "country"
    CODE = "code"
    """Post codes, telephone and other numbers, addresses of e-mail: slips of the hand are near."""
    CATEGORY = "category"
    TEXT = "text"
    AMOUNT = "amount"
    ID = "id"
    """Names the record; tells nothing about who it is."""
    SOURCE = "source"
    """Where the record comes from: no source tells one thing twice, exact copies apart."""
    TYPE = "type"
    """Kind of thing: records of different types are never one."""
    IGNORE = "ignore"


NOT_COMPARED = frozenset({Kind.ID, Kind.SOURCE, Kind.TYPE, Kind.IGNORE})
_SAME = {
    "organisation": "organization",
    "company": "organization",
    "exact": "code",
    "number": "amount",
    "city": "place",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One or more columns of the file, told as one, and their kind."""

    columns: tuple[str, ...]
    kind: Kind

    @property
    def name(self) -> str:
        """The columns as a schema writes them."""
        return "+".join(self.columns)


@dataclass(frozen=True, slots=True)
class Schema:
    """What is compared, in order of their names."""

    fields: tuple[Field, ...]

    def of(self, kind: Kind) -> str | None:
        """The column of this kind, None when there is none."""
        return next((field.columns[0] for field in self.fields if field.kind is kind), None)

    @property
    def compared(self) -> list[Field]:
        """Fields that are compared."""
        return [field for field in self.fields if field.kind not in NOT_COMPARED]

    def __str__(self) -> str:
        return ",".join(f"{field.name}={field.kind}" for field in self.fields if field.kind is not Kind.IGNORE)


def read(written: str, columns: Sequence[str]) -> Schema:
    """The schema in a TOML file or in one line. Raises InvalidInput when it names what the table does not have."""
    if written.endswith(".toml"):
        return schema_of(_from_file(Path(written)), columns)
    told: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in written.split(","))):
        name, equals, kind = part.partition("=")
        if not equals:
            raise InvalidInput(f"schema: {part!r}: column=kind is expected, or the name of a .toml file")
        told[name.strip()] = kind.strip()
    return schema_of(told, columns)


def _from_file(path: Path) -> Mapping[str, str]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInput(f"schema: {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"schema: {path}: {error}") from error
    columns: Any = found.get("columns")
    if not isinstance(columns, dict):
        raise InvalidInput(f'schema: {path}: a table [columns] with lines column = "kind" is expected')
    return {str(name): str(kind) for name, kind in cast("dict[str, Any]", columns).items()}


def schema_of(told: Mapping[str, str], columns: Iterable[str]) -> Schema:
    """A schema from column -> kind. Raises InvalidInput."""
    known = set(columns)
    fields: list[Field] = []
    for name, kind in sorted(told.items()):
        parts = (name,) if name in known else tuple(part.strip() for part in name.split("+"))
        missing = [part for part in parts if part not in known]
        if missing:
            raise InvalidInput(f"schema: no column {missing[0]!r}; there are {', '.join(sorted(known))}")
        try:
            fields.append(Field(parts, Kind(_SAME.get(kind.lower(), kind.lower()))))
        except ValueError as error:
            raise InvalidInput(f"schema: {name}: no kind {kind!r}; there are {', '.join(Kind)}") from error
    schema = Schema(tuple(fields))
    if not schema.compared:
        raise InvalidInput("schema: no column is compared")
    return schema
