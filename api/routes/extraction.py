"""The extraction API: a text to entities, an entity with what speaks for it, figures; and words on formed events."""

from typing import Annotated

from fastapi import Depends, Path, Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.bodied import Author, body_of, described
from api.routes.wired import NoQuery, Wired
from api.shapes.common import EntityKey
from api.shapes.extraction import (
    JUDGE_EXAMPLE,
    PROCESS_EXAMPLE,
    AskedEventJudgements,
    AuditedOut,
    EntityViewOut,
    EventJudgementIn,
    EventJudgementOut,
    EventJudgementsOut,
    ExtractedOut,
    ExtractionStatisticsOut,
    PerformanceMetricsOut,
    ProcessedOut,
    ProcessIn,
    ProcessingMetricsOut,
    RegroupedOut,
    RelatedOut,
    StatsOut,
)
from graph.judgement import Verdict
from graph.reading.claims import event_judgements
from ingest.forming.outcome import Outcome
from ingest.semantics.extracted import Config

router = scoped_router("extraction")
BODY_LIMIT = 3_000_000
Decision = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="Id of a decision.", examples=["0f3a" * 8])]


@router.post(
    "/api/entity-extraction/process",
    operation_id="postExtraction",
    openapi_extra=needs(Scope.WRITE, requestBody=described(ProcessIn, PROCESS_EXAMPLE)),
    responses=declared(408, 413),
    dependencies=[NoQuery],
)
def post_extraction(
    asked: Annotated[ProcessIn, Depends(body_of(ProcessIn, BODY_LIMIT))], services: Wired
) -> ProcessedOut:
    """Reads a text and answers the entities in it; the text is kept as a document with its names and claims."""
    given = asked.extraction_config
    config = Config(given.confidence_threshold, given.enable_deduplication, given.include_audit_trail)
    done = services.extraction().process(asked.content, asked.source_id, config)
    return ProcessedOut(
        extraction_id=done.extraction_id,
        entities_extracted=[ExtractedOut.model_validate(one) for one in done.entities],
        processing_metrics=ProcessingMetricsOut(
            extraction_time_ms=done.milliseconds,
            entities_processed=len(done.entities),
            cache_hit_rate=done.cache_hit_rate,
        ),
    )


@router.get(
    "/api/entity-extraction/entities/{key}",
    operation_id="getExtractedEntity",
    openapi_extra=needs(Scope.READ),
    responses=declared(404),
    dependencies=[NoQuery],
)
def get_extracted_entity(key: EntityKey, services: Wired) -> EntityViewOut:
    """One entity with its confidence, its audit trail, its place in the hierarchy and those related to it."""
    found = services.extraction().entity(key)
    return EntityViewOut(
        entity=AuditedOut.model_validate(found),
        related_entities=[RelatedOut.model_validate(one) for one in found.related],
    )


@router.get(
    "/api/entity-extraction/stats",
    operation_id="getExtractionStats",
    openapi_extra=needs(Scope.READ),
    responses=declared(),
    dependencies=[NoQuery],
)
def get_extraction_stats(services: Wired) -> StatsOut:
    """What the graph holds, and how fast texts were read."""
    found = services.extraction().stats()
    return StatsOut(
        extraction_statistics=ExtractionStatisticsOut.model_validate(found),
        performance_metrics=PerformanceMetricsOut.model_validate(found),
    )


@router.get(
    "/api/event-judgements",
    operation_id="listEventJudgements",
    openapi_extra=needs(Scope.READ),
    responses=declared(),
)
def list_event_judgements(asked: Annotated[AskedEventJudgements, Query()], services: Wired) -> EventJudgementsOut:
    """Which pages were told to be of one event or of two, and which pairs wait for a person."""
    rows = event_judgements(services.database, asked.verdict, asked.limit)
    return EventJudgementsOut(items=[EventJudgementOut.model_validate(row) for row in rows])


@router.post(
    "/api/event-judgements",
    operation_id="postEventJudgement",
    status_code=201,
    openapi_extra=needs(Scope.REVIEW, requestBody=described(EventJudgementIn, JUDGE_EXAMPLE)),
    responses=declared(404, 408, 413),
    dependencies=[NoQuery],
)
def post_event_judgement(
    asked: Annotated[EventJudgementIn, Depends(body_of(EventJudgementIn))], author: Author, services: Wired
) -> RegroupedOut:
    """Tells that pages are of one event or of two: their events are joined or parted at once."""
    decision, done = services.forming().judge(
        Verdict(asked.verdict), asked.pages, asked.others, author=author, reason=asked.reason
    )
    return _regrouped(decision, done)


@router.delete(
    "/api/event-judgements/{decision}",
    operation_id="deleteEventJudgement",
    openapi_extra=needs(Scope.REVIEW),
    responses=declared(404),
    dependencies=[NoQuery],
)
def delete_event_judgement(decision: Decision, author: Author, services: Wired) -> RegroupedOut:
    """Takes a word on pages back; the events are what they were without it."""
    return _regrouped(decision, services.forming().undo(decision, author=author))


def _regrouped(decision: str, done: Outcome) -> RegroupedOut:
    return RegroupedOut(
        decision=decision, formed=done.formed, updated=done.updated, merged=done.merged, supported=done.supported
    )
