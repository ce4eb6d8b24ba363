"""What routes ask of the application they belong to."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request, Response

from api.cursors import Cursors
from api.deadline import KEY
from api.services import Services
from graph.errors import InvalidInput
from resolution.past.reads import SECONDS


# What only looks at the request is a coroutine function: others are given a thread each, which costs more than they do.
async def _services(request: Request) -> Services:
    return request.app.state.services


_DIGITS = 19
"""Of the smallest whole numbers that may be beyond 64 bits."""
CLOCKS = frozenset({"as_of", "known_at", "identity_at"})
Wired = Annotated[Services, Depends(_services)]


async def _no_query(request: Request) -> None:
    if request.query_params:
        raise InvalidInput("takes no query parameters", "query")


NoQuery = Depends(_no_query)


def last_event_id(request: Request) -> int | None:
    """Where a stream that was cut goes on: the number in `Last-Event-ID`, None where there is none that Neo4j knows."""
    last = request.headers.get("last-event-id", "")
    return int(last) if last.isascii() and last.isdigit() and len(last) < _DIGITS else None


async def _patience(request: Request) -> None:
    if CLOCKS & request.query_params.keys():
        request.scope[KEY].seconds = SECONDS


Patient = Depends(_patience)
"""A read as of a past time has longer: it counts what no index keeps."""


class Pages:
    """Cursors of one list with the filters of one request; also tells the next page in a `Link` header."""

    def __init__(self, request: Request, response: Response) -> None:
        self._request = request
        self._response = response
        self._cursors: Cursors = request.app.state.cursors

    def start(self, filters: Mapping[str, Any], cursor: str | None) -> list[Any] | None:
        """The place to go on from, None for the first page. Raises InvalidInput."""
        return None if cursor is None else self._cursors.read(self._request.url.path, filters, cursor)

    def next(self, filters: Mapping[str, Any], place: Sequence[str | int] | None) -> str | None:
        """The cursor of the page after `place`; None and no link where there is none."""
        if place is None:
            return None
        cursor = self._cursors.make(self._request.url.path, filters, place)
        asked = [(name, value) for name, value in self._request.query_params.multi_items() if name != "cursor"]
        query = urlencode([*asked, ("cursor", cursor)])
        self._response.headers["Link"] = f'<{self._request.scope["path"]}?{query}>; rel="next"'
        return cursor


async def _pages(request: Request, response: Response) -> Pages:
    return Pages(request, response)


Paged = Annotated[Pages, Depends(_pages)]
