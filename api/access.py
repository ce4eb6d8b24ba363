"""Who may do what: each route declares a scope, each request is let in by a key, or by loopback while no key exists.

Access is decided before anything of a request is read or validated.
"""

import hmac
import math
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from inspect import iscoroutinefunction
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Scope as Asgi

from api.caching.options import KEPT, Kept
from api.deadline import KEY
from api.idempotency import Repeats
from api.keys import FORM, RANK, Scope, digest
from api.rates import Limiter, RateOptions
from graph.audit import Act, acting
from graph.database import Database, Row
from graph.errors import AccessDenied
from graph.queries import statement
from graph.reading.instants import of_graph

if TYPE_CHECKING:
    from api.tokens import Holder, Tokens

_SCOPE = "x-scope"
_SECONDS = "x-deadline-seconds"
_READER = "x-reader"
_KEPT = 10_000
_READING = ("GET", "HEAD", "OPTIONS")
_PATH_TOLD = 512
_NO_HASH = digest("")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class NoScope(Exception):
    """A route of the application declares no scope: the application is not made."""


def needs(
    scope: Scope, *, seconds: float | None = None, reader: bool = False, kept: Kept | None = None, **more: Any
) -> dict[str, Any]:
    """For `openapi_extra` of a route: the scope it needs, the seconds it has where those are not the usual ones,
    whether keys of single readers open it (such a route looks at `request.state.reader`), and whether its answers may
    be kept: only one that any key with the scope gets alike."""
    security: list[dict[str, list[str]]] = [] if scope is Scope.PUBLIC else [{"ApiKey": []}, {"Bearer": []}]
    timed = {} if seconds is None else {_SECONDS: seconds}
    told = {**({_READER: True} if reader else {}), **({KEPT: str(kept)} if kept else {})}
    return {_SCOPE: str(scope), "security": security, **timed, **told, **more}


def scope_of(route: BaseRoute) -> Scope:
    """The scope that a route declares. Raises NoScope."""
    extra: dict[str, Any] = getattr(route, "openapi_extra", None) or {}
    if not isinstance(route, ScopedRoute) or extra.get(_SCOPE) not in set(Scope):
        raise NoScope(f"{getattr(route, 'path', route)} declares no scope: use routes of `scoped_router` with `needs`")
    return Scope(extra[_SCOPE])


class ScopedRoute(APIRoute):
    """A route that asks the guard of its application before it reads the request."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        promise = (endpoint.__doc__ or "").strip().partition("\n")[0]
        described: Any = {**options, "summary": options.get("summary") or promise.rstrip(".")}
        super().__init__(path, _threaded(endpoint), **described)
        self._beginning = self.path.partition("{")[0]

    def matches(self, scope: Asgi) -> tuple[Match, Asgi]:
        """As any route does; how a path begins tells most of them apart before its pattern is tried."""
        if not scope["path"].startswith(self._beginning) and not scope.get("root_path"):
            return Match.NONE, {}
        return super().matches(scope)

    def get_route_handler(self) -> Handler:
        """The usual handler behind the guard."""
        answer, scope = super().get_route_handler(), scope_of(self)
        seconds = (self.openapi_extra or {}).get(_SECONDS)
        personal = bool((self.openapi_extra or {}).get(_READER))
        writing = RANK[scope] >= RANK[Scope.WRITE] and not set(self.methods or ()) <= set(_READING)

        async def guarded(request: Request) -> Response:
            if seconds is not None:
                request.scope[KEY].seconds = seconds
            if scope is Scope.PUBLIC:
                return await answer(request)
            guard: Guard | Granted = request.app.state.guard
            caller = await guard.admit(request, scope, personal=personal)
            request.state.reader, request.state.caller = caller.reader, caller.name
            if caller.limited:
                rates: Limiter = request.app.state.rates
                await rates.take(
                    request.scope, caller.name, address_of(request), writing=RANK[scope] > RANK[Scope.READ]
                )
            with acting(_act(self, request, caller, scope)):
                if writing:
                    repeats: Repeats = request.app.state.repeats
                    return await repeats.answer(request, caller.name, answer)
                return await answer(request)

        return guarded


def _threaded(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """An endpoint that waits for a store, as a coroutine function that gives it a thread. FastAPI would do so itself,
    and give a second one to the look at the answer's shape."""
    if iscoroutinefunction(endpoint):
        return endpoint

    @wraps(endpoint)
    async def threaded(**values: Any) -> Any:
        return await run_in_threadpool(endpoint, **values)

    return threaded


