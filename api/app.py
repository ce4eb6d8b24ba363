"""The HTTP application on wired services: routes behind the guard, problems for errors, a deadline around all."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.utils import get_openapi

from api.access import Guard, kept_routes, require_scopes
from api.caching.counts import Counts
from api.cross_origin import CrossOriginMiddleware
from api.cursors import Cursors
from api.deadline import DeadlineMiddleware
from api.idempotency import PARAMETER as IDEMPOTENCY_KEY
from api.idempotency import STATUSES as IDEMPOTENCY_STATUSES
from api.idempotency import Repeats
from api.keys import RANK, Scope
from api.measures import CountedIngest, Measures
from api.problems import Problem, declared, install
from api.rates import Limiter
from api.routes import (
    artifacts,
    ask,
    ask_page,
    audit,
    cache,
    causes,
    changes,
    compare_page,
    connections,
    dedupe,
    differing,
    enrichments,
    entities,
    events,
    export,
    extraction,
    facts,
    feeds,
    graph_page,
    health,
    hierarchy,
    identity,
    jobs,
    mcp,
    merges,
    metrics,
    page_deeds,
    page_entry,
    page_retractions,
    pages,
    paths,
    quality,
    readers,
    reconcile,
    relationships,
    retractions,
    reviews,
    search,
    trending,
    watches,
)
from api.services import ApiOptions, Ingest, Services
from api.tracing import TracingMiddleware

__all__ = ["ROUTERS", "ApiOptions", "Ingest", "Services", "create_app"]

VERSION = "0.1.0"
# `trending` stands before `entities`: its fixed path would else be taken for an entity's key; so do `causes` before
# `events`, whose ids may hold slashes.
ROUTERS = (
    health.router,
    metrics.router,
    cache.router,
    trending.router,
    entities.router,
    connections.router,
    paths.router,
    search.router,
    ask.router,
    mcp.router,
    differing.router,
    hierarchy.router,
    relationships.router,
    facts.router,
    retractions.router,
    causes.router,
    export.router,
    events.router,
    identity.router,
    merges.router,
    reviews.router,
    dedupe.router,
    extraction.router,
    quality.router,
    jobs.router,
    audit.router,
    artifacts.router,
    feeds.router,
    enrichments.router,
    changes.router,
    readers.router,
    watches.router,
    reconcile.router,
)
# For people; the front page stands before the list of doors, which programs get at the same place.
PAGES = (
    pages.front_router,
    pages.router,
    graph_page.router,
    compare_page.router,
    ask_page.router,
    page_deeds.router,
    page_retractions.router,
    page_entry.router,
)
_TAGS = [
    {"name": "events", "description": "Dated happenings: taken in, shown, listed."},
    {"name": "entities", "description": "Who, what, where, when and why: found, followed, connected."},
    {"name": "ask", "description": "Questions in plain words, answered with their evidence."},
    {"name": "agents", "description": "The same for agents, by the Model Context Protocol."},
    {"name": "facts", "description": "What holds, what is contested, what superseded what; what predicates declare."},
    {"name": "retractions", "description": "What was told is withdrawn, told again, or erased."},
    {"name": "identity", "description": "Who is who: matched, explained, merged and split, each undone."},
    {"name": "extraction", "description": "Texts to entities, claims and events, without a language model."},
    {"name": "reviews", "description": "What waits for a person to decide."},
    {"name": "trending", "description": "Boards by forward decay, for now and for any past time."},
    {"name": "readers", "description": "What readers read and may want to read, with reasons; and being forgotten."},
    {"name": "artifacts", "description": "Pages and texts: asked to be read, and how far they are."},
    {"name": "watches", "description": "What somebody keeps an eye on: told as a stream, as a list, or delivered."},
    {"name": "changes", "description": "What was committed, change by change."},
    {"name": "reconcile", "description": "The Reconciliation API of OpenRefine, 0.2 and 1.0-draft."},
    {"name": "export", "description": "The graph, a period or a neighbourhood as a file, streamed."},
    {"name": "jobs", "description": "Work in the background: watched, and dug up when it died."},
    {"name": "audit", "description": "Who changed what, record by record, each chained to the last."},
    {"name": "health", "description": "Whether the service lives and can serve."},
]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """What the application opened by itself is closed at its end."""
    yield
    await app.state.rates.close()
    if app.state.services.spans is not None:
        await run_in_threadpool(app.state.services.spans.close)


def create_app(services: Services) -> FastAPI:
    """The application on these services, which it neither opens nor closes. Raises NoScope for a route without a
    scope."""
    require_scopes((*PAGES, *ROUTERS))
    app = FastAPI(
        title="Pentad",
        version=VERSION,
        summary="A living graph of who did what, where, when and why.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        openapi_tags=_TAGS,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    measures = app.state.measures = Measures(VERSION)
    app.state.counts = Counts()
    app.state.kept = kept_routes(ROUTERS)
    measures.registry.register(app.state.counts)
    app.state.services = replace(services, ingest=CountedIngest(services.ingest, measures))
    app.state.cursors = Cursors(services.cursor_secret)
    rates = app.state.rates = Limiter(services.options.rates, services.redis_url)
    app.state.guard = Guard(services.database, services.clock, services.options.key_cache, rates, services.tokens)
    app.state.repeats = Repeats()
    app.state.tried = list[str]()
    app.state.probes = CapacityLimiter(4)
    app.state.streams = CapacityLimiter(services.options.streams)
    front, *further = PAGES
    app.state.routes = [route for router in (front, *ROUTERS, *further) for route in router.routes]
    # They are complete as they stand; a router that is included wraps each anew, and tries each twice for a request.
    app.router.routes.extend(app.state.routes)
    install(app)
    app.add_middleware(DeadlineMiddleware, options=services.options)
    app.add_middleware(CrossOriginMiddleware, prefix=reconcile.BASE)
    app.add_middleware(TracingMiddleware, measures=measures, spans=services.spans)
    app.openapi = lambda: _description(app)
    return app


def _description(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes, tags=_TAGS)
        for operation in _writing(made):
            operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
            of_a_key = {str(status): told for status, told in declared(*IDEMPOTENCY_STATUSES).items()}
            operation["responses"] = of_a_key | operation["responses"]
        parts = made.setdefault("components", {})
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = parts.setdefault("schemas", {})
        schemas |= {**problem.pop("$defs", {}), "Problem": problem}
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        parts["securitySchemes"] = {
            "ApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            "Bearer": {"type": "http", "scheme": "bearer"},
        }
        app.openapi_schema = made
    return app.openapi_schema


def _writing(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The operations that change something: those that may be named by an `Idempotency-Key`."""
    for operations in made["paths"].values():
        for method, operation in operations.items():
            if method != "get" and RANK[Scope(operation["x-scope"])] >= RANK[Scope.WRITE]:
                yield operation
