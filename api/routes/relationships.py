"""Relationships of an entity, as events told them."""

from typing import Annotated

from fastapi import Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Patient, Wired
from api.shapes.common import EntityKey
from api.shapes.relationships import AskedRelationships, RelationshipsOut
from resolution.past.at import relationships_at

router = scoped_router("entities")


@router.get(
    "/api/entities/{key}/relationships",
    operation_id="getRelationships",
    openapi_extra=needs(Scope.READ),
    responses=declared(404),
    dependencies=[Patient],
)
def get_relationships(
    key: EntityKey, asked: Annotated[AskedRelationships, Query()], services: Wired
) -> RelationshipsOut:
    """Who or what an entity is related to, by which predicate, and the events that say so."""
    return RelationshipsOut.model_validate(relationships_at(services.database, key, asked.clocks, asked.limit))
