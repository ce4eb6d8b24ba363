"""Up and down the hierarchy of places and dates."""

from typing import Annotated

from fastapi import Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import NoQuery, Wired
from api.shapes.common import EntityKey
from api.shapes.hierarchy import AskedDescendants, HierarchyOut
from graph.reading.hierarchy import ancestors, descendants

router = scoped_router("entities")
READ = needs(Scope.READ)


@router.get(
    "/api/entities/{key}/ancestors",
    operation_id="getAncestors",
    openapi_extra=READ,
    responses=declared(404),
    dependencies=[NoQuery],
)
def get_ancestors(key: EntityKey, services: Wired) -> HierarchyOut:
    """What a place lies in, or a date is part of, nearest first."""
    return HierarchyOut.model_validate(ancestors(services.database, key))


@router.get(
    "/api/entities/{key}/descendants", operation_id="getDescendants", openapi_extra=READ, responses=declared(404)
)
def get_descendants(key: EntityKey, asked: Annotated[AskedDescendants, Query()], services: Wired) -> HierarchyOut:
    """What lies in a place, or is part of a stretch of time, nearest first, then most mentioned."""
    return HierarchyOut.model_validate(descendants(services.database, key, depth=asked.depth, limit=asked.limit))
