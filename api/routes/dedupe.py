"""The batch: asked for as a job, or for some entities at once."""

from typing import Annotated

from fastapi import Depends

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.bodied import Author, body_of, described
from api.routes.wired import NoQuery, Wired
from api.shapes.dedupe import (
    DEDUPE_EXAMPLE,
    DEDUPLICATE_EXAMPLE,
    AuditOut,
    DedupeIn,
    DeduplicatedOut,
    DeduplicateIn,
    DeduplicationOut,
)
from api.shapes.jobs import JobOut
from graph import jobs
from ingest.dedupe_asked import Asked
from ingest.dedupe_job import asked as job_of
from ingest.deduping_some import Chosen, Joined, dedupe_some
from ingest.judging import Decision

router = scoped_router("identity")
WRITE = Scope.REVIEW


@router.post(
    "/api/dedupe",
    operation_id="postDedupe",
    status_code=202,
    openapi_extra=needs(WRITE, requestBody=described(DedupeIn, DEDUPE_EXAMPLE)),
    responses=declared(408, 413),
    dependencies=[NoQuery],
)
def post_dedupe(asked: Annotated[DedupeIn, Depends(body_of(DedupeIn))], services: Wired) -> JobOut:
    """Asks for a run of the batch: a job, whose log tells the report."""
    given = Asked(kind=asked.kind, full=asked.full, dry_run=asked.dry_run, strategy=asked.strategy, engine=asked.engine)
    job, _ = jobs.ask(services.database, job_of(given))
    services.woken(job)
    return JobOut.model_validate(job)


@router.post(
    "/api/entity-extraction/deduplicate",
    operation_id="postDeduplicate",
    openapi_extra=needs(WRITE, requestBody=described(DeduplicateIn, DEDUPLICATE_EXAMPLE)),
    responses=declared(404, 408, 413),
    dependencies=[NoQuery],
)
def post_deduplicate(
    asked: Annotated[DeduplicateIn, Depends(body_of(DeduplicateIn))], author: Author, services: Wired
) -> DeduplicatedOut:
    """Compares some entities with each other and joins those that are one; a person's word is not overruled."""
    chosen = Chosen(asked.entity_ids, asked.similarity_threshold, asked.merge_strategy)
    joined, decision = dedupe_some(services.judging, services.database, services.clock, chosen, f"asked by {author}")
    return DeduplicatedOut(deduplication_results=[_out(group, decision) for group in joined])


def _out(group: Joined, decision: Decision | None) -> DeduplicationOut:
    return DeduplicationOut(
        canonical_entity=group.canonical,
        merged_entities=group.merged,
        similarity_score=group.similarity,
        audit_trail_entries=[
            AuditOut(
                aliases=[judgement.a, judgement.b],
                verdict=judgement.verdict.value,
                by=judgement.by.value,
                score=judgement.score,
                reason=judgement.reason,
                decision=decision.id if decision else "",
                change=decision.change if decision else None,
            )
            for judgement in group.trail
        ],
    )
