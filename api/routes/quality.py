"""How good the joins are, as far as persons' decisions show it."""

from typing import Annotated

from fastapi import Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Wired
from api.shapes.quality import AskedQuality, QualityOut
from graph.reading.quality import whole_ledger
from resolution.quality import quality

router = scoped_router("identity")


@router.get(
    "/api/quality",
    operation_id="getQuality",
    openapi_extra=needs(Scope.REVIEW, seconds=60.0),
    responses=declared(408),
)
def get_quality(asked: Annotated[AskedQuality, Query()], services: Wired) -> QualityOut:
    """Estimated precision and recall of the joins by kind with 95 % intervals, review load, drift of scores; with
    `threshold` the ledger replayed."""
    ledger = whole_ledger(services.database, asked.kind)
    found = quality(ledger.kinds, ledger.born, ledger.judgements, services.clock(), asked.threshold)
    return QualityOut.model_validate(found)
