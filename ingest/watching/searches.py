"""A watched search: entities that it finds and did not find before, and new events that name those it found."""

from typing import Any

from graph.errors import BudgetExceeded, NotFound
from graph.moment import parse_instant
from graph.reading.finding import EACH, Filters, Hits, Near, find
from graph.watch import Firing, Occasion, Watch
from ingest.watching.entities import SHOWN, told_events
from ingest.watching.round import Round, World
from resolution.names.normalise import normalise

KNOWN = 2_000
"""Entities found that are remembered, the last ones."""


def search_state(world: World, spec: dict[str, Any]) -> dict[str, Any]:
    """What is found now."""
    return {"found": [hit.row.key for hit in _found(world, spec).rows]}


def look_at_search(watch: Watch, look: Round, world: World, *, far: bool) -> tuple[dict[str, Any], list[Firing]]:
    """What is known now, and what is to be told; it is searched when `far`. An entity that went into another is no new
    match."""
    known: list[str] = watch.state["found"]
    held = {one.key for one in world.holders(known).values()}
    firings = list(told_events(watch, look, world, held)) if Occasion.EVENTS in watch.on else []
    if not far:
        return watch.state, firings
    hits = _found(world, watch.spec)
    new = [hit for hit in hits.rows if hit.row.key not in held]
    state = {**watch.state, "found": [*known, *(hit.row.key for hit in new)][-KNOWN:]}
    if new and Occasion.MATCH in watch.on:
        matches = [
            {"key": hit.row.key, "name": hit.row.name, "kind": hit.row.kind, "score": hit.score} for hit in new[:SHOWN]
        ]
        told = {"count": len(new), "matches": matches, "cut": hits.cut}
        firings.append(Firing(watch.id, Occasion.MATCH, look.last, told))
    return state, firings


def filters_of(spec: dict[str, Any]) -> Filters:
    """What a search asks beside its text, as it is kept."""
    since, until = spec.get("since"), spec.get("until")
    near = spec.get("near")
    return Filters(
        kind=spec.get("kind"),
        since=parse_instant(since).at if since else None,
        until=parse_instant(until).end if until else None,
        place=spec.get("place"),
        near=Near(near[0], near[1], spec.get("km") or 50.0) if near else None,
    )


def _found(world: World, spec: dict[str, Any]) -> Hits:
    text: str = spec["q"]
    prefix = normalise(text, "unspecified").normalised
    try:
        return find(
            world.database, text, prefix, filters=filters_of(spec), preset=spec.get("preset", "balanced"), limit=EACH
        )
    except (NotFound, BudgetExceeded):
        return Hits([], cut=True)
