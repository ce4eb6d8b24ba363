"""OpenRefine and its like: the Reconciliation API 0.2 at /reconcile, 1.0-draft at /reconcile/1.0-draft."""

import html
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import parse_qs

import orjson
from fastapi import Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse

from api import reconciling
from api.access import needs, scoped_router
from api.bodies import read_json, read_text
from api.keys import Scope
from api.problems import JsonAnswer, WrongMediaType, declared
from api.routes.wired import Wired
from api.services import Services
from api.shapes import reconcile as shapes
from graph.errors import InvalidInput, NotFound

router = scoped_router("reconcile")
READ = needs(Scope.READ)
BASE, DRAFT = "/reconcile", "/reconcile/1.0-draft"
Text = Annotated[str, Query(max_length=1_000)]
_BATCH = {
    "required": True,
    "content": {
        "application/x-www-form-urlencoded": {
            "schema": {"type": "object", "properties": {name: {"type": "string"} for name in ("queries", "extend")}}
        },
        "application/json": {"schema": {"type": "object"}},
    },
}
_JSON = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}


LONGEST = 20_000
"""Characters of a batch in an address, which servers cut at 64 KB; a body may be longer."""


@router.get(BASE, operation_id="reconcileManifest", openapi_extra=READ, response_model=None, responses=declared(400))
def get_service(
    request: Request,
    services: Wired,
    queries: Annotated[str | None, Query(max_length=LONGEST)] = None,
    extend: Annotated[str | None, Query(max_length=LONGEST)] = None,
) -> Response:
    """What the service can do, in the words of 0.2; with `queries` or `extend`, their answer."""
    if queries is None and extend is None:
        return JsonAnswer(shapes.manifest_02(_url(request, BASE), _view(request)))
    return _answered_02(services, queries, extend)


@router.post(
    BASE,
    operation_id="reconcile",
    openapi_extra=needs(Scope.READ, requestBody=_BATCH),
    response_model=None,
    responses=declared(408, 413, 415),
)
async def post_queries(request: Request, services: Wired) -> Response:
    """Answers a batch of queries, or a data extension query, as 0.2 has them."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == "application/json":
        return await run_in_threadpool(_results_02, services, await read_json(request, services.options))
    if media_type != "application/x-www-form-urlencoded":
        raise WrongMediaType("Send application/x-www-form-urlencoded or application/json.")
    form = parse_qs(await read_text(request, services.options), max_num_fields=10)
    queries, extend = (form.get(name, [None])[0] for name in ("queries", "extend"))
    if queries is None and extend is None:
        raise InvalidInput("takes `queries` or `extend`", "body")
    return await run_in_threadpool(_answered_02, services, queries, extend)


@router.get(DRAFT, operation_id="reconcileDraftManifest", openapi_extra=READ, response_model=None, responses=declared())
def get_draft(request: Request) -> Response:
    """What the service can do, in the words of 1.0-draft."""
    return JsonAnswer(shapes.manifest_10(_view(request)))


async def post_match(request: Request, services: Wired) -> Response:
    """Answers a batch of queries as 1.0-draft has them."""
    asked = shapes.queries_10(await read_json(request, services.options))
    found = await run_in_threadpool(reconciling.reconcile, services, asked)
    results = [{"candidates": [reconciling.candidate(one, named=True) for one in many]} for many in found]
    return JsonAnswer({"results": results})


async def post_extend(request: Request, services: Wired) -> Response:
    """Values of properties of entities, as 1.0-draft has them."""
    ids, properties = shapes.extension(await read_json(request, services.options))
    found = await run_in_threadpool(reconciling.extended, services, ids, properties)
    rows = [{"id": one, "properties": [{"id": p, "values": v} for p, v in told.items()]} for one, told in found.items()]
    return JsonAnswer({"meta": _meta(properties), "rows": rows})


def suggest_entity(services: Wired, prefix: Text = "", cursor: Annotated[int, Query(ge=0, le=180)] = 0) -> Response:
    """Entities by the beginning of a name."""
    return JsonAnswer({"result": reconciling.suggest(services, prefix, cursor)})


def suggest_type(prefix: Text = "", cursor: Annotated[int, Query(ge=0)] = 0) -> Response:
    """Kinds by the beginning of their name."""
    return _suggested(shapes.TYPES, prefix, cursor)


def suggest_property(prefix: Text = "", cursor: Annotated[int, Query(ge=0)] = 0) -> Response:
    """Properties by the beginning of their name."""
    return _suggested(shapes.PROPERTIES, prefix, cursor)


def propose(
    kind: Annotated[str | None, Query(alias="type", max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Properties that entities of a kind may have."""
    found = [{"id": pid, "name": name} for pid, name in list(shapes.PROPERTIES.items())[:limit]]
    return JsonAnswer({"type": kind or "", "limit": limit, "properties": found})


