"""Who connects two entities."""

from typing import Annotated

from fastapi import Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Wired
from api.shapes.paths import AskedPaths, PathsOut
from graph.reading.paths import paths

router = scoped_router("entities")


@router.get("/api/paths", operation_id="getPaths", openapi_extra=needs(Scope.READ), responses=declared(404))
def get_paths(asked: Annotated[AskedPaths, Query()], services: Wired) -> PathsOut:
    """The shortest chains of shared events between two entities, through as little known ones as there are."""
    found = paths(
        services.database,
        asked.start,
        asked.end,
        via=asked.via,
        ws=asked.w,
        since=asked.since,
        until=min((time for time in (asked.until, asked.as_of) if time), default=None),
        k=asked.k,
        hops=asked.hops,
        ordered=asked.ordered,
    )
    return PathsOut.model_validate(found)
