"""Reads at the times that three clocks tell: by the live indexes where these know the answer, else as of then."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from graph.database import Database, Transaction
from graph.embedding import Embedder
from graph.reading import past
from graph.reading.clocks import Clocks
from graph.reading.co_mentions import CoMentions, co_mentions
from graph.reading.entities import EntityDetail, EntityPage, EntityRow, Order, entity_detail, entity_list
from graph.reading.events import EventDetail, EventPage, event_detail, event_list
from graph.reading.facts import Asked, Facts, entity_facts
from graph.reading.finding import Filters, Hits, find
from graph.reading.hierarchy import Hierarchy, ancestors, descendants
from graph.reading.history import History, entity_history
from graph.reading.neighbourhood import Neighbourhood, neighbourhood
from graph.reading.paths import Paths, paths
from graph.reading.relations import Relations, entity_relations
from graph.reading.search import search
from graph.reading.timeline import Timeline, entity_timeline
from graph.reading.via import Connections, co_mentions_via
from graph.reading.view import View, view
from graph.reading.why import Causation, Direction, causation
from resolution.past.causes import causation_then
from resolution.past.events import event_list_then, event_then
from resolution.past.exploring import connections_then, view_then
from resolution.past.facts import facts_then
from resolution.past.finding import find_then, search_then
from resolution.past.history import history_then
from resolution.past.identity import Identity
from resolution.past.listing import entity_list_then
from resolution.past.lying import hierarchy_then
from resolution.past.mentions import window_of
from resolution.past.paths import paths_then
from resolution.past.paths import plan as plan_paths
from resolution.past.reads import SECONDS, co_mentions_then, entity_then, neighbourhood_then, timeline_then
from resolution.past.telling import relations_at


def entity_at(database: Database, key: str, clocks: Clocks) -> EntityDetail:
    """The entity that holds or held a name. Raises NotFound, BudgetExceeded."""
    return entity_then(database, key, clocks) if clocks.past else entity_detail(database, key)


def entity_list_at(database: Database, clocks: Clocks, order: Order = Order.MENTION_COUNT, **part: Any) -> EntityPage:
    """All entities that are mentioned; `part` as `entity_list` takes it. Raises BudgetExceeded."""
    return entity_list_then(database, clocks, order, **part) if clocks.past else entity_list(database, order, **part)


def search_at(database: Database, text: str, normalised: str, clocks: Clocks, **part: Any) -> list[EntityRow]:
    """Entities by name; `part` as `search` takes it. Raises BudgetExceeded."""
    if clocks.past:
        return search_then(database, text, normalised, clocks, **part)
    return search(database, text, normalised, **part)


def timeline_at(
    database: Database, key: str, clocks: Clocks, *, until: datetime | None = None, **part: Any
) -> Timeline:
    """Its mentions; `part` as `entity_timeline` takes it. Raises NotFound, BudgetExceeded."""
    if clocks.remembers:
        return timeline_then(database, key, clocks, until=until, **part)
    return entity_timeline(database, key, until=_sooner(until, clocks), **part)


def co_mentions_at(database: Database, key: str, clocks: Clocks, **part: Any) -> CoMentions:
    """Whom it is named with; `part` as `co_mentions` takes it. Raises NotFound, BudgetExceeded."""
    return co_mentions_then(database, key, clocks, **part) if clocks.past else co_mentions(database, key, **part)


def neighbourhood_at(database: Database, key: str, clocks: Clocks, *, depth: int, limit: int) -> Neighbourhood:
    """Its surroundings. Raises NotFound, BudgetExceeded, InvalidInput."""
    if clocks.past:
        return neighbourhood_then(database, key, clocks, depth=depth, limit=limit)
    return neighbourhood(database, key, depth=depth, limit=limit)


def connections_at(
    database: Database, key: str, via: str, clocks: Clocks, *, limit: int = 10, kind: str | None = None
) -> Connections:
    """Who is connected through another. Raises NotFound, InvalidInput, BudgetExceeded."""
    if clocks.past:
        return connections_then(database, key, via, clocks, limit=limit, kind=kind)
    return co_mentions_via(database, key, via, limit=limit, kind=kind)


def view_at(database: Database, keys: Sequence[str], clocks: Clocks, **period: Any) -> View:
    """The graph of some entities; `period` as `view` takes it. Raises InvalidInput, BudgetExceeded."""
    return view_then(database, keys, clocks, **period) if clocks.past else view(database, keys, **period)


def paths_at(
    database: Database, start: str, end: str, clocks: Clocks, *, until: datetime | None = None, **part: Any
) -> Paths:
    """Who connects two; `part` as `paths` takes it. With `as_of` alone by the indexes of now, where an entity in the
    middle costs by its mentions of now. Raises NotFound, InvalidInput, BudgetExceeded."""
    if clocks.remembers:
        return paths_then(database, start, end, clocks, until=until, **part)
    return paths(database, start, end, until=_sooner(until, clocks), **part)


def history_at(database: Database, key: str, clocks: Clocks, **part: Any) -> History:
    """What became of it; `part` as `entity_history` takes it. Raises NotFound, BudgetExceeded."""
    return history_then(database, key, clocks, **part) if clocks.past else entity_history(database, key, **part)


def ancestors_at(database: Database, key: str, clocks: Clocks) -> Hierarchy:
    """What it lies in or is part of. Raises NotFound, BudgetExceeded."""
    return hierarchy_then(database, key, clocks)[0] if clocks.past else ancestors(database, key)


def descendants_at(database: Database, key: str, clocks: Clocks, *, depth: int = 1, limit: int = 100) -> Hierarchy:
    """What lies in it or is part of it. Raises NotFound, BudgetExceeded."""
    if clocks.past:
        return hierarchy_then(database, key, clocks, depth=depth, limit=limit)[1]
    return descendants(database, key, depth=depth, limit=limit)


def hierarchy_at(database: Database, key: str, clocks: Clocks, *, limit: int) -> tuple[Hierarchy, Hierarchy]:
    """Both, one step down. Raises NotFound, BudgetExceeded."""
    if clocks.past:
        return hierarchy_then(database, key, clocks, limit=limit)
    return ancestors(database, key), descendants(database, key, limit=limit)


def facts_at(database: Database, key: str, now: datetime, clocks: Clocks, asked: Asked) -> Facts:
    """Facts that it is an end of. Raises NotFound, BudgetExceeded."""
    told = entity_facts if clocks.identity_at is None else facts_then
    return told(database, key, now, clocks, asked)


def causation_at(
    database: Database, event_id: str, direction: Direction, clocks: Clocks, *, depth: int = 3
) -> Causation:
    """Why an event happened, or what came of it. Raises NotFound, InvalidInput, BudgetExceeded."""
    if clocks.past:
        return causation_then(database, event_id, direction, clocks, depth=depth)
    return causation(database, event_id, direction, depth=depth)


def relationships_at(database: Database, key: str, clocks: Clocks, limit: int = 50) -> Relations:
    """How it is related to others. Raises NotFound, BudgetExceeded."""
    return relations_at(database, key, clocks, limit) if clocks.past else entity_relations(database, key, limit)


def find_at(
    database: Database,
    text: str,
    normalised: str,
    clocks: Clocks,
    *,
    filters: Filters,
    limit: int,
    preset: str = "balanced",
    embedder: Embedder | None = None,
) -> Hits:
    """Entities that the text may mean, as `find` tells them. Raises InvalidInput, NotFound, BudgetExceeded."""
    more: dict[str, Any] = {"filters": filters, "limit": limit, "preset": preset, "embedder": embedder}
    if clocks.past:
        return find_then(database, text, normalised, clocks, **more)
    return find(database, text, normalised, **more)


def event_at(database: Database, event_id: str, clocks: Clocks) -> EventDetail:
    """One event. Raises NotFound, BudgetExceeded."""
    return event_then(database, event_id, clocks) if clocks.past else event_detail(database, event_id)


def event_list_at(
    database: Database, clocks: Clocks, *, text: str | None = None, until: datetime | None = None, **part: Any
) -> EventPage:
    """Events that meet all that is asked; `part` as `event_list` takes it. Raises InvalidInput, BudgetExceeded."""
    if not clocks.remembers:
        return event_list(database, text=text, until=_sooner(until, clocks), **part)
    return event_list_then(database, clocks, text=text, until=until, **part)


def plan(database: Database) -> None:
    """Has Neo4j plan what these reads ask, about nobody."""
    nobody, event, long_ago = ["0" * 64], ["-"], datetime(1, 1, 1, tzinfo=UTC)
    clocks = Clocks(None, long_ago, long_ago)
    window = window_of(clocks)

    def work(tx: Transaction) -> None:
        past.mentions(tx, nobody, clocks, window, 1)
        past.counted(tx, nobody, clocks, window)
        past.companions(tx, event, window.ws, clocks)
        past.placements(tx, nobody, clocks)
        past.heads(tx, event, clocks)
        for at in (None, long_ago):
            Identity(tx, at).learn(nobody)
        plan_paths(tx, clocks)

    database.reading(work, timeout=SECONDS)


def _sooner(until: datetime | None, clocks: Clocks) -> datetime | None:
    return min((time for time in (until, clocks.as_of) if time), default=None)
