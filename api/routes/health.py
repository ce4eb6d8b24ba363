"""Is the process alive, can it serve, what does it serve: doors without a key, which tell nothing of the graph."""

from functools import partial
from typing import Any, Literal

import anyio
from anyio import CapacityLimiter, to_thread
from fastapi import Request, Response
from pydantic import BaseModel, Field

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import JsonAnswer, declared
from api.routes.wired import Wired
from api.services import Services
from graph import schema
from graph.backup import refuse_unfinished
from graph.errors import DatabaseUnavailable, PentadError, Unavailable
from graph.openness import openings
from graph.trending import DEFAULT_HALF_LIFE

router = scoped_router("health")
CHECK_TIME = 1.5
"""Seconds that all checks of readiness may take together."""


class Part(BaseModel):
    """One thing that the service stands on."""

    state: Literal["ready", "away", "incomplete", "low", "open"]
    detail: str = ""


class Readiness(BaseModel):
    """Ready when the graph is; degraded while the boards are away, which are then computed from the graph, and while
    the disk is so full that nothing is taken in."""

    state: Literal["ready", "degraded", "unready"]
    neo4j: Part
    schema_: Part = Field(alias="schema")
    redis: Part
    disk: Part


class Alive(BaseModel):
    """The process runs."""

    state: Literal["alive"] = "alive"


@router.get("/livez", operation_id="livez", openapi_extra=needs(Scope.PUBLIC), responses=declared())
async def livez() -> Alive:
    """Answers as long as the process runs, whatever it stands on."""
    return Alive()


@router.get(
    "/readyz", operation_id="readyz", openapi_extra=needs(Scope.PUBLIC), responses=declared(), response_model=Readiness
)
async def readyz(request: Request, services: Wired) -> Response:
    """Neo4j, the schema, Redis and the disk, each with its state; 503 unless the graph can be asked.

    Its threads are its own: it never waits for those that hang on a silent graph.
    """
    silent = Part(state="away", detail="does not answer in time")
    found: dict[str, Part] = {"neo4j": silent, "schema": silent, "redis": silent, "disk": silent}

    threads: CapacityLimiter = request.app.state.probes

    async def look(names: tuple[str, ...], check: Any) -> None:
        parts = await to_thread.run_sync(check, services, abandon_on_cancel=True, limiter=threads)
        found.update(zip(names, parts, strict=True))

    with anyio.move_on_after(CHECK_TIME):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(look, ("neo4j", "schema"), partial(_graph, request.app.state.tried))
            tasks.start_soon(look, ("redis",), _redis)
            tasks.start_soon(look, ("disk",), _disk)
    ready = found["neo4j"].state == found["schema"].state == "ready"
    whole = found["redis"].state == found["disk"].state == "ready"
    state = "unready" if not ready else "ready" if whole else "degraded"
    content = {"state": state, **{name: part.model_dump() for name, part in found.items()}}
    return JsonAnswer(content, 200 if ready else 503, headers={} if ready else {"Retry-After": "2"})


@router.get("/", operation_id="doors", openapi_extra=needs(Scope.PUBLIC), responses=declared())
async def doors(request: Request) -> dict[str, Any]:
    """What is served here."""
    paths: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    listed = [
        {"method": method.upper(), "path": path, "does": operation.get("summary", "")}
        for path, operations in paths.items()
        for method, operation in operations.items()
    ]
    return {"name": "Pentad", "version": request.app.version, "openapi": "/api/openapi.json", "doors": listed}


@router.get("/api/openapi.json", operation_id="openapi", openapi_extra=needs(Scope.PUBLIC), responses=declared())
async def openapi(request: Request) -> Response:
    """The description of all doors (OpenAPI 3.1)."""
    return JsonAnswer(request.app.openapi())


def _graph(tried: list[str], services: Services) -> tuple[Part, Part]:
    """`tried` keeps what was found open, once for all: an empty text says that nothing was."""
    try:
        missing = len(schema.pending(services.database))
        refuse_unfinished(services.database)
        if not tried and not services.options.neo4j_open:
            tried.append("; ".join(openings(services.database)))
    except DatabaseUnavailable:
        return Part(state="away", detail="is starting, or gone"), Part(state="away", detail="is kept in Neo4j")
    except Unavailable:
        return Part(state="ready"), Part(state="incomplete", detail="restore unfinished: run `pentad restore` again")
    except PentadError:
        return Part(state="away", detail="is starting, or gone"), Part(state="away", detail="is kept in Neo4j")
    if missing:
        return Part(state="ready"), Part(state="incomplete", detail=f"{missing} steps are not applied yet")
    if any(tried):
        return Part(state="open", detail=f"{tried[0]}: close it, or set `neo4j_open`"), Part(state="ready")
    return Part(state="ready"), Part(state="ready")


def _redis(services: Services) -> tuple[Part]:
    away = Part(state="away", detail="boards are computed from the graph")
    try:
        held = services.boards.state(DEFAULT_HALF_LIFE) if services.boards else None
    except PentadError:
        return (away,)
    if services.boards is None:
        return (away,)
    return (Part(state="ready") if held else Part(state="incomplete", detail="no board has been built yet"),)


def _disk(services: Services) -> tuple[Part]:
    if services.room is None:
        return (Part(state="ready", detail="the stores are not of this machine"),)
    try:
        space = services.room.look()
    except OSError as error:
        return (Part(state="away", detail=f"cannot be looked at: {error.strerror}"),)
    if space.low:
        detail = f"{space.free:,} bytes are left, {space.wanted:,} are kept free: nothing is taken in"
        return (Part(state="low", detail=detail),)
    return (Part(state="ready"),)
