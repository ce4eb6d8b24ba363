"""CSV, NDJSON and GeoJSON: mentions as rows, events as lines, places as points."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import orjson

from graph.exporting.content import Content, ExportedEvent, ExportedMention
from graph.keys import W

COLUMNS = (
    *("event_id", "occurred_at", "title", "category", "w", "role", "surface"),
    *("entity_key", "entity_name", "entity_kind", "latitude", "longitude", "url"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(content: Content) -> Iterator[str]:
    """CSV (RFC 4180), one row a mention, with a header; an event without mentions has one row.

    A cell of text that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection).
    """
    yield _row(COLUMNS)
    for event in content.events():
        url = next((document["url"] for document in event.documents if document["url"]), None)
        head = (event.id, event.at.isoformat(), event.title, event.category)
        if not event.mentions:
            yield _row((*map(_safe, head), *("" for _ in COLUMNS[4:-1]), _safe(url)))
        for mention in event.mentions:
            told = (mention.w.lower(), mention.role, mention.surface, mention.key, mention.name, mention.kind)
            yield _row((*map(_safe, (*head, *told)), *(mention.point or ("", "")), _safe(url)))


def lines(content: Content) -> Iterator[str]:
    """NDJSON, one event a line in the 5-W shape that `pentad ingest` takes."""
    for event in content.events():
        yield orjson.dumps(five_ws(event)).decode() + "\n"


def five_ws(event: ExportedEvent) -> dict[str, Any]:
    """An event as somebody would send it; what is not known is left out."""
    told: dict[str, Any] = {
        "id": event.id,
        "occurred_at": _instant(event),
        "ended_at": event.ended_at.isoformat() if event.ended_at else None,
        "title": event.title or None,
        "text": event.text,
        "category": event.category,
        "impact": event.impact,
        "confidence": event.confidence,
        "who": [_named(mention) for mention in event.mentions if mention.w == W.WHO],
        "where": [_named(mention) for mention in event.mentions if mention.w == W.WHERE],
        "what": [_text(mention) for mention in event.mentions if mention.w == W.WHAT],
        "why": [
            *({"event": cause} for cause in event.causes),
            *(
                _text(mention)
                for mention in event.mentions
                if mention.w == W.WHY and mention.surface not in event.causes
            ),
        ],
        "sources": [
            {
                name: value
                for name, value in (("name", one["source"]), ("url", one["url"]), ("title", one["title"]))
                if value
            }
            for one in event.documents
            if one["source"] or one["url"]
        ],
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def geojson(content: Content) -> Iterator[str]:
    """GeoJSON (RFC 7946): a feature for each place whose coordinates are known, and for each event at such a place."""
    yield '{"type":"FeatureCollection","features":['
    first = True
    for feature in _features(content):
        yield ("" if first else ",") + "\n" + orjson.dumps(feature).decode()
        first = False
    yield "\n]}\n"


def _features(content: Content) -> Iterator[dict[str, Any]]:
    for entity in content.entities():
        if entity.point:
            told = {"type": "place", "name": entity.name, "kind": entity.kind, "mentions": entity.mentions}
            yield _feature(f"entity:{entity.key}", entity.point, told)
    for event in content.events():
        at = next((mention for mention in event.mentions if mention.w == W.WHERE and mention.point), None)
        if at is not None and at.point is not None:
            names = [mention.name for mention in event.mentions if mention.w == W.WHO]
            told = {"type": "event", "title": event.title, "occurred_at": event.at.isoformat(), "place": at.name}
            yield _feature(f"event:{event.id}", at.point, {**told, "category": event.category, "who": names})


def _feature(key: str, point: tuple[float, float], told: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = point
    place = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "id": key, "geometry": place, "properties": told}


def _instant(event: ExportedEvent) -> str:
    """As precisely as it is known."""
    length = {"year": 4, "month": 7, "day": 10}.get(event.precision or "")
    return event.at.strftime("%Y-%m-%dT%H:%M:%SZ")[:length]


def _named(mention: ExportedMention) -> dict[str, Any]:
    kind = None if mention.told == "unspecified" else mention.told
    told = {"name": mention.surface, "kind": kind, "role": mention.role, "relevance": mention.relevance}
    return {name: value for name, value in told.items() if value is not None}


def _text(mention: ExportedMention) -> dict[str, Any]:
    kind = None if mention.told == "unspecified" else mention.told
    return {"text": mention.surface, **({"kind": kind} if kind else {})}


def _row(cells: tuple[object, ...]) -> str:
    held = io.StringIO()
    csv.writer(held).writerow(cells)
    return held.getvalue()


def _safe(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
