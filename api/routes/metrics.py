"""The figures of this process for Prometheus, and how what it stands on is doing."""

from collections.abc import Callable, Iterator

import anyio
from anyio import CapacityLimiter, to_thread
from fastapi import Request, Response

from api.access import needs, scoped_router
from api.keys import Scope
from api.measures import Measures
from api.problems import declared
from api.routes.wired import NoQuery, Wired
from api.services import Services
from graph.errors import PentadError
from graph.queries import statement
from graph.trending import groups

router = scoped_router("health")
SCRAPE_TIME = 1.5
"""Seconds that all questions of a scrape may take together."""
Figure = tuple[str, tuple[str, ...], float]


@router.get(
    "/metrics",
    operation_id="metrics",
    openapi_extra=needs(Scope.READ),
    response_class=Response,
    responses={
        200: {
            "description": "Prometheus text format 0.0.4.",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        **declared(),
    },
    dependencies=[NoQuery],
)
async def metrics(request: Request, services: Wired) -> Response:
    """Requests, what was taken in, how far projections lag, jobs, stores, the language model's tokens, memory.

    Like every read it needs a key once there are any; its threads are those of readiness, so it answers while the
    graph is silent.
    """
    measures: Measures = request.app.state.measures
    threads: CapacityLimiter = request.app.state.probes
    change: list[int] = []
    found: dict[str, list[Figure]] = {
        "graph": [("pentad_neo4j_up", (), 0)],
        "boards": [("pentad_redis_up", (), 0)],
        "llm": [],
    }

    async def look(name: str, ask: Callable[[], list[Figure]]) -> None:
        found[name] = await to_thread.run_sync(ask, abandon_on_cancel=True, limiter=threads)

    with anyio.move_on_after(SCRAPE_TIME):
        await look("graph", lambda: _graph(services, change))
        await look("boards", lambda: _boards(services, change))
        await look("llm", lambda: _llm(services))
    breaker = services.breaker
    breaking: Figure = ("pentad_neo4j_breaker_open", (), float(breaker is not None and breaker.open))
    text = measures.text([*found["graph"], *found["boards"], *found["llm"], breaking])
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


def _graph(services: Services, change: list[int]) -> list[Figure]:
    try:
        row = services.database.read(statement("read/metrics_graph"), timeout=1.0)[0]
    except PentadError:
        return [("pentad_neo4j_up", (), 0)]
    change.append(row["change"])
    return [
        ("pentad_neo4j_up", (), 1),
        ("pentad_gate_change", (), row["change"]),
        ("pentad_projection_lag", ("co_mentions",), row["change"] - row["followed"]),
        *(("pentad_jobs", (state,), jobs) for state, jobs in row["jobs"]),
    ]


def _boards(services: Services, change: list[int]) -> list[Figure]:
    if services.boards is None:
        return [("pentad_redis_up", (), 0)]
    try:
        return [("pentad_redis_up", (), 1), *_lags(services, change)]
    except PentadError:
        return [("pentad_redis_up", (), 0)]


def _llm(services: Services) -> list[Figure]:
    if services.llm is None:
        return []
    try:
        today = services.llm.meter.today()
    except PentadError:
        return []
    return [
        ("pentad_llm_calls_today", ("answered",), today.calls),
        ("pentad_llm_calls_today", ("failed",), today.failed),
        ("pentad_llm_calls_today", ("refused",), today.refused),
        ("pentad_llm_tokens_today", ("in",), today.tokens_in),
        ("pentad_llm_tokens_today", ("out",), today.tokens_out),
        ("pentad_llm_tokens_left", (), today.left),
        ("pentad_llm_cost_today", (), today.cost),
    ]


def _lags(services: Services, change: list[int]) -> Iterator[Figure]:
    assert services.boards is not None  # noqa: S101 (the caller looked)
    for group in groups():
        held = services.boards.of(group.metric).state(group.half_life)
        if change:
            yield "pentad_projection_lag", (group.name,), change[0] - (held.change if held else 0)
