"""Why an event happened, and what came of it."""

from typing import Annotated

from fastapi import Path, Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Wired
from api.shapes.causes import AskedCauses, CausationOut
from graph.reading.why import Direction
from resolution.past.at import causation_at

router = scoped_router("events")
READ = needs(Scope.READ)
EventId = Annotated[str, Path(max_length=512)]


@router.get("/api/events/{event_id:path}/why", operation_id="getWhy", openapi_extra=READ, responses=declared(404))
def get_why(event_id: EventId, asked: Annotated[AskedCauses, Query()], services: Wired) -> CausationOut:
    """The events that were told to have led to one, theirs, and the reasons that each gives."""
    found = causation_at(services.database, event_id, Direction.CAUSES, asked.clocks, depth=asked.depth)
    return CausationOut.model_validate(found)


@router.get(
    "/api/events/{event_id:path}/consequences",
    operation_id="getConsequences",
    openapi_extra=READ,
    responses=declared(404),
)
def get_consequences(event_id: EventId, asked: Annotated[AskedCauses, Query()], services: Wired) -> CausationOut:
    """The events that were told to have come of one, and of those."""
    found = causation_at(services.database, event_id, Direction.CONSEQUENCES, asked.clocks, depth=asked.depth)
    return CausationOut.model_validate(found)
