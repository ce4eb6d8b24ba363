"""Events: taken in one by one, as a list, as a stream of lines or as a table; shown and listed."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, cast

from anyio import CapacityLimiter, to_thread
from fastapi import Path, Query, Request, Response

from api.access import needs, scoped_router
from api.bodies import Lines, WholeLines, read_json
from api.caching.options import Kept
from api.deadline import KEY
from api.keys import Scope
from api.problems import JsonAnswer, WrongMediaType, declared
from api.routes.wired import Paged, Patient, Wired
from api.services import Services
from api.shapes.common import AskedThen
from api.shapes.events import (
    EVENT_EXAMPLE,
    AskedEvents,
    DocumentOut,
    EntityCounts,
    EventCounts,
    EventDetailOut,
    EventOut,
    EventsOut,
    IgnoredOut,
    MentionOut,
    RejectOut,
    RelationOut,
    RelationshipToldOut,
    ReportOut,
    VersionOut,
)
from graph.errors import InvalidInput, Unavailable
from graph.keys import W
from graph.reading.events import EventDetail
from graph.reading.relations import ToldRelation, event_relations
from graph.reading.why import missing
from ingest.mapping import Columns, inline
from ingest.report import Reject, Report
from ingest.shapes import Raw
from ingest.tables import Table
from resolution.past.at import event_at, event_list_at

router = scoped_router("events")
READ = needs(Scope.READ)
KEPT = needs(Scope.READ, kept=Kept.SHARED)
NDJSON = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl"})
TABLES = frozenset({"text/csv", "text/tab-separated-values"})
_EVENT = {
    "type": "object",
    "description": "An event in the 5-W shape, or an analysis with `entities` or `llm_analysis`.",
    "additionalProperties": True,
}
_BODY = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {"oneOf": [_EVENT, {"type": "array", "maxItems": 1_000, "items": _EVENT}]},
            "examples": {"one": {"value": EVENT_EXAMPLE}, "list": {"value": [EVENT_EXAMPLE]}},
        },
        "application/x-ndjson": {"schema": {"type": "string", "description": "One event a line, any number."}},
        "text/csv": {"schema": {"type": "string", "description": "A table with a header, read by `map`."}},
    },
}
Record = tuple[int, Raw]
Mapped = Annotated[
    list[Annotated[str, Query(max_length=500)]],
    Query(
        alias="map",
        max_length=100,
        description="Of a table: which column is which field, such as `title=Headline` or `who=Actor1;Actor2`.",
    ),
]


@router.post(
    "/api/events",
    operation_id="postEvents",
    openapi_extra=needs(Scope.WRITE, requestBody=_BODY),
    response_model=ReportOut,
    responses={201: {"model": ReportOut, "description": "At least one event is new."}, **declared(408, 413, 415)},
)
async def post_events(request: Request, services: Wired, columns: Mapped = []) -> Response:  # noqa: B006 (FastAPI copies it)
    """Takes events in: one, a list of at most 1,000, NDJSON or a CSV table of any length.

    What cannot be taken is set aside with its position and reason, and the others land; a single event that cannot be
    taken is a problem. The same event again changes nothing.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type in TABLES:
        return await _table(request, services, inline(columns) if columns else None)
    if request.query_params:
        raise InvalidInput("takes no query parameters but `map`, for tables", "query")
    if media_type in NDJSON:
        return await _stream(request, services)
    if media_type != "application/json":
        raise WrongMediaType("Send application/json, application/x-ndjson or text/csv.")
    body = await read_json(request, services.options)
    many = isinstance(body, list)
    records = cast(list[object], body) if many else [body]
    if len(records) > services.options.list_limit:
        raise InvalidInput(f"a list holds at most {services.options.list_limit:,} events: send NDJSON for more")
    if not many and not isinstance(body, dict):
        raise InvalidInput("is no event: an object or a list of objects is wanted")
    numbered = list(enumerate(records, 1))
    objects = [(position, cast(dict[str, Any], record)) for position, record in numbered if isinstance(record, dict)]
    others = [Reject(place, None, "", "is no object") for place, record in numbered if not isinstance(record, dict)]
    report = await _ingest(services, objects, None)
    if not many and report.rejects:
        raise InvalidInput(report.rejects[0].reason, report.rejects[0].field)
    return _answer(report, others)


async def _stream(request: Request, services: Services) -> Response:
    """Lines are read as the pipeline asks for them; few streams at a time, so that slow senders delay nobody else."""
    limiter = _a_stream(request, services)
    lines = Lines(request, services.options)
    return _answer(await _ingest(services, lines, limiter), lines.rejects)