def scoped_router(tag: str) -> APIRouter:
    """A router whose routes all stand behind the guard."""
    return APIRouter(route_class=ScopedRoute, tags=[tag])


def require_scopes(routers: Iterable[APIRouter]) -> None:
    """Raises NoScope if any route declares none."""
    for router in routers:
        for route in router.routes:
            scope_of(route)


def kept_routes(routers: Iterable[APIRouter]) -> list[ScopedRoute]:
    """Those whose answers may be kept, in the order in which they are tried."""
    scoped = [route for router in routers for route in router.routes if isinstance(route, ScopedRoute)]
    return [route for route in scoped if KEPT in (route.openapi_extra or {})]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: `key ID`, `user SUBJECT` of an issuer elsewhere, or `local`; whose reader it is, if anybody's; whether
    limits on how often one may ask hold, as they do for all but who sits at this machine while there are no keys."""

    name: str
    reader: str | None = None
    limited: bool = True


LOCAL = Caller("local", limited=False)


@dataclass(frozen=True, slots=True)
class _Known:
    any: bool
    key: Row | None
    until: float


class Guard:
    """Checks keys against the store; what it has read it believes for a few seconds, so a revoked key ends soon."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        keep: float,
        rates: Limiter | None = None,
        tokens: "Tokens | None" = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._keep = keep
        self._rates = rates or Limiter(RateOptions())
        self._tokens = tokens
        self._known: dict[str | None, _Known] = {}

    async def admit(self, request: Request, scope: Scope, *, personal: bool = False) -> Caller:
        """Raises AccessDenied unless the request may do what the scope says; DatabaseUnavailable if none can tell,
        TooManyRequests for an address that has come without a valid key too often.

        A reader's key opens what is `personal` alone.
        """
        address = address_of(request)
        await self._rates.barred(address)
        try:
            return await self._admit(request, scope, personal)
        except AccessDenied as error:
            if not error.authenticated:
                await self._rates.refused(address)
            raise

    async def _admit(self, request: Request, scope: Scope, personal: bool) -> Caller:
        presented = presented_key(request)
        match = FORM.fullmatch(presented) if presented is not None else None
        if presented is not None and match is None:
            if self._tokens is None or presented.count(".") != 2:
                raise AccessDenied("The API key is not valid.")
            return _holding(await run_in_threadpool(self._tokens.read, presented), scope, personal)
        key_id = match["id"] if match else None
        known = self._known.get(key_id)
        if known is None or known.until < time.monotonic():
            known = await run_in_threadpool(self._look_up, key_id)
        if match is None:
            _admit_without_key(request, known.any or self._tokens is not None)
            return LOCAL
        self._admit_key(match["secret"], known.key, scope)
        reader: str | None = known.key.get("reader") if known.key else None
        _own_doors(reader, personal)
        return Caller(f"key {key_id}", reader)

    async def admission(self, request: Request, scope: Scope) -> tuple[float, Caller]:
        """Who asks, and until when, on the monotonic clock, the same key from the same place is let in without another
        question. Raises what `admit` raises.
        """
        caller = await self.admit(request, scope)
        match = FORM.fullmatch(presented_key(request) or "")
        known = self._known.get(match["id"] if match else None)
        if known is None or (match is None and caller.limited):
            return 0.0, caller
        expires_at = of_graph(known.key.get("expires_at")) if known.key else None
        left = known.until if expires_at is None else (expires_at - self._clock()).total_seconds() + time.monotonic()
        return min(known.until, left), caller

    def _look_up(self, key_id: str | None) -> _Known:
        row = self._database.read(statement("read/api_key"), {"id": key_id}, timeout=2)[0]
        if len(self._known) >= _KEPT:
            self._known.clear()
        known = self._known[key_id] = _Known(row["any"], row["key"], time.monotonic() + self._keep)
        return known

    def _admit_key(self, secret: str, key: Row | None, scope: Scope) -> None:
        same = hmac.compare_digest(digest(secret), key["hash"] if key else _NO_HASH)
        if key is None or not same or key.get("revoked_at") is not None:
            raise AccessDenied("The API key is not valid.")
        expires_at = of_graph(key.get("expires_at"))
        if expires_at is not None and expires_at <= self._clock():
            raise AccessDenied("The API key is not valid.")
        _enough(max((Scope(name) for name in key["scopes"]), key=lambda held: RANK[held]), scope)


