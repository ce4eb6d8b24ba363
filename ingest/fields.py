"""Reads single fields of somebody's record. Each reader raises InvalidInput with the dotted path of the field."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from graph.errors import InvalidInput
from graph.text import clean_text

T = TypeVar("T")
Fields = Mapping[str, Any]

MOST = 500
"""Entries that one list of one event may have."""
REMEMBERED = 16_384
"""Parts of records that are kept as they were read, some 25 MB: names, deeds and days repeat."""


def numbered(value: object, field: str) -> list[tuple[object, str]]:
    """One thing or a list of things, each with its path; null is left out."""
    if not isinstance(value, list):
        return [] if value is None else [(value, field)]
    many = _not_too_many(cast("list[object]", value), field)
    return [(one, f"{field}[{n}]") for n, one in enumerate(many) if one is not None]


def each(value: object, field: str, read: Callable[[object, str], T | None]) -> list[T]:
    """One thing or a list of things, each read; null and what reads as None is left out.

    `read` must tell nobody else of what it reads: where it refuses an entry, all are read again, each with its path.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        found = [read(value, field)]
    else:
        many = _not_too_many(cast("list[object]", value), field)
        try:
            found = [read(one, field) for one in many if one is not None]
        except InvalidInput:
            # Paths are made for the few that cannot be read.
            found = [read(one, at) for one, at in numbered(cast(object, value), field)]
    return [one for one in found if one is not None]


def _not_too_many(many: list[object], field: str) -> list[object]:
    if len(many) > MOST:
        raise InvalidInput(f"has {len(many)} entries, at most {MOST} are taken", field)
    return many


def as_object(value: object, field: str) -> Fields:
    """A JSON object."""
    if not isinstance(value, dict):
        raise InvalidInput("is no JSON object", field)
    return cast(Fields, value)


def no_unknown(fields: Fields, known: frozenset[str], field: str) -> None:
    """Refuses fields that are not known: a typing error would lose data silently (decision 6)."""
    if fields.keys() <= known:
        return
    for name in fields:
        if name not in known:
            raise InvalidInput(f"unknown field {shown_name(name)}", field)


def shown_name(name: object) -> str:
    """A field's name as a reason may show it."""
    return name if isinstance(name, str) and name.isidentifier() and len(name) <= 40 else "that name"


def text(fields: Fields, name: str, field: str = "") -> str | None:
    """A text, or a whole number as text; None when it is missing, null or empty."""
    value = fields.get(name)
    if value is None:
        return None
    if type(value) is int:
        return str(value)
    if isinstance(value, str):
        try:
            return clean_text(value) or None
        except InvalidInput:
            # Told again with its path, which is made for the few that cannot be read.
            pass
    return clean(value, f"{field}.{name}" if field else name, clean_text) or None


def clean(value: object, field: str, cleaner: Callable[..., str], length: int | None = None) -> str:
    """A text through the gate of `graph.text`."""
    if not isinstance(value, str):
        raise InvalidInput("is no text" if value is not None else "is missing", field)
    return at(field, cleaner, value) if length is None else at(field, cleaner, value, length=length)


def at(field: str, read: Callable[..., T], *args: object, **kwargs: object) -> T:
    """What `read` answers; its InvalidInput gets the path of the field."""
    try:
        return read(*args, **kwargs)
    except InvalidInput as error:
        raise type(error)(error.reason, field) from error


def number(fields: Fields, name: str, field: str, low: float, high: float) -> float | None:
    """A number of low..high."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise InvalidInput(f"is no number of {low}..{high}", field)
    return float(value)


def integer(fields: Fields, name: str, low: int) -> int | None:
    """A whole number from `low` on."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value < 2**53:
        raise InvalidInput(f"is no whole number from {low} on", name)
    return value


def choice(value: str | None, allowed: tuple[str, ...], field: str) -> str | None:
    """One of a few words, case folded."""
    if value is None or value.casefold() in allowed:
        return value.casefold() if value else None
    raise InvalidInput(f"is none of {', '.join(allowed)}", field)
