"""The two rungs without scripts: plain HTTP as a telephone, and HTTP and TLS as Chrome speaks them."""

import time
from collections.abc import Mapping
from importlib import import_module
from typing import Any
from urllib.parse import urljoin

from curl_cffi import Curl, CurlError, CurlHttpVersion, CurlOpt
from curl_cffi.curl import CURL_WRITEFUNC_ERROR
from curl_cffi.requests import Session
from curl_cffi.requests.exceptions import RequestException

from ingest.fetching import Fault, FetchError, FetchOptions, Guard, SafeClient, Target
from ingest.pages.agent import AGENT
from ingest.pages.answer import Answer
from ingest.pages.options import Rung

LANGUAGES = "en;q=0.9, fr;q=0.8, es;q=0.8, pt;q=0.8, zh;q=0.8, *;q=0.5"
ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1"
CHROME = "chrome"
_MOVED = (301, 302, 303, 307, 308)
_TIMEOUT, _TLS = 28, (35, 51, 53, 54, 58, 59, 60, 77, 83, 91)
"""Of libcurl's error codes."""
_BINDING: Any = import_module("curl_cffi._wrapper")
_CONNECT_TO, _PROTOCOLS = CurlOpt.CONNECT_TO, CurlOpt.PROTOCOLS_STR


class LightMeans:
    """Plain HTTP."""

    def __init__(self, client: SafeClient, agent: str = AGENT) -> None:
        self._client = client
        self._headers = {"User-Agent": agent, "Accept": ACCEPT, "Accept-Language": LANGUAGES}

    def fetch(self, url: str, *, timeout: float, proxy: str | None = None) -> Answer:
        """What is at the address. Raises FetchError."""
        found = self._client.get(url, self._headers, timeout=timeout, proxy=proxy)
        return Answer(found.url, found.status, found.headers, found.body, Rung.LIGHT, found.elapsed_ms)


class ImpersonatedMeans:
    """As Chrome on a desk. The guard resolves and checks each hop; curl is told where to connect and asks no names."""

    def __init__(self, guard: Guard, options: FetchOptions, chrome: str = CHROME) -> None:
        self._guard = guard
        self._options = options
        self._chrome: Any = chrome

    def fetch(
        self, url: str, *, timeout: float, proxy: str | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """What is at the address, redirects followed within the bounds, cookies kept for the way. Raises FetchError."""
        began = time.monotonic()
        with Session[Any](
            curl=_PinnedCurl(), use_thread_local_curl=False, trust_env=False, allow_redirects=False
        ) as session:
            for _ in range(self._options.redirects + 1):
                left = timeout - (time.monotonic() - began)
                target = self._guard.check(url, timeout=min(self._options.connect_timeout, max(0.01, left)))
                status, found, body = self._once(session, target, left, proxy, headers or {})
                to = found.get("location")
                if status not in _MOVED or not to:
                    elapsed = round((time.monotonic() - began) * 1000)
                    return Answer(target.place.url, status, found, body, Rung.IMPERSONATED, elapsed)
                url = urljoin(target.place.url, to).partition("#")[0]
                headers = {}
        raise FetchError(Fault.REDIRECTS, f"it was redirected more than {self._options.redirects} times")

    def _once(
        self, session: Any, target: Target, left: float, proxy: str | None, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        place = target.place
        body = bytearray()
        over = False

        def take(chunk: bytes) -> int:
            nonlocal over
            if len(body) + len(chunk) > self._options.unpacked_limit:
                over = True
                return CURL_WRITEFUNC_ERROR
            body.extend(chunk)
            return len(chunk)

        if left <= 0:
            raise FetchError(Fault.TIMEOUT, "it took too long altogether")
        try:
            session.curl_options = self._pinned(target, proxy)
            answer = session.get(
                place.url,
                timeout=left,
                impersonate=self._chrome,
                proxy=proxy,
                headers=dict(headers) or None,
                content_callback=take,
                http_version=CurlHttpVersion.V1_1 if place.scheme == "http" else None,
            )
        except (RequestException, CurlError) as error:
            if over:
                raise self._too_large() from error
            raise _failed(place.host, error) from error
        return answer.status_code, {name.lower(): value or "" for name, value in answer.headers.items()}, bytes(body)

    def _pinned(self, target: Target, proxy: str | None) -> dict[Any, Any]:
        """Options that hold curl to the checked number: it connects there, also through a proxy, and speaks nothing but
        HTTP."""
        place, number = target.place, target.numbers[0]
        written = f"[{number}]" if ":" in number else number
        host = f"[{place.host}]" if ":" in place.host else place.host
        told: dict[Any, Any] = {
            _CONNECT_TO: f"{host}:{place.port}:{written}:{place.port}",
            _PROTOCOLS: "http,https",
            CurlOpt.MAXFILESIZE_LARGE: self._options.wire_limit,
        }
        return told | ({CurlOpt.HTTPPROXYTUNNEL: 1} if proxy else {CurlOpt.NOPROXY: "*"})

    def _too_large(self) -> FetchError:
        return FetchError(Fault.TOO_LARGE, f"it has more than {self._options.unpacked_limit:,} bytes")


class _PinnedCurl(Curl):
    """Curl that can be told where to connect: the binding has no form for that option, which is a list."""

    def setopt(self, option: CurlOpt, value: Any) -> int:
        """Sets one option."""
        if option is not _CONNECT_TO:
            return super().setopt(option, value)
        # The list must outlive the transfer; it is as small as one address.
        self._to: Any = _BINDING.lib.curl_slist_append(_BINDING.ffi.NULL, str(value).encode())
        return _BINDING.lib._curl_easy_setopt(self._curl, option, self._to)


def _failed(host: str, error: Exception) -> FetchError:
    code = int(getattr(error, "code", 0) or 0)
    if code == _TIMEOUT:
        return FetchError(Fault.TIMEOUT, f"{host} did not answer in time")
    if code in _TLS:
        return FetchError(Fault.TLS, f"{host} has no certificate that is trusted, or speaks TLS badly")
    if code == 63:
        return FetchError(Fault.TOO_LARGE, f"{host} sends more than is taken")
    if code in (1, 8, 23, 61, 92):
        return FetchError(Fault.PROTOCOL, f"{host} does not answer as HTTP has it")
    return FetchError(Fault.CONNECT, f"{host} cannot be connected to")
