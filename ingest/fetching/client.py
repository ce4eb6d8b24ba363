"""Fetching and delivering: one request at a time, each on a connection of its own to a checked address."""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urljoin

import httpcore2
from httpcore2 import URL, ConnectionPool

from ingest.fetching.connecting import Deadline, PinnedBackend, Proxy
from ingest.fetching.errors import Fault, FetchError
from ingest.fetching.guard import Allowed, Guard, Target
from ingest.fetching.options import FetchOptions
from ingest.fetching.unpacking import PACKINGS, unpacked

AGENT = "Pentad/0.1 (+https://example.org/pentad)"
_MOVED = (301, 302, 303, 307, 308)
_ANYBODY = frozenset({"accept", "accept-language", "user-agent"})
"""Headers that any host may see; what else the caller sends goes to the first one only."""
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "expect", "upgrade"})


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whatever its status. `url` is where it came from after `redirects`; names of headers are in small
    letters; `body` is unpacked."""

    url: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    redirects: tuple[str, ...]
    elapsed_ms: int
    address: str


class SafeClient:
    """Reaches what lies on the public internet, and what `guard` allows besides. May be used by many threads."""

    def __init__(
        self,
        guard: Guard | None = None,
        options: FetchOptions | None = None,
        *,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.guard = guard or Guard()
        self.options = options or FetchOptions()
        self._tls = tls

    @classmethod
    def of_service(cls, url: str, options: FetchOptions) -> "SafeClient":
        """For a service that the operator named: it may lie anywhere, also on this machine, and reaches nothing else
        that does not lie on the public internet. Raises FetchError (`url`) for an address that cannot be one."""
        place = Guard.place(url)
        return cls(Guard(Allowed(frozenset({(place.host, place.port)}))), options)

    def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        timeout: float | None = None,
        proxy: str | None = None,
    ) -> Fetched:
        """What is at the address, redirects followed; headers of the caller stay with the first host, save for agent
        and wishes. `timeout` replaces that of the options. Raises FetchError."""
        return self._fetch("GET", url, headers or {}, b"", self.options.redirects, timeout, proxy)

    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str] | None = None,
        *,
        timeout: float | None = None,
        proxy: str | None = None,
    ) -> Fetched:
        """Delivers the body. A redirect is an answer like any other: nothing is sent to where it leads.

        Raises FetchError.
        """
        return self._fetch("POST", url, headers or {}, body, 0, timeout, proxy)

    def _fetch(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        hops: int,
        timeout: float | None,
        proxy: str | None,
    ) -> Fetched:
        began = time.monotonic()
        deadline = Deadline(timeout or self.options.timeout)
        via = Proxy.of(proxy) if proxy else None
        seen: list[str] = []
        wanted = fresh_headers(headers)
        while True:
            target = self.guard.check(url, timeout=deadline.left(self.options.connect_timeout))
            status, found, content, address = self._once(method, target, wanted, body, deadline, via)
            here = target.place.url
            to = found.get("location")
            if method == "POST" or status not in _MOVED or not to:
                elapsed = round((time.monotonic() - began) * 1000)
                return Fetched(here, status, found, content, tuple(seen), elapsed, address)
            seen.append(here)
            url = _next(here, to, seen, hops)
            if self.guard.place(url).origin != target.place.origin:
                wanted = {name: value for name, value in wanted.items() if name in _ANYBODY}

    def _trust(self, scheme: str) -> ssl.SSLContext | None:
        # Reading the certificates takes a while, and plain http needs none.
        return self._tls or (_roots() if scheme == "https" else None)

    def _once(
        self,
        method: str,
        target: Target,
        headers: Mapping[str, str],
        body: bytes,
        deadline: Deadline,
        proxy: Proxy | None,
    ) -> tuple[int, dict[str, str], bytes, str]:
        place = target.place
        sent = {
            "host": place.authority,
            "user-agent": AGENT,
            "accept": "*/*",
            **headers,
            "accept-encoding": PACKINGS,
            "connection": "close",
        }
        backend = PinnedBackend(target, deadline, self.options.connect_timeout, proxy)
        address = URL(scheme=place.scheme, host=place.host, port=place.port, target=place.path.encode("ascii"))
        try:
            with (
                ConnectionPool(
                    ssl_context=self._trust(place.scheme), network_backend=backend, max_connections=1
                ) as pool,
                pool.stream(
                    method,
                    address,
                    headers=list(sent.items()),
                    content=body if method == "POST" else None,
                    extensions={"timeout": {"connect": self.options.connect_timeout}},
                ) as answer,
            ):
                found = _headers(answer.headers)
                if answer.status in _MOVED and method == "GET":
                    return answer.status, found, b"", backend.address
                content = unpacked(answer.iter_stream(), found.get("content-encoding", ""), self.options)
                return answer.status, found, content, backend.address
        except httpcore2.TimeoutException as error:
            raise FetchError(Fault.TIMEOUT, f"{place.host} did not answer in time") from error
        except httpcore2.ConnectError as error:
            raise _unconnected(place.host, error) from error
        except httpcore2.NetworkError as error:
            raise FetchError(Fault.CONNECT, f"the connection to {place.host} broke") from error
        except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, ValueError) as error:
            raise FetchError(Fault.PROTOCOL, f"{place.host} does not answer as HTTP has it") from error


@cache
def _roots() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


def fresh_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers as they may be sent: names in small letters, without those that the client sets itself.

    Raises FetchError for one that cannot be sent.
    """
    found: dict[str, str] = {}
    for name, value in headers.items():
        if not value.isascii() or not value.isprintable() or not name.replace("-", "a").replace("_", "a").isalnum():
            raise FetchError(Fault.URL, f"the header {name!r} cannot be sent")
        if name.lower() not in _OURS:
            found[name.lower()] = value
    return found


def _headers(pairs: list[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found and key != "location" else text
    return found


def _next(here: str, to: str, seen: list[str], hops: int) -> str:
    if len(seen) > hops:
        raise FetchError(Fault.REDIRECTS, f"it was redirected more than {hops} times")
    try:
        # Headers arrive as bytes; addresses in them are UTF-8 if anything.
        wanted = urljoin(here, to.encode("latin-1").decode("utf-8", "replace"))
    except (ValueError, UnicodeEncodeError) as error:
        raise FetchError(Fault.REDIRECTS, "it was redirected to an address that cannot be read") from error
    return wanted.partition("#")[0]


def _unconnected(host: str, error: Exception) -> FetchError:
    cause = error.__context__ or error.__cause__
    if isinstance(cause, ssl.SSLError) or "SSL" in str(error) or "certificate" in str(error).lower():
        return FetchError(Fault.TLS, f"{host} has no certificate that is trusted, or speaks TLS badly")
    return FetchError(Fault.CONNECT, f"{host} cannot be connected to")
