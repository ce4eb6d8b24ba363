"""How queries of the Reconciliation API are answered: names by the matching of ingest, the rest by attributes."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.services import Services
from api.shapes.reconcile import PROPERTIES, TYPES, Condition, Json, ReconcileQuery
from graph.database import Row
from graph.queries import statement
from graph.reading.entities import entity_rows
from graph.reading.instants import of_graph
from graph.reading.search import search
from graph.text import clean_name
from ingest.matching import Candidate, Example, match_examples
from resolution.names.normalise import normalise
from resolution.score import POSITIVE

LEAST = 0.3
"""Candidates less probable than this are not shown."""
MISMATCH = 0.8
"""What a property that differs leaves of a score."""


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate: `score` 0..1, the names and features compared, and whether it is surely the one."""

    row: Row
    score: float
    match: bool
    features: dict[str, float | bool]


def reconcile(services: Services, queries: Sequence[ReconcileQuery]) -> list[list[Found]]:
    """Candidates of each query, best first. Raises DatabaseUnavailable, BudgetExceeded, InvalidInput."""
    examples = [
        (at, Example([clean_name(name) for name in query.names], kind, query.limit, LEAST))
        for at, query in enumerate(queries)
        for kind in (query.types or [""])
        if query.names
    ]
    matched = match_examples(services.judging, [example for _, example in examples])
    keyed = [name for query in queries for name in query.names if is_key(name)]
    rows = entity_rows(
        services.database, list(dict.fromkeys([*(one.alias_key for many in matched for one in many), *keyed]))
    )
    stated = _stated(services, [row["key"] for row in rows.values()]) if any(q.conditions for q in queries) else {}
    found: list[dict[str, Found]] = [{} for _ in queries]
    for (at, _), many in zip(examples, matched, strict=True):
        for one in many:
            if one.alias_key in rows:
                _keep(found[at], _compared(rows[one.alias_key], one, queries[at].conditions, stated))
    for at, query in enumerate(queries):
        for name in query.names:
            if is_key(name) and name in rows:
                _keep(found[at], Found(rows[name], 1.0, True, {"identifier": True}))
    return [_ranked(list(kept.values()), query.limit) for kept, query in zip(found, queries, strict=True)]


def candidate(found: Found, *, named: bool) -> Json:
    """A candidate as results show it, scores from 0 to 100; `named`: features have names, as 1.0-draft wants."""
    row = found.row
    features: list[Json] = [
        {"id": name, **({"name": name.replace("_", " ").replace(":", ": ")} if named else {}), "value": value}
        for name, value in found.features.items()
    ]
    return {
        "id": row["key"],
        "name": row["name"],
        "description": described(row),
        "type": [{"id": row["kind"], "name": TYPES.get(row["kind"], row["kind"])}],
        "score": round(100 * found.score, 2),
        "match": found.match,
        "features": features,
    }


def described(row: Mapping[str, Any]) -> str:
    """What tells namesakes apart: kind, roles, and how often and when last it was mentioned."""
    last = of_graph(row["last_seen"])
    when = f", last {last:%Y-%m-%d}" if last else ""
    roles = f" ({', '.join(row['roles'][:3])})" if row["roles"] else ""
    return f"{TYPES.get(row['kind'], row['kind'])}{roles}, {row['mentions']} mentions{when}"


def suggest(services: Services, prefix: str, skip: int) -> list[Json]:
    """Entities whose name begins with the text or holds its words, or that have it as their key."""
    text = clean_name(prefix)
    if not text:
        return []
    if is_key(text):
        return [_suggested(row) for row in entity_rows(services.database, [text]).values()]
    normalised = normalise(text, "unspecified").normalised
    rows = search(services.database, text, normalised, limit=min(skip + 20, 200))[skip:]
    return [
        {
            "id": row.key,
            "name": row.name,
            "description": f"{TYPES.get(row.kind, row.kind)}, {row.mentions} mentions",
            "notable": [{"id": row.kind, "name": TYPES.get(row.kind, row.kind)}],
        }
        for row in rows
    ]


def extended(services: Services, ids: Sequence[str], properties: Sequence[str]) -> dict[str, dict[str, list[Json]]]:
    """Values of each property of each entity, by the ids asked for; none for an id of nobody, and none of a property
    that is not known here: a client may ask several services the same."""
    rows = entity_rows(services.database, [one for one in ids if is_key(one)])
    stated = _stated(services, [row["key"] for row in rows.values()])
    return {
        one: {pid: _valued(stated.get(rows[one]["key"], {}).get(pid)) if one in rows else [] for pid in properties}
        for one in ids
    }


def flyout(services: Services, key: str) -> str | None:
    """A few lines of HTML about an entity, None for nobody."""
    rows = entity_rows(services.database, [key]) if is_key(key) else {}
    if key not in rows:
        return None
    row = rows[key]
    return f"<p><strong>{html.escape(row['name'])}</strong></p><p>{html.escape(described(row))}</p>"


def is_key(text: str) -> bool:
    """Whether a text is the key of an alias."""
    return len(text) == 64 and all(sign in "0123456789abcdef" for sign in text)


def _keep(kept: dict[str, Found], found: Found | None) -> None:
    if found is not None and found.score > (kept[found.row["key"]].score if found.row["key"] in kept else -1):
        kept[found.row["key"]] = found


def _ranked(found: list[Found], limit: int) -> list[Found]:
    """Best first; none is sure where another would be as well."""
    found.sort(key=lambda one: (-one.score, -one.row["mentions"], one.row["key"]))
    sure = sum(one.match for one in found) == 1
    return [Found(one.row, one.score, one.match and sure, one.features) for one in found[:limit]]


def _compared(row: Row, one: Candidate, wanted: Sequence[Condition], stated: Mapping[str, Json]) -> Found | None:
    """None where a property that is required differs."""
    features: dict[str, float | bool] = {"probability": round(one.found.probability, 6), **one.found.features}
    score = one.found.probability
    for condition in wanted:
        has = {str(value) for value in _several(stated.get(row["key"], {}).get(condition.pid))}
        same = condition.meets(has)
        features[f"property:{condition.pid}"] = same
        if condition.required and not same:
            return None
        # What is not known of an entity says nothing against it.
        score *= MISMATCH if has and not same else 1
    return Found(row, score, score >= POSITIVE, features)


def _suggested(row: Row) -> Json:
    kind = row["kind"]
    notable = [{"id": kind, "name": TYPES.get(kind, kind)}]
    return {"id": row["key"], "name": row["name"], "description": described(row), "notable": notable}


def _stated(services: Services, keys: Sequence[str]) -> dict[str, Json]:
    if not keys:
        return {}
    found: list[Row] = services.database.read(statement("read/export_some"), {"keys": list(keys)})[0]["entities"]
    return {entity["key"]: _properties(entity) for entity in found}


def _properties(entity: Row) -> Json:
    point = entity.get("location")
    told: Json = {name: entity.get(name) for name in PROPERTIES}
    told |= {"first_seen": of_graph(entity.get("first_seen")), "last_seen": of_graph(entity.get("last_seen"))}
    if point is not None:
        told |= {"latitude": float(point.latitude), "longitude": float(point.longitude)}
    return told


def _several(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _valued(value: Any) -> list[Json]:
    found: list[Json] = []
    for one in _several(value):
        if isinstance(one, datetime):
            found.append({"date": one.strftime("%Y-%m-%dT%H:%M:%SZ")})
        elif isinstance(one, bool) or not isinstance(one, int | float):
            found.append({"str": str(one)})
        else:
            found.append({"int": one} if isinstance(one, int) else {"float": one})
    return found
