"""Kept answers at the wire: said as soon as the head of a request is read, before the application hears of it.

uvicorn makes a task and an event of every request and looks through every header of its answer; that is most of what
the barest application costs. A plain question that a kept answer is there for takes none of it. All else, and whatever
comes while another request of the connection is under way, goes on as uvicorn has it, so answers keep their order.
"""

from collections.abc import Callable
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from api.caching.answers import Headers
from api.problems import unreadable

UNREADABLE = unreadable()
_OF_UNREADABLE = ((b"content-type", b"application/problem+json"), (b"connection", b"close"))
AtOnce = Callable[[bytes, tuple[str, int] | None, Headers, Headers], bytes | None]
"""Target, other end of the connection, headers of the request, headers of the server -> all of an answer, or None."""


class KeptProtocol(HttpToolsProtocol):
    """As uvicorn speaks HTTP/1.1, but an application that has `at_once` is asked there first."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._at_once: AtOnce | None = getattr(cast(Any, self.app), "at_once", None)
        self._said = False

    def on_headers_complete(self) -> None:
        """The parser has read the head of a request."""
        answer = self._answer()
        if answer is None:
            super().on_headers_complete()
            return
        self._said = True
        self.transport.write(answer)

    def on_message_complete(self) -> None:
        """The parser has read the whole of it."""
        if not self._said:
            super().on_message_complete()
            return
        self._said = False
        self.on_response_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 (uvicorn's words, which tell nothing)
        """What cannot be read is told in the words of every other error."""
        told = [*self.server_state.default_headers, (b"content-length", b"%d" % len(UNREADABLE)), *_OF_UNREADABLE]
        head = b"".join(b"%b: %b\r\n" % pair for pair in told)
        self.transport.write(b"HTTP/1.1 400 Bad Request\r\n%b\r\n%b" % (head, UNREADABLE))
        self.transport.close()

    def _answer(self) -> bytes | None:
        ask, last = self._at_once, cast(RequestResponseCycle | None, self.cycle)
        if ask is None or (last is not None and not last.response_complete):
            return None
        parser: Any = self.parser
        if parser.get_method() != b"GET" or not parser.should_keep_alive() or parser.should_upgrade():
            return None
        if parser.get_http_version() != "1.1" or self.flow.write_paused or self.transport.is_closing():
            return None
        return ask(self.url, self.client, self.headers, self.server_state.default_headers)
