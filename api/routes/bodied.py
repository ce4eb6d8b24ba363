"""JSON bodies of routes that take one: read within the bounds of the door, checked by shape, described in full."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from api.bodies import read_json
from api.routes.wired import Wired

M = TypeVar("M", bound=BaseModel)


def body_of(shape: type[M], limit: int | None = None) -> Callable[[Request, Wired], Awaitable[M]]:
    """A dependency that reads the body as this shape, of `limit` bytes at most where the door's own bound is too low.
    Raises what `read_json` raises, and the errors of each field."""

    async def read(request: Request, services: Wired) -> M:
        options = services.options if limit is None else replace(services.options, body_limit=limit)
        value = await read_json(request, options)
        try:
            return shape.model_validate(value)
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in found]) from error

    return read


def described(shape: type[BaseModel], example: dict[str, Any]) -> dict[str, Any]:
    """The `requestBody` of a route that takes this shape, for its `openapi_extra`."""
    schema = _inlined(shape.model_json_schema())
    return {"required": True, "content": {"application/json": {"schema": schema, "example": example}}}


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    known = schema.pop("$defs", {})

    def put(part: Any) -> Any:
        if isinstance(part, dict):
            named: str | None = part.get("$ref")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            if named is not None:
                return put(known[named.rsplit("/", 1)[-1]])
            return {key: put(value) for key, value in part.items()}  # pyright: ignore[reportUnknownVariableType]
        return [put(one) for one in part] if isinstance(part, list) else part  # pyright: ignore[reportUnknownVariableType]

    return put(schema)


async def _author(request: Request) -> str:
    caller: str = request.state.caller
    return caller


Author = Annotated[str, Depends(_author)]
"""Who asks, by the id of their key: what they decide is told to be theirs."""