def preview(services: Wired, id: Text) -> Response:  # noqa: A002 (the name that the specification gives it)
    """A page about an entity, small enough for a frame."""
    body = reconciling.flyout(services, id)
    if body is None:
        raise NotFound("entity", id)
    page = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pentad</title></head><body>{body}</body>'
    headers = {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"}
    return HTMLResponse(page + "</html>", headers=headers)


@router.get(
    f"{BASE}/flyout/{{what}}",
    operation_id="reconcileFlyout",
    openapi_extra=READ,
    response_model=None,
    responses=declared(404),
)
def get_flyout(what: str, services: Wired, id: Text) -> Response:  # noqa: A002 (the name that the specification gives it)
    """A few lines of HTML about an entity, a kind or a property."""
    known = {"type": shapes.TYPES, "property": shapes.PROPERTIES}.get(what)
    text = reconciling.flyout(services, id) if what == "entity" else (known or {}).get(id)
    if text is None:
        raise NotFound(what if known is not None or what == "entity" else "page", id)
    return JsonAnswer({"id": id, "html": text if what == "entity" else f"<p>{html.escape(text)}</p>"})


def _both(path: str, name: str, answer: Callable[..., Any], shape: type[Response] = JSONResponse) -> None:
    """The same door under either version; `shape` is what it answers in."""
    for base, version in ((BASE, ""), (DRAFT, "Draft")):
        router.get(
            base + path,
            operation_id=f"reconcile{version}{name}",
            openapi_extra=READ,
            response_model=None,
            response_class=shape,
            responses=declared(404),
        )(answer)


def _posted(path: str, name: str, answer: Callable[..., Any]) -> None:
    router.post(
        DRAFT + path,
        operation_id=name,
        openapi_extra=needs(Scope.READ, requestBody=_JSON),
        response_model=None,
        responses=declared(408, 413),
    )(answer)


_both("/suggest/entity", "SuggestEntity", suggest_entity)
_both("/suggest/type", "SuggestType", suggest_type)
_both("/suggest/property", "SuggestProperty", suggest_property)
_both("/extend/propose", "Propose", propose)
_both("/preview", "Preview", preview, HTMLResponse)
# The draft has called this route both ways.
_posted("/match", "reconcileDraftMatch", post_match)
_posted("/reconcile", "reconcileDraftReconcile", post_match)
_posted("/extend", "reconcileDraftExtend", post_extend)


def _answered_02(services: Services, queries: str | None, extend: str | None) -> Response:
    if queries is not None:
        return _results_02(services, _parsed(queries, "queries"))
    ids, properties = shapes.extension(_parsed(extend or "", "extend"))
    rows = reconciling.extended(services, ids, properties)
    return JsonAnswer({"meta": _meta(properties), "rows": rows})


def _results_02(services: Services, batch: object) -> Response:
    asked = shapes.queries_02(batch)
    found = reconciling.reconcile(services, list(asked.values()))
    results = {
        key: {"result": [reconciling.candidate(one, named=False) for one in many]}
        for key, many in zip(asked, found, strict=True)
    }
    return JsonAnswer(results)


def _parsed(text: str, field: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidInput("is no JSON", field) from error


def _meta(properties: list[str]) -> list[dict[str, str]]:
    return [{"id": pid, "name": shapes.PROPERTIES.get(pid, pid)} for pid in properties]


def _suggested(known: dict[str, str], prefix: str, skip: int) -> Response:
    wanted = prefix.strip().casefold()
    found = [
        {"id": key, "name": name}
        for key, name in known.items()
        if key.startswith(wanted) or name.casefold().startswith(wanted)
    ]
    return JsonAnswer({"result": found[skip:]})


def _url(request: Request, path: str) -> str:
    return str(request.base_url).rstrip("/") + path


def _view(request: Request) -> str:
    return _url(request, "/entities/{id}")
