"""Retractions: a document or a source withdrawn, told again, or erased."""

from typing import Annotated

from fastapi import Depends, Query, Response

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.bodied import Author, body_of, described
from api.routes.wired import NoQuery, Wired
from api.services import Services
from api.shapes.retractions import (
    RETRACT_EXAMPLE,
    AskedRetractions,
    EraseIn,
    LeaningOut,
    RetractedOut,
    RetractIn,
    RetractionId,
    RetractionOut,
    RetractionsOut,
)
from graph.reading.retractions import retractions
from ingest.projections import Projections
from ingest.retraction.service import Retracting

router = scoped_router("retractions")
SECONDS = 60.0
_CREATED = {201: {"model": RetractedOut, "description": "Withdrawn; 200 for a dry run."}}


@router.post(
    "/api/retractions",
    operation_id="postRetraction",
    openapi_extra=needs(Scope.REVIEW, seconds=SECONDS, requestBody=described(RetractIn, RETRACT_EXAMPLE)),
    responses={**_CREATED, **declared(404, 408, 409, 413)},
    dependencies=[NoQuery],
)
def post_retraction(
    asked: Annotated[RetractIn, Depends(body_of(RetractIn))], author: Author, services: Wired, response: Response
) -> RetractedOut:
    """Withdraws a document, or all that a source published so far: what nobody else tells stands no more. One that was
    interrupted goes on when it is asked for again."""
    service = retracting(services)
    if asked.dry_run:
        found = LeaningOut.model_validate(service.leaning(asked.sort, asked.given))
        return RetractedOut(retraction=None, leaning=found)
    done = service.apply(asked.sort, asked.given, author, asked.reason)
    response.status_code = 201
    return RetractedOut(retraction=RetractionOut.model_validate(done), leaning=None)


@router.get("/api/retractions", operation_id="listRetractions", openapi_extra=needs(Scope.READ), responses=declared())
def list_retractions(asked: Annotated[AskedRetractions, Query()], services: Wired) -> RetractionsOut:
    """What was withdrawn, the last first."""
    rows = retractions(services.database, limit=asked.limit)
    return RetractionsOut(items=[RetractionOut.model_validate(row) for row in rows])


@router.delete(
    "/api/retractions/{id}",
    operation_id="undoRetraction",
    openapi_extra=needs(Scope.REVIEW, seconds=SECONDS),
    responses=declared(404, 408, 409),
    dependencies=[NoQuery],
)
def undo_retraction(id: RetractionId, services: Wired) -> RetractionOut:  # noqa: A002 (the path names it)
    """What was withdrawn stands again, but for what was told anew since."""
    return RetractionOut.model_validate(retracting(services).undo(id))


@router.post(
    "/api/erasures",
    operation_id="postErasure",
    openapi_extra=needs(
        Scope.ADMIN,
        seconds=SECONDS,
        requestBody=described(EraseIn, {name: RETRACT_EXAMPLE[name] for name in ("sort", "given", "reason")}),
    ),
    responses=declared(404, 408, 409, 413),
    dependencies=[NoQuery],
)
def post_erasure(
    asked: Annotated[EraseIn, Depends(body_of(EraseIn))], author: Author, services: Wired
) -> RetractionOut:
    """Withdraws and deletes for good: nothing of it stays but that something was erased, when, by whom and the reason
    given."""
    return RetractionOut.model_validate(retracting(services).erase(asked.sort, asked.given, author, asked.reason))


def retracting(services: Services) -> Retracting:
    """Who withdraws, on the clients of this service."""
    follower = Projections(services.database, services.boards, services.clock)
    return Retracting(services.database, services.boards, services.judging, services.forming, services.clock, follower)
