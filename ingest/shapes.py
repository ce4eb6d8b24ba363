"""Which shape a record has, told by its fields, and the way from there to one Event.

The 5-W shape goes as it always did. A record with `entities`, `llm_analysis` or an `event` object is an analysis
(`ingest.analysis`). Rows of tables come as 5-W records from `ingest.tables`.
"""

from dataclasses import dataclass
from typing import Any, cast

import orjson

from graph.errors import InvalidInput
from graph.event import Event
from ingest.analysis import Analysis
from ingest.fields import Fields
from ingest.payload import EVENT_FIELDS, UNTYPED, parse_record
from ingest.report import Ignored

Raw = bytes | dict[str, Any] | InvalidInput
"""A record as its reader hands it on: a line of JSON, an object, or why it is neither."""
_OF_PAGES = frozenset({"id", "url", "text", "content", "html", "title", "source", "language"})


@dataclass(frozen=True, slots=True)
class Taken:
    """An event, and what was passed over in the record it came from."""

    event: Event
    ignored: tuple[Ignored, ...] = ()


def read(raw: Raw) -> Taken:
    """One record of any shape. Raises InvalidInput with the dotted path of the field at fault, as it was sent."""
    if isinstance(raw, InvalidInput):
        raise raw
    record: object = _loaded(raw) if isinstance(raw, bytes) else raw
    if isinstance(record, dict):
        fields = cast(Fields, record)
        if _is_analysis(fields):
            return _analysed(fields)
        _refuse_page(fields)
    elif isinstance(record, str):
        raise InvalidInput("is a text or an address alone, no event: names and a date are wanted, see docs/shapes.md")
    return Taken(parse_record(cast(object, record)))


def _loaded(line: bytes) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(f"is no JSON: {error}") from error


def _is_analysis(fields: Fields) -> bool:
    return "entities" in fields or "llm_analysis" in fields or isinstance(fields.get("event"), dict)


def _analysed(fields: Fields) -> Taken:
    told = Analysis(fields)
    try:
        event = parse_record(told.fields, EVENT_FIELDS | {UNTYPED})
    except InvalidInput as error:
        raise type(error)(error.reason, told.source_path(error.field)) from error
    return Taken(event, tuple(told.ignored))


def _refuse_page(fields: Fields) -> None:
    if not fields.keys() <= _OF_PAGES or fields.keys().isdisjoint({"url", "content", "html", "text"}):
        return
    raise InvalidInput(
        "is a page or a text without names and date: reading those is not part of this version, see docs/shapes.md"
    )
