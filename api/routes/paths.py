"""Who connects two entities."""

from typing import Annotated

from fastapi import Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Wired
from api.shapes.paths import AskedPaths, PathsOut
from resolution.past.at import paths_at

router = scoped_router("entities")


@router.get("/api/paths", operation_id="getPaths", openapi_extra=needs(Scope.READ), responses=declared(404))
def get_paths(asked: Annotated[AskedPaths, Query()], services: Wired) -> PathsOut:
    """The shortest chains of shared events between two entities, through as little known ones as there are."""
    found = paths_at(
        services.database,
        asked.start,
        asked.end,
        asked.clocks,
        via=asked.via,
        ws=asked.w,
        since=asked.since,
        until=asked.until,
        k=asked.k,
        hops=asked.hops,
        ordered=asked.ordered,
    )
    return PathsOut.model_validate(found)
