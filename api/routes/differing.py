"""What became different between two times: on the boards, and of one entity."""

from typing import Annotated

from fastapi import Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.entities import entity_out
from api.routes.wired import Wired
from api.shapes.common import EntityKey
from api.shapes.differing import AskedEntityDiff, AskedLandscape, EntityDiffOut, LandscapeDiffOut
from graph.moment import epoch_ms
from graph.trending import ALL
from graph.trending.standings import Which
from resolution.past.differing import entity_diff, landscape_diff
from resolution.past.reads import SECONDS

router = scoped_router("entities")
READ = needs(Scope.READ, seconds=SECONDS)


@router.get("/api/diff", operation_id="getDiff", openapi_extra=READ, responses=declared())
def get_diff(asked: Annotated[AskedLandscape, Query()], services: Wired) -> LandscapeDiffOut:
    """Who came, went, rose and fell between two times."""
    which = Which(asked.metric, asked.of_kind or ALL, asked.half_life)
    found = landscape_diff(services.database, which, asked.between, epoch_ms(services.clock()), asked.limit)
    return LandscapeDiffOut.model_validate(found)


@router.get("/api/entities/{key}/diff", operation_id="getEntityDiff", openapi_extra=READ, responses=declared(404))
def get_entity_diff(key: EntityKey, asked: Annotated[AskedEntityDiff, Query()], services: Wired) -> EntityDiffOut:
    """What became different of one entity: names, attributes, counts, and whom it is named with."""
    found = entity_diff(services.database, key, asked.between, asked.limit)
    told = {side: entity_out(one) if (one := getattr(found, side)) else None for side in ("before", "after")}
    part = {name: getattr(found, name) for name in EntityDiffOut.model_fields.keys() - told.keys()}
    return EntityDiffOut.model_validate({**part, **told}, from_attributes=True)
