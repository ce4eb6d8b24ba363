"""Routes that answer pages: behind the same guard as all others, with errors that a person can read.

A browser shows its key in a cookie that no script reads and no other site sends. What changes something must also come
from a page of ours, by what the browser itself says of it.
"""

import json
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.routing import Match
from starlette.types import Scope as Asgi

from api.access import Guard, ScopedRoute, needs, scope_of
from api.explorer.rendering import HEADERS, page
from api.keys import FORM, Scope
from api.problems import BodyTooLarge, of_error
from graph.errors import AccessDenied, InvalidInput, NotFound, PentadError

COOKIE = "pentad_key"
FORM_LIMIT = 200_000
"""Bytes of a form at most."""
READ = needs(Scope.READ, seconds=12.0)
"""A page asks several things."""
REVIEW = needs(Scope.REVIEW)
PUBLIC = needs(Scope.PUBLIC)
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(ScopedRoute):
    """A route whose answers, errors too, are pages."""

    def get_route_handler(self) -> Handler:
        """The guarded handler, told of the cookie, its errors as pages."""
        answer, public = super().get_route_handler(), scope_of(self) is Scope.PUBLIC

        async def shown(request: Request) -> Response:
            request = _with_key(request)
            try:
                if request.method == "POST":
                    _own_page(request)
                if not public:
                    await _rights(request)
                return await answer(request)
            except AccessDenied as error:
                return denied(request, error)
            except RequestValidationError as error:
                missing = all(one["loc"][0] == "path" for one in error.errors())
                return failed(request, NotFound("page", "") if missing else InvalidInput(error.errors()[0]["msg"]))
            except ValidationError as error:
                first = error.errors()[0]
                reason = first["msg"].removeprefix("Value error, ")
                return failed(request, InvalidInput(reason, ".".join(map(str, first["loc"]))))
            except PentadError as error:
                return failed(request, error)

        return shown


class FrontRoute(PageRoute):
    """A page that stands where programs find something else: only for who wants to see it."""

    def matches(self, scope: Asgi) -> tuple[Match, Asgi]:
        """None for a client that does not prefer HTML."""
        if scope["type"] == "http" and not wants_page(Request(scope).headers.get("accept", "")):
            return Match.NONE, {}
        return super().matches(scope)


def page_router(route: type[PageRoute] = PageRoute) -> APIRouter:
    """A router of pages; they are for people, so the description of the doors leaves them out."""
    return APIRouter(route_class=route, include_in_schema=False)


def wants_page(accept: str) -> bool:
    """Whether an `Accept` header names HTML, and no JSON that it likes better."""
    weights: dict[str, float] = {}
    for part in accept.split(","):
        name, *more = [piece.strip().lower() for piece in part.split(";")]
        stated = next((piece[2:] for piece in more if piece.startswith("q=")), "1")
        try:
            weights[name] = float(stated)
        except ValueError:
            weights[name] = 0.0
    html = weights.get("text/html", 0.0)
    return html > 0 and html >= weights.get("application/json", 0.0)


def failed(request: Request, error: PentadError) -> Response:
    """An error of ours as a page."""
    told = of_error(error)
    problem: dict[str, Any] = json.loads(bytes(told.body))
    answer = page(request, "problem.html", told.status_code, problem=problem)
    if "retry-after" in told.headers:
        answer.headers["Retry-After"] = told.headers["retry-after"]
    return answer


def denied(request: Request, error: AccessDenied) -> Response:
    """The way in for who has shown no valid key; who has one, but not for this, is told so."""
    if error.authenticated:
        return failed(request, error)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = here if request.method == "GET" else "/"
    return page(request, "login.html", 401, reason=str(error), back=back)


def see(where: str) -> Response:
    """Sends a browser on, after something was done."""
    return RedirectResponse(where, 303, headers=HEADERS)


def local_path(text: str) -> str:
    """A path of ours to go back to; the front page instead of anything else."""
    plain = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if plain and not urlsplit(text).netloc else "/"


async def form(request: Request) -> dict[str, list[str]]:
    """The fields of a form. Raises BodyTooLarge, InvalidInput."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_LIMIT:
            raise BodyTooLarge(f"A form has at most {FORM_LIMIT:,} bytes.")
    try:
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=2_000)
    except ValueError as error:
        raise InvalidInput("the form cannot be read") from error


def _with_key(request: Request) -> Request:
    """The request with the key of its cookie, where it shows no other one."""
    kept = request.cookies.get(COOKIE)
    if kept is None or not FORM.fullmatch(kept) or {"x-api-key", "authorization"} & set(request.headers):
        return request
    request.scope["headers"] = [*request.scope["headers"], (b"x-api-key", kept.encode())]
    return Request(request.scope, request.receive)


async def _rights(request: Request) -> None:
    """Tells the page what its reader may do. Raises what the guard raises for who may not even read."""
    guard: Guard = request.app.state.guard
    await guard.admit(request, Scope.READ)
    request.state.may_read = True
    request.state.keyed = COOKIE in request.cookies
    try:
        await guard.admit(request, Scope.REVIEW)
    except AccessDenied:
        request.state.may_review = False
    else:
        request.state.may_review = True


def _own_page(request: Request) -> None:
    """Raises AccessDenied for a form that another site, or nobody knows who, has sent."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    own = urlsplit(origin).netloc == request.headers.get("host", "") if origin else None
    if own is False or (site is not None and site != "same-origin") or (site is None and own is None):
        raise AccessDenied("This form was not sent by a page of this explorer.", authenticated=True)
