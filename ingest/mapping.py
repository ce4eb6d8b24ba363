"""Which column of a table is which field of the 5-W shape: `title=Headline`, `who=Actor1;Actor2`, a TOML or JSON file.

A field is a path into the shape (`who`, `who.kind`, `where.lat`, `source.url`). Its value is one column or several, a
constant, and may be split at a separator or read as a date by a format.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from graph.errors import InvalidInput
from graph.keys import W
from ingest.names import NAMED_FIELDS
from ingest.payload import EVENT_FIELDS
from ingest.stated import FIELDS

FIELD = "--map"
"""What an error in a mapping is told on."""
EXAMPLE = "--map title=Headline --map occurred_at='Date format %d/%m/%Y' --map who='Actor1;Actor2' --map where=Place"
_INLINE = re.compile(r"(?P<columns>.*?)(?: split (?P<split>\S+))?(?: format (?P<format>.+))?", re.DOTALL)
_SLOTS = {"who": W.WHO, "where": W.WHERE, "what": W.WHAT, "why": W.WHY}
_OF_SLOT: dict[str, frozenset[str]] = {
    "who": NAMED_FIELDS - {"attributes", "coordinates", "identifiers", "contact_info"},
    "where": NAMED_FIELDS - {"attributes", "coordinates", "identifiers", "contact_info"},
    "what": (FIELDS[W.WHAT] - {"attributes"}) | {"text", "category", "code", "kind", "label"},
    "when": frozenset("start end recurrence text timezone temporal_context".split()),
    "why": (FIELDS[W.WHY] - {"attributes"}) | {"text", "kind", "event"},
    "source": frozenset({"name", "url", "title"}),
}
WHOLE = {"who": "name", "where": "name", "what": "text", "when": "text", "why": "text", "source": "name"}
"""The part that a slot's bare name stands for, once further parts of it are mapped."""
SPLITTING = frozenset(WHOLE)
"""Fields of which one cell may hold several."""
_PLAIN = EVENT_FIELDS - {"relationships", "sanctions", "sources"}
_BY_HAND = {"sources": "source"}


@dataclass(frozen=True, slots=True)
class Value:
    """Where one value is from: a column, or a constant."""

    column: str | None = None
    constant: str | None = None
    split: str | None = None
    format: str | None = None


Columns = dict[str, tuple[Value, ...]]
"""Field -> its values: several make several names, parts of a slot go with the name in the same place."""


def inline(parts: Iterable[str]) -> Columns:
    """`FIELD=COLUMN[;COLUMN…] [split SEPARATOR] [format FORMAT]`, or `FIELD==CONSTANT`. Raises InvalidInput."""
    found: Columns = {}
    for part in parts:
        field, equals, told = part.partition("=")
        if not equals or not field.strip() or not told.strip():
            raise InvalidInput(f"{part!r} is no FIELD=COLUMN, such as title=Headline", FIELD)
        field = _field(field.strip())
        if told.startswith("="):
            values = (Value(constant=told[1:].strip()),)
        else:
            taken = cast("re.Match[str]", _INLINE.fullmatch(told.strip()))
            split = {"tab": "\t", "comma": ",", "semicolon": ";"}.get(taken["split"] or "", taken["split"])
            columns = [one.strip() for one in taken["columns"].split(";") if one.strip()]
            values = tuple(Value(column=one, split=split, format=taken["format"]) for one in columns)
        found[field] = found.get(field, ()) + values
    return _checked(found)


def from_file(path: Path) -> Columns:
    """A mapping as TOML or JSON: a field to a column, a list of columns, or {column | value, split, format}.

    Raises InvalidInput."""
    try:
        text = path.read_text(encoding="utf-8")
        told: object = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror}", str(path)) from error
    except ValueError as error:
        raise InvalidInput(f"is no {'JSON' if path.suffix == '.json' else 'TOML'}: {error}", str(path)) from error
    if not isinstance(told, dict):
        raise InvalidInput("is no table of fields", str(path))
    return _checked(
        {_field(name): _values(value, str(path), name) for name, value in _flat(cast("dict[str, object]", told))}
    )


def told(words: Sequence[str]) -> Columns | None:
    """The mapping that options give: one file, or any number of inline parts; None where there are none."""
    if not words:
        return None
    if len(words) == 1 and "=" not in words[0]:
        return from_file(Path(words[0]))
    return inline(words)


def of_columns(columns: Sequence[str]) -> Columns:
    """Columns that are called as fields are map themselves. Raises InvalidInput that lists the columns."""
    found: Columns = {}
    for column in columns:
        name = column.strip().casefold()
        name = _BY_HAND.get(name, name)
        if _known(name):
            found[name] = (Value(column=column),)
    if {"occurred_at", "when", "when.start"}.isdisjoint(found) or {"title", "who", "what", "where"}.isdisjoint(found):
        raise InvalidInput(
            f"no columns are called as the fields are: say which column is what, such as {EXAMPLE}"
            f" (the columns are {', '.join(repr(one) for one in columns)})",
            FIELD,
        )
    return _checked(found)


def _flat(told: Mapping[str, object], before: str = "") -> Iterable[tuple[str, object]]:
    """A TOML key `who.kind` is a table in a table: both ways of writing it are one."""
    for name, value in told.items():
        if isinstance(value, dict) and not {"column", "value"} & cast("dict[str, object]", value).keys():
            inner = cast("dict[str, object]", value)
            yield from _flat(inner, f"{before}{name}.")
        else:
            yield before + name, value


def _values(value: object, path: str, name: str) -> tuple[Value, ...]:
    if isinstance(value, list):
        return tuple(one for part in cast("list[object]", value) for one in _values(part, path, name))
    if isinstance(value, str):
        return (Value(column=value),)
    if isinstance(value, dict):
        given = cast("dict[str, object]", value)
        known = {"column", "value", "split", "format"}
        if given.keys() <= known and all(isinstance(one, str | int | float) for one in given.values()):
            parts = {key: str(one) for key, one in given.items()}
            return (Value(parts.get("column"), parts.get("value"), parts.get("split"), parts.get("format")),)
    raise InvalidInput(f"{name} is neither a column, a list of columns nor {{column or value, split, format}}", path)


def _field(name: str) -> str:
    name = _BY_HAND.get(name, name)
    if not _known(name):
        known = ", ".join(sorted(_PLAIN))
        raise InvalidInput(f"{name!r} is no field: there are {known}, and parts such as who.role or where.lat", FIELD)
    return name


def _known(name: str) -> bool:
    slot, _, part = name.partition(".")
    return part in _OF_SLOT.get(slot, ()) if part else slot in _PLAIN


def _checked(found: Columns) -> Columns:
    for field, values in found.items():
        slot, _, part = field.partition(".")
        if any(one.split for one in values) and slot not in SPLITTING:
            raise InvalidInput(f"{field} holds one value: it cannot be split", FIELD)
        if len(values) > 1 and slot not in SPLITTING:
            raise InvalidInput(f"{field} holds one value, {len(values)} columns are given", FIELD)
        if part and slot not in found and WHOLE.get(slot) in (None, "name") and slot in _SLOTS:
            raise InvalidInput(f"{field} is mapped, {slot} itself is not", FIELD)
    return found
