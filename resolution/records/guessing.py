"""A schema guessed from the names of columns, and where they say nothing from the values."""

import re
from collections.abc import Mapping, Sequence

from resolution.matching import FAMILIES
from resolution.names.lists import legal_forms
from resolution.records import dates
from resolution.records.schema import Field, Kind, Schema

LOOKED_AT = 2_000
"""Values of a column that are looked at."""
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_BY_WORD: tuple[tuple[Kind, frozenset[str]], ...] = (
    (
        Kind.IGNORE,
        frozenset(
            "cluster entity gold label match rel status role category kind lat lng lon latitude longitude".split()
        ),
    ),
    (Kind.DATE, frozenset("dob birthdate birthday born death died".split())),
    (Kind.YEAR, frozenset("year".split())),
    (Kind.COUNTRY, frozenset("country nationality citizenship nation".split())),
    (Kind.CODE, frozenset("postcode postal zip zipcode phone telephone mobile fax email mail ssn passport".split())),
    (Kind.CODE, frozenset("soc isbn issn doi lei iban vat tax licence license identifier ean upc sku pages".split())),
    (Kind.CATEGORY, frozenset("gender sex occupation profession state".split())),
    (Kind.PLACE, frozenset("place city town suburb village birthplace location region district".split())),
    (Kind.AMOUNT, frozenset("price amount cost".split())),
    (Kind.TEXT, frozenset("title description address addr street abstract venue journal authors author".split())),
    (Kind.TEXT, frozenset("manufacturer publisher brand line".split())),
)
_OF_A_CODE = frozenset("passport id tax licence license national number".split())
"""Beside these words a country says where a document is from, not who holds it."""
_GIVEN = frozenset("first given forename firstname".split())
_MIDDLE = frozenset("middle middlename".split())
_FAMILY = frozenset("last surname family lastname".split())
_WHOLE = frozenset("name fullname applicant company organisation organization person".split())
_SOURCE = frozenset("source data dataset src".split())
_RECORD = frozenset("id rid recid uid key".split())


def guess(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Schema:
    """The schema that the table most likely means. Columns of which nothing can be told are ignored."""
    told: list[Field] = []
    rest: list[str] = []
    for column in columns:
        kind = _by_name(column, rows)
        if kind is None:
            rest.append(column)
        else:
            told.append(Field((column,), kind))
    told = [field for field in told if field.kind in _KEPT or _filled(field.columns[0], rows)]
    typed = any(field.kind is Kind.TYPE for field in told)
    told += _names(rest, rows, typed=typed)
    return Schema(tuple(sorted(told, key=lambda field: field.name)))


_KEPT = frozenset({Kind.ID, Kind.SOURCE, Kind.TYPE, Kind.IGNORE})


def _words(column: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORDS.findall(column))


def _values(column: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    step = max(1, len(rows) // LOOKED_AT)
    return [value for row in rows[::step] if (value := (row.get(column) or "").strip())]


def _filled(column: str, rows: Sequence[Mapping[str, str]]) -> bool:
    """Whether enough records have a value, and not all the same."""
    values = _values(column, rows)
    return len(set(values)) > 1 and len(values) * 50 > min(len(rows), LOOKED_AT)


def _by_name(column: str, rows: Sequence[Mapping[str, str]]) -> Kind | None:
    words = _words(column)
    values = _values(column, rows)
    distinct = {value.lower() for value in values}
    if words & _RECORD and not words & {"soc", "national", "tax"}:
        return Kind.ID if words <= _RECORD else Kind.IGNORE
    if words & {"type"}:
        return Kind.TYPE if distinct and len(distinct & FAMILIES.keys()) * 2 >= len(distinct) else Kind.IGNORE
    if words and not words - _SOURCE:
        return Kind.SOURCE if len(distinct) == 2 and column.lower() == "source" else Kind.IGNORE
    if "date" in words:
        return Kind.DATE if words & {"birth", "death"} or words == frozenset({"date"}) else Kind.IGNORE
    if words & (_GIVEN | _FAMILY | _MIDDLE) or (words & _WHOLE and "birth" not in words):
        return None
    for kind, known in _BY_WORD:
        if words & known:
            return Kind.IGNORE if kind is Kind.COUNTRY and words & _OF_A_CODE else kind
    return _by_value(values, distinct)


def _by_value(values: Sequence[str], distinct: set[str]) -> Kind:
    """What the values look like. A number or a word of which nothing is known is left out: it may tell the group."""
    if values and sum(bool(dates.read(value)) for value in values) > 0.9 * len(values):
        return Kind.DATE
    if values and sum(len(value.split()) for value in values) > 3 * len(values) and len(distinct) * 4 > len(values):
        return Kind.TEXT
    return Kind.IGNORE


def _names(columns: Sequence[str], rows: Sequence[Mapping[str, str]], *, typed: bool) -> list[Field]:
    """One name of the columns that hold names or parts of one: the whole name where there is one."""
    found = [column for column in columns if _filled(column, rows) or len(columns) == 1]
    parts = [c for words in (_GIVEN, _MIDDLE, _FAMILY) for c in found if _words(c) & words and "and" not in _words(c)]
    whole = [column for column in found if column not in parts and not _words(column) & (_GIVEN | _FAMILY)]
    held = max(len(rows), 1)
    most = [c for c in whole if sum(bool((row.get(c) or "").strip()) for row in rows) * 2 > held]
    columns = most[:1] or [*whole, *parts]
    if not columns:
        return []
    names = [name for row in rows if (name := " ".join(filter(None, (row.get(c) for c in columns))))]
    return [Field(tuple(columns), Kind.NAME if typed else _of_names(columns, names[:LOOKED_AT]))]


def _of_names(columns: Sequence[str], names: Sequence[str]) -> Kind:
    """Persons, organisations, or, where digits abound, texts."""
    words = frozenset(word for column in columns for word in _words(column))
    if words & (_GIVEN | _FAMILY):
        return Kind.PERSON
    count = max(1, len(names))
    if sum(any(c.isdigit() for c in name) for name in names) > 0.25 * count:
        return Kind.TEXT
    forms = {form[0] for form in legal_forms() if len(form) == 1 and len(form[0]) > 1}
    legal = sum(not forms.isdisjoint(re.findall(r"\w+", name.casefold().replace(".", ""))) for name in names)
    return Kind.ORGANIZATION if legal > 0.15 * count or words & {"company", "organization"} else Kind.PERSON
