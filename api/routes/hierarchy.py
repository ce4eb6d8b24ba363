"""Up and down the hierarchy of places and dates."""

from typing import Annotated

from fastapi import Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Patient, Wired
from api.services import Services
from api.shapes.common import AskedThen, EntityKey
from api.shapes.hierarchy import AskedDescendants, HierarchyOut
from resolution.past.at import ancestors_at, descendants_at, hierarchy_at

router = scoped_router("entities")
READ = needs(Scope.READ)


@router.get(
    "/api/entities/{key}/ancestors",
    operation_id="getAncestors",
    openapi_extra=READ,
    responses=declared(404),
    dependencies=[Patient],
)
def get_ancestors(key: EntityKey, asked: Annotated[AskedThen, Query()], services: Wired) -> HierarchyOut:
    """What a place lies in, or a date is part of, nearest first."""
    return HierarchyOut.model_validate(ancestors_at(services.database, key, asked.clocks))


@router.get(
    "/api/entities/{key}/descendants",
    operation_id="getDescendants",
    openapi_extra=READ,
    responses=declared(404),
    dependencies=[Patient],
)
def get_descendants(key: EntityKey, asked: Annotated[AskedDescendants, Query()], services: Wired) -> HierarchyOut:
    """What lies in a place, or is part of a stretch of time, nearest first, then most mentioned."""
    found = descendants_at(services.database, key, asked.clocks, depth=asked.depth, limit=asked.limit)
    return HierarchyOut.model_validate(found)


def get_hierarchy(key: str, asked: AskedDescendants, services: Services) -> tuple[HierarchyOut, HierarchyOut]:
    """Both, one step down: of a past time they cost no more than one."""
    above, below = hierarchy_at(services.database, key, asked.clocks, limit=asked.limit)
    return HierarchyOut.model_validate(above), HierarchyOut.model_validate(below)
