"""One record as somebody sent it -> one Event. Dirty input is forgiven here, and only here.

Forgiven: one thing where a list is meant, a bare name where an object is meant, `type` for `kind`, common words for
kinds, missing or null parts. Refused with the field and the reason: unknown fields, texts that no store may hold,
numbers outside their range, dates that are none.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast
from urllib.parse import unquote, urlsplit

import orjson

from graph.document import Document
from graph.entity import KINDS
from graph.errors import InvalidInput
from graph.event import Deed, Event, Named, Reason
from graph.keys import W
from graph.moment import Instant, Moment, parse_instant
from graph.source import Source
from graph.text import clean_name, clean_text

T = TypeVar("T")
Fields = Mapping[str, Any]

EVENT_FIELDS = frozenset(
    "id version title text description occurred_at ended_at who what where when why source sources story count "
    "category impact impact_level confidence risk_score sanctions".split()
)
NAMED_FIELDS = frozenset(
    "name kind type role relevance url wikidata qid lei identifiers attributes sector country of affiliations "
    "coordinates lat lon risk_score sanctions".split()
)
ATTRIBUTES = frozenset("sector country of affiliations boundary_type".split())
"""Attributes that a mention may state of its entity; further W's gain theirs with the adapters that bring them."""

_IDENTIFIER_FIELDS = frozenset({"identifiers", "wikidata", "qid", "lei", "url"})
_ATTRIBUTE_FIELDS = frozenset({"attributes", "sector", "country", "of", "affiliations"})
_IMPACTS = ("low", "medium", "high", "critical")
_KIND_WORDS = {
    "org": "organization",
    "organisation": "organization",
    "company": "organization",
    "people": "person",
    "per": "person",
    "location": None,
    "place": None,
    "gpe": None,
    "loc": None,
    "unknown": None,
    "unspecified": None,
    "other": None,
    "state": "country",
    "nation": "country",
    "town": "city",
    "building": "facility",
}
_LABEL = 500
"""Characters a category, a story or a phrase of time may have: the graph indexes them whole."""
_ID = 512
"""Characters the id of an event may have."""
_MENTIONS = 500
"""Mentions that one W of one event may have."""


def parse_line(line: bytes) -> Event:
    """One line of NDJSON. Raises InvalidInput."""
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise InvalidInput(f"is no JSON: {error}") from error
    return parse_record(record)


def parse_record(record: object) -> Event:
    """One record in the 5-W shape. Raises InvalidInput with the dotted path of the field at fault."""
    fields = _object(record, "")
    _no_unknown(fields, EVENT_FIELDS, "")
    when = tuple(_each(fields.get("when"), "when", _moment))
    start = _start(fields, when)
    what_text = _what_text(fields.get("what"))
    title = _text(fields, "title") or what_text or ""
    draft = Event(
        id="",
        given_version=_integer(fields, "version", 1),
        title=title,
        text=_text(fields, "text") or _text(fields, "description") or (what_text if what_text != title else None),
        occurred_at=start.at,
        ended_at=_end(fields, start, when),
        precision=start.precision,
        category=_category(fields),
        code=_what_part(fields.get("what"), "code"),
        impact=_choice(_text(fields, "impact") or _text(fields, "impact_level"), _IMPACTS, "impact"),
        confidence=_number(fields, "confidence", "confidence", 0, 1),
        count=_integer(fields, "count", 1) or 1,
        story=_story(fields.get("story")),
        who=_named(fields, "who", W.WHO),
        what=tuple(_each(fields.get("what"), "what", _deed)),
        where=_named(fields, "where", W.WHERE),
        when=when,
        why=tuple(_each(fields.get("why"), "why", _reason)),
        documents=_documents(fields),
    )
    if not (draft.title or draft.who or draft.what or draft.where):
        raise InvalidInput("says nothing: no title, who, what or where")
    return draft.model_copy(update={"id": _id(fields) or draft.content_hash})


def _category(fields: Fields) -> str | None:
    if own := _text(fields, "category"):
        return _clean(own, "category", clean_text, _LABEL)
    of_what = _what_part(fields.get("what"), "category")
    return _clean(of_what, "what.category", clean_text, _LABEL) if of_what else None


