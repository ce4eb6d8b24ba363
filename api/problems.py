"""Every error as `application/problem+json` (RFC 9457): statuses live here and nowhere else.

No answer repeats what the caller sent, shows a stack trace, or says how things look inside.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, cast

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from graph.errors import (
    AccessDenied,
    BoardUnavailable,
    BudgetExceeded,
    Conflict,
    DatabaseUnavailable,
    InvalidInput,
    NotFound,
    PentadError,
    StorageLow,
    Unavailable,
)

ERRORS_SHOWN = 20
FIELD_LENGTH = 100
REASON_LENGTH = 300
RETRY_AFTER = 2
_WAIT = "Wait a moment and ask again; `pentad status` and `pentad doctor` tell more."
log = logging.getLogger("pentad.api")


class FieldError(BaseModel):
    """One thing that is wrong with a request."""

    field: str = Field(examples=["limit"])
    reason: str = Field(examples=["Input should be less than or equal to 200"])


class Problem(BaseModel):
    """An error as RFC 9457 has it."""

    type: str = Field(examples=["urn:pentad:problem:invalid-input"])
    title: str = Field(examples=["Invalid input"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["limit: Input should be less than or equal to 200"])
    errors: list[FieldError] = []
    request_id: str | None = Field(None, examples=["5f0c9a4e2f6b4f0d8a1f0e6c2b7d9a31"])
    """What the log of the service calls this request."""


class BodyTooLarge(PentadError):
    """The body, or one line of it, has more bytes than are taken."""


class BodyTimedOut(PentadError):
    """The sender of a body fell silent."""


class TooManyRequests(PentadError):
    """More was asked than a limit allows; `retry_after` is in seconds."""

    def __init__(self, reason: str, retry_after: int) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class WrongMediaType(PentadError):
    """The body is of a kind that this door does not read."""


class JsonAnswer(Response):
    """JSON that can always be encoded: a lone surrogate becomes a question mark."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Compact UTF-8."""
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


class ProblemAnswer(JsonAnswer):
    """A problem as an answer."""

    media_type = "application/problem+json"


def problem(
    status: int,
    slug: str,
    title: str,
    detail: str,
    *,
    errors: list[FieldError] | None = None,
    headers: Mapping[str, str] | None = None,
) -> ProblemAnswer:
    """An answer with this status; `slug` names the kind of problem for programs."""
    found = Problem(
        type=f"urn:pentad:problem:{slug}",
        title=title,
        status=status,
        detail=detail,
        errors=errors or [],
        request_id=structlog.contextvars.get_contextvars().get("request_id"),
    )
    content = found.model_dump(exclude={"errors"} if not errors else None, exclude_none=True)
    return ProblemAnswer(content, status, headers=headers)


def unreadable() -> bytes:
    """The body of an answer to what is no request that the server can read."""
    detail = "No HTTP request that can be read: it is malformed, or its address or headers are longer than 64 KB."
    return bytes(problem(400, "bad-request", "Bad Request", detail).body)


def of_error(error: PentadError) -> ProblemAnswer:
    """The problem that one of our own errors is."""
    later = {"Retry-After": str(getattr(error, "retry_after", RETRY_AFTER))}
    match error:
        case InvalidInput():
            field = FieldError(field=_short(error.field), reason=_short(error.reason, REASON_LENGTH))
            detail = f"{field.field}: {field.reason}" if field.field else field.reason
            return problem(422, "invalid-input", "Invalid input", detail, errors=[field])
        case NotFound():
            return problem(404, "not-found", "Not found", f"No {error.what} goes by that key or id.")
        case AccessDenied(authenticated=True):
            return problem(403, "forbidden", "Forbidden", str(error))
        case AccessDenied():
            return problem(401, "unauthorized", "No valid key", str(error), headers={"WWW-Authenticate": "Bearer"})
        case Conflict():
            return problem(409, "conflict", "Conflict", str(error))
        case BodyTooLarge():
            return problem(413, "too-large", "Too large", str(error))
        case BodyTimedOut():
            return problem(408, "sender-silent", "The sender fell silent", str(error))
        case TooManyRequests():
            return problem(429, "too-many-requests", "Too many requests", str(error), headers=later)
        case WrongMediaType():
            return problem(415, "media-type", "Unsupported media type", str(error))
        case DatabaseUnavailable():
            detail = f"Neo4j does not answer: it is starting, or gone. {_WAIT}"
            return problem(503, "database-unavailable", "The graph is not reachable", detail, headers=later)
        case BoardUnavailable():
            detail = f"The Redis server that holds the boards does not answer. {_WAIT}"
            return problem(503, "boards-unavailable", "The boards are not reachable", detail, headers=later)
        case StorageLow():
            detail = "The disk under the stores is nearly full: nothing is taken in until there is room. Reads go on."
            return problem(507, "storage-low", "Not enough room", detail, headers=later)
        case Unavailable():
            return problem(503, "unavailable", "Not available now", f"{_sentence(str(error))} {_WAIT}", headers=later)
        case BudgetExceeded():
            detail = "The question took more time or memory than one may. Ask for less, or a shorter period."
            return problem(504, "budget-exceeded", "Ended at its bound", detail, headers=later)
        case _:
            return internal()


