"""Entities: found by any name they have or ever had, in a list, and what they did when."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query

from api.access import needs, scoped_router
from api.caching.options import Kept
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Paged, Patient, Wired
from api.shapes.common import AskedThen, EntityKey
from api.shapes.entities import (
    AliasOut,
    AskedEntities,
    AskedHistory,
    AskedTimeline,
    EntitiesOut,
    EntityDetailOut,
    EntityOut,
    HistoryOut,
    HistoryRowOut,
    ListOrder,
    TimelineOut,
    TimelineRowOut,
)
from graph.errors import InvalidInput
from graph.moment import epoch_ms
from graph.reading.entities import EntityDetail, EntityPage, Order
from graph.reading.history import HistoryPlace
from graph.reading.timeline import Place
from graph.text import clean_name
from graph.trending import ALL, entities_by_score
from resolution.names.normalise import normalise
from resolution.past.at import entity_at, entity_list_at, history_at, search_at, timeline_at
from resolution.past.listing import entities_by_score_then

router = scoped_router("entities")
READ = needs(Scope.READ)
KEPT = needs(Scope.READ, kept=Kept.SHARED)
_KEPT = EntityDetailOut.model_fields.keys() - EntityOut.model_fields.keys() - {"aliases"}
"""What a detail tells as the reading gives it."""


@router.get(
    "/api/entities",
    operation_id="listEntities",
    openapi_extra=READ,
    responses=declared(),
    dependencies=[Patient],
)
def list_entities(asked: Annotated[AskedEntities, Query()], services: Wired, pages: Paged) -> EntitiesOut:
    """Searches entities by name, or lists them all."""
    if asked.q is not None:
        if asked.cursor is not None:
            raise InvalidInput("a search has no further pages: ask for more words", "cursor")
        text = clean_name(asked.q)
        prefix = normalise(text, "unspecified").normalised
        found = search_at(services.database, text, prefix, asked.clocks, kind=asked.of_kind, limit=asked.limit)
        return EntitiesOut(items=[EntityOut.model_validate(row) for row in found])
    times = {name: getattr(asked, name) for name in AskedThen.model_fields}
    filters = {"order": asked.order, "kind": asked.of_kind, **times}
    start = pages.start(filters, asked.cursor)
    if asked.order is ListOrder.TRENDING_SCORE:
        return _by_score(asked, services, pages, filters, start)
    order = Order(asked.order)
    part: dict[str, Any] = {"kind": asked.of_kind, "after": _after(start, order), "limit": asked.limit}
    page = entity_list_at(services.database, asked.clocks, order, **part)
    return EntitiesOut(
        items=[EntityOut.model_validate(row) for row in page.rows],
        next_cursor=pages.next(filters, _end(page, order)),
    )


@router.get(
    "/api/entities/{key}",
    operation_id="getEntity",
    openapi_extra=KEPT,
    responses=declared(404),
    dependencies=[Patient],
)
def get_entity(key: EntityKey, asked: Annotated[AskedThen, Query()], services: Wired) -> EntityDetailOut:
    """One entity by the key of any alias that it has or ever had; as of a past time its version is 0."""
    return entity_out(entity_at(services.database, key, asked.clocks))


def entity_out(found: EntityDetail) -> EntityDetailOut:
    """An entity as doors show it."""
    own = EntityOut.model_validate(found.row).model_dump(exclude={"alias", "alias_key", "trending_score"})
    kept = {name: getattr(found, name) for name in _KEPT}
    return EntityDetailOut(**own, **kept, aliases=[AliasOut.model_validate(alias) for alias in found.aliases])


@router.get("/api/entities/{key}/history", operation_id="getHistory", openapi_extra=KEPT, responses=declared(404))
def get_history(key: EntityKey, asked: Annotated[AskedHistory, Query()], services: Wired, pages: Paged) -> HistoryOut:
    """What became of an entity, newest first: changes, moves of its names, judgements on them."""
    filters = {"as_of": asked.as_of, "known_at": asked.known_at, "identity_at": asked.identity_at}
    start = pages.start(filters, asked.cursor)
    after = HistoryPlace(*start) if start else None
    found = history_at(services.database, key, asked.clocks, after=after, limit=asked.limit)
    return HistoryOut(
        key=found.key,
        name=found.name,
        kind=found.kind,
        items=[HistoryRowOut.model_validate(row) for row in found.rows],
        next_cursor=pages.next(filters, (found.end.ts, found.end.id) if found.end else None),
    )


@router.get(
    "/api/entities/{key}/timeline",
    operation_id="getTimeline",
    openapi_extra=KEPT,
    responses=declared(404),
    dependencies=[Patient],
)
def get_timeline(
    key: EntityKey, asked: Annotated[AskedTimeline, Query()], services: Wired, pages: Paged
) -> TimelineOut:
    """An entity's mentions with their events, newest first."""
    filters = asked.model_dump(exclude={"limit", "cursor"}) | {"w": sorted(asked.w)}
    start = pages.start(filters, asked.cursor)
    part: dict[str, Any] = {
        "ws": asked.w,
        "since": asked.since,
        "after": Place(*start) if start else None,
        "limit": asked.limit,
    }
    found = timeline_at(services.database, key, asked.clocks, until=asked.until, **part)
    end = found.end
    return TimelineOut(
        key=found.key,
        name=found.name,
        kind=found.kind,
        total_mentions=found.total_mentions,
        change=found.change,
        items=[TimelineRowOut.model_validate(row) for row in found.rows],
        next_cursor=pages.next(filters, (end.ts, end.mention) if end else None),
    )


def _by_score(
    asked: AskedEntities, services: Wired, pages: Paged, filters: dict[str, Any], start: list[Any] | None
) -> EntitiesOut:
    now = epoch_ms(services.clock())
    part: dict[str, Any] = {"kind": asked.of_kind or ALL, "limit": asked.limit, "offset": start[0] if start else 0}
    if asked.clocks.past:
        found = entities_by_score_then(services.database, now, asked.clocks, **part)
    else:
        found = entities_by_score(services.database, services.boards, now, scans=services.scans, **part)
    return EntitiesOut(
        items=[EntityOut.model_validate(row) for row in found.rows],
        next_cursor=pages.next(filters, None if found.next_offset is None else (found.next_offset,)),
        degraded=found.degraded,
    )


def _after(start: list[Any] | None, order: Order) -> tuple[Any, str] | None:
    if start is None:
        return None
    value, key = start
    return (datetime.fromisoformat(value) if order is Order.LAST_SEEN else value), key


def _end(page: EntityPage, order: Order) -> tuple[str | int, str] | None:
    if not page.more:
        return None
    last = page.rows[-1]
    if order is Order.LAST_SEEN:
        return (last.last_seen.isoformat() if last.last_seen else ""), last.key
    return (last.mentions if order is Order.MENTION_COUNT else last.name), last.key
