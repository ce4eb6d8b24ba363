"""Reads what a client sends, within bounds: a JSON body whole, an NDJSON body line by line as the pipeline asks."""

import asyncio
import json
import math
from collections.abc import AsyncIterator, Iterator
from typing import Any, NoReturn

from fastapi import Request

from api.problems import BodyTimedOut, BodyTooLarge
from api.services import ApiOptions
from graph.errors import InvalidInput
from ingest.report import Reject


async def read_json(request: Request, options: ApiOptions) -> object:
    """The body as JSON. Raises BodyTooLarge, BodyTimedOut, and InvalidInput for what is no JSON, too deep, or holds
    a number that none is."""
    body = await read_whole(request, options)
    try:
        value = json.loads(body, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise InvalidInput("the body is no UTF-8") from error
    except RecursionError as error:
        raise InvalidInput(f"is nested more than {options.depth_limit} deep") from error
    except ValueError as error:
        place = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InvalidInput(f"the body is no JSON{place}") from error
    _check(value, options.depth_limit)
    return value


async def read_text(request: Request, options: ApiOptions) -> str:
    """The body as text. Raises BodyTooLarge, BodyTimedOut, InvalidInput."""
    try:
        return (await read_whole(request, options)).decode()
    except UnicodeDecodeError as error:
        raise InvalidInput("the body is no UTF-8") from error


async def read_whole(request: Request, options: ApiOptions) -> bytes:
    """The body as it comes. Raises BodyTooLarge, BodyTimedOut."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > options.body_limit:
        raise BodyTooLarge(f"The body has more than {options.body_limit:,} bytes. Send NDJSON for more.")
    body = bytearray()
    async for chunk in _chunks(request, options):
        body += chunk
        if len(body) > options.body_limit:
            raise BodyTooLarge(f"The body has more than {options.body_limit:,} bytes. Send NDJSON for more.")
    return bytes(body)


def _no_number(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")


def _check(value: Any, depth: int) -> None:
    """Level by level, so that no nesting can exhaust the stack."""
    level: list[Any] = [value]
    for _ in range(depth + 1):
        if any(isinstance(one, float) and not math.isfinite(one) for one in level):
            raise InvalidInput("holds a number beyond what a double can hold")
        level = [inner for one in level if isinstance(one, dict | list) for inner in _inside(one)]
        if not level:
            return
    raise InvalidInput(f"is nested more than {depth} deep")


def _inside(one: Any) -> Iterator[Any]:
    return iter(one.values() if isinstance(one, dict) else one)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType, reportUnknownMemberType]


async def _chunks(request: Request, options: ApiOptions) -> AsyncIterator[bytes]:
    stream = request.stream()
    while True:
        try:
            chunk = await asyncio.wait_for(anext(stream, None), options.stream_idle)
        except TimeoutError as error:
            raise BodyTimedOut(f"Nothing came for {options.stream_idle:g} seconds.") from error
        if chunk is None:
            return
        yield chunk


class Lines:
    """The lines of an NDJSON body for a thread that takes them one by one: it asks, the event loop reads on.

    At most one chunk and one line are held. Blank lines are passed over; positions count every line from 1. A line
    over the limit is skipped and put on `rejects`.
    """

    def __init__(self, request: Request, options: ApiOptions) -> None:
        self.rejects: list[Reject] = []
        self._loop = asyncio.get_running_loop()
        self._chunks = _chunks(request, options)
        self._limit = options.line_limit
        self._position = 0
        self._rest = bytearray()
        self._skipping = False

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Only from another thread than the event loop's."""
        while (chunk := asyncio.run_coroutine_threadsafe(self._next(), self._loop).result()) is not None:
            *whole, rest = chunk.split(b"\n")
            for part in whole:
                yield from self._line(part)
            self._hold(rest)
        if self._rest or self._skipping:
            yield from self._line(b"")

    async def _next(self) -> bytes | None:
        return await anext(self._chunks, None)

    def _hold(self, part: bytes) -> None:
        if not self._skipping:
            self._rest += part
        if len(self._rest) > self._limit:
            self._rest.clear()
            self._skipping = True

    def _line(self, end: bytes) -> Iterator[tuple[int, bytes]]:
        self._hold(end)
        line, skipped = bytes(self._rest), self._skipping
        self._rest.clear()
        self._skipping = False
        self._position += 1
        if skipped:
            self.rejects.append(Reject(self._position, None, "", f"is longer than {self._limit:,} bytes"))
        elif record := self._record(line):
            yield self._position, record

    def _record(self, line: bytes) -> bytes:
        """What is handed on of a line; nothing of a blank one."""
        return line if line.strip() else b""


class WholeLines(Lines):
    """The lines of a table, with their ends, blank ones too: a cell may hold several."""

    def _record(self, line: bytes) -> bytes:
        return line + b"\n"