def _holding(holder: "Holder", scope: Scope, personal: bool) -> Caller:
    """Who shows a token that is valid. Raises AccessDenied where it opens something else."""
    _enough(holder.scope, scope)
    _own_doors(holder.reader, personal)
    return Caller(f"user {holder.subject}", holder.reader)


def _enough(held: Scope, needed: Scope) -> None:
    if RANK[held] < RANK[needed]:
        raise AccessDenied(f"This needs a key with the scope `{needed}`.", authenticated=True)


def _own_doors(reader: str | None, personal: bool) -> None:
    if reader is not None and not personal:
        raise AccessDenied("This key opens the doors of its reader alone.", authenticated=True)


class Granted:
    """Lets all in up to a scope: for a process whose only caller started it, and so holds what the scope opens."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def admit(self, _: Request, scope: Scope, *, personal: bool = False) -> Caller:
        """Raises AccessDenied for what needs more; a reader's own doors are open as they are to any key."""
        del personal
        if RANK[self._scope] < RANK[scope]:
            raise AccessDenied(f"This needs the scope `{scope}`: start it with `--scope {scope}`.", authenticated=True)
        return LOCAL

    async def admission(self, request: Request, scope: Scope) -> tuple[float, Caller]:
        """For ever."""
        return math.inf, await self.admit(request, scope)


def presented_key(request: Request) -> str | None:
    """The key in `X-API-Key` or `Authorization: Bearer`; several different ones are none that is valid."""
    found = set(request.headers.getlist("x-api-key"))
    for value in request.headers.getlist("authorization"):
        kind, _, token = value.partition(" ")
        found.add(token.strip() if kind.lower() == "bearer" else "")
    return None if not found else found.pop() if len(found) == 1 else ""


def address_of(request: Request) -> str:
    """Where a request comes from: the other end of its connection, whatever headers say."""
    return request.client.host if request.client else ""


def _act(route: APIRoute, request: Request, caller: Caller, scope: Scope) -> Act | None:
    """What the audit log says of a request that may change something."""
    if request.method in _READING:
        return None
    told = {name: _told(name, value) for name, value in request.path_params.items()}
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    return Act(caller.name, str(scope), "http", route.operation_id or route.name, told, request_id)


def _told(name: str, value: Any) -> str:
    """A part of a path for the audit log, which outlives what it speaks of: of a reader only a mark."""
    return f"sha256:{digest(str(value))[:16]}" if name.startswith("reader") else str(value)[:_PATH_TOLD]


def _admit_without_key(request: Request, any_key: bool) -> None:
    if any_key:
        raise AccessDenied("An API key is needed, in `X-API-Key` or as `Authorization: Bearer`.")
    if not _local(request):
        raise AccessDenied("There are no API keys yet, so only this machine is served: `pentad keys create` makes one.")


def _local(request: Request) -> bool:
    """Whether a request comes from this machine and means it: a page of elsewhere that a browser here has open, or a
    name of elsewhere that was made to point here, does not."""
    origin = request.headers.get("origin")
    names = [_host(f"//{request.headers.get('host', '')}"), *([_host(origin)] if origin is not None else [])]
    return _loopback(address_of(request)) and all(name == "localhost" or _loopback(name) for name in names)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback
