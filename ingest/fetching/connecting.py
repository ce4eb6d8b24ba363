"""Connections to checked addresses only, each read and write within what is left of the fetch's time."""

import ssl
import time
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import httpcore2
from httpcore2 import SOCKET_OPTION, NetworkBackend, NetworkStream, SyncBackend

from ingest.fetching.errors import Fault, FetchError
from ingest.fetching.guard import Target

_REPLY = 16_384


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that the operator chose: it is asked for a tunnel to the checked number, never for a name."""

    host: str
    port: int
    login: str | None = None

    @classmethod
    def of(cls, url: str) -> "Proxy":
        """From `http://[user:password@]host:port`. Raises FetchError."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise FetchError(Fault.PROXY, "the proxy's address cannot be read") from error
        if parts.scheme != "http" or not host or not port:
            raise FetchError(Fault.PROXY, "a proxy is http://[user:password@]host:port")
        login = None
        if parts.username is not None:
            said = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            login = b64encode(said.encode()).decode()
        return cls(host, port, login)


class Deadline:
    """The end of a fetch."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Seconds left, or `at_most`. Raises FetchError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchError(Fault.TIMEOUT, "it took too long altogether")
        return left if at_most is None else min(left, at_most)


class PinnedBackend(NetworkBackend):
    """Connects to the numbers of one target, whatever host it is asked for."""

    def __init__(self, target: Target, deadline: Deadline, connect_timeout: float, proxy: Proxy | None = None) -> None:
        self.address = ""
        self._target = target
        self._deadline = deadline
        self._connect_timeout = connect_timeout
        self._proxy = proxy
        self._system = SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 (the interface's signature)
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """A connection to the first number that answers. Raises FetchError, httpcore2's errors."""
        place = self._target.place
        if (host, port) != (place.host, place.port):
            raise FetchError(Fault.REFUSED, "a connection was asked for that nobody checked")
        last: Exception | None = None
        for number in self._target.numbers[:4]:
            left = self._deadline.left(self._connect_timeout)
            try:
                if self._proxy is not None:
                    return self._tunnel(self._proxy, number, left)
                stream = self._system.connect_tcp(number, port, left, local_address, socket_options or ())
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last = error
                continue
            self.address = number
            return _Timed(stream, self._deadline)
        raise last or FetchError(Fault.CONNECT, "there was no address to connect to")

    def _tunnel(self, proxy: Proxy, number: str, left: float) -> NetworkStream:
        place = self._target.place
        wanted = f"[{number}]:{place.port}" if ":" in number else f"{number}:{place.port}"
        login = f"Proxy-Authorization: Basic {proxy.login}\r\n" if proxy.login else ""
        try:
            stream = _Timed(self._system.connect_tcp(proxy.host, proxy.port, left, None, ()), self._deadline)
            stream.write(f"CONNECT {wanted} HTTP/1.1\r\nHost: {wanted}\r\n{login}\r\n".encode("ascii"))
            said = b""
            while b"\r\n\r\n" not in said and len(said) < _REPLY:
                # Byte by byte at the end: what follows the reply belongs to the tunnel.
                more = stream.read(1)
                if not more:
                    break
                said += more
        except (httpcore2.NetworkError, httpcore2.TimeoutException) as error:
            raise FetchError(Fault.PROXY, "the proxy does not answer") from error
        status = said.split(b" ", 2)[1:2]
        if status != [b"200"]:
            stream.close()
            raise FetchError(Fault.PROXY, f"the proxy refused the tunnel ({b''.join(status)[:3].decode('latin-1')})")
        self.address = number
        return stream


class _Timed(NetworkStream):
    """A connection whose every step ends with the fetch's time, however slowly bytes drip."""

    def __init__(self, stream: NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Timed(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