def internal() -> ProblemAnswer:
    """A fault of ours, without anything about it."""
    return problem(500, "internal", "Internal error", "Something went wrong here; the log of the service tells more.")


def overdue() -> ProblemAnswer:
    """A request that did not end within its deadline."""
    detail = f"The answer did not come in time: Neo4j is busy, silent or gone. {_WAIT}"
    return problem(503, "deadline", "Not answered in time", detail, headers={"Retry-After": str(RETRY_AFTER)})


def install(app: FastAPI) -> None:
    """Makes every error of the application a problem."""

    async def ours(request: Request, error: Exception) -> Response:
        answer = of_error(cast(PentadError, error))
        if answer.status_code >= 500:
            log.warning("%s %s: %s: %s", request.method, request.url.path, type(error).__name__, error)
        return answer

    async def invalid(_: Request, error: Exception) -> Response:
        return _invalid(cast(RequestValidationError, error))

    async def http(request: Request, error: Exception) -> Response:
        found = cast(HTTPException, error)
        if found.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            found.headers = {"Allow": ", ".join(_methods(request))}
        return _http(found)

    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return internal()

    app.add_exception_handler(PentadError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, unexpected)


def _invalid(error: RequestValidationError) -> ProblemAnswer:
    found: list[Any] = list(error.errors())
    shown = [FieldError(field=_place(item["loc"]), reason=_reason(item["msg"])) for item in found[:ERRORS_SHOWN]]
    more = f" ({len(found)} errors, the first {ERRORS_SHOWN} shown)" if len(found) > ERRORS_SHOWN else ""
    detail = "; ".join(f"{item.field}: {item.reason}" if item.field else item.reason for item in shown[:3])
    return problem(422, "invalid-input", "Invalid input", detail + more, errors=shown)


def _methods(request: Request) -> list[str]:
    """All that a path takes: each method may be a route of its own. Of templates that meet it the plainest counts."""
    routes: Sequence[BaseRoute] = request.app.state.routes
    found: dict[str, set[str]] = {}
    for route in routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            found.setdefault(str(getattr(route, "path", "")), set()).update(getattr(route, "methods", None) or ())
    return sorted(found[min(found, key=lambda path: path.count("{"))]) if found else []


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _place(loc: tuple[str | int, ...]) -> str:
    parts = loc[1:] if loc and loc[0] in ("query", "path", "body", "header") else loc
    return _short(".".join(str(part) for part in parts))


def _reason(message: str) -> str:
    return _short(message.removeprefix("Value error, "), REASON_LENGTH)


def _short(text: str, length: int = FIELD_LENGTH) -> str:
    return text if len(text) <= length else text[:length] + "…"


def _http(error: HTTPException) -> ProblemAnswer:
    status = HTTPStatus(error.status_code)
    slug = status.phrase.lower().replace(" ", "-")
    details = {404: "Nothing is served at this path.", 405: "This path does not take that method."}
    return problem(status, slug, status.phrase, details.get(status, status.description), headers=error.headers)


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems of an operation for its OpenAPI description; those that every operation has are always there."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {"application/problem+json": {"schema": schema}},
        }
        for status in sorted({*statuses, 401, 403, 422, 429, 500, 503, 504})
    }
