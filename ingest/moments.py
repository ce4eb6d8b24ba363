"""Times as somebody sent them -> instants and moments."""

import re
from functools import lru_cache
from typing import Any

from graph.errors import InvalidInput
from graph.moment import Instant, Moment, parse_instant
from graph.text import clean_text
from ingest.fields import REMEMBERED, Fields, as_object, at, choice, clean, no_unknown, text

LABEL = 500
"""Characters a category, a story or a phrase of time may have: the graph indexes them whole."""
_FIELDS = frozenset("start end recurrence text kind type timezone temporal_context".split())
_ZONE = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]+(?:[/_+-][A-Za-z0-9]+){1,4}|UTC|GMT|[A-Z]{2,5}|[+-]\d{2}:?\d{2}")


def start_of(fields: Fields, when: tuple[Moment, ...]) -> Instant:
    """When the event began: `occurred_at`, else the first date of `when`."""
    if fields.get("occurred_at") is not None:
        return instant(fields["occurred_at"], "occurred_at")
    for one in when:
        if one.start is not None:
            return one.start
    raise InvalidInput("is missing, and `when` holds no date either", "occurred_at")


def end_of(fields: Fields, start: Instant, when: tuple[Moment, ...]) -> Any:
    """The end, never before the start: one that is known less exactly ends with its day, month or year."""
    if fields.get("ended_at") is not None:
        end = instant(fields["ended_at"], "ended_at")
        if end.before(start):
            raise InvalidInput("is before occurred_at", "ended_at")
        return max(end.at, start.at)
    of_when = when[0].end if when else None
    return None if of_when is None or of_when.before(start) else max(of_when.at, start.at)


def moment(value: object, field: str) -> Moment | None:
    """One entry of `when`: a time, a stretch, a phrase, or an object of their parts."""
    if isinstance(value, str):
        found = _of_phrase(clean(value, field, clean_text, LABEL))
        return _forward(found, field) if found else None
    fields = as_object(value, field)
    no_unknown(fields, _FIELDS, field)
    found = Moment(
        start=instant(fields["start"], f"{field}.start") if fields.get("start") is not None else None,
        end=instant(fields["end"], f"{field}.end") if fields.get("end") is not None else None,
        recurrence=text(fields, "recurrence", field),
        text=text(fields, "text", field),
        timezone=_zone(fields, field),
        context=choice(
            text(fields, "temporal_context", field), ("past", "present", "future"), f"{field}.temporal_context"
        ),
    )
    if found.end and not found.start:
        raise InvalidInput("has an end without a start", field)
    if not (found.start or found.recurrence or found.text):
        raise InvalidInput("says no time", field)
    return _forward(found, field)


@lru_cache(maxsize=REMEMBERED)
def _of_phrase(phrase: str) -> Moment | None:
    start, _, end = phrase.partition("/")
    try:
        return Moment(start=parse_instant(start), end=parse_instant(end) if end else None)
    except InvalidInput:
        return Moment(text=phrase) if phrase else None


def _zone(fields: Fields, field: str) -> str | None:
    found = text(fields, "timezone", field)
    if found and not _ZONE.fullmatch(found):
        raise InvalidInput("is no time zone, such as Asia/Kolkata or +05:30", f"{field}.timezone")
    return found


def instant(value: object, field: str) -> Instant:
    """A point in time as ISO 8601 text."""
    if not isinstance(value, str):
        raise InvalidInput("is no ISO 8601 text", field)
    return at(field, parse_instant, value)


def _forward(found: Moment, field: str) -> Moment:
    if found.start and found.end and found.end.before(found.start):
        raise InvalidInput("ends before it starts", field)
    return found