def _id(fields: Fields) -> str | None:
    value = fields.get("id")
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return _clean(value, "id", clean_text, _ID)


def _start(fields: Fields, when: tuple[Moment, ...]) -> Instant:
    if fields.get("occurred_at") is not None:
        return _instant(fields["occurred_at"], "occurred_at")
    for moment in when:
        if moment.start is not None:
            return moment.start
    raise InvalidInput("is missing, and `when` holds no date either", "occurred_at")


def _end(fields: Fields, start: Instant, when: tuple[Moment, ...]) -> Any:
    """The end, never before the start: one that is known less exactly ends with its day, month or year."""
    if fields.get("ended_at") is not None:
        end = _instant(fields["ended_at"], "ended_at")
        if end.before(start):
            raise InvalidInput("is before occurred_at", "ended_at")
        return max(end.at, start.at)
    of_when = when[0].end if when else None
    return None if of_when is None or of_when.before(start) else max(of_when.at, start.at)


def _instant(value: object, field: str) -> Instant:
    if not isinstance(value, str):
        raise InvalidInput("is no ISO 8601 text", field)
    return _at(field, parse_instant, value)


def _moment(value: object, field: str) -> Moment | None:
    if isinstance(value, str):
        text = _clean(value, field, clean_text, _LABEL)
        start, _, end = text.partition("/")
        try:
            moment = Moment(start=parse_instant(start), end=parse_instant(end) if end else None)
        except InvalidInput:
            return Moment(text=text) if text else None
        return _forward(moment, field)
    fields = _object(value, field)
    _no_unknown(fields, frozenset({"start", "end", "recurrence", "text", "kind", "type"}), field)
    moment = Moment(
        start=_instant(fields["start"], f"{field}.start") if fields.get("start") is not None else None,
        end=_instant(fields["end"], f"{field}.end") if fields.get("end") is not None else None,
        recurrence=_text(fields, "recurrence", field),
        text=_text(fields, "text", field),
    )
    if moment.end and not moment.start:
        raise InvalidInput("has an end without a start", field)
    if not moment.normalised:
        raise InvalidInput("says no time", field)
    return _forward(moment, field)


def _forward(moment: Moment, field: str) -> Moment:
    if moment.start and moment.end and moment.end.before(moment.start):
        raise InvalidInput("ends before it starts", field)
    return moment


def _named(fields: Fields, slot: str, w: W) -> tuple[Named, ...]:
    risk = _number(fields, "risk_score", "risk_score", 0, 1)
    sanctions = _sanctions(fields, "")

    def one(value: object, field: str) -> Named:
        return _one_named(value, field, w, risk, sanctions)

    return tuple(_each(fields.get(slot), slot, one))


def _one_named(
    value: object, field: str, w: W, risk: float | None, sanctions: tuple[dict[str, str | float], ...]
) -> Named:
    fields: Fields = {"name": value} if isinstance(value, str) else _object(value, field)
    _no_unknown(fields, NAMED_FIELDS, field)
    name = _clean(fields.get("name"), f"{field}.name", clean_name)
    if not name:
        raise InvalidInput("is empty", f"{field}.name")
    own_risk = _number(fields, "risk_score", f"{field}.risk_score", 0, 1)
    relevance = _number(fields, "relevance", f"{field}.relevance", 0, 1)
    return Named(
        name=name,
        kind=_kind(_text(fields, "kind", field) or _text(fields, "type", field), f"{field}.kind", (W.WHO, W.WHERE)),
        role=_text(fields, "role", field) or "",
        relevance=1.0 if relevance is None else relevance,
        identifiers=_identifiers(fields, field),
        attributes=_attributes(fields, field),
        risk_score=risk if own_risk is None else own_risk,
        sanctions=_sanctions(fields, field) or sanctions,
        point=_point(fields, field) if w is W.WHERE else None,
    )


def _identifiers(fields: Fields, field: str) -> dict[str, str]:
    if fields.keys().isdisjoint(_IDENTIFIER_FIELDS):
        return {}
    stated = dict(_object(fields.get("identifiers") or {}, f"{field}.identifiers"))
    for scheme, names in (("wikidata", ("wikidata", "qid")), ("lei", ("lei",))):
        for name in names:
            if fields.get(name):
                stated[scheme] = fields[name]
    found = {
        _clean(scheme, f"{field}.identifiers", clean_text, 40).casefold(): _clean(
            value, f"{field}.identifiers.{scheme}", clean_text, 200
        )
        for scheme, value in stated.items()
    }
    page = _wikipedia_page(_text(fields, "url", field))
    if page and not found:
        found["wikipedia"] = page
    return {scheme: value for scheme, value in found.items() if scheme and value}


