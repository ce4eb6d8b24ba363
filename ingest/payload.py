"""One record in the 5-W shape -> one Event. Dirty input is forgiven here and in the shapes beside, nowhere else.

Forgiven: one thing where a list is meant, a bare name where an object is meant, `type` for `kind`, common words for
kinds, missing or null parts. Refused with the field and the reason: unknown fields, texts that no store may hold,
numbers outside their range, dates that are none.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

import orjson

from graph.document import Document
from graph.errors import InvalidInput
from graph.event import Deed, Event, Named, Reason
from graph.keys import W
from graph.relation import Relationship, folded
from graph.source import Source
from graph.text import clean_name, clean_text
from ingest.fields import REMEMBERED, Fields, as_object, choice, clean, each, integer, no_unknown, number, text
from ingest.moments import LABEL, end_of, instant, moment, start_of
from ingest.names import NAMED_FIELDS, kind, named
from ingest.stated import FIELDS, IMPACTS, KNOWN, attributes

__all__ = ["ATTRIBUTES", "EVENT_FIELDS", "NAMED_FIELDS", "UNTYPED", "parse_line", "parse_record"]

EVENT_FIELDS = frozenset(
    "id version title text description occurred_at ended_at who what where when why sources source story count "
    "category impact impact_level confidence risk_score sanctions relationships".split()
)
UNTYPED = "untyped"
"""Slot of names that were told without a W. Only adapters of other shapes fill it: to senders it is unknown."""
ATTRIBUTES = frozenset(KNOWN[W.WHO])
"""Attributes that a mention in WHO or WHERE may state of its entity."""
IN_PASSING = 0.5
"""Relevance of a name that is told in a relationship alone."""

_ID = 512
"""Characters the id of an event may have."""
_NOT_WORD = re.compile(r"[^\w]+")


def parse_line(line: bytes) -> Event:
    """One line of NDJSON. Raises InvalidInput."""
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(f"is no JSON: {error}") from error
    return parse_record(record)


def parse_record(record: object, known: frozenset[str] = EVENT_FIELDS) -> Event:
    """One record in the 5-W shape. Raises InvalidInput with the dotted path of the field at fault."""
    fields = as_object(record, "")
    no_unknown(fields, known, "")
    when = tuple(each(fields.get("when"), "when", moment))
    start = start_of(fields, when)
    what_text = _what_text(fields.get("what"))
    title = text(fields, "title") or what_text or ""
    told = tuple(each(fields.get("relationships"), "relationships", _relationship))
    where = named(fields, "where", W.WHERE)
    given = _id(fields)
    event = Event(
        id=given or "",
        given_version=integer(fields, "version", 1),
        title=title,
        text=text(fields, "text") or text(fields, "description") or (what_text if what_text != title else None),
        occurred_at=start.at,
        ended_at=end_of(fields, start, when),
        precision=start.precision,
        category=_category(fields),
        code=_what_part(fields.get("what"), "code"),
        impact=choice(text(fields, "impact") or text(fields, "impact_level"), IMPACTS, "impact"),
        confidence=number(fields, "confidence", "confidence", 0, 1),
        count=integer(fields, "count", 1) or 1,
        story=_story(fields.get("story")),
        who=_who(fields, where, told),
        what=tuple(each(fields.get("what"), "what", _deed)),
        where=where,
        when=when,
        why=tuple(each(fields.get("why"), "why", _reason)),
        documents=_documents(fields),
        relationships=told,
    )
    if not (event.title or event.who or event.what or event.where):
        raise InvalidInput("says nothing: no title, who, what or where")
    return event if given else event.model_copy(update={"id": event.content_hash})


def _who(fields: Fields, where: tuple[Named, ...], told: tuple[Relationship, ...]) -> tuple[Named, ...]:
    """WHO, then the names without a W, then those that only a relationship names."""
    who = named(fields, "who", W.WHO)
    if not (told or UNTYPED in fields):
        return who
    who += tuple(one.model_copy(update={"untyped": True}) for one in named(fields, UNTYPED, W.WHO))
    heard = {folded(one.name) for one in (*who, *where)}
    ends = {folded(name): name for one in told for name in (one.subject, one.object)}
    passing = [{"name": name, "relevance": IN_PASSING} for end, name in ends.items() if end not in heard]
    for one in named({**fields, "relationships": passing}, "relationships", W.WHO):
        who += (one.model_copy(update={"untyped": True}),)
    return who


def _relationship(value: object, field: str) -> Relationship:
    fields = as_object(value, field)
    no_unknown(fields, frozenset({"subject", "predicate", "object", "confidence", "since", "until"}), field)
    ends = {end: clean(fields.get(end), f"{field}.{end}", clean_name) for end in ("subject", "object")}
    predicate = _NOT_WORD.sub("_", clean(fields.get("predicate"), f"{field}.predicate", clean_text, 200).casefold())
    for name, value_of in {**ends, "predicate": predicate.strip("_")}.items():
        if not value_of:
            raise InvalidInput("is empty", f"{field}.{name}")
    since, until = (instant(fields[end], f"{field}.{end}") if fields.get(end) else None for end in ("since", "until"))
    if since and until and until.at <= since.at:
        raise InvalidInput("is not after since", f"{field}.until")
    return Relationship(
        **ends,
        predicate=predicate.strip("_"),
        confidence=number(fields, "confidence", f"{field}.confidence", 0, 1),
        since=since.at if since else None,
        until=until.at if until else None,
    )


def _category(fields: Fields) -> str | None:
    if own := text(fields, "category"):
        return clean(own, "category", clean_text, LABEL)
    of_what = _what_part(fields.get("what"), "category")
    return clean(of_what, "what.category", clean_text, LABEL) if of_what else None


def _id(fields: Fields) -> str | None:
    value = fields.get("id")
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return clean(value, "id", clean_text, _ID)


def _deed(value: object, field: str) -> Deed | None:
    # Told again where it cannot be read: there the reason has its path.
    with suppress(InvalidInput, TypeError):
        return _deed_as_before(orjson.dumps(value))
    return _new_deed(value, field)


@lru_cache(maxsize=REMEMBERED)
def _deed_as_before(told: bytes) -> Deed | None:
    return _new_deed(orjson.loads(told), "")


def _new_deed(value: object, field: str) -> Deed | None:
    if isinstance(value, str):
        return Deed(label=clean(value, field, clean_text)) if value.strip() else None
    fields = as_object(value, field)
    no_unknown(fields, FIELDS[W.WHAT] | {"text", "category", "code", "quad", "kind", "type", "label"}, field)
    code = text(fields, "code", field)
    label = text(fields, "label", field) or (
        (text(fields, "text", field) or text(fields, "category", field))
        if code
        else (text(fields, "category", field) or text(fields, "text", field))
    )
    if not label and not code:
        return None
    stated = kind(text(fields, "kind", field) or text(fields, "type", field), f"{field}.kind", (W.WHAT,))
    return Deed(label=label or code or "", code=code, kind=stated, attributes=attributes(fields, field, W.WHAT))


def _what_text(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = cast("list[object]", value)[0]
    if isinstance(value, str):
        return clean(value, "what", clean_text)
    return text(cast(Fields, value), "text", "what") if isinstance(value, Mapping) else None


def _what_part(value: object, part: str) -> str | None:
    if isinstance(value, list) and value:
        value = cast("list[object]", value)[0]
    return text(cast(Fields, value), part, "what") if isinstance(value, Mapping) else None


def _reason(value: object, field: str) -> Reason | None:
    if isinstance(value, str):
        said = clean(value, field, clean_text)
        return Reason(text=said) if said else None
    fields = as_object(value, field)
    no_unknown(fields, FIELDS[W.WHY] | {"text", "kind", "type", "event"}, field)
    said, event = text(fields, "text", field), text(fields, "event", field)
    if event:
        event = clean(event, f"{field}.event", clean_text, _ID)
    if not said and not event:
        return None
    stated = kind(text(fields, "kind", field) or text(fields, "type", field), f"{field}.kind", (W.WHY,))
    return Reason(text=said, kind=stated, event=event, attributes=attributes(fields, field, W.WHY))


def _documents(fields: Fields) -> tuple[Document, ...]:
    def one(value: object, field: str) -> Document | None:
        if isinstance(value, str):
            said = clean(value, field, clean_text, 2_000)
            return _document(url=said, name=None, title=None) if "://" in said else _document(None, said, None)
        report = as_object(value, field)
        no_unknown(report, frozenset({"name", "url", "title"}), field)
        return _document(*(text(report, part, field) for part in ("url", "name", "title")))

    found: dict[str, Document] = {}
    for slot in ("source", "sources"):
        for document in each(fields.get(slot), slot, one):
            found.setdefault(document.id, document)
    return tuple(found.values())


def _document(url: str | None, name: str | None, title: str | None) -> Document | None:
    if not (url or name or title):
        return None
    if not name and url:
        try:
            name = urlsplit(url).hostname
        except ValueError:
            name = None
    return Document(url=url, title=title, source=Source(name=name) if name else None)


def _story(value: object) -> str | None:
    if isinstance(value, Mapping):
        story = cast(Fields, value)
        no_unknown(story, frozenset({"id", "name", "url"}), "story")
        return text(story, "name", "story") or text(story, "id", "story")
    return None if value is None else clean(value, "story", clean_text, LABEL)
