"""JSON-LD with schema.org, FollowTheMoney and STIX 2.1: the graph in the words of other communities."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

import orjson
from countrynames.data import DATA

from graph.entity import KINDS
from graph.exporting.content import Content, ExportedEntity, ExportedEvent
from graph.keys import W

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:pentad")
"""Of deterministic STIX ids: the same entity or event has the same id in every export (STIX 2.1, 2.9)."""
PLACES = frozenset(KINDS[W.WHERE])
_SCHEMA_ORG = {
    "person": "Person",
    "organization": "Organization",
    "government": "GovernmentOrganization",
    "group": "Organization",
    "country": "Country",
    "region": "AdministrativeArea",
    "city": "City",
    "facility": "Place",
}
_FTM = {"person": "Person", "organization": "Organization", "government": "PublicBody", "group": "Organization"}
_IDENTITY = {"person": "individual", "organization": "organization", "government": "organization", "group": "group"}
Json = dict[str, Any]


def jsonld(content: Content) -> Iterator[str]:
    """One JSON-LD document in the words of schema.org; ids are `urn:pentad:entity:…` and `urn:pentad:event:…`."""
    yield '{"@context":"https://schema.org","@graph":['
    yield from _joined(chain(map(_thing, content.entities()), map(_happening, content.events())))
    yield "\n]}\n"


def ftm(content: Content) -> Iterator[str]:
    """FollowTheMoney entities, one JSON object a line: who as Person, Organization, PublicBody or LegalEntity, places
    as Address, events as Event; what, when and why stand in the event."""
    for entity in content.entities():
        if (found := _ftm_entity(entity)) is not None:
            yield orjson.dumps(found).decode() + "\n"
    for event in content.events():
        yield orjson.dumps(_ftm_event(event)).decode() + "\n"


def stix(content: Content) -> Iterator[str]:
    """A STIX 2.1 bundle: who as identity, places as location (identity where neither country nor point is known),
    events as reports of what they mention, causes as relationships between reports."""
    yield f'{{"type":"bundle","id":"bundle--{uuid.uuid5(NAMESPACE, "bundle")}","objects":['
    yield from _joined(_stix_objects(content))
    yield "\n]}\n"


def _joined(items: Iterable[Json]) -> Iterator[str]:
    """Objects of a list, with commas between them."""
    for at, item in enumerate(items):
        yield ("," if at else "") + "\n" + orjson.dumps(item).decode()


def _thing(entity: ExportedEntity) -> Json:
    told: Json = {
        "@id": f"urn:pentad:entity:{entity.key}",
        "@type": _SCHEMA_ORG.get(entity.kind, "Thing"),
        "name": entity.name,
        "alternateName": [alias for alias in entity.aliases if alias != entity.name] or None,
        "identifier": entity.key,
        "description": entity.stated.get("description"),
    }
    if entity.point:
        told["geo"] = {"@type": "GeoCoordinates", "latitude": entity.point[0], "longitude": entity.point[1]}
    return _told(told)


def _happening(event: ExportedEvent) -> Json:
    def of(w: W) -> list[Json]:
        keys = dict.fromkeys(mention.key for mention in event.mentions if mention.w == w)
        return [{"@id": f"urn:pentad:entity:{key}"} for key in keys]

    return _told(
        {
            "@id": f"urn:pentad:event:{event.id}",
            "@type": "Event",
            "name": event.title or event.id,
            "description": event.text,
            "startDate": event.at.isoformat(),
            "endDate": event.ended_at.isoformat() if event.ended_at else None,
            "identifier": event.id,
            "keywords": event.category,
            "actor": of(W.WHO) or None,
            "location": of(W.WHERE) or None,
            "about": [*of(W.WHAT), *of(W.WHY)] or None,
            "subjectOf": [{"@type": "CreativeWork", "url": one["url"]} for one in event.documents if one["url"]]
            or None,
        }
    )


def _told(values: Json) -> Json:
    return {name: value for name, value in values.items() if value is not None}


def _ftm_id(kind: str, key: str) -> str:
    return f"pentad-{kind}-{key}" if kind == "entity" else f"pentad-event-{uuid.uuid5(NAMESPACE, key).hex}"


def _ftm_entity(entity: ExportedEntity) -> Json | None:
    """None for what is no Thing there: actions, moments and reasons."""
    country = _country(entity)
    if entity.kind in PLACES:
        own = {"full": [entity.name], "country": country}
        if entity.point:
            own |= {"latitude": [str(entity.point[0])], "longitude": [str(entity.point[1])]}
        return _ftm(_ftm_id("entity", entity.key), "Address", own)
    if entity.kind not in _FTM and not {W.WHO.value, W.WHERE.value} & set(entity.ws):
        return None
    aliases = [alias for alias in entity.aliases if alias != entity.name]
    own = {"name": [entity.name], "alias": aliases, "country": country, "sector": _listed(entity.stated.get("sector"))}
    return _ftm(_ftm_id("entity", entity.key), _FTM.get(entity.kind, "LegalEntity"), own)


def _ftm_event(event: ExportedEvent) -> Json:
    who = [m for m in event.mentions if m.w == W.WHO and m.kind not in PLACES]
    places = [m for m in event.mentions if m.kind in PLACES and m.w in (W.WHO, W.WHERE)]
    own = {
        "name": [event.title or event.id],
        "description": [event.text] if event.text else [],
        "date": [event.at.date().isoformat()],
        "involved": list(dict.fromkeys(_ftm_id("entity", mention.key) for mention in who)),
        "location": list(dict.fromkeys(mention.name for mention in places if mention.w == W.WHERE)),
        "addressEntity": list(dict.fromkeys(_ftm_id("entity", mention.key) for mention in places)),
        "keywords": list(dict.fromkeys(m.name for m in event.mentions if m.w in (W.WHAT, W.WHY))),
        "sourceUrl": [one["url"] for one in event.documents if one["url"]],
    }
    return _ftm(_ftm_id("event", event.id), "Event", own)


def _ftm(key: str, schema: str, properties: dict[str, list[str]]) -> Json:
    return {"id": key, "schema": schema, "properties": {name: value for name, value in properties.items() if value}}


def _listed(value: object) -> list[str]:
    return [] if value is None else [str(value)]


def _country(entity: ExportedEntity) -> list[str]:
    """ISO 3166 code of a country's own name, or of the one that is stated, in small letters."""
    name = entity.name if entity.kind == "country" else entity.stated.get("country")
    code = _codes().get(name.casefold()) if isinstance(name, str) else None
    return [code] if code else []


