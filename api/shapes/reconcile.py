"""The Reconciliation API (W3C Community Group) as we speak it: 0.2 at /reconcile, 1.0-draft at /reconcile/1.0-draft.

Both say the same in other words; here the words of both become one query, and one result the words of either.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, cast

from graph.entity import HOME, KINDS, UNSPECIFIED
from graph.errors import InvalidInput
from graph.keys import W

QUERIES = 100
"""Queries of one batch, and entities of one extension, at most."""
MOST = 50
TYPES: dict[str, str] = {kind: kind.replace("_", " ").capitalize() for kind in (*HOME, UNSPECIFIED)}
"""Types are kinds."""
PROPERTIES: dict[str, str] = {
    "name": "Name",
    "aliases": "Names it goes by",
    "kind": "Kind",
    "roles": "Roles",
    "mentions": "Mentions",
    "first_seen": "First mentioned",
    "last_seen": "Last mentioned",
    "country": "Country",
    "sector": "Sector",
    "affiliations": "Affiliations",
    "path": "Lies in",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "description": "Description",
}
"""What can be asked of an entity, and compared with."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """A property that a candidate should have: any of the values, all or none, compared without regard to case."""

    pid: str
    values: list[str]
    required: bool = False
    quantifier: str = "any"

    def meets(self, has: Collection[str]) -> bool:
        """Whether what a candidate has is what is asked for: any of the values, all, or none."""
        wanted = {value.casefold() for value in self.values}
        held = wanted & {value.casefold() for value in has}
        return {"any": bool(held), "all": held == wanted, "none": not held}[self.quantifier]


@dataclass(frozen=True, slots=True)
class ReconcileQuery:
    """What is looked for; no names where only properties are told."""

    names: list[str]
    types: list[str] = field(default_factory=list[str])
    limit: int = 5
    conditions: list[Condition] = field(default_factory=list[Condition])


def queries_02(value: object) -> dict[str, ReconcileQuery]:
    """A batch as 0.2 sends it, by key. Raises InvalidInput."""
    batch = _object(value, "queries")
    _bounded(len(batch), "queries")
    return {key: _query_02(_object(one, f"queries.{key}"), f"queries.{key}") for key, one in batch.items()}


def queries_10(value: object) -> list[ReconcileQuery]:
    """A batch as 1.0-draft sends it, in order. Raises InvalidInput."""
    batch = _list(_object(value, "").get("queries"), "queries")
    _bounded(len(batch), "queries")
    return [_query_10(_object(one, f"queries.{at}"), f"queries.{at}") for at, one in enumerate(batch)]


def extension(value: object) -> tuple[list[str], list[str]]:
    """Ids and properties of a data extension query, the same in both. Raises InvalidInput."""
    asked = _object(value, "extend")
    ids = [str(one) for one in _list(asked.get("ids"), "ids")]
    _bounded(len(ids), "ids")
    return ids, [str(_object(one, "properties").get("id")) for one in _list(asked.get("properties"), "properties")]


def _query_02(asked: Json, place: str) -> ReconcileQuery:
    kind: object = asked.get("type") or []
    types = [kind] if isinstance(kind, str) else [str(one) for one in _list(kind, f"{place}.type")]
    told = [_object(one, f"{place}.properties") for one in _list(asked.get("properties") or [], f"{place}.properties")]
    conditions = [Condition(str(one.get("pid")), _values(one.get("v"))) for one in told]
    return _query(_values(asked.get("query")), types, asked.get("limit"), conditions, place)


def _query_10(asked: Json, place: str) -> ReconcileQuery:
    names, conditions = list[str](), list[Condition]()
    for one in _list(asked.get("conditions"), f"{place}.conditions"):
        told = _object(one, f"{place}.conditions")
        # The draft has called these both ways.
        values = _values(told.get("propertyValue", told.get("v")))
        if told.get("matchType") == "name":
            names += values
        elif told.get("matchType") == "property":
            pid = str(told.get("propertyId", told.get("pid")))
            quantifier = str(told.get("matchQuantifier", "any"))
            if quantifier not in ("any", "all", "none"):
                raise InvalidInput("is `any`, `all` or `none`", f"{place}.conditions.matchQuantifier")
            conditions.append(Condition(pid, values, told.get("required") is True, quantifier))
        else:
            raise InvalidInput("is `name` or `property`", f"{place}.conditions.matchType")
    types = [asked["type"]] if isinstance(asked.get("type"), str) else []
    return _query(names, types, asked.get("limit"), conditions, place)


def _query(
    names: list[str], types: list[str], limit: object, conditions: list[Condition], place: str
) -> ReconcileQuery:
    named = [value for one in conditions if one.pid in ("name", "aliases") for value in one.values]
    kept = [one for one in conditions if one.pid not in ("name", "aliases")]
    if not names and not conditions:
        raise InvalidInput("takes a name, or properties", place)
    if limit is None:
        limit = 5
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 1:
        raise InvalidInput("is a number from 1 on", f"{place}.limit")
    known = [one for one in types if one in TYPES]
    return ReconcileQuery([*names, *named][:20], known, min(int(limit), MOST), kept)


def _values(value: object) -> list[str]:
    """One value or several as text; an entity goes by its id."""
    if value is None:
        return []
    if isinstance(value, list):
        return [text for one in cast(list[object], value) for text in _values(one)]
    if isinstance(value, dict):
        told = cast(Json, value)
        return _values(told.get("name", told.get("id")))
    text = str(value).strip()
    return [text[:1_000]] if text else []


def _object(value: object, place: str) -> Json:
    if not isinstance(value, dict):
        raise InvalidInput("is no object", place)
    return cast(Json, value)


def _list(value: object, place: str) -> list[object]:
    if not isinstance(value, list):
        raise InvalidInput("is no list", place)
    return cast(list[object], value)


def _bounded(count: int, place: str) -> None:
    if count > QUERIES:
        raise InvalidInput(f"holds more than {QUERIES}", place)


def manifest_02(endpoint: str, view: str) -> Json:
    """What the service can do, in the words of 0.2; `endpoint` and `view` are URLs."""

    def service(what: str) -> Json:
        return {
            "service_url": endpoint,
            "service_path": f"/suggest/{what}",
            "flyout_service_url": endpoint,
            "flyout_service_path": f"/flyout/{what}?id=${{id}}",
        }

    return {
        **_common("0.2", view.replace("{id}", "{{id}}")),
        "preview": {"url": f"{endpoint}/preview?id={{{{id}}}}", "width": 420, "height": 200},
        "suggest": {what: service(what) for what in ("entity", "property", "type")},
        "extend": {
            "propose_properties": {"service_url": endpoint, "service_path": "/extend/propose"},
            "property_settings": [],
        },
    }


def manifest_10(view: str) -> Json:
    """The same in the words of 1.0-draft."""
    return {
        **_common("1.0-draft", view.replace("{id}", "{{id}}")),
        "standardizedScore": True,
        "batchSize": QUERIES,
        "preview": {"width": 420, "height": 200},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": []},
    }


def _common(version: str, view: str) -> Json:
    kinds = (*KINDS[W.WHO], *KINDS[W.WHERE])
    return {
        "versions": [version],
        "name": "Pentad: who, what, where, when and why",
        "identifierSpace": "urn:pentad:entity:",
        "schemaSpace": "urn:pentad:kind:",
        "view": {"url": view},
        "defaultTypes": [{"id": kind, "name": TYPES[kind]} for kind in kinds],
    }
