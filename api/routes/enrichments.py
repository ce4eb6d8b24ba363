"""What Wikidata knows of entities, asked for as a job."""

from typing import Annotated

from fastapi import Depends

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.bodied import body_of, described
from api.routes.wired import NoQuery, Wired
from api.shapes.enrichments import ENRICHMENT_EXAMPLE, EnrichmentIn
from api.shapes.jobs import JobOut
from graph import jobs
from graph.reading.co_mentions import brief
from ingest.wikidata.job import asked_for

router = scoped_router("entities")


@router.post(
    "/api/enrichments",
    operation_id="postEnrichment",
    status_code=202,
    openapi_extra=needs(Scope.WRITE, requestBody=described(EnrichmentIn, ENRICHMENT_EXAMPLE)),
    responses=declared(404, 408, 413),
    dependencies=[NoQuery],
)
def post_enrichment(asked: Annotated[EnrichmentIn, Depends(body_of(EnrichmentIn))], services: Wired) -> JobOut:
    """Asks for entities to be looked up in Wikidata: a job, whose log tells what came of it. Names go out."""
    services.database.reading(lambda tx: [brief(tx, key) for key in asked.keys or ()])
    job, _ = jobs.ask(services.database, asked_for(asked.keys, asked.top))
    services.woken(job)
    return JobOut.model_validate(job)