@cache
def _codes() -> dict[str, str]:
    """Codes by name; subdivisions, whose codes are longer, are no countries."""
    return {name.casefold(): code.lower() for code, names in DATA.items() if len(code) == 2 for name in (code, *names)}


def _stix_objects(content: Content) -> Iterator[Json]:
    kinds: dict[bytes, str] = {}
    for entity in content.entities():
        found = _stix_entity(entity)
        # Who became a location: ids of the other kind would lead nowhere. 16 bytes an entity is all that is held.
        if found["type"] == "location":
            kinds[bytes.fromhex(entity.key[:32])] = "location"
        yield found
    for event in content.events():
        refs = [_stix_id(kinds.get(bytes.fromhex(m.key[:32]), "identity"), m.key) for m in event.mentions]
        if not refs:
            continue
        yield _stix_report(event, list(dict.fromkeys(refs)))
        for cause in event.linked if refs else ():
            yield _stix_cause(event, cause)


def _stix_id(kind: str, key: str) -> str:
    return f"{kind}--{uuid.uuid5(NAMESPACE, f'{kind}:{key}')}"


def _stix_entity(entity: ExportedEntity) -> Json:
    at = _stamp(entity.first_seen or _EPOCH)
    country = _country(entity)
    if entity.kind in PLACES and (entity.point or country):
        place: Json = {"name": entity.name}
        if entity.point:
            place |= {"latitude": entity.point[0], "longitude": entity.point[1]}
        if country:
            place["country"] = country[0].upper()
        return _stix("location", entity.key, at, place)
    own: Json = {"name": entity.name, "identity_class": _IDENTITY.get(entity.kind, "unspecified")}
    if entity.roles:
        own["roles"] = entity.roles
    return _stix("identity", entity.key, at, own)


def _stix_report(event: ExportedEvent, refs: list[str]) -> Json:
    own: Json = {"name": event.title or event.id, "published": _stamp(event.at), "object_refs": refs}
    if event.text:
        own["description"] = event.text
    links = [{"source_name": one["source"] or "source", "url": one["url"]} for one in event.documents if one["url"]]
    links.append({"source_name": "pentad", "external_id": event.id})
    if event.confidence is not None:
        own["confidence"] = round(100 * event.confidence)
    return _stix("report", event.id, _stamp(event.recorded_at or event.at), {**own, "external_references": links})


def _stix_cause(event: ExportedEvent, cause: str) -> Json:
    ends = {"source_ref": _stix_id("report", event.id), "target_ref": _stix_id("report", cause)}
    own: Json = {"relationship_type": "related-to", "description": "caused by", **ends}
    return _stix("relationship", f"{event.id}<{cause}", _stamp(event.recorded_at or event.at), own)


def _stix(kind: str, key: str, at: str, own: Json) -> Json:
    return {"type": kind, "spec_version": "2.1", "id": _stix_id(kind, key), "created": at, "modified": at, **own}


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
