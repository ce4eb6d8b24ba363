"""With whom an entity is named: its co-mentions, whom it reaches through another, and its surroundings."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from api.access import needs, scoped_router
from api.caching.options import Kept
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Patient, Wired
from api.shapes.common import EntityKey
from api.shapes.entities import (
    AskedCoMentions,
    AskedNeighbourhood,
    CoMentionOut,
    CoMentionsOut,
    ConnectionOut,
    ConnectionsOut,
    EdgeOut,
    EvidenceOut,
    NeighbourhoodOut,
    NodeOut,
    StandingOut,
)
from graph.database import Database, Row
from graph.errors import InvalidInput
from graph.keys import W
from graph.moment import epoch_ms
from graph.origins import Origins
from graph.reading.co_mentions import PLAYERS, CoMention, CoMentions
from graph.reading.entities import entity_rows
from graph.reading.origins import Pair, origins_of_pairs
from graph.reading.structure import standings
from graph.reading.via import Connection
from resolution.past.at import co_mentions_at, connections_at, neighbourhood_at

router = scoped_router("entities")
KEPT = needs(Scope.READ, kept=Kept.SHARED)


@router.get(
    "/api/entities/{key}/co-mentions",
    operation_id="getCoMentions",
    openapi_extra=KEPT,
    responses=declared(404),
    dependencies=[Patient],
)
def get_co_mentions(
    key: EntityKey, asked: Annotated[AskedCoMentions, Query()], services: Wired
) -> CoMentionsOut | ConnectionsOut:
    """Who and where is most often named with an entity; with `via`, who is connected to it through another."""
    if asked.via is not None:
        return _through(key, asked.via, asked, services)
    part: dict[str, Any] = {"limit": asked.limit, "kind": asked.of_kind, "ws": asked.w}
    found = co_mentions_at(services.database, key, asked.clocks, **part)
    return CoMentionsOut(
        key=found.key,
        name=found.name,
        kind=found.kind,
        change=found.change,
        source="kept" if found.kept else "live",
        exact=found.exact,
        items=(_with_origins if asked.origins else _plain)(services.database, found),
    )


def _plain(_: Database, found: CoMentions) -> list[CoMentionOut]:
    return [CoMentionOut.model_validate(row) for row in found.rows]


def _with_origins(database: Database, found: CoMentions) -> list[CoMentionOut]:
    rows = entity_rows(database, [found.key, *(row.key for row in found.rows)])
    pairs = [_pair(found.key, row, rows) for row in found.rows]
    told = origins_of_pairs(database, pairs)
    return [_out(row, *told[pair]) for row, pair in zip(found.rows, pairs, strict=True)]


def _pair(own: str, row: CoMention, rows: Mapping[str, Row]) -> Pair:
    few, many = sorted((own, row.key), key=lambda key: rows[key]["mentions"] or 0 if key in rows else 0)
    return Pair(few, many, row.n, epoch_ms(row.last_at))


def _out(row: CoMention, origins: Origins, whole: bool) -> CoMentionOut:
    told = {"sources": origins.sources, "independent_origins": origins.independent_origins, "at_least": not whole}
    return CoMentionOut.model_validate(row).model_copy(update=told)


def _through(key: str, via: str, asked: AskedCoMentions, services: Wired) -> ConnectionsOut:
    if frozenset[W](asked.w) != PLAYERS:
        raise InvalidInput("connections are those of WHO and WHERE: leave it out", "w")
    found = connections_at(services.database, key, via, asked.clocks, limit=asked.limit, kind=asked.of_kind)
    return ConnectionsOut(
        key=found.key,
        name=found.name,
        via=found.via,
        via_name=found.via_name,
        change=found.change,
        link=found.link,
        link_evidence=[EvidenceOut.model_validate(event) for event in found.link_evidence],
        items=[_connection(row) for row in found.rows],
    )


def _connection(row: Connection) -> ConnectionOut:
    evidence = [EvidenceOut.model_validate(event) for event in row.evidence]
    return ConnectionOut(**CoMentionOut.model_validate(row.other).model_dump(), evidence=evidence)


@router.get(
    "/api/entities/{key}/neighbourhood",
    operation_id="getNeighbourhood",
    openapi_extra=KEPT,
    responses=declared(404),
    dependencies=[Patient],
)
def get_neighbourhood(
    key: EntityKey, asked: Annotated[AskedNeighbourhood, Query()], services: Wired
) -> NeighbourhoodOut:
    """The strongest neighbours of an entity, and theirs, as nodes and edges."""
    found = neighbourhood_at(services.database, key, asked.clocks, depth=asked.depth, limit=asked.limit)
    told = standings(found) if asked.analysis else {}
    return NeighbourhoodOut(
        key=found.key,
        change=found.change,
        nodes=[
            NodeOut(
                key=node.key,
                name=node.name,
                kind=node.kind,
                depth=node.depth,
                standing=StandingOut.model_validate(told[node.key]) if node.key in told else None,
            )
            for node in found.nodes
        ],
        edges=[EdgeOut.model_validate(edge) for edge in found.edges],
        truncated=found.truncated,
    )
