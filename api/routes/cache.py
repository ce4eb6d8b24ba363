"""How well answers are kept."""

import os

from fastapi import Request

from api.access import needs, scoped_router
from api.caching.counts import Counts
from api.keys import Scope
from api.problems import declared
from api.routes.wired import NoQuery, Wired
from api.shapes.cache import CacheOut

router = scoped_router("health")


@router.get(
    "/api/cache",
    operation_id="getCache",
    openapi_extra=needs(Scope.READ),
    responses=declared(),
    dependencies=[NoQuery],
)
async def get_cache(request: Request, services: Wired) -> CacheOut:
    """How many answers of this process were kept ones, and how much it keeps."""
    counts: Counts = request.app.state.counts
    caching = services.caching
    return CacheOut(
        process_id=os.getpid(),
        keeps=caching is not None and caching.options.memory > 0,
        memory=counts.of("memory"),
        redis=counts.of("redis"),
        made=counts.of("made"),
        unchanged=counts.unchanged,
        hit_rate=counts.rate(),
        held=counts.entries,
        bytes=counts.bytes,
        bytes_at_most=caching.options.memory if caching else 0,
        seconds_at_most=caching.options.life if caching else 0.0,
    )