async def _table(request: Request, services: Services, columns: Columns | None) -> Response:
    """A table: rows count from 1, the header included."""
    if request.query_params.keys() - {"map"}:
        raise InvalidInput("takes no query parameters but `map`", "query")
    limiter = _a_stream(request, services)
    lines = WholeLines(request, services.options)
    return _answer(await _ingest(services, _rows(lines, columns), limiter), lines.rejects)


def _rows(lines: WholeLines, columns: Columns | None) -> Iterator[Record]:
    """A table that breaks in the middle ends there: what came before lands, and a reject says where and why."""
    table = Table((line for _, line in lines), columns, "the table").header()
    row = 1
    try:
        for row, record in table.records():
            yield row, record
    except InvalidInput as error:
        lines.rejects.append(Reject(row + 1, None, "", error.reason))


def _a_stream(request: Request, services: Services) -> CapacityLimiter:
    """Leave to read a stream, as long as it takes. Raises Unavailable when too many are being read."""
    limiter: CapacityLimiter = request.app.state.streams
    if limiter.available_tokens < 1:
        raise Unavailable("As many streams as are taken at a time are being read.", retry_after=5)
    request.scope[KEY].seconds = services.options.stream_deadline
    return limiter


async def _ingest(services: Services, records: Iterable[Record], limiter: CapacityLimiter | None) -> Report:
    return await to_thread.run_sync(services.ingest.ingest, records, limiter=limiter)


def _answer(report: Report, others: list[Reject]) -> Response:
    """`others` were set aside before the pipeline saw them."""
    rejects = sorted([*report.rejects, *others], key=lambda reject: reject.position)
    content = ReportOut(
        events=EventCounts(new=report.events_new, changed=report.events_changed, unchanged=report.events_unchanged),
        mentions=report.mentions,
        entities=EntityCounts(new=report.entities_new, matched=report.names_matched, review=report.review),
        rejected=report.rejected + len(others),
        rejects=[RejectOut.model_validate(reject) for reject in rejects],
        ignored=[IgnoredOut.model_validate(one) for one in report.warnings.values()],
        change=report.change,
        ids=report.ids,
    )
    return JsonAnswer(content.model_dump(), 201 if report.events_new else 200)


@router.get(
    "/api/events", operation_id="listEvents", openapi_extra=KEPT, responses=declared(404), dependencies=[Patient]
)
def list_events(asked: Annotated[AskedEvents, Query()], services: Wired, pages: Paged) -> EventsOut:
    """Events by whom and what they mention, when they were, and what they say; newest first."""
    filters = asked.model_dump(exclude={"limit", "cursor"})
    start = pages.start(filters, asked.cursor)
    part: dict[str, Any] = {
        "mentions": asked.mentions,
        "category": asked.category,
        "since": asked.since,
        "after": (start[0], start[1]) if start else None,
        "limit": asked.limit,
    }
    page = event_list_at(services.database, asked.clocks, text=asked.text, until=asked.until, **part)
    last = page.rows[-1] if page.more else None
    return EventsOut(
        items=[EventOut.model_validate(row) for row in page.rows],
        cut=page.cut,
        next_cursor=pages.next(filters, (last.ts or 0, last.id) if last else None),
    )


@router.get(
    "/api/events/{event_id:path}",
    operation_id="getEvent",
    openapi_extra=KEPT,
    responses=declared(404),
    dependencies=[Patient],
)
def get_event(
    event_id: Annotated[str, Path(max_length=512)], asked: Annotated[AskedThen, Query()], services: Wired
) -> EventDetailOut:
    """One event with its five W's, its documents, its earlier versions and its neighbours."""
    found = event_at(services.database, event_id, asked.clocks)
    # Relationships are told as of now alone.
    return _detail(found, [] if asked.clocks.past else event_relations(services.database, event_id))


def _detail(found: EventDetail, related: list[ToldRelation]) -> EventDetailOut:
    told: dict[str, list[MentionOut]] = {str(w).lower(): [] for w in W}
    for mention in found.mentions:
        told[mention.w.lower()].append(MentionOut.model_validate(mention))
    lacking = missing({mention.w for mention in found.mentions}, found.row.category)
    return EventDetailOut(
        **VersionOut.model_validate(found.row).model_dump(),
        change=found.row.change,
        missing=lacking,
        completeness=1 - len(lacking) / len(W),
        who=told["who"],
        what=told["what"],
        where=told["where"],
        when=told["when"],
        why=told["why"],
        documents=[DocumentOut.model_validate(document) for document in found.documents],
        sources=found.origins.sources,
        independent_origins=found.origins.independent_origins,
        versions=[VersionOut.model_validate(version) for version in found.versions],
        relations=[RelationOut.model_validate(relation) for relation in found.relations],
        relationships=[RelationshipToldOut.model_validate(relation) for relation in related],
    )