def _wikipedia_page(url: str | None) -> str | None:
    """`en:Title` of a Wikipedia address: a page is about one thing, so its title identifies as a QID does."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").split(".")
    if host[-2:] != ["wikipedia", "org"] or not parts.path.startswith("/wiki/"):
        return None
    language = host[0] if len(host) == 3 and host[0] not in ("www", "m") else "en"
    title = unquote(parts.path.removeprefix("/wiki/")).replace("_", " ").strip()
    return f"{language}:{title}" if title and title.isprintable() else None


def _attributes(fields: Fields, field: str) -> dict[str, str | float | list[str]]:
    if fields.keys().isdisjoint(_ATTRIBUTE_FIELDS):
        return {}
    stated = dict(_object(fields.get("attributes") or {}, f"{field}.attributes"))
    stated |= {name: fields[name] for name in ("sector", "country", "of", "affiliations") if fields.get(name)}
    _no_unknown(stated, ATTRIBUTES, f"{field}.attributes")
    kept: dict[str, str | float | list[str]] = {}
    for name, value in stated.items():
        path = f"{field}.attributes.{name}"
        if isinstance(value, list):
            kept[name] = [_clean(part, path, clean_name) for part in cast("list[object]", value)]
        else:
            kept[name] = _clean(value, path, clean_name)
    return kept


def _point(fields: Fields, field: str) -> tuple[float, float] | None:
    given = fields.get("coordinates")
    if isinstance(given, Mapping):
        fields = cast(Fields, given)
    elif isinstance(given, list) and len(cast("list[object]", given)) == 2:
        pair = cast("list[Any]", given)
        fields = {"lat": pair[0], "lon": pair[1]}
    elif given is not None:
        raise InvalidInput("is neither [latitude, longitude] nor {lat, lon}", f"{field}.coordinates")
    lat = _number(fields, "lat", f"{field}.lat", -90, 90)
    lon = _number(fields, "lon", f"{field}.lon", -180, 180)
    if (lat is None) != (lon is None):
        raise InvalidInput("has one half of a point", field)
    return None if lat is None or lon is None else (lat, lon)


def _sanctions(fields: Fields, field: str) -> tuple[dict[str, str | float], ...]:
    if not fields.get("sanctions"):
        return ()

    def one(value: object, path: str) -> dict[str, str | float]:
        match = _object(value, path)
        _no_unknown(match, frozenset({"list", "id", "score"}), path)
        score = _number(match, "score", f"{path}.score", 0, 1)
        return {
            "list": _clean(match.get("list"), f"{path}.list", clean_text, 200),
            "id": _clean(match.get("id") or "", f"{path}.id", clean_text, 200),
            "score": 1.0 if score is None else score,
        }

    return tuple(_each(fields.get("sanctions"), f"{field}.sanctions".lstrip("."), one))


def _deed(value: object, field: str) -> Deed | None:
    if isinstance(value, str):
        return Deed(label=_clean(value, field, clean_text)) if value.strip() else None
    fields = _object(value, field)
    _no_unknown(fields, frozenset({"text", "category", "code", "quad", "kind", "type", "label"}), field)
    code = _text(fields, "code", field)
    label = _text(fields, "label", field) or (
        (_text(fields, "text", field) or _text(fields, "category", field))
        if code
        else (_text(fields, "category", field) or _text(fields, "text", field))
    )
    if not label and not code:
        return None
    kind = _kind(_text(fields, "kind", field) or _text(fields, "type", field), f"{field}.kind", (W.WHAT,))
    return Deed(label=label or code or "", code=code, kind=kind)


def _what_text(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = cast("list[object]", value)[0]
    if isinstance(value, str):
        return _clean(value, "what", clean_text)
    return _text(cast(Fields, value), "text", "what") if isinstance(value, Mapping) else None


def _what_part(value: object, part: str) -> str | None:
    if isinstance(value, list) and value:
        value = cast("list[object]", value)[0]
    return _text(cast(Fields, value), part, "what") if isinstance(value, Mapping) else None


def _reason(value: object, field: str) -> Reason | None:
    if isinstance(value, str):
        text = _clean(value, field, clean_text)
        return Reason(text=text) if text else None
    fields = _object(value, field)
    _no_unknown(fields, frozenset({"text", "kind", "type", "event"}), field)
    text, event = _text(fields, "text", field), _text(fields, "event", field)
    if event:
        event = _clean(event, f"{field}.event", clean_text, _ID)
    if not text and not event:
        return None
    kind = _kind(_text(fields, "kind", field) or _text(fields, "type", field), f"{field}.kind", (W.WHY,))
    return Reason(text=text, kind=kind, event=event)


def _documents(fields: Fields) -> tuple[Document, ...]:
    def one(value: object, field: str) -> Document | None:
        if isinstance(value, str):
            text = _clean(value, field, clean_text, 2_000)
            return _document(url=text, name=None, title=None) if "://" in text else _document(None, text, None)
        report = _object(value, field)
        _no_unknown(report, frozenset({"name", "url", "title"}), field)
        return _document(*(_text(report, part, field) for part in ("url", "name", "title")))

    found: dict[str, Document] = {}
    for slot in ("source", "sources"):
        for document in _each(fields.get(slot), slot, one):
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
        _no_unknown(story, frozenset({"id", "name", "url"}), "story")
        return _text(story, "name", "story") or _text(story, "id", "story")
    return None if value is None else _clean(value, "story", clean_text, _LABEL)


def _kind(value: str | None, field: str, ws: tuple[W, ...]) -> str | None:
    if not value:
        return None
    word = value.casefold().replace(" ", "_")
    word = _KIND_WORDS.get(word, word)
    if word is None:
        return None
    allowed = [kind for w in ws for kind in KINDS[w]]
    if word not in allowed:
        raise InvalidInput(f"is none of {', '.join(allowed)}", field)
    return word


def _each(value: object, field: str, read: Callable[[object, str], T | None]) -> list[T]:
    if value is None:
        return []
    many = cast("list[object]", value) if isinstance(value, list) else [value]
    if len(many) > _MENTIONS:
        raise InvalidInput(f"has {len(many)} entries, at most {_MENTIONS} are taken", field)
    found = (
        read(one, f"{field}[{n}]" if isinstance(value, list) else field)
        for n, one in enumerate(many)
        if one is not None
    )
    return [one for one in found if one is not None]


def _object(value: object, field: str) -> Fields:
    if not isinstance(value, dict):
        raise InvalidInput("is no JSON object", field)
    return cast(Fields, value)


def _no_unknown(fields: Fields, known: frozenset[str], field: str) -> None:
    if fields.keys() <= known:
        return
    for name in fields:
        if name not in known:
            shown = name if name.isidentifier() and len(name) <= 40 else "that name"
            raise InvalidInput(f"unknown field {shown}", field)


def _text(fields: Fields, name: str, field: str = "") -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if type(value) is int:
        return str(value)
    return _clean(value, f"{field}.{name}" if field else name, clean_text) or None


def _clean(value: object, field: str, clean: Callable[..., str], length: int | None = None) -> str:
    if not isinstance(value, str):
        raise InvalidInput("is no text" if value is not None else "is missing", field)
    return _at(field, clean, value) if length is None else _at(field, clean, value, length=length)


def _at(field: str, read: Callable[..., T], *args: object, **kwargs: object) -> T:
    try:
        return read(*args, **kwargs)
    except InvalidInput as error:
        raise type(error)(error.reason, field) from error


def _number(fields: Fields, name: str, field: str, low: float, high: float) -> float | None:
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise InvalidInput(f"is no number of {low}..{high}", field)
    return float(value)


def _integer(fields: Fields, name: str, low: int) -> int | None:
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value < 2**53:
        raise InvalidInput(f"is no whole number from {low} on", name)
    return value


def _choice(value: str | None, allowed: tuple[str, ...], field: str) -> str | None:
    if value is None or value.casefold() in allowed:
        return value.casefold() if value else None
    raise InvalidInput(f"is none of {', '.join(allowed)}", field)
